#pragma once
// Minutes from every home to every campus. Unreachable is a value of its own, never a large number.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/progress.h"
#include "network/near_ways.h"
#include "place/place.h"

namespace doorstep {

class StreetRouter;

/// Door-to-door travel, home-major, in whole deciseconds so that sums and ties are exact.
/// Shape: homes × campuses. Small tables hold every pair. Large ones hold rows of what is near and
/// work out the rest when asked: straight lines exactly, ways on streets not at all (beyond()).
class TravelTable {
 public:
  static constexpr uint32_t kUnreachable = 0xFFFFFFFFu;

  TravelTable() = default;
  TravelTable(std::size_t homes, std::size_t campuses, MetresPerMinute speed)
      : homes_(homes), campuses_(campuses), speed_(speed), ds_(homes * campuses, kUnreachable) {}
  /// A large table. `far` may be null: what is not in a row is beyond. The rows have one a home.
  TravelTable(std::size_t homes, std::size_t campuses, MetresPerMinute speed,
              std::shared_ptr<const NearWays> near, std::shared_ptr<const FarWays> far)
      : homes_(homes),
        campuses_(campuses),
        speed_(speed),
        near_(std::move(near)),
        far_(std::move(far)) {}

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
    return near_ ? looked_up(h, c) : ds_[h.index * campuses_ + c.index];
  }
  /// Calls what(campus, decisec) for each campus that is not farther, by rising campus. Pre: limit
  /// < kUnreachable. Cost: the row where the table is large and the limit within its reach.
  template <class What>
  void for_ways_within(HomeId h, uint32_t limit_ds, const What& what) const {
    if (near_ && limit_ds <= near_->reach_ds) {
      for (const Way& way : near_->row(h))
        if (way.decisec <= limit_ds) what(way.campus, way.decisec);
      return;
    }
    for (std::size_t c = 0; c < campuses_; ++c)
      if (const uint32_t ds = decisec(h, CampusId(c)); ds <= limit_ds) what(CampusId(c), ds);
  }
  /// Whether the table holds every pair.
  [[nodiscard]] bool dense() const { return near_ == nullptr; }
  /// Whether the way is longer than a large table of streets looks: there may be one, or none.
  [[nodiscard]] bool beyond(HomeId h, CampusId c) const {
    return near_ && !far_ && near_->find(h, c) == nullptr;
  }
  /// The rows and the straight lines of a large table; null where there are none.
  [[nodiscard]] const NearWays* near() const { return near_.get(); }
  [[nodiscard]] const FarWays* far() const { return far_.get(); }
  /// Rounds to the nearest decisecond. Pre: dense(); m is finite, 0 <= m < 4971 days.
  void set(HomeId h, CampusId c, Minutes m);
  /// Pre: dense().
  void set_decisec(HomeId h, CampusId c, uint32_t ds) { ds_[h.index * campuses_ + c.index] = ds; }
  [[nodiscard]] MetresPerMinute speed() const { return speed_; }

  /// The router behind a table of mode Streets, for ways and isochrones; null in other modes.
  /// Kept here so that the table of an edited place need not build it again.
  [[nodiscard]] const std::shared_ptr<const StreetRouter>& router() const { return router_; }
  void set_router(std::shared_ptr<const StreetRouter> router) { router_ = std::move(router); }

 private:
  [[nodiscard]] uint32_t looked_up(HomeId h, CampusId c) const;

  std::size_t homes_ = 0;
  std::size_t campuses_ = 0;
  MetresPerMinute speed_{80.0};
  std::vector<uint32_t> ds_;
  std::shared_ptr<const NearWays> near_;  ///< shared by copies: rows never change
  std::shared_ptr<const FarWays> far_;
  std::shared_ptr<const StreetRouter> router_;
};

/// Travel for a place by its mode (streets, table, straight). A campus or home that a given table
/// does not know gets straight-line minutes at the table's own median speed, and a warning.
/// `from`, where given with `from_place`, lends the columns of campuses and rows of homes that
/// both places share by code and position, so that an edit costs only what it adds; findings are
/// then about what was added. A campus of `from_place` that stands elsewhere in `place` has moved:
/// rows given for its old site no longer hold, and the table does not know it.
/// Above some 67 million pairs (17 on straight lines) the table is a large one, with rows as
/// near_travel makes them, and computed anew. Pre: `from` is the table of `from_place`. Throws:
/// Error (mode Streets without streets), Cancelled.
[[nodiscard]] Loaded<TravelTable> compute_travel(const Place& place, Progress& progress,
                                                 const Place* from_place = nullptr,
                                                 const TravelTable* from = nullptr);

/// The same as a large table: rows reach as far as the policy's `max_minutes` (on streets twice as
/// far, for who finds no seat within it), and there to the campuses of the own catchment.
/// `router` is that of the place's streets, null in other modes. Throws: Cancelled.
[[nodiscard]] Loaded<TravelTable> near_travel(const Place& place, Progress& progress,
                                              const std::shared_ptr<const StreetRouter>& router);

}  // namespace doorstep
