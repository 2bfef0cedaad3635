#pragma once
// What schools have for their pupils, indicator by indicator: the eight of the basic balance review
// and the seven of the quality balance review, with their limits.

#include <array>
#include <string>
#include <vector>

#include "indicators/indicators.h"

namespace doorstep {

/// One school of one stage as the review sees it: pupils, and what it has in all (not per pupil).
/// An indicator that the school does not report is NaN.
struct SchoolResources {
  std::string code;
  double pupils = 0.0;
  std::vector<double> has;  ///< by indicator of the set
};

/// A set of indicators by name, each with the unit of what schools have in all.
struct IndicatorSet {
  struct One {
    std::string code;            ///< "books"
    std::string unit;            ///< "volumes"
    double least_primary = 0.0;  ///< per pupil that meets the standard; 0: none set
    double least_junior = 0.0;
  };
  std::vector<One> indicators;
};

/// Teaching rooms m², sports area m², equipment value, computers, books, teachers, teachers with
/// higher degree, teachers with middle title: balance by composite. Source: 教督〔2012〕3号.
[[nodiscard]] IndicatorSet eight_indicators();
/// Higher-degree teachers, backbone teachers, PE and arts teachers, teaching rooms m², sports area
/// m², equipment value, multimedia classrooms; each with its least per pupil, from the entries
/// quality.least.INDICATOR.primary and .junior of standards.toml. Throws: Error naming a missing
/// entry. Source: 教督〔2017〕6号.
[[nodiscard]] IndicatorSet seven_indicators(const Coefficients& standards);

/// What the review says of a district.
struct BalanceReview {
  std::vector<double> coefficient;  ///< by indicator; NaN where fewer than two schools report it
  double composite = 0.0;           ///< the mean of those known
  int not_reported = 0;             ///< indicators without a coefficient
  double limit = 0.0;               ///< for the composite (eight) or for each (seven)
  bool passes = false;              ///< never where an indicator is not reported
};
/// `limit`: balance.limit.* for the eight (composite), quality.limit.* for the seven (each).
[[nodiscard]] BalanceReview review_composite(const IndicatorSet& set,
                                             const std::vector<SchoolResources>& schools,
                                             double limit);
[[nodiscard]] BalanceReview review_each(const IndicatorSet& set,
                                        const std::vector<SchoolResources>& schools, double limit);

/// How one school stands against the seven: at least `six` met, and every other at least `share`
/// of its standard. Source: 教督〔2017〕6号; the share (85 %) from memory.
struct SchoolStanding {
  std::vector<double> per_pupil;  ///< by indicator, NaN where not reported
  int met = 0;
  std::vector<std::string> below;  ///< codes of indicators below their least
  bool passes = false;
};
[[nodiscard]] SchoolStanding standing_of(const IndicatorSet& set, const SchoolResources& school,
                                         bool junior, int at_least, double share);

}  // namespace doorstep
