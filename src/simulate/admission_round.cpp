#include "simulate/admission_round.h"

#include <algorithm>
#include <cmath>

namespace doorstep {
namespace {

const CampusStage* offer_at(const Place& place, CampusId campus, StageId stage) {
  const Campus& c = place.campuses[campus];
  return stage.index < c.stages.size() && c.stages[stage] ? &*c.stages[stage] : nullptr;
}

/// A pool of one campus is no pool.
void drop_lone_pools(IdVector<CampusId, Offer>& offers) {
  for (auto c : offers.ids()) {
    auto shares = [&](const Offer& o) { return o.open && o.pool == offers[c].pool; };
    if (offers[c].pool >= 0 && std::ranges::count_if(offers, shares) < 2) offers[c].pool = -1;
  }
}

IdVector<CampusId, Offer> offers_of(const RoundContext& context, const GradeOffer& given) {
  const Place& place = context.place;
  IdVector<CampusId, Offer> offers(place.campuses.size());
  for (auto c : place.campuses.ids()) {
    if (!given.open[c]) continue;
    const Campus& campus = place.campuses[c];
    const Standing& standing = context.standing[c];
    Offer& o = offers[c];
    o.open = true;
    o.seats = given.seats[c];
    o.quality = standing.quality;
    o.brand = standing.brand;
    o.brand_of_class = campus.brand_of_class;
    o.group = standing.group;
    o.pool = standing.pool;
    o.overflow = campus.overflow.value_or(place.policy.overflow);
    o.fee = campus.fee;
    if (campus.school.valid()) o.ownership = place.schools[campus.school].ownership;
  }
  drop_lone_pools(offers);
  return offers;
}

}  // namespace

double stage_seats(const Place& place, CampusId campus, StageId stage, Year year) {
  const CampusStage* offer = offer_at(place, campus, stage);
  if (!offer || !place.campuses[campus].open_in(year)) return 0.0;
  return value_in(offer->seats, year);
}

double planned_intake(const Place& place, CampusId campus, StageId stage, Year year) {
  const CampusStage* offer = offer_at(place, campus, stage);
  if (!offer || !place.campuses[campus].open_in(year)) return 0.0;
  const double intake = offer->intake.empty()
                            ? value_in(offer->seats, year) / place.stages[stage].grades
                            : value_in(offer->intake, year);
  if (!place.policy.whole_classes) return intake;
  // A campus that fills less than one class still has one.
  const double standard = place.stages[stage].class_standard;
  const double classes = std::floor(intake / standard + 1e-9);
  return classes >= 1.0 ? classes * standard : intake;
}

IdVector<CampusId, double> enrolled(const StageState& state, std::size_t first,
                                    std::size_t campuses) {
  IdVector<CampusId, double> sum(campuses, 0.0);
  for (std::size_t g = first; g < state.grades.size(); ++g) add_placed(state.grades[g], sum);
  return sum;
}

bool has_grade(const Campus& campus, int grade, Year year) {
  if (!campus.open_in(year)) return false;
  return grade < campus.opening_grades ||
         year - (grade - campus.opening_grades + 1) >= campus.opens;
}

AdmissionInput admission_input(const RoundContext& context, StageId stage, const Policy& policy,
                               std::vector<Entrants> entrants, const GradeOffer& offer,
                               const IdVector<HomeId, CatchmentId>& catchment_of) {
  AdmissionInput input;
  input.place = &context.place;
  input.travel = &context.travel;
  input.coefficients = &context.coefficients;
  input.stage = stage;
  input.year = context.year;
  input.seed = context.seed;
  input.entrants = std::move(entrants);
  input.offers = offers_of(context, offer);
  input.catchment_of = catchment_of;
  input.policy = policy;
  return input;
}

Cohort cohort_of(const std::vector<Entrants>& entrants, const Admission& admission) {
  Cohort cohort;
  cohort.placed.reserve(admission.flows.size());
  for (const Flow& f : admission.flows) {
    const Entrants& e = entrants[f.entrants];
    cohort.placed.push_back({e.home, e.household, f.campus, f.pupils});
  }
  sort_and_merge(cohort.placed);
  for (std::size_t i = 0; i < entrants.size(); ++i) {
    if (admission.unplaced[i] > 0)
      cohort.waiting.push_back(
          {entrants[i].home, entrants[i].household, CampusId(), admission.unplaced[i]});
  }
  sort_and_merge(cohort.waiting);
  return cohort;
}

namespace {

bool is_public(const Place& place, const Campus& campus) {
  return !campus.school.valid() || place.schools[campus.school].ownership == Ownership::Public;
}

/// Seats left in a grade of public campuses, within the grade's share of the stage and the stage.
/// `all`: pupils at each campus in all grades of the stage.
GradeOffer seats_left(const RoundContext& context, StageId stage, const StageState& state,
                      int grade, const IdVector<CampusId, double>& all) {
  const Place& place = context.place;
  constexpr double kLeastSeat = 1e-6;  // less than that is rounding at a full campus
  IdVector<CampusId, double> in_grade(place.campuses.size(), 0.0);
  add_placed(state.grades[static_cast<std::size_t>(grade)], in_grade);
  GradeOffer offer(place.campuses.size());
  for (auto c : place.campuses.ids()) {
    double seats = stage_seats(place, c, stage, context.year);
    const Campus& campus = place.campuses[c];
    if (!has_grade(campus, grade, context.year) || !is_public(place, campus)) continue;
    double left = std::min(seats / place.stages[stage].grades - in_grade[c], seats - all[c]);
    if (left > kLeastSeat) offer.give(c, left);
  }
  return offer;
}

/// 统筹 reaches everywhere where policy wants it; else the limit of the choice set holds.
Policy over_seats_left(const Policy& given) {
  Policy policy = given;
  policy.rule = Rule::LeastTravel;
  policy.eligibility = Eligibility::All;
  policy.overflow = Overflow::Divert;
  if (given.divert_unplaced) policy.max_minutes = Policy().max_minutes;
  return policy;
}

}  // namespace

void place_waiting(const RoundContext& context, StageId stage, StageState& state,
                   Progress& progress) {
  Policy policy = over_seats_left(context.place.policy);
  IdVector<CampusId, double> all;
  for (int g = context.place.stages[stage].grades - 1; g >= 1; --g) {
    Cohort& cohort = state.grades[static_cast<std::size_t>(g)];
    if (cohort.waiting.empty()) continue;
    if (all.empty()) all = enrolled(state, 0, context.place.campuses.size());
    GradeOffer offer = seats_left(context, stage, state, g, all);
    if (!offer.any()) continue;
    std::vector<Entrants> rows;
    for (const PupilRow& r : cohort.waiting)
      rows.push_back({.home = r.home, .household = r.household, .pupils = r.pupils});
    AdmissionInput input = admission_input(context, stage, policy, rows, offer, {});
    Cohort placed = cohort_of(rows, assign_pupils(input, progress));
    for (const PupilRow& r : placed.placed) {
      state.moves.add({r.home, CampusId(), r.campus, r.pupils});
      all[r.campus] += r.pupils;
    }
    merge_into(cohort.placed, std::move(placed.placed));
    std::swap(cohort.waiting, placed.waiting);
    count_displaced_placed(state, static_cast<std::size_t>(g), placed.waiting);
  }
}

}  // namespace doorstep
