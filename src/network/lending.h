#pragma once
// Which homes and campuses of a place an already computed table knows: same code, same position,
// same way of travelling. What is shared is copied, what is not is computed anew.

#include <algorithm>

#include "base/ids.h"
#include "network/travel_table.h"
#include "place/place.h"

namespace doorstep {

/// For each home and campus of the new place its id in the lending one; `none` where not shared.
struct Lending {
  IdVector<HomeId, HomeId> homes;
  IdVector<CampusId, CampusId> campuses;
  /// Campuses the lending place has under the same code at another site.
  IdVector<CampusId, char> moved;

  /// Nothing to lend.
  explicit Lending(const Place& place);
  /// What `from` shares with `place`; nothing where the two travel differently.
  Lending(const Place& place, const Place& from);

  [[nodiscard]] bool has(HomeId h, CampusId c) const {
    return homes[h].valid() && campuses[c].valid();
  }
  /// Whether every home (campus) is shared.
  [[nodiscard]] bool all_homes() const;
  [[nodiscard]] bool all_campuses() const;

  /// Copies every shared pair.
  void copy(const TravelTable& from, TravelTable& to) const;
};

}  // namespace doorstep
