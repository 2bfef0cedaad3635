#include "indicators/equity.h"

#include <cmath>
#include <limits>
#include <map>

#include "base/error.h"
#include "indicators/standard.h"
#include "place/stage_kind.h"

namespace doorstep {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool teaches(const Place& place, CampusId c, StageId s) {
  const Campus& campus = place.campuses[c];
  return s.index < campus.stages.size() && campus.stages[s].has_value();
}

/// Whether a campus leads or belongs to a group with another open campus in the year.
IdVector<CampusId, char> in_groups(const Place& place, Year year, int& groups) {
  IdVector<CampusId, char> in(place.campuses.size(), 0);
  groups = 0;
  for (const Group& g : place.groups) {
    // A university leads without a campus of its own (高校附属).
    const bool sponsored = !g.core.valid() && g.sponsor.has_value();
    if (!sponsored && (!g.core.valid() || !place.campuses[g.core].open_in(year))) continue;
    bool any = false;
    for (const Tie& t : g.ties) {
      if (!t.member.valid() || t.member == g.core || year < t.since || year > t.until) continue;
      if (!place.campuses[t.member].open_in(year)) continue;
      in[t.member] = 1;
      any = true;
    }
    if (any && !sponsored) in[g.core] = 1;
    groups += any ? 1 : 0;
  }
  return in;
}

}  // namespace

double dissimilarity(const std::vector<double>& one, const std::vector<double>& other) {
  DOORSTEP_ASSERT(one.size() == other.size());
  double all_one = 0.0, all_other = 0.0;
  for (double v : one) all_one += v;
  for (double v : other) all_other += v;
  if (!(all_one > 0) || !(all_other > 0)) return kNone;
  double apart = 0.0;
  for (std::size_t i = 0; i < one.size(); ++i)
    apart += std::abs(one[i] / all_one - other[i] / all_other);
  return apart / 2.0;
}

BalanceTwice seats_balance(const Place& place, const StageYear& year, double least_pupils) {
  std::vector<double> pupils, seats;
  // Keyed by school, then by campus where none is known: ordered, so that sums are too.
  std::map<std::pair<uint32_t, uint32_t>, std::pair<double, double>> persons;
  for (auto c : year.campuses.ids()) {
    const CampusYear& one = year.campuses[c];
    if (!one.open || one.enrolment < least_pupils) continue;
    pupils.push_back(one.enrolment);
    seats.push_back(one.seats);
    SchoolId school = place.campuses[c].school;
    auto& sum = persons[{school.index, school.valid() ? 0 : c.index}];
    sum.first += one.enrolment;
    sum.second += one.seats;
  }
  BalanceTwice out;
  out.by_campus = balance_coefficient(pupils, seats);
  pupils.clear();
  seats.clear();
  for (const auto& [key, sum] : persons) {
    pupils.push_back(sum.first);
    seats.push_back(sum.second);
  }
  out.by_legal_person = balance_coefficient(pupils, seats);
  return out;
}

GroupCoverage group_coverage(const Place& place, StageId stage, Year year,
                             const StageYear& result) {
  GroupCoverage out;
  IdVector<CampusId, char> in = in_groups(place, year, out.groups);
  double open = 0.0, covered = 0.0, pupils = 0.0, covered_pupils = 0.0;
  for (auto c : result.campuses.ids()) {
    if (!result.campuses[c].open || !teaches(place, c, stage)) continue;
    open += 1.0;
    pupils += result.campuses[c].enrolment;
    if (!in[c]) continue;
    covered += 1.0;
    covered_pupils += result.campuses[c].enrolment;
  }
  out.campuses = open > 0 ? covered / open : kNone;
  out.pupils = pupils > 0 ? covered_pupils / pupils : kNone;
  return out;
}

SchoolScale school_scale(const Place& place, StageId stage, const StageYear& year,
                         const Coefficients& standards) {
  const double most = standard(standards, "scale.primary_most");
  const double funded = standard(standards, "scale.funded_as");
  const double point = standard(standards, "scale.point_left_out");
  StageKind kind = place.stages[stage].kind;
  bool capped = kind == StageKind::Primary || kind == StageKind::Junior;
  SchoolScale out;
  for (auto c : year.campuses.ids()) {
    const CampusYear& one = year.campuses[c];
    if (!one.open || !teaches(place, c, stage)) continue;
    if (capped && one.enrolment > most) out.too_large.push_back(c);
    if (one.enrolment < funded) out.funded_up.push_back(c);
    if (one.enrolment < point) out.point_size.push_back(c);
  }
  return out;
}

IdVector<CampusId, double> teachers_needed(const Place& place, StageId stage, const StageYear& year,
                                           const Coefficients& standards) {
  IdVector<CampusId, double> out(year.campuses.size(), 0.0);
  const StageKind kind = place.stages[stage].kind;
  if (kind == StageKind::Kindergarten) return out;
  const std::string name = std::string("staff.pupils_per_teacher.") + stage_kind_code(kind);
  const double per_teacher = standard(standards, name);
  for (auto c : year.campuses.ids()) out[c] = year.campuses[c].enrolment / per_teacher;
  return out;
}

}  // namespace doorstep
