#pragma once
// How evenly: children of different households over campuses, the gap between campuses and between
// legal persons, how much of a stage groups cover, how large schools are.

#include <string>
#include <vector>

#include "indicators/indicators.h"

namespace doorstep {

/// Share of either kind that would have to change campus for both to be spread alike, in [0, 1];
/// NaN where one kind has nobody. Pre: same length, values >= 0.
/// Source: Duncan & Duncan 1955, American Sociological Review 20(2), index D.
[[nodiscard]] double dissimilarity(const std::vector<double>& one,
                                   const std::vector<double>& other);

/// The balance coefficient twice: a merger joins campuses into one legal person and narrows the
/// second by bookkeeping alone.
struct BalanceTwice {
  double by_campus = 0.0;
  double by_legal_person = 0.0;
};
/// Of seats per pupil over the open campuses of a stage; teaching points below `least_pupils` are
/// left out. A campus whose school is not known counts as one of its own.
/// Source: 教督〔2012〕3号 as in balance_coefficient; 教学点 below 50 pupils left out.
[[nodiscard]] BalanceTwice seats_balance(const Place& place, const StageYear& year,
                                         double least_pupils);

/// How much of a stage belongs to education groups in a year.
struct GroupCoverage {
  double campuses = 0.0;  ///< share of open campuses that lead or belong to a group
  double pupils = 0.0;    ///< share of enrolled pupils there; NaN without pupils
  int groups = 0;         ///< groups with at least one open member beside the core
};
[[nodiscard]] GroupCoverage group_coverage(const Place& place, StageId stage, Year year,
                                           const StageYear& result);

/// Campuses outside the school scale that standards set.
struct SchoolScale {
  std::vector<CampusId> too_large;   ///< above the cap of primary and junior schools
  std::vector<CampusId> funded_up;   ///< below the number they are funded as
  std::vector<CampusId> point_size;  ///< so small that balance leaves them out
};
/// Limits from standards.toml: scale.primary_most, scale.funded_as, scale.point_left_out.
/// Throws: Error naming a missing entry.
[[nodiscard]] SchoolScale school_scale(const Place& place, StageId stage, const StageYear& year,
                                       const Coefficients& standards);

/// Teachers that a stage needs for its pupils at the standard of pupils per staff; 0 where the
/// stage has none (kindergartens). Units: persons, by campus. Source: standards.toml, staff.*.
[[nodiscard]] IdVector<CampusId, double> teachers_needed(const Place& place, StageId stage,
                                                         const StageYear& year,
                                                         const Coefficients& standards);

}  // namespace doorstep
