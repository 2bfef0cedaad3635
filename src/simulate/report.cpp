#include "simulate/report.h"

#include <algorithm>

namespace doorstep {
namespace {

/// Flows of one grade, home by home; rows are ordered by (home, household, campus).
std::vector<PupilFlow> flows_of_grade(const Cohort& cohort) {
  std::vector<PupilFlow> flows;
  std::size_t first_of_home = 0;
  for (const PupilRow& r : cohort.placed) {
    if (!(r.pupils > 0)) continue;
    if (flows.size() > first_of_home && flows[first_of_home].home != r.home)
      first_of_home = flows.size();
    std::size_t i = first_of_home;
    while (i < flows.size() && flows[i].campus < r.campus) ++i;
    if (i < flows.size() && flows[i].campus == r.campus)
      flows[i].pupils += r.pupils;
    else
      flows.insert(flows.begin() + static_cast<std::ptrdiff_t>(i), {r.home, r.campus, r.pupils});
  }
  return flows;
}

/// Flows home by home over all grades. Cost: the rows, and a sort of each home's campuses.
std::vector<PupilFlow> flows_of(const StageState& state, std::size_t homes, std::size_t campuses) {
  std::vector<PupilFlow> flows;
  std::vector<std::size_t> at(state.grades.size(), 0);
  std::vector<double> sum(campuses, 0.0);
  std::vector<char> seen(campuses, 0);
  std::vector<uint32_t> touched;
  for (std::size_t h = 0; h < homes; ++h) {
    for (std::size_t g = 0; g < state.grades.size(); ++g) {
      const auto& rows = state.grades[g].placed;
      for (std::size_t& i = at[g]; i < rows.size() && rows[i].home.index == h; ++i) {
        uint32_t c = rows[i].campus.index;
        if (!seen[c]) touched.push_back(c);
        seen[c] = 1;
        sum[c] += rows[i].pupils;
      }
    }
    std::ranges::sort(touched);
    for (uint32_t c : touched) {
      if (sum[c] > 0) flows.push_back({HomeId(h), CampusId(c), sum[c]});
      sum[c] = 0.0;
      seen[c] = 0;
    }
    touched.clear();
  }
  return flows;
}

void fill_campuses(const RoundContext& context, StageId stage, const StageState& state,
                   const Admission& entry, const GradeOffer& offer, StageYear& out) {
  const Place& place = context.place;
  out.campuses.resize(place.campuses.size());
  for (auto c : place.campuses.ids()) {
    const Campus& campus = place.campuses[c];
    CampusYear& year = out.campuses[c];
    bool teaches = stage.index < campus.stages.size() && campus.stages[stage];
    year.by_grade.assign(state.grades.size(), 0.0);
    year.by_class.assign(place.children.classes, 0.0);
    if (!teaches) continue;
    year.open = campus.open_in(context.year);
    year.seats = stage_seats(place, c, stage, context.year);
    year.rooms = rooms_in(*campus.stages[stage], context.year);
    year.planned_intake = planned_intake(place, c, stage, context.year);
    year.entry_seats = offer.seats[c];
    year.quality = context.standing[c].quality;
    year.brand = context.standing[c].brand;
    const CampusOutcome& outcome = entry.campuses[c];
    year.entrants = outcome.admitted;
    year.entitled = outcome.entitled;
    year.turned_away = outcome.turned_away;
    year.cutoff_tier = outcome.cutoff_tier;
    year.cutoff_share = outcome.cutoff_share;
    year.applied = outcome.applied;
    if (state.moves.came.empty()) continue;
    year.came = state.moves.came[c];
    year.left = state.moves.left[c];
    year.returned = state.moves.returned[c];
  }
  for (std::size_t g = 0; g < state.grades.size(); ++g)
    for (const PupilRow& r : state.grades[g].placed) {
      out.campuses[r.campus].by_grade[g] += r.pupils;
      out.campuses[r.campus].enrolment += r.pupils;
      out.campuses[r.campus].by_class[r.household.index] += r.pupils;
    }
}

}  // namespace

StageYear stage_year(const RoundContext& context, StageId stage, const StageState& state,
                     const Admission& entry, const GradeOffer& entry_offer) {
  StageYear out;
  fill_campuses(context, stage, state, entry, entry_offer, out);
  out.flows = flows_of(state, context.place.homes.size(), context.place.campuses.size());
  if (!state.grades.empty()) out.first_grade = flows_of_grade(state.grades.front());
  out.unplaced_of.resize(context.place.homes.size(), 0.0);
  out.unplaced_by_class.assign(context.place.children.classes, 0.0);
  for (const Cohort& cohort : state.grades) {
    out.placed += total(cohort.placed);
    for (const PupilRow& r : cohort.waiting) {
      out.unplaced_of[r.home] += r.pupils;
      out.unplaced_by_class[r.household.index] += r.pupils;
      out.unplaced += r.pupils;
    }
  }
  out.pupils = out.placed + out.unplaced;
  out.moved = state.moves.moved;
  for (double n : state.moves.returned) out.returned += n;
  out.rounds = entry.rounds;
  out.converged = entry.converged;
  return out;
}

}  // namespace doorstep
