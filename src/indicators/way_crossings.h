#pragma once
// Trunk roads and railways that pupils cross at grade on the very ways they take, not only on the
// way to the nearest campus. Known only where the place has streets that mark them.

#include <optional>
#include <vector>

#include "indicators/indicators.h"

namespace doorstep {

class WayCrossings {
 public:
  /// Whether the streets of `travel` know crossings.
  [[nodiscard]] static bool known(const TravelTable& travel);
  /// Nothing where the streets do not know crossings, or there are none.
  /// Pre: `travel` is of `place`. Cost: one search of all streets for each campus with pupils in
  /// `run`. Throws: Cancelled.
  [[nodiscard]] static std::optional<WayCrossings> of(const Place& place, const TravelTable& travel,
                                                      const RunResult& run, Progress& progress);

  [[nodiscard]] bool trunk(HomeId h, CampusId c) const { return has(h, c, 1); }
  [[nodiscard]] bool rail(HomeId h, CampusId c) const { return has(h, c, 2); }

 private:
  [[nodiscard]] bool has(HomeId h, CampusId c, unsigned char bit) const {
    return !crossed_[c].empty() && (crossed_[c][h.index] & bit) != 0;
  }
  IdVector<CampusId, std::vector<unsigned char>> crossed_;  ///< by home; empty: nobody goes there
};

}  // namespace doorstep
