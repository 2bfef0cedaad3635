#pragma once
// The figures of a whole stage in one year that are looked up rather than watched: access,
// coverage, evenness, groups, scale, staff. Kept apart from `measure`, which runs for every year.

#include "indicators/access.h"
#include "indicators/equity.h"

namespace doorstep {

struct DistrictFigures {
  double covered = 0.0;      ///< share of children within the service radius of an open campus
  double access_mean = 0.0;  ///< seats within reach of one child
  double access_below_half = 0.0;
  BalanceTwice seats_balance;
  GroupCoverage groups;
  std::size_t too_large = 0, funded_up = 0, point_size = 0;  ///< campuses
  double teachers_needed = 0.0;                              ///< persons; 0 for kindergartens
  double empty_seats = 0.0;
};

/// Pre: `year` is of `place` and `travel`. Throws: Error naming a missing standard.
/// Cost: homes × open campuses.
[[nodiscard]] DistrictFigures district_figures(const Place& place, const TravelTable& travel,
                                               StageId stage, Year calendar_year,
                                               const StageYear& year, const Standards& standards);

}  // namespace doorstep
