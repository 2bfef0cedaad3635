#pragma once
// How well homes are served: seats within reach of each home (two-step floating catchment area) and
// the share of children inside a service radius. By travel over streets, never by circles, where
// the place has streets.

#include "indicators/indicators.h"

namespace doorstep {

/// Seats within reach of one child, home by home.
struct SeatAccess {
  /// Seats per child; 0 where no open campus is within the limit. Homes without children have a
  /// value too: it says what a child there would find.
  IdVector<HomeId, double> seats_per_child;
  /// Weighted by children; NaN without children.
  double mean = 0.0;
  /// Share of children with less than half the mean.
  double share_below_half = 0.0;
};

/// Each campus shares its seats among all children within `limit`; a home adds up the shares of the
/// campuses within `limit`. A home exactly at the limit is inside.
/// Units: children in pupils, by home. Shape: children has one value a home.
/// Source: Luo & Wang 2003, Environment and Planning B 30(6), equations 1 and 2.
/// Cost: the ways within `limit`; with a table of all pairs homes × campuses.
[[nodiscard]] SeatAccess two_step_access(const TravelTable& travel, const StageYear& year,
                                         const IdVector<HomeId, double>& children, Minutes limit);

/// Homes with an open campus of the stage within `radius`.
[[nodiscard]] IdVector<HomeId, char> covered_homes(const TravelTable& travel, const StageYear& year,
                                                   Metres radius);

/// Share of children with an open campus of the stage within `radius`; NaN without children.
/// Source: GB 50180-2018, service radius, by walking distance.
[[nodiscard]] double covered_share(const TravelTable& travel, const StageYear& year,
                                   const IdVector<HomeId, double>& children, Metres radius);

/// Children of a stage living at each home in one year: placed and unplaced. Units: pupils.
[[nodiscard]] IdVector<HomeId, double> children_at_homes(const StageYear& year);

}  // namespace doorstep
