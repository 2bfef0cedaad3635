#include "simulate/simulate.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "base/error.h"
#include "simulate/admission_round.h"
#include "simulate/children.h"
#include "simulate/relief.h"
#include "simulate/report.h"
#include "simulate/steady_rows.h"
#include "simulate/transfers.h"

namespace doorstep {
namespace {

/// Catchments of homes, worked out again only when other catchments hold.
class CatchmentCalendar {
 public:
  explicit CatchmentCalendar(const Place& place) : place_(place), by_stage_(place.stages.size()) {}

  const IdVector<HomeId, CatchmentId>& of(StageId stage, Year year) {
    std::vector<CatchmentId> holding;
    for (auto id : place_.catchments.ids())
      if (place_.catchments[id].stage == stage && place_.catchments[id].holds_in(year))
        holding.push_back(id);
    Entry& entry = by_stage_[stage];
    if (entry.known && entry.holding == holding) return entry.of;
    entry = {true, std::move(holding), catchment_of_homes(place_, stage, year)};
    return entry.of;
  }

 private:
  struct Entry {
    bool known = false;
    std::vector<CatchmentId> holding;
    IdVector<HomeId, CatchmentId> of;
  };
  const Place& place_;
  IdVector<StageId, Entry> by_stage_;
};

/// Whether pupils of a stage come in with a feeder or a group from the stage before.
bool takes_over(const Place& place, StageId stage, StageId before) {
  auto teaches = [&](CampusId c, StageId s) { return place.campuses[c].stages[s].has_value(); };
  auto feeds = [&](const Feeder& f) { return teaches(f.to, stage); };
  if (std::ranges::any_of(place.feeders, feeds)) return true;
  return std::ranges::any_of(place.groups, [&](const Group& g) {
    bool here = teaches(g.core, stage), earlier = teaches(g.core, before);
    for (const Tie& t : g.ties) {
      here = here || teaches(t.member, stage);
      earlier = earlier || teaches(t.member, before);
    }
    return here && earlier;
  });
}

/// The groups that pupils bring along count where they have a campus open to them; others would
/// only split the rows of one home.
IdVector<CampusId, Standing> with_groups_offered(IdVector<CampusId, Standing> standing,
                                                 const GradeOffer& offer) {
  std::set<GroupId> offered;
  for (auto c : standing.ids())
    if (offer.open[c] && standing[c].group.valid()) offered.insert(standing[c].group);
  for (Standing& s : standing)
    if (s.group.valid() && offered.count(s.group) == 0) s.group = GroupId();
  return standing;
}

std::vector<StageId> stages_to_run(const Place& place, StageId only) {
  std::vector<StageId> out;
  if (!only.valid()) {
    for (auto s : place.stages.ids()) out.push_back(s);
    return out;
  }
  out.push_back(only);
  for (StageId before = stage_before(place, only);
       before.valid() && takes_over(place, out.back(), before);
       before = stage_before(place, before))
    out.push_back(before);
  return out;
}

class Simulation {
 public:
  Simulation(const Place& place, const TravelTable& travel, const Coefficients& coefficients,
             const GroupForms& forms, const RunOptions& options, Progress& progress)
      : place_(place),
        travel_(travel),
        coefficients_(coefficients),
        options_(options),
        progress_(progress),
        children_(place, coefficients, options.births),
        groups_(place, forms, coefficients),
        catchments_(place),
        states_(place.stages.size()),
        memory_(place.stages.size()),
        steady_(place.stages.size()),
        spare_flows_(place.stages.size()),
        error_(place.stages.size(), 0.0) {
    // A stage follows the one that leads to it, whatever the order of the file.
    for (auto s : stages_to_run(place, options.only)) order_.push_back(s);
    std::ranges::stable_sort(order_, {}, [&](StageId s) { return place.stages[s].entry_age; });
    for (auto s : place.stages.ids())
      states_[s].grades.resize(static_cast<std::size_t>(std::max(1, place.stages[s].grades)));
  }

  RunResult run() {
    Year first = options_.first_year == 0 ? place_.base_year : options_.first_year;
    if (first < place_.base_year)
      throw Error(
          fmt::format("the run begins in {}, before the base year {}", first, place_.base_year),
          "first_year", "the place is not known before its base year");
    for (Year year = place_.base_year; year < first; ++year) groups_.live_through(year);
    for (Year year = first; year <= first + options_.years; ++year) {
      tell(year);
      if (year > first) groups_.live_through(year - 1);
      run_year(year, year == first);
    }
    for (double error : error_)
      result_.conservation_error = std::max(result_.conservation_error, error);
    children_.note_assumptions(first + options_.years, result_.notes);
    groups_.note_idle_ties(first, first + options_.years, result_.notes);
    return std::move(result_);
  }

 private:
  /// How many of the run's admissions are held: of every grade in the first year, then of the
  /// first.
  void tell(Year year) {
    double all = static_cast<double>(order_.size()) * options_.years;
    for (StageId s : order_) all += place_.stages[s].grades;
    progress_.step(fmt::format("simulate {}", year),
                   std::min(admissions_ / std::max(all, 1.0), 1.0));
  }

  void run_year(Year year, bool first) {
    if (options_.flows_at_end && !result_.years.empty()) let_flows_go(result_.years.back());
    IdVector<CampusId, Standing> standing = groups_.standing(year);
    RoundContext context{place_, travel_, coefficients_, options_.seed, year, standing};
    YearResult out;
    out.year = year;
    out.groups = groups_.work(year);
    StageYear nobody;
    nobody.campuses.resize(place_.campuses.size());
    nobody.unplaced_of.resize(place_.homes.size());
    out.stages.resize(place_.stages.size(), nobody);
    if (first)
      begin(context, out);
    else
      go_on(context, out);
    if (options_.each_year) options_.each_year(out);
    result_.years.push_back(std::move(out));
  }

  /// The first year. Of the stage before, a stage asks for the last grade alone: once those are
  /// full, stages go side by side.
  void begin(const RoundContext& context, YearResult& out) {
    const auto one_grade = [&](StageId s) { return place_.stages[s].grades < 2; };
    const bool in_turn = watched() || std::ranges::any_of(order_, one_grade);
    StageDemand demand(order_.size(), IdVector<GroupId, GroupYear>(out.groups.size()));
    const auto go_through = [&](std::size_t i) {
      const StageId s = order_[i];
      for (int g = place_.stages[s].grades - (in_turn ? 1 : 2); g >= 1; --g)
        fill_older_grade(context, s, g);
      out.stages[s] = enter(context, s, entry_to(context, s, true), true, demand[i]);
    };
    if (in_turn) {
      for (std::size_t i = 0; i < order_.size(); ++i) go_through(i);
    } else {
      for (StageId s : order_) fill_older_grade(context, s, place_.stages[s].grades - 1);
      in_turn_or_at_once(go_through);
    }
    for (StageId s : order_) compare_with_enrolment(s, states_[s]);
    add_up(demand, out.groups);
  }

  /// A year after the first. Stages side by side: each takes over who left the one before it.
  void go_on(const RoundContext& context, YearResult& out) {
    StageDemand demand(order_.size(), IdVector<GroupId, GroupYear>(out.groups.size()));
    in_turn_or_at_once([&](std::size_t i) { move_up(context, order_[i]); });
    std::vector<Entry> entries(order_.size());
    in_turn_or_at_once([&](std::size_t i) { entries[i] = entry_to(context, order_[i], false); });
    // Who left stands in the rows of the next stage now: their memory is free for who enters.
    for (StageId s : order_)
      memory_[s.index].recycle(std::exchange(states_[s].leavers.grid, SlotGrid()));
    in_turn_or_at_once([&](std::size_t i) {
      out.stages[order_[i]] = enter(context, order_[i], std::move(entries[i]), false, demand[i]);
    });
    add_up(demand, out.groups);
  }

  /// What stages find out about groups, each on its own: by stage of the order.
  using StageDemand = std::vector<IdVector<GroupId, GroupYear>>;

  static void add_up(const StageDemand& demand, IdVector<GroupId, GroupYear>& groups) {
    for (const auto& of_stage : demand)
      for (auto g : groups.ids()) {
        groups[g].gained += of_stage[g].gained;
        groups[g].displaced += of_stage[g].displaced;
        groups[g].induced += of_stage[g].induced;
      }
  }

  /// Calls work(i) for every stage of the order; one after the other where someone watches.
  template <class Work>
  void in_turn_or_at_once(const Work& work) {
    if (watched())
      for (std::size_t i = 0; i < order_.size(); ++i) work(i);
    else
      tbb::parallel_for(std::size_t{0}, order_.size(), work);
  }

  [[nodiscard]] bool watched() const {
    return options_.watch || options_.watch_older || options_.watch_rows;
  }

  void show_rows(Year year, StageId s) {
    StageRows rows;
    rows.moves = std::move(states_[s].moves.rows);
    for (const Cohort& cohort : states_[s].grades)
      for (const PupilRow& r : cohort.placed)
        rows.pupils.push_back({r.home, r.household, r.campus, r.pupils});
    options_.watch_rows(year, s, rows);
  }

  void let_flows_go(YearResult& year) {
    for (auto s : year.stages.ids()) {
      StageYear& stage = year.stages[s];
      spare_flows_[s] = std::move(stage.flows);
      stage.flows = {};
      stage.unplaced_of = {};
      stage.flows_kept = false;
    }
  }

  /// Promotion, closures, moves, housing, and seats left for those who wait.
  void move_up(const RoundContext& context, StageId s) {
    StageState& state = states_[s];
    promote(state);
    state.moves = Moves(place_.campuses.size(), static_cast<bool>(options_.watch_rows));
    displace_from_closed(state, place_, context.year);
    for (std::size_t g = 1; g < state.grades.size(); ++g) {
      progress_of_years(state.grades[g], s, g);
      if (!place_.growth.migration.empty())
        move_families(state.grades[g],
                      [&](HomeId h) { return children_.moving_share(h, context.year); });
      if (!children_.anyone_moves_in(context.year)) continue;
      HomeChildren newcomers =
          children_.moved_in(place_.stages[s].entry_age + static_cast<int>(g), context.year);
      std::vector<PupilRow> rows;
      for (std::size_t i = 0; i < newcomers.size(); ++i) {
        if (!(newcomers[i] > 0)) continue;
        rows.push_back({HomeId(i / children_.classes()), ClassId(i % children_.classes()),
                        CampusId(), newcomers[i]});
        state.grades[g].size += newcomers[i];
      }
      merge_into(state.grades[g].waiting, std::move(rows));
    }
    place_waiting(context, s, state, progress_);
    if (!place_.policy.transfers) return;
    look_again(context, s, catchments_.of(s, context.year), state, progress_);
    // Seats given up are for those who have none.
    place_waiting(context, s, state, progress_);
  }

  /// As many as in the past come on to the next grade; an area's own figures go before the place's.
  void progress_of_years(Cohort& cohort, StageId s, std::size_t grade) const {
    double everywhere = 0.0;
    IdVector<AreaId, double> change;
    for (bool of_areas : {false, true})
      for (const Progression& p : place_.growth.progression) {
        if (p.stage != s || grade > p.survival.size() || p.area.valid() != of_areas) continue;
        if (change.empty()) change.resize(place_.areas.size(), everywhere);
        if (of_areas)
          change[p.area] = p.survival[grade - 1] - 1.0;
        else
          change.assign(place_.areas.size(), everywhere = p.survival[grade - 1] - 1.0);
      }
    if (change.empty() && everywhere == 0.0) return;
    move_families(cohort, [&](HomeId h) {
      const AreaId area = place_.homes[h].area;
      return area.index < change.size() ? change[area] : everywhere;
    });
  }

  /// An older grade of the first year: the children of its age, as this year's rule admits them.
  /// A steady state, since who sat where before the run is not known home by home.
  void fill_older_grade(const RoundContext& context, StageId s, int g) {
    const Stage& stage = place_.stages[s];
    GradeOffer offer(place_.campuses.size());
    for (auto c : place_.campuses.ids()) {
      double seats = stage_seats(place_, c, s, context.year);
      if (!teaches(c, s) || !has_grade(place_.campuses[c], g, context.year)) continue;
      offer.give(c, std::min(planned_intake(place_, c, s, context.year), seats / stage.grades));
    }
    Entry entry = entry_of(context, s, children_.of_age(stage.entry_age + g, context.year),
                           std::move(offer), true);
    admit_cohort(context, s, entry, true, states_[s].grades[static_cast<std::size_t>(g)]);
  }

  /// Who applies to a grade, and for which seats.
  struct Entry {
    GradeOffer offer{0};
    HomeChildren children;
    AdmissionInput input;
    bool in_grid = false;  ///< flows go into a grid, rows are lent by steady_
  };

  Entry entry_to(const RoundContext& context, StageId s, bool first) {
    IdVector<CampusId, double> continuing = enrolled(states_[s], 1, place_.campuses.size());
    GradeOffer offer(place_.campuses.size());
    for (auto c : place_.campuses.ids()) {
      if (!teaches(c, s) || !place_.campuses[c].open_in(context.year)) continue;
      double room = std::max(0.0, stage_seats(place_, c, s, context.year) - continuing[c]);
      offer.give(c, std::min(planned_intake(place_, c, s, context.year), room));
    }
    return entry_of(context, s, children_.entrants(s, context.year), std::move(offer), first);
  }

  Entry entry_of(const RoundContext& context, StageId s, HomeChildren children, GradeOffer offer,
                 bool first) {
    StageId earlier = stage_before(place_, s);
    const Cohort* finished = nullptr;
    if (earlier.valid())
      finished = first ? &states_[earlier].grades.back() : &states_[earlier].leavers;
    Entry out{std::move(offer), std::move(children), {}, false};
    out.input =
        admission_input(context, s, place_.policy, {}, out.offer, catchments_.of(s, context.year));
    // Who watches wants every flow with the row it comes from.
    out.in_grid = !watched() && suits_grid(out.input);
    enter_rows(context, s, out.children, finished, first, out.offer, out.in_grid, out.input);
    return out;
  }

  StageYear enter(const RoundContext& context, StageId s, Entry entry, bool first,
                  IdVector<GroupId, GroupYear>& groups) {
    StageState& state = states_[s];
    Admission admission = admit_cohort(context, s, entry, first, state.grades[0], &groups);
    StageYear out = stage_year(context, s, state, admission, entry.offer, !options_.flows_at_end,
                               std::move(spare_flows_[s]));
    check_conservation(s, out);
    if (options_.watch_rows) show_rows(context.year, s);
    return out;
  }

  Admission admit_cohort(const RoundContext& context, StageId s, Entry& entry, bool first,
                         Cohort& cohort, IdVector<GroupId, GroupYear>* groups = nullptr) {
    AdmissionInput& input = entry.input;
    tell(context.year);
    SlotGrid grid;
    ChoiceMemory* memory = entry.in_grid ? &memory_[s.index] : nullptr;
    // Of older grades nobody is told whom campuses turn away.
    const bool tell_refused = groups != nullptr;
    Admission admission = memory ? admit_to_grid(input, *memory, grid, progress_, tell_refused)
                                 : assign_pupils(input, progress_);
    ++admissions_;
    if (groups && options_.relief && !place_.groups.empty())
      add_group_demand(input, memory, groups_, context.year, *groups);
    if (options_.watch && &cohort == &states_[s].grades[0]) options_.watch(input, admission);
    if (options_.watch_older && first && &cohort != &states_[s].grades[0])
      options_.watch_older(static_cast<int>(&cohort - states_[s].grades.data()), input, admission);
    cohort = cohort_of(input.entrants, admission);
    cohort.grid = std::move(grid);
    if (entry.in_grid) steady_[s.index].give_back(std::move(input.entrants));
    cohort.size = std::accumulate(entry.children.begin(), entry.children.end(), 0.0);
    error_[s] = std::max(error_[s], admission.conservation_error);
    return admission;
  }

  /// Writes who applies to the input: in a grid the rows of earlier admissions, with other numbers.
  void enter_rows(const RoundContext& context, StageId s, const HomeChildren& children,
                  const Cohort* finished, bool first, const GradeOffer& offer, bool in_grid,
                  AdmissionInput& input) {
    const auto feeders =
        place_.policy.through_schools
            ? feeders_with_through_schools(place_, stage_before(place_, s), s, context.year)
            : feeders_to(place_, s, context.year);
    std::vector<Brought> brought =
        brought_along(finished, feeders, with_groups_offered(context.standing, offer));
    const std::size_t classes = children_.classes();
    if (!in_grid) {
      input.entrants = entrant_rows(children, classes, finished, first, brought);
      return;
    }
    SteadyRows& steady = steady_[s.index];
    input.entrants = steady.of(children, classes, finished, first, std::move(brought));
    input.rows_stamp = steady.stamp();
    if (std::vector<HomeId> grown = steady.take_grown(); !grown.empty())
      memory_[s.index].expect_rows(steady.stamp() - 1, steady.stamp(), std::move(grown));
  }

  void check_conservation(StageId s, const StageYear& year) {
    double came_in = 0.0;
    for (const Cohort& c : states_[s].grades) came_in += c.size;
    double error = std::abs(came_in - year.placed - year.unplaced) / std::max(came_in, 1.0);
    error_[s] = std::max(error_[s], error);
    DOORSTEP_ASSERT(error < 1e-9);
  }

  /// Enrolment by grade, where every campus of the stage gives it, checks the first year.
  void compare_with_enrolment(StageId s, const StageState& state) {
    double given = 0.0, misfit = 0.0;
    IdVector<CampusId, double> modelled = enrolled(state, 0, place_.campuses.size());
    for (auto c : place_.campuses.ids()) {
      if (!teaches(c, s)) continue;
      const auto& grades = place_.campuses[c].stages[s]->enrolment;
      if (grades.empty()) return;
      double sum = std::accumulate(grades.begin(), grades.end(), 0.0);
      given += sum;
      misfit += std::abs(modelled[c] - sum);
    }
    if (given <= 0) return;
    result_.notes.info(
        "enrolment-misfit",
        fmt::format("{}: pupils at campuses differ from the given enrolment by {:.1f} % "
                    "in sum; the given figures check the model and do not enter it",
                    place_.stages[s].code, misfit / given * 100.0),
        {"", 0, "enrolment"}, "fit the coefficients of choice to narrow it");
  }

  [[nodiscard]] bool teaches(CampusId c, StageId s) const {
    const Campus& campus = place_.campuses[c];
    return s.index < campus.stages.size() && campus.stages[s].has_value();
  }

  const Place& place_;
  const TravelTable& travel_;
  const Coefficients& coefficients_;
  RunOptions options_;
  Progress& progress_;
  std::atomic<int> admissions_{0};  ///< held so far; stages go side by side
  ChildForecast children_;
  GroupEffects groups_;
  CatchmentCalendar catchments_;
  IdVector<StageId, StageState> states_;
  std::vector<ChoiceMemory> memory_;           ///< by stage
  std::vector<SteadyRows> steady_;             ///< by stage
  IdVector<StageId, PupilFlows> spare_flows_;  ///< memory to use again
  IdVector<StageId, double> error_;            ///< largest of conservation so far
  std::vector<StageId> order_;
  RunResult result_;
};

}  // namespace

RunResult simulate(const Place& place, const TravelTable& travel, const Coefficients& coefficients,
                   const GroupForms& forms, const RunOptions& options, Progress& progress) {
  DOORSTEP_ASSERT(travel.homes() == place.homes.size() &&
                  travel.campuses() == place.campuses.size());
  return Simulation(place, travel, coefficients, forms, options, progress).run();
}

}  // namespace doorstep
