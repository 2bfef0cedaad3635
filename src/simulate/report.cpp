#include "simulate/report.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <span>

#include "simulate/flow_writer.h"

namespace doorstep {
namespace {

/// Adds up where pupils of some grades are, home by home.
class FlowGatherer {
 public:
  FlowGatherer(std::span<const Cohort> grades, std::size_t campuses)
      : grades_(grades), at_(grades.size(), 0), sum_(campuses, 0.0), seen_(campuses, 0) {
    for (const Cohort& c : grades) {
      if (c.grid.empty()) continue;
      const SlotPattern* pattern = c.grid.pattern.get();
      if (std::ranges::find(patterns_, pattern) == patterns_.end()) patterns_.push_back(pattern);
      grids_.push_back(c.grid.pupils.data());
    }
    if (patterns_.size() == 1 && patterns_.front()->classes == 1) alike_ = patterns_.front();
  }

  /// Most flows that homes from `from` up to `to` can have.
  [[nodiscard]] std::size_t most(std::size_t from, std::size_t to) const {
    std::size_t all = 0;
    for (const Cohort& c : grades_) all += first_row(c, to) - first_row(c, from);
    for (const SlotPattern* p : patterns_)
      all += p->first[to * p->classes] - p->first[from * p->classes];
    return all;
  }

  /// Writes those of homes from `from` up to `to`, ordered by campus, from `at` on. Returns where
  /// they end.
  std::size_t gather(std::size_t from, std::size_t to, FlowWriter& out, std::size_t at) {
    out_ = &out;
    next_ = at;
    for (std::size_t g = 0; g < grades_.size(); ++g) at_[g] = first_row(grades_[g], from);
    for (std::size_t h = from; h < to; ++h) {
      if (alike_ && !rows_of(h))
        add_slots(h);
      else
        add_all(h);
    }
    return next_;
  }

 private:
  static std::size_t first_row(const Cohort& cohort, std::size_t home) {
    const auto& rows = cohort.placed;
    return static_cast<std::size_t>(
        std::ranges::lower_bound(rows, HomeId(home), {}, &PupilRow::home) - rows.begin());
  }

  [[nodiscard]] bool rows_of(std::size_t h) const {
    for (std::size_t g = 0; g < grades_.size(); ++g)
      if (at_[g] < grades_[g].placed.size() && grades_[g].placed[at_[g]].home.index == h)
        return true;
    return false;
  }

  /// Where all pupils of the home stand in the same slots.
  void add_slots(std::size_t h) {
    for (uint32_t slot = alike_->first[h]; slot < alike_->first[h + 1]; ++slot) {
      double sum = 0.0;
      for (const double* grid : grids_) sum += grid[slot];
      if (sum > 0) out_->put(next_, HomeId(h), alike_->campus[slot], sum);
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
      if (sum_[c] > 0) out_->put(next_, HomeId(h), CampusId(c), sum_[c]);
      sum_[c] = 0.0;
      seen_[c] = 0;
    }
    touched_.clear();
  }

  std::span<const Cohort> grades_;
  std::vector<const SlotPattern*> patterns_;  ///< each once
  const SlotPattern* alike_ = nullptr;        ///< where it is one, and of one household class
  std::vector<const double*> grids_;          ///< pupils by slot, a grade each
  std::vector<std::size_t> at_;               ///< by grade: the next row of `placed`
  std::vector<double> sum_;                   ///< by campus, of the home at hand
  std::vector<char> seen_;
  std::vector<uint32_t> touched_;
  FlowWriter* out_ = nullptr;
  std::size_t next_ = 0;  ///< where the next flow goes
};

/// Where a run of homes begins.
constexpr std::size_t kHomesOfRun = 8192;

/// Room for the flows of runs of homes, one after the other: where each begins, and the end.
std::vector<std::size_t> room_of(const FlowGatherer& any, std::size_t homes) {
  std::vector<std::size_t> begin{0};
  for (std::size_t home = 0; home < homes; home += kHomesOfRun)
    begin.push_back(begin.back() + any.most(home, std::min(homes, home + kHomesOfRun)));
  return begin;
}

/// Into `memory`, which may hold anything. Cost: the slots and rows, by several threads.
PupilFlows flows_of(std::span<const Cohort> grades, std::size_t homes, std::size_t campuses,
                    PupilFlows memory = {}) {
  const std::vector<std::size_t> begin = room_of(FlowGatherer(grades, campuses), homes);
  FlowWriter out(std::move(memory), homes, campuses, begin);
  std::vector<std::size_t> end(begin.size() - 1);
  tbb::parallel_for(std::size_t{0}, end.size(), [&](std::size_t run) {
    end[run] =
        FlowGatherer(grades, campuses)
            .gather(run * kHomesOfRun, std::min(homes, (run + 1) * kHomesOfRun), out, begin[run]);
  });
  return std::move(out).finish(end);
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
                     const Admission& entry, const GradeOffer& entry_offer, bool with_first_grade,
                     PupilFlows memory) {
  StageYear out;
  fill_campuses(context, stage, state, entry, entry_offer, out);
  const std::size_t homes = context.place.homes.size(), campuses = context.place.campuses.size();
  const std::span<const Cohort> grades(state.grades);
  out.flows = flows_of(grades, homes, campuses, std::move(memory));
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
