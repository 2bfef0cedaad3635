#include "simulate/live_year.h"

#include <algorithm>
#include <map>

#include "simulate/admission_round.h"
#include "simulate/report.h"

namespace doorstep {
namespace {

/// A share of a pupil that is left of adding and taking off again.
constexpr double kDust = 1e-9;

bool teaches(const YearScope& scope, CampusId c) {
  const Campus& campus = scope.place.campuses[c];
  return scope.stage.index < campus.stages.size() && campus.stages[scope.stage].has_value();
}

IdVector<CampusId, Standing> standing_of(const YearScope& scope) {
  GroupEffects groups(scope.place, scope.forms);
  for (Year y = scope.first; y < scope.year; ++y) groups.live_through(y);
  return groups.standing(scope.year);
}

IdVector<CampusId, Offer> offers_for(const YearScope& scope, const GradeOffer& given) {
  const IdVector<CampusId, Standing> standing = standing_of(scope);
  const RoundContext context{scope.place, scope.travel, scope.coefficients,
                             scope.seed,  scope.year,   standing};
  return admission_input(context, scope.stage, scope.place.policy, {}, given, {}).offers;
}

GradeOffer as_given(const IdVector<CampusId, Offer>& offers) {
  GradeOffer out(offers.size());
  for (CampusId c : offers.ids())
    if (offers[c].open) out.give(c, offers[c].seats);
  return out;
}

using FlowSums = std::map<std::pair<uint32_t, uint32_t>, double>;

void add_flows(FlowSums& sums, const PupilFlows& flows) {
  for (const PupilFlow& f : flows) sums[{f.home.index, f.campus.index}] += f.pupils;
}

void add_flows(FlowSums& sums, const AdmittedRows& admitted, double sign) {
  for (const Flow& f : admitted.admission->flows)
    sums[{(*admitted.rows)[f.entrants].home.index, f.campus.index}] += sign * f.pupils;
}

std::vector<PupilFlow> listed(const FlowSums& sums) {
  std::vector<PupilFlow> out;
  for (const auto& [pair, pupils] : sums)
    if (pupils > kDust) out.push_back({HomeId(pair.first), CampusId(pair.second), pupils});
  return out;
}

/// Takes one entry out of the year's figures, or puts one in.
void count(const AdmittedRows& admitted, double sign, StageYear& out) {
  for (const Flow& f : admitted.admission->flows) {
    CampusYear& c = out.campuses[f.campus];
    const ClassId household = (*admitted.rows)[f.entrants].household;
    c.enrolment += sign * f.pupils;
    if (!c.by_grade.empty()) c.by_grade.front() += sign * f.pupils;
    if (household.index < c.by_class.size()) c.by_class[household.index] += sign * f.pupils;
    out.placed += sign * f.pupils;
  }
  for (std::size_t row = 0; row < admitted.rows->size(); ++row) {
    const double left = sign * admitted.admission->unplaced[row];
    const Entrants& e = (*admitted.rows)[row];
    out.unplaced_of[e.home] += left;
    if (e.household.index < out.unplaced_by_class.size())
      out.unplaced_by_class[e.household.index] += left;
    out.unplaced += left;
  }
}

}  // namespace

IdVector<CampusId, Offer> older_grade_offers(const YearScope& scope, int grade) {
  GradeOffer given(scope.place.campuses.size());
  for (CampusId c : scope.place.campuses.ids()) {
    if (!teaches(scope, c) || !has_grade(scope.place.campuses[c], grade, scope.year)) continue;
    const double share = stage_seats(scope.place, c, scope.stage, scope.year) /
                         scope.place.stages[scope.stage].grades;
    given.give(c, std::min(planned_intake(scope.place, c, scope.stage, scope.year), share));
  }
  return offers_for(scope, given);
}

IdVector<CampusId, Offer> entry_offers(const YearScope& scope,
                                       const IdVector<CampusId, double>& continuing) {
  GradeOffer given(scope.place.campuses.size());
  for (CampusId c : scope.place.campuses.ids()) {
    if (!teaches(scope, c) || !scope.place.campuses[c].open_in(scope.year)) continue;
    const double older = c.index < continuing.size() ? continuing[c] : 0.0;
    const double room = std::max(0.0, stage_seats(scope.place, c, scope.stage, scope.year) - older);
    given.give(c, std::min(planned_intake(scope.place, c, scope.stage, scope.year), room));
  }
  return offers_for(scope, given);
}

IdVector<CampusId, double> admitted_by(const std::vector<AdmittedRows>& grades,
                                       std::size_t campuses) {
  IdVector<CampusId, double> sum(campuses, 0.0);
  for (const AdmittedRows& g : grades)
    for (const Flow& f : g.admission->flows) sum[f.campus] += f.pupils;
  return sum;
}

StageYear first_year_of(const YearScope& scope, const std::vector<AdmittedRows>& grades,
                        const IdVector<CampusId, Offer>& entry) {
  const IdVector<CampusId, Standing> standing = standing_of(scope);
  const RoundContext context{scope.place, scope.travel, scope.coefficients,
                             scope.seed,  scope.year,   standing};
  StageState state;
  for (const AdmittedRows& g : grades) state.grades.push_back(cohort_of(*g.rows, *g.admission));
  return stage_year(context, scope.stage, state, *grades.front().admission, as_given(entry));
}

StageYear later_year_of(const YearScope& scope, const StageYear& run, const AdmittedRows& before,
                        const AdmittedRows& now, const IdVector<CampusId, Offer>& entry) {
  const IdVector<CampusId, Standing> standing = standing_of(scope);
  const RoundContext context{scope.place, scope.travel, scope.coefficients,
                             scope.seed,  scope.year,   standing};
  // The figures that campuses have of themselves, without any pupils.
  StageState nobody;
  nobody.grades.resize(static_cast<std::size_t>(scope.place.stages[scope.stage].grades));
  StageYear out = run;
  const StageYear shell = stage_year(context, scope.stage, nobody, *now.admission, as_given(entry));
  out.campuses.resize(scope.place.campuses.size());
  count(before, -1.0, out);
  for (CampusId c : out.campuses.ids()) {
    CampusYear one = shell.campuses[c];
    const CampusYear& was = out.campuses[c];
    one.enrolment = was.enrolment;
    if (!was.by_grade.empty()) one.by_grade = was.by_grade;
    if (!was.by_class.empty()) one.by_class = was.by_class;
    one.came = was.came;
    one.left = was.left;
    one.returned = was.returned;
    out.campuses[c] = one;
  }
  count(now, 1.0, out);
  FlowSums sums;
  add_flows(sums, run.flows);
  add_flows(sums, before, -1.0);
  add_flows(sums, now, 1.0);
  out.flows = listed(sums);
  sums.clear();
  add_flows(sums, now, 1.0);
  out.first_grade = listed(sums);
  out.pupils = out.placed + out.unplaced;
  out.rounds = now.admission->rounds;
  out.converged = now.admission->converged;
  return out;
}

}  // namespace doorstep
