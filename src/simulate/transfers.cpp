#include "simulate/transfers.h"

#include <algorithm>
#include <tuple>

#include "assign/eligibility.h"
#include "base/error.h"

namespace doorstep {
namespace {

constexpr double kLeastSeat = 1e-6;  // less than that is rounding at a full campus

double share_of(const Coefficients& coefficients, const Stage& stage) {
  const std::string name = "choice.transfer_share";
  const std::string own = name + "." + stage.code;
  const double share = coefficients.value(coefficients.has(own) ? own : name);
  if (share < 0.0 || share > 1.0)
    throw Error("the share of pupils who look again lies outside 0 to 1", name, "0.05 is usual");
  return share;
}

/// The part of each placed row that looks again. A seat that no way leads to cannot be compared.
std::vector<Entrants> lookers(const RoundContext& context, const Cohort& cohort, double share) {
  std::vector<Entrants> rows;
  for (const PupilRow& r : cohort.placed) {
    if (!context.travel.reachable(r.home, r.campus)) continue;
    Entrants e;
    e.home = r.home;
    e.household = r.household;
    e.group = context.standing[r.campus].group;
    e.pupils = r.pupils * share;
    e.present = r.campus;
    rows.push_back(e);
  }
  std::ranges::stable_sort(rows, {}, [](const Entrants& e) {
    return std::tuple(e.home, e.household, e.group, e.present);
  });
  return rows;
}

/// Seats left in a grade and those that lookers hold: what they give up is another's at once.
GradeOffer seats_to_choose(const RoundContext& context, StageId stage, const StageState& state,
                           int grade, const std::vector<Entrants>& rows) {
  const Place& place = context.place;
  const std::size_t campuses = place.campuses.size();
  const IdVector<CampusId, double> all = enrolled(state, 0, campuses);
  IdVector<CampusId, double> in_grade(campuses, 0.0);
  IdVector<CampusId, double> held(campuses, 0.0);
  add_placed(state.grades[static_cast<std::size_t>(grade)], in_grade);
  for (const Entrants& e : rows) held[e.present] += e.pupils;
  GradeOffer offer(campuses);
  for (auto c : place.campuses.ids()) {
    const double seats = stage_seats(place, c, stage, context.year);
    const double left =
        has_grade(place.campuses[c], grade, context.year)
            ? std::min(seats / place.stages[stage].grades - in_grade[c], seats - all[c])
            : 0.0;
    if (left > kLeastSeat || held[c] > 0.0) offer.give(c, std::max(0.0, held[c] + left));
  }
  return offer;
}

Policy of_lookers(const Policy& given) {
  Policy policy = given;
  if (policy.rule != Rule::Micro) policy.rule = Rule::Choice;
  policy.divert_unplaced = false;
  policy.private_first = false;
  return policy;
}

/// Books what the round decided: who moves changes rows, all others stay where they are.
void take_over(const AdmissionInput& input, const Admission& result, Cohort& cohort, Moves& moves) {
  std::vector<PupilRow> moved;
  std::vector<double> gone(input.entrants.size(), 0.0);
  for (const Flow& f : result.flows) {
    const Entrants& e = input.entrants[f.entrants];
    if (f.campus == e.present) continue;
    gone[f.entrants] += f.pupils;
    moved.push_back({e.home, e.household, f.campus, f.pupils});
    moves.moved += f.pupils;
    moves.add(
        {e.home, e.present, f.campus, f.pupils,
         in_own_catchment(input, e.home, f.campus) && !in_own_catchment(input, e.home, e.present)});
  }
  std::vector<PupilRow> leaving;
  for (std::size_t i = 0; i < gone.size(); ++i) {
    const Entrants& e = input.entrants[i];
    if (gone[i] > 0.0) leaving.push_back({e.home, e.household, e.present, gone[i]});
  }
  sort_and_merge(leaving);
  auto next = leaving.begin();
  for (PupilRow& r : cohort.placed) {
    if (next == leaving.end()) break;
    if (next->home != r.home || next->household != r.household || next->campus != r.campus)
      continue;
    // Rounding must not make a row negative.
    r.pupils = std::max(0.0, r.pupils - next->pupils);
    ++next;
  }
  std::erase_if(cohort.placed, [](const PupilRow& r) { return !(r.pupils > 0.0); });
  merge_into(cohort.placed, std::move(moved));
}

}  // namespace

void look_again(const RoundContext& context, StageId stage,
                const IdVector<HomeId, CatchmentId>& catchment_of, StageState& state,
                Progress& progress) {
  const double share = share_of(context.coefficients, context.place.stages[stage]);
  if (!(share > 0.0)) return;
  const Policy policy = of_lookers(context.place.policy);
  for (int g = context.place.stages[stage].grades - 1; g >= 1; --g) {
    Cohort& cohort = state.grades[static_cast<std::size_t>(g)];
    dissolve(cohort);
    std::vector<Entrants> rows = lookers(context, cohort, share);
    if (rows.empty()) continue;
    const GradeOffer offer = seats_to_choose(context, stage, state, g, rows);
    AdmissionInput input =
        admission_input(context, stage, policy, std::move(rows), offer, catchment_of);
    input.grade = g;
    for (Offer& o : input.offers) {
      o.pool = -1;  // who stays in a pool stays at its campus
      o.overflow = Overflow::Divert;
    }
    take_over(input, assign_pupils(input, progress), cohort, state.moves);
  }
}

}  // namespace doorstep
