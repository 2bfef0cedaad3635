#pragma once
// Minutes from every home to every campus. Unreachable is a value of its own, never a large number.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/progress.h"
#include "place/place.h"

namespace doorstep {

class StreetRouter;

/// Door-to-door travel, home-major, in whole deciseconds so that sums and ties are exact.
/// Shape: homes × campuses.
class TravelTable {
 public:
  static constexpr uint32_t kUnreachable = 0xFFFFFFFFu;

  TravelTable() = default;
  TravelTable(std::size_t homes, std::size_t campuses, MetresPerMinute speed)
      : homes_(homes), campuses_(campuses), speed_(speed), ds_(homes * campuses, kUnreachable) {}

  [[nodiscard]] std::size_t homes() const { return homes_; }
  [[nodiscard]] std::size_t campuses() const { return campuses_; }
  [[nodiscard]] bool reachable(HomeId h, CampusId c) const { return decisec(h, c) != kUnreachable; }
  /// Pre: reachable(h, c).
  [[nodiscard]] Minutes minutes(HomeId h, CampusId c) const {
    return Minutes(decisec(h, c) / 600.0);
  }
  /// Way in metres: minutes at the place's door-to-door speed. Pre: reachable(h, c).
  [[nodiscard]] Metres metres(HomeId h, CampusId c) const { return speed_ * minutes(h, c); }
  /// Units: tenths of a second; kUnreachable where there is no way.
  [[nodiscard]] uint32_t decisec(HomeId h, CampusId c) const {
    return ds_[h.index * campuses_ + c.index];
  }
  /// Rounds to the nearest decisecond. Pre: m is finite, 0 <= m < 4971 days.
  void set(HomeId h, CampusId c, Minutes m);
  void set_decisec(HomeId h, CampusId c, uint32_t ds) { ds_[h.index * campuses_ + c.index] = ds; }
  [[nodiscard]] MetresPerMinute speed() const { return speed_; }

  /// The router behind a table of mode Streets, for ways and isochrones; null in other modes.
  /// Kept here so that the table of an edited place need not build it again.
  [[nodiscard]] const std::shared_ptr<const StreetRouter>& router() const { return router_; }
  void set_router(std::shared_ptr<const StreetRouter> router) { router_ = std::move(router); }

 private:
  std::size_t homes_ = 0;
  std::size_t campuses_ = 0;
  MetresPerMinute speed_{80.0};
  std::vector<uint32_t> ds_;
  std::shared_ptr<const StreetRouter> router_;
};

/// Travel for a place by its mode (streets, table, straight). A campus or home that a given table
/// does not know gets straight-line minutes at the table's own median speed, and a warning.
/// `from`, where given with `from_place`, lends the columns of campuses and rows of homes that
/// both places share by code and position, so that an edit costs only what it adds; findings are
/// then about what was added. A campus of `from_place` that stands elsewhere in `place` has moved:
/// rows given for its old site no longer hold, and the table does not know it.
/// Pre: `from` is the table of `from_place`. Throws: Error (mode Streets without streets),
/// Cancelled.
[[nodiscard]] Loaded<TravelTable> compute_travel(const Place& place, Progress& progress,
                                                 const Place* from_place = nullptr,
                                                 const TravelTable* from = nullptr);

}  // namespace doorstep
