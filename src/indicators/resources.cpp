#include "indicators/resources.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "indicators/standard.h"

namespace doorstep {
namespace {

/// Coefficients of all indicators over the schools that report them.
BalanceReview coefficients_of(const IndicatorSet& set,
                              const std::vector<SchoolResources>& schools) {
  BalanceReview out;
  std::vector<double> known;
  for (std::size_t k = 0; k < set.indicators.size(); ++k) {
    std::vector<double> pupils, resources;
    for (const SchoolResources& s : schools) {
      DOORSTEP_ASSERT(s.has.size() == set.indicators.size());
      if (std::isnan(s.has[k])) continue;
      pupils.push_back(s.pupils);
      resources.push_back(s.has[k]);
    }
    double cv = pupils.size() < 2 ? std::numeric_limits<double>::quiet_NaN()
                                  : balance_coefficient(pupils, resources);
    out.coefficient.push_back(cv);
    if (std::isnan(cv))
      ++out.not_reported;
    else
      known.push_back(cv);
  }
  out.composite = composite_balance(known);
  return out;
}

}  // namespace

IndicatorSet eight_indicators() {
  return {{{"teaching_rooms", "m2"},
           {"sports_area", "m2"},
           {"equipment", "yuan"},
           {"computers", "pieces"},
           {"books", "volumes"},
           {"teachers", "persons"},
           {"teachers_higher_degree", "persons"},
           {"teachers_middle_title", "persons"}}};
}

IndicatorSet seven_indicators(const Coefficients& standards) {
  IndicatorSet set{{{"teachers_higher_degree", "persons"},
                    {"teachers_backbone", "persons"},
                    {"teachers_pe_arts", "persons"},
                    {"teaching_rooms", "m2"},
                    {"sports_area", "m2"},
                    {"equipment", "yuan"},
                    {"multimedia_rooms", "rooms"}}};
  auto least = [&](const std::string& code, const char* stage) {
    return standard(standards, "quality.least." + code + "." + stage);
  };
  for (IndicatorSet::One& one : set.indicators) {
    one.least_primary = least(one.code, "primary");
    one.least_junior = least(one.code, "junior");
  }
  return set;
}

BalanceReview review_composite(const IndicatorSet& set, const std::vector<SchoolResources>& schools,
                               double limit) {
  BalanceReview out = coefficients_of(set, schools);
  out.limit = limit;
  out.passes = out.not_reported == 0 && out.composite <= limit;
  return out;
}

BalanceReview review_each(const IndicatorSet& set, const std::vector<SchoolResources>& schools,
                          double limit) {
  BalanceReview out = coefficients_of(set, schools);
  out.limit = limit;
  out.passes = out.not_reported == 0 &&
               std::ranges::all_of(out.coefficient, [&](double cv) { return cv <= limit; });
  return out;
}

SchoolStanding standing_of(const IndicatorSet& set, const SchoolResources& school, bool junior,
                           int at_least, double share) {
  DOORSTEP_ASSERT(school.has.size() == set.indicators.size());
  constexpr double kRounding = 1e-9;
  SchoolStanding out;
  bool none_far_below = school.pupils > 0;
  for (std::size_t k = 0; k < set.indicators.size(); ++k) {
    const IndicatorSet::One& one = set.indicators[k];
    double least = junior ? one.least_junior : one.least_primary;
    double value = school.pupils > 0 ? school.has[k] / school.pupils
                                     : std::numeric_limits<double>::quiet_NaN();
    out.per_pupil.push_back(value);
    if (value >= least - kRounding)
      ++out.met;
    else
      out.below.push_back(one.code);
    none_far_below = none_far_below && value >= share * least - kRounding;  // false for NaN
  }
  out.passes = none_far_below && out.met >= at_least;
  return out;
}

}  // namespace doorstep
