#pragma once
// The two reviews of balance for a stage of a place: the eight indicators by composite, the seven
// each by itself, over campuses and over legal persons; and how each school stands against the
// seven. From what the place's campuses report.

#include "indicators/resources.h"

namespace doorstep {

/// Over what a balance coefficient is taken. A merger narrows the second by bookkeeping alone.
enum class ReviewUnit { Campus, LegalPerson };
[[nodiscard]] const char* review_unit_name(ReviewUnit unit);

/// What the schools of a stage have, in order of campus or of school. Teaching points (below
/// scale.point_left_out) are left out. A legal person reports an indicator where all its campuses
/// do. Throws: Error naming a missing standard.
[[nodiscard]] std::vector<SchoolResources> reported_resources(const Place& place, StageId stage,
                                                              const StageYear& year,
                                                              const IndicatorSet& set,
                                                              ReviewUnit unit,
                                                              const Coefficients& standards);

/// One line of a review: an indicator, or the composite.
struct ReviewLine {
  std::string set;  ///< "eight" or "seven"
  ReviewUnit unit = ReviewUnit::Campus;
  std::string indicator;     ///< code; "composite" for the mean of the eight
  double coefficient = 0.0;  ///< NaN where fewer than two schools report it
  double limit = 0.0;        ///< NaN where the review sets none for this line
  int reported = 0;          ///< schools that report it
  int schools = 0;
  bool passes = false;  ///< never where it is not known
};

/// How one campus stands against the seven.
struct ReviewOfCampus {
  CampusId campus;
  SchoolStanding standing;
};

struct StageReview {
  std::vector<ReviewLine> lines;         ///< empty for kindergartens and senior schools
  std::vector<ReviewOfCampus> campuses;  ///< those that report any of the seven
  int passing = 0;                       ///< of `campuses`
};

/// Pre: `year` is of `place` and `stage`. Source: 教督〔2012〕3号 (composite of eight at most 0.65
/// and 0.55), 教督〔2017〕6号 (each of seven at most 0.50 and 0.45; six met, the other near).
[[nodiscard]] StageReview review_stage(const Place& place, StageId stage, const StageYear& year,
                                       const Coefficients& standards);

/// The reviews over some of the campuses, as for one county of a province.
struct BalanceAmong {
  double eight;  ///< composite of the eight; NaN where an indicator is not known
  double seven;  ///< the largest coefficient of the seven, which decides; NaN likewise
};
/// Over campuses, as review_stage's lines. Pre: `among` teach the stage or are left out.
[[nodiscard]] BalanceAmong balance_among(const Place& place, StageId stage, const StageYear& year,
                                         const Coefficients& standards,
                                         const std::vector<CampusId>& among);

}  // namespace doorstep
