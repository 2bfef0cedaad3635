#include "simulate/report.h"

#include <algorithm>

namespace doorstep {
namespace {

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
    if (!teaches) continue;
    year.open = campus.open_in(context.year);
    year.seats = stage_seats(place, c, stage, context.year);
    year.rooms = campus.stages[stage]->rooms;
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
  }
  for (std::size_t g = 0; g < state.grades.size(); ++g)
    for (const PupilRow& r : state.grades[g].placed) {
      out.campuses[r.campus].by_grade[g] += r.pupils;
      out.campuses[r.campus].enrolment += r.pupils;
    }
}

}  // namespace

StageYear stage_year(const RoundContext& context, StageId stage, const StageState& state,
                     const Admission& entry, const GradeOffer& entry_offer) {
  StageYear out;
  fill_campuses(context, stage, state, entry, entry_offer, out);
  out.flows = flows_of(state, context.place.homes.size(), context.place.campuses.size());
  out.unplaced_of.resize(context.place.homes.size(), 0.0);
  for (const Cohort& cohort : state.grades) {
    out.placed += total(cohort.placed);
    for (const PupilRow& r : cohort.waiting) {
      out.unplaced_of[r.home] += r.pupils;
      out.unplaced += r.pupils;
    }
  }
  out.pupils = out.placed + out.unplaced;
  out.rounds = entry.rounds;
  out.converged = entry.converged;
  return out;
}

}  // namespace doorstep
