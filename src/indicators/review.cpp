#include "indicators/review.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/error.h"
#include "indicators/standard.h"

namespace doorstep {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::size_t kind_of(const std::string& code) {
  auto found =
      std::ranges::find_if(kResourceKinds, [&](const ResourceKind& k) { return code == k.code; });
  DOORSTEP_ASSERT(found != kResourceKinds.end());
  return static_cast<std::size_t>(found - kResourceKinds.begin());
}

SchoolResources resources_of(const Campus& campus, StageId stage, double pupils,
                             const IndicatorSet& set) {
  SchoolResources out{campus.code, pupils, {}};
  for (const IndicatorSet::One& one : set.indicators)
    out.has.push_back(campus.stages[stage]->resources.at(kind_of(one.code)));
  return out;
}

int reporting(const std::vector<SchoolResources>& schools, std::size_t k) {
  return static_cast<int>(std::ranges::count_if(
      schools, [&](const SchoolResources& s) { return !std::isnan(s.has[k]); }));
}

void add_lines(const char* name, const IndicatorSet& set, ReviewUnit unit,
               const std::vector<SchoolResources>& schools, double limit, bool composite,
               std::vector<ReviewLine>& out) {
  BalanceReview review =
      composite ? review_composite(set, schools, limit) : review_each(set, schools, limit);
  const int all = static_cast<int>(schools.size());
  for (std::size_t k = 0; k < set.indicators.size(); ++k) {
    const double cv = review.coefficient[k];
    out.push_back({name, unit, set.indicators[k].code, cv, composite ? kNone : limit,
                   reporting(schools, k), all, !composite && cv <= limit});
  }
  if (composite) {
    int complete = all;
    for (std::size_t k = 0; k < set.indicators.size(); ++k)
      complete = std::min(complete, reporting(schools, k));
    // The mean of some of the indicators is not the composite of all.
    const double mean = review.not_reported > 0 ? kNone : review.composite;
    out.push_back({name, unit, "composite", mean, limit, complete, all, review.passes});
  }
}

}  // namespace

const char* review_unit_name(ReviewUnit unit) {
  return unit == ReviewUnit::Campus ? "campus" : "legal_person";
}

std::vector<SchoolResources> reported_resources(const Place& place, StageId stage,
                                                const StageYear& year, const IndicatorSet& set,
                                                ReviewUnit unit, const Coefficients& standards) {
  const double least = standard(standards, "scale.point_left_out");
  std::vector<SchoolResources> out;
  std::map<uint32_t, std::size_t> of_school;
  for (CampusId c : year.campuses.ids()) {
    const CampusYear& numbers = year.campuses[c];
    const Campus& campus = place.campuses[c];
    if (!numbers.open || numbers.enrolment < least) continue;
    if (stage.index >= campus.stages.size() || !campus.stages[stage]) continue;
    SchoolResources one = resources_of(campus, stage, numbers.enrolment, set);
    if (unit == ReviewUnit::Campus || !campus.school.valid()) {
      out.push_back(std::move(one));
      continue;
    }
    auto [at, added] = of_school.emplace(campus.school.index, out.size());
    if (added) {
      one.code = place.schools[campus.school].code;
      out.push_back(std::move(one));
      continue;
    }
    SchoolResources& sum = out[at->second];
    sum.pupils += one.pupils;
    for (std::size_t k = 0; k < sum.has.size(); ++k) sum.has[k] += one.has[k];  // NaN stays NaN
  }
  return out;
}

BalanceAmong balance_among(const Place& place, StageId stage, const StageYear& year,
                           const Coefficients& standards, const std::vector<CampusId>& among) {
  BalanceAmong out{kNone, kNone};
  const StageKind kind = place.stages[stage].kind;
  const bool reviewed = kind == StageKind::Primary || kind == StageKind::Junior;
  if (!reviewed || among.empty()) return out;
  const double least = standard(standards, "scale.point_left_out");
  for (const bool eight : {true, false}) {
    const IndicatorSet set = eight ? eight_indicators() : seven_indicators(standards);
    std::vector<SchoolResources> schools;
    for (CampusId c : among) {
      const Campus& campus = place.campuses[c];
      if (!year.campuses[c].open || year.campuses[c].enrolment < least) continue;
      if (stage.index >= campus.stages.size() || !campus.stages[stage]) continue;
      schools.push_back(resources_of(campus, stage, year.campuses[c].enrolment, set));
    }
    const BalanceReview review = review_composite(set, schools, 0.0);
    if (review.not_reported > 0) continue;
    if (eight)
      out.eight = review.composite;
    else
      out.seven = *std::ranges::max_element(review.coefficient);
  }
  return out;
}

StageReview review_stage(const Place& place, StageId stage, const StageYear& year,
                         const Coefficients& standards) {
  StageReview out;
  const StageKind kind = place.stages[stage].kind;
  if (kind != StageKind::Primary && kind != StageKind::Junior) return out;
  const bool junior = kind == StageKind::Junior;
  const char* name = junior ? "junior" : "primary";
  const IndicatorSet eight = eight_indicators(), seven = seven_indicators(standards);
  for (ReviewUnit unit : {ReviewUnit::Campus, ReviewUnit::LegalPerson}) {
    add_lines("eight", eight, unit, reported_resources(place, stage, year, eight, unit, standards),
              standard(standards, std::string("balance.limit.") + name), true, out.lines);
    add_lines("seven", seven, unit, reported_resources(place, stage, year, seven, unit, standards),
              standard(standards, std::string("quality.limit.") + name), false, out.lines);
  }
  const int at_least = static_cast<int>(standard(standards, "quality.met_at_least"));
  const double share = standard(standards, "quality.other_share");
  for (CampusId c : year.campuses.ids()) {
    const Campus& campus = place.campuses[c];
    if (!year.campuses[c].open || stage.index >= campus.stages.size() || !campus.stages[stage])
      continue;
    SchoolResources one = resources_of(campus, stage, year.campuses[c].enrolment, seven);
    if (std::ranges::all_of(one.has, [](double v) { return std::isnan(v); })) continue;
    out.campuses.push_back({c, standing_of(seven, one, junior, at_least, share)});
    out.passing += out.campuses.back().standing.passes ? 1 : 0;
  }
  return out;
}

}  // namespace doorstep
