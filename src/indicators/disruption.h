#pragma once
// Whom a plan disturbs, year by year: pupils at another campus than without it, those who travel
// farther, those beyond the limit for it, families split over two campuses; and what it brings.

#include "indicators/indicators.h"

namespace doorstep {

struct Disruption {
  double must_move = 0.0;  ///< pupils at another campus than in A, or at none
  double nearer = 0.0, farther = 0.0;
  double farther_beyond_limit = 0.0;  ///< pupils beyond travel.long_time more than in A
  double mid_course_a = 0.0;          ///< pupils of later grades who changed campus this year, in A
  double mid_course_b = 0.0;
  /// First-graders expected to start at another campus than an elder sibling because of the plan:
  /// the share of a home's first-graders who change beyond the share of its elder pupils who do,
  /// times disruption.sibling_share. An expectation, since nobody lists siblings.
  double siblings_split = 0.0;
  double quality_a = 0.0, quality_b = 0.0;  ///< mean over placed pupils; NaN of none
  double seats_gained = 0.0;                ///< seats of open campuses in B beyond those in A
};

/// Campuses and homes are matched by code.
/// Throws: Error naming a missing standard.
[[nodiscard]] Disruption disruption(const Place& a, const TravelTable& travel_a,
                                    const StageYear& run_a, const Place& b,
                                    const TravelTable& travel_b, const StageYear& run_b,
                                    const Standards& standards);

/// Mean quality over placed pupils; NaN of none.
[[nodiscard]] double mean_quality(const StageYear& year);

}  // namespace doorstep
