#pragma once
// What is summed up over pupils on their way: how far, across what, to whose school. One way of
// counting for campuses and for towns. Internal to `indicators`, and explained by `session`.

#include <optional>

#include "indicators/campus_figures.h"

namespace doorstep {

/// Whether pupils go to a campus of their own catchment; nothing where their home has none.
[[nodiscard]] std::optional<bool> at_own_catchment(
    const Place& place, const IdVector<HomeId, CatchmentId>& catchment_of, const PupilFlow& flow);

/// Sums over flows, in the order in which they are added.
class FlowSums {
 public:
  /// `daily`: how many of the flow travel every day (boarding.h); ways and crossings are theirs.
  void add(const FiguresInput& in, const IdVector<HomeId, CatchmentId>& catchment_of,
           const PupilFlow& flow, double daily);

  [[nodiscard]] WaySums& ways() { return ways_; }
  /// Of those who travel, those who cross a trunk road or railway at grade; NaN: not known, or
  /// nobody.
  [[nodiscard]] double share_crossing(const FiguresInput& in) const;
  /// Of pupils who have a catchment, those at a campus of it; NaN where nobody has one.
  [[nodiscard]] double own_catchment_share() const;

 private:
  WaySums ways_;
  double crossing_ = 0.0;
  double with_catchment_ = 0.0;
  double own_ = 0.0;
};

}  // namespace doorstep
