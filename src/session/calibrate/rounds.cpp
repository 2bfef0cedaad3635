#include "session/calibrate/rounds.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/error.h"

namespace doorstep::session {
namespace {

const StageYear* year_of(const RunResult& run, const Observation& o) {
  for (const YearResult& year : run.years)
    if (year.year == o.year) return &year.stages[o.stage];
  return nullptr;
}

/// Entrants by catchment and campus of a run.
std::map<std::pair<CatchmentId, CampusId>, double> flows_of(const Place& place, const StageYear& y,
                                                            const Observation& o) {
  const IdVector<HomeId, CatchmentId> of = catchment_of_homes(place, o.stage, o.year);
  std::map<std::pair<CatchmentId, CampusId>, double> out;
  for (const PupilFlow& f : y.first_grade)
    if (of[f.home].valid()) out[{of[f.home], f.campus}] += f.pupils;
  return out;
}

/// The place with the first-graders of the observation's year multiplied, home by home.
Place with_entrants(const Place& place, const StageYear& run, const Observation& o,
                    const IdVector<HomeId, double>& factor) {
  Place out = place;
  for (HomeId h : place.homes.ids())
    for (ClassId k : place.classes.ids())
      for (int age = 0; age < place.children.ages; ++age)
        out.children.at(h, k, age) = place.children.at(h, k, age) * factor[h];
  // Totals given by area follow, so that they share out the same change.
  IdVector<HomeId, double> entrants(place.homes.size(), 0.0);
  for (const PupilFlow& f : run.first_grade) entrants[f.home] += f.pupils;
  for (EntrantTotal& given : out.growth.entrants) {
    if (given.stage != o.stage || given.year != o.year) continue;
    double before = 0.0, after = 0.0;
    for (HomeId h : place.homes.ids())
      if (place.homes[h].area == given.area) {
        before += entrants[h];
        after += entrants[h] * factor[h];
      }
    if (before > 0) given.pupils *= after / before;
  }
  return out;
}

/// By how much the children of each home were more than predicted: by catchment where flows tell.
IdVector<HomeId, double> demand_factor(const Place& place, const StageYear& run,
                                       const Observation& o) {
  IdVector<HomeId, double> out(place.homes.size(), 1.0);
  std::map<CampusId, char> seen_there;
  for (const auto& [campus, pupils] : o.pupils) seen_there[campus] = 1;
  if (o.flows.empty()) {
    double predicted = 0.0, seen = 0.0;
    for (const auto& [campus, pupils] : o.pupils) {
      predicted += run.campuses[campus].entrants;
      seen += pupils;
    }
    if (predicted > 0) std::ranges::fill(out, seen / predicted);
    return out;
  }
  std::map<CatchmentId, double> predicted, seen;
  for (const auto& [at, pupils] : flows_of(place, run, o))
    if (seen_there.count(at.second) > 0) predicted[at.first] += pupils;
  for (const Observation::Flow& f : o.flows) seen[f.from] += f.pupils;
  const IdVector<HomeId, CatchmentId> of = catchment_of_homes(place, o.stage, o.year);
  for (HomeId h : place.homes.ids()) {
    auto there = seen.find(of[h]);
    if (there != seen.end() && predicted[of[h]] > 0) out[h] = there->second / predicted[of[h]];
  }
  return out;
}

/// The place with the seats that were taken where the model fills a campus to its seats.
Place with_seats_as_seen(const Place& place, const StageYear& run, const Observation& o) {
  Place out = place;
  for (const auto& [campus, pupils] : o.pupils) {
    constexpr double kFull = 0.999;
    const CampusYear& year = run.campuses[campus];
    if (!(year.entry_seats > 0) || year.entrants < kFull * year.entry_seats) continue;
    std::optional<CampusStage>& offer = out.campuses[campus].stages[o.stage];
    const double grades = place.stages[o.stage].grades;
    offer->intake = {{std::numeric_limits<Year>::min(), pupils}};
    for (Step& s : offer->seats) s.value = std::max(s.value, pupils * grades);
  }
  return out;
}

}  // namespace

std::vector<CatchmentId> catchments_of(const Observation& o) {
  std::vector<CatchmentId> out;
  for (const Observation::Flow& f : o.flows) out.push_back(f.from);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Rounds::Rounds(const Place& place, double odd_cases) : place_(place), odd_cases_(odd_cases) {
  for (const Observation& o : place.observations)
    if (!o.pupils.empty()) seen_.push_back(&o);
  std::ranges::stable_sort(seen_, {}, &Observation::year);
  if (seen_.empty())
    throw Error("the place has no observed rounds", "calibrate",
                "add [[observed]] to place.toml: pupils by campus and year");
}

std::string Rounds::labels() const {
  std::string out;
  for (const Observation* o : seen_) out += (out.empty() ? "" : ", ") + o->label;
  return out;
}

std::vector<CountRound> Rounds::counts(const Observation& o) const {
  std::vector<CountRound> out;
  if (o.flows.empty()) {
    out.push_back({o.label, {}});
    for (const auto& [campus, pupils] : o.pupils) out.back().seen.push_back(pupils);
    return out;
  }
  std::map<std::pair<CatchmentId, CampusId>, double> seen;
  for (const Observation::Flow& f : o.flows) seen[{f.from, f.to}] += f.pupils;
  for (CatchmentId from : catchments_of(o)) {
    CountRound one{o.label + " " + place_.catchments[from].code, {}};
    double all = 0.0;
    for (const auto& [campus, pupils] : o.pupils) {
      one.seen.push_back(seen[{from, campus}]);
      all += one.seen.back();
    }
    if (all > 0) out.push_back(std::move(one));
  }
  return out;
}

Predicted Rounds::predicted(const RunResult& run, const Observation& o) const {
  Predicted out;
  if (o.flows.empty()) {
    out.push_back(entrants(run, o));
    return out;
  }
  const StageYear* year = year_of(run, o);
  std::map<std::pair<CatchmentId, CampusId>, double> flows;
  if (year != nullptr) flows = flows_of(place_, *year, o);
  std::map<CatchmentId, double> seen;
  for (const Observation::Flow& f : o.flows) seen[f.from] += f.pupils;
  for (CatchmentId from : catchments_of(o)) {
    if (!(seen[from] > 0)) continue;
    out.emplace_back();
    double all = 0.0;
    for (const auto& [campus, pupils] : o.pupils) {
      out.back().push_back(flows[{from, campus}]);
      all += out.back().back();
    }
    const double each = odd_cases_ * all / static_cast<double>(out.back().size());
    for (double& n : out.back()) n = (1.0 - odd_cases_) * n + each;
  }
  return out;
}

std::vector<double> Rounds::entrants(const RunResult& run, const Observation& o) {
  std::vector<double> out(o.pupils.size(), 0.0);
  if (const StageYear* year = year_of(run, o))
    for (std::size_t j = 0; j < out.size(); ++j)
      out[j] = year->campuses[o.pupils[j].first].entrants;
  return out;
}

double error_of(const std::vector<double>& predicted, const Observation& o) {
  double wrong = 0.0, all = 0.0;
  for (std::size_t j = 0; j < predicted.size(); ++j) {
    wrong += std::abs(predicted[j] - o.pupils[j].second);
    all += o.pupils[j].second;
  }
  return all > 0 ? wrong / all : std::numeric_limits<double>::quiet_NaN();
}

Runner::Runner(const OpenPlace& opened, Year last) : opened_(opened), place_(opened.place) {
  options_.years = std::max(0, last - opened.place.base_year);
}

RunResult Runner::run(const Coefficients& coefficients, const std::vector<CampusPull>& pulls,
                      Rule rule) const {
  return run_on(place_, coefficients, pulls, rule);
}

RunResult Runner::run_on(Place place, const Coefficients& coefficients,
                         const std::vector<CampusPull>& pulls, Rule rule) const {
  place.policy.rule = rule;
  for (const CampusPull& p : pulls)
    if (CampusId c = find_campus(place, p.campus); c.valid()) place.campuses[c].brand += p.brand;
  Progress quiet;
  return simulate(place, opened_.travel, coefficients, opened_.forms, options_, quiet);
}

int Runner::take_seats_as_seen(const Observation& o, const Coefficients& coefficients,
                               const std::vector<CampusPull>& pulls) {
  constexpr double kFull = 0.999;
  constexpr double kNearlyFull = 0.85;  // assumed: emptier than this, and families chose otherwise
  std::map<CampusId, char> cut;
  for (bool again = true; again;) {
    again = false;
    const RunResult now = run(coefficients, pulls, Rule::Choice);
    const StageYear* year = year_of(now, o);
    if (year == nullptr) break;
    for (const auto& [campus, seen] : o.pupils) {
      const CampusYear& there = year->campuses[campus];
      if (!(there.entry_seats > seen) || there.entrants < kFull * there.entry_seats) continue;
      if (seen < kNearlyFull * there.entry_seats || cut.count(campus) > 0) continue;
      cut[campus] = 1;
      again = true;
      CampusStage& offer = *place_.campuses[campus].stages[o.stage];
      for (Step& s : offer.intake) s.value *= seen / there.entry_seats;
      for (Step& s : offer.seats) s.value *= seen / there.entry_seats;
    }
  }
  return static_cast<int>(cut.size());
}

ErrorSplit split_error(const Runner& runner, const Rounds& rounds, const Observation& o,
                       const Coefficients& coefficients, const std::vector<CampusPull>& pulls) {
  const Rule rule = Rule::Choice;
  const RunResult as_it_is = runner.run(coefficients, pulls, rule);
  const StageYear* year = year_of(as_it_is, o);
  if (year == nullptr) return {};
  const Place demand =
      with_entrants(runner.place(), *year, o, demand_factor(rounds.place(), *year, o));
  const RunResult with_demand = runner.run_on(demand, coefficients, pulls, rule);
  const RunResult with_seats = runner.run_on(
      with_seats_as_seen(demand, *year_of(with_demand, o), o), coefficients, pulls, rule);
  const double all = error_of(Rounds::entrants(as_it_is, o), o),
               left = error_of(Rounds::entrants(with_demand, o), o),
               choice = error_of(Rounds::entrants(with_seats, o), o);
  return {all - left, left - choice, choice};
}

}  // namespace doorstep::session
