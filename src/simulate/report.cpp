#include "simulate/report.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <span>

namespace doorstep {
namespace {

/// Adds up where pupils of some grades are, home by home.
class FlowGatherer {
 public:
  FlowGatherer(std::span<const Cohort> grades, std::size_t campuses)
      : grades_(grades), at_(grades.size(), 0), sum_(campuses, 0.0), seen_(campuses, 0) {
    for (const Cohort& c : grades) {
      if (c.grid.empty()) continue;
      alike_ =
          alike_ && c.grid.pattern->classes == 1 && (!pattern_ || pattern_ == c.grid.pattern.get());
      pattern_ = c.grid.pattern.get();
      grids_.push_back(c.grid.pupils.data());
    }
  }

  /// Of homes from `from` up to `to`, ordered by campus.
  std::vector<PupilFlow> gather(std::size_t from, std::size_t to) {
    for (std::size_t g = 0; g < grades_.size(); ++g) {
      const auto& rows = grades_[g].placed;
      at_[g] = static_cast<std::size_t>(
          std::ranges::lower_bound(rows, HomeId(from), {}, &PupilRow::home) - rows.begin());
    }
    if (alike_ && pattern_) flows_.reserve(pattern_->first[to] - pattern_->first[from]);
    for (std::size_t h = from; h < to; ++h) {
      if (alike_ && pattern_ && !rows_of(h))
        add_slots(h);
      else
        add_all(h);
    }
    return std::move(flows_);
  }

 private:
  [[nodiscard]] bool rows_of(std::size_t h) const {
    for (std::size_t g = 0; g < grades_.size(); ++g)
      if (at_[g] < grades_[g].placed.size() && grades_[g].placed[at_[g]].home.index == h)
        return true;
    return false;
  }

  /// Where all pupils of the home stand in the same slots.
  void add_slots(std::size_t h) {
    for (uint32_t slot = pattern_->first[h]; slot < pattern_->first[h + 1]; ++slot) {
      double sum = 0.0;
      for (const double* grid : grids_) sum += grid[slot];
      if (sum > 0) flows_.push_back({HomeId(h), pattern_->campus[slot], sum});
    }
  }

  void add(CampusId campus, double pupils) {
    if (!seen_[campus.index]) touched_.push_back(campus.index);
    seen_[campus.index] = 1;
    sum_[campus.index] += pupils;
  }

  void add_all(std::size_t h) {
    for (std::size_t g = 0; g < grades_.size(); ++g) {
      if (const SlotGrid& grid = grades_[g].grid; !grid.empty()) {
        const SlotPattern& p = *grid.pattern;
        for (uint32_t slot = p.first[h * p.classes]; slot < p.first[(h + 1) * p.classes]; ++slot)
          if (grid.pupils[slot] > 0) add(p.campus[slot], grid.pupils[slot]);
      }
      const auto& rows = grades_[g].placed;
      for (std::size_t& i = at_[g]; i < rows.size() && rows[i].home.index == h; ++i)
        add(rows[i].campus, rows[i].pupils);
    }
    std::ranges::sort(touched_);
    for (uint32_t c : touched_) {
      if (sum_[c] > 0) flows_.push_back({HomeId(h), CampusId(c), sum_[c]});
      sum_[c] = 0.0;
      seen_[c] = 0;
    }
    touched_.clear();
  }

  std::span<const Cohort> grades_;
  const SlotPattern* pattern_ = nullptr;
  bool alike_ = true;                 ///< one pattern, one household class
  std::vector<const double*> grids_;  ///< pupils by slot, a grade each
  std::vector<std::size_t> at_;       ///< by grade: the next row of `placed`
  std::vector<double> sum_;           ///< by campus, of the home at hand
  std::vector<char> seen_;
  std::vector<uint32_t> touched_;
  std::vector<PupilFlow> flows_;
};

/// Cost: the slots and rows, by several threads.
std::vector<PupilFlow> flows_of(std::span<const Cohort> grades, std::size_t homes,
                                std::size_t campuses) {
  constexpr std::size_t kHomesOfRun = 8192;
  std::vector<std::vector<PupilFlow>> runs((homes + kHomesOfRun - 1) / kHomesOfRun);
  tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t run) {
    runs[run] = FlowGatherer(grades, campuses)
                    .gather(run * kHomesOfRun, std::min(homes, (run + 1) * kHomesOfRun));
  });
  std::size_t count = 0;
  for (const auto& run : runs) count += run.size();
  std::vector<PupilFlow> flows;
  flows.reserve(count);
  for (auto& run : runs) {
    flows.insert(flows.end(), run.begin(), run.end());
    run = {};
  }
  return flows;
}

void count_grade(const Cohort& cohort, std::size_t g, StageYear& out) {
  for (auto c : cohort.grid.at.ids()) {
    if (!(cohort.grid.at[c] > 0)) continue;
    CampusYear& year = out.campuses[c];
    year.by_grade[g] += cohort.grid.at[c];
    year.enrolment += cohort.grid.at[c];
    const std::size_t classes = year.by_class.size();
    for (std::size_t k = 0; k < classes; ++k)
      year.by_class[k] += cohort.grid.at_by_class[c.index * classes + k];
  }
  for (const PupilRow& r : cohort.placed) {
    CampusYear& year = out.campuses[r.campus];
    year.by_grade[g] += r.pupils;
    year.enrolment += r.pupils;
    year.by_class[r.household.index] += r.pupils;
  }
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
  for (std::size_t g = 0; g < state.grades.size(); ++g) count_grade(state.grades[g], g, out);
}

}  // namespace

StageYear stage_year(const RoundContext& context, StageId stage, const StageState& state,
                     const Admission& entry, const GradeOffer& entry_offer, bool with_first_grade) {
  StageYear out;
  fill_campuses(context, stage, state, entry, entry_offer, out);
  const std::size_t homes = context.place.homes.size(), campuses = context.place.campuses.size();
  const std::span<const Cohort> grades(state.grades);
  out.flows = flows_of(grades, homes, campuses);
  if (with_first_grade && !grades.empty())
    out.first_grade = flows_of(grades.first(1), homes, campuses);
  out.unplaced_of.resize(context.place.homes.size(), 0.0);
  out.unplaced_by_class.assign(context.place.children.classes, 0.0);
  for (const Cohort& cohort : state.grades) {
    out.placed += placed_in(cohort);
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
