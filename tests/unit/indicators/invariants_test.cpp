// What holds of every run whatever the town (docs/model-checks.md): over valleys drawn at random,
// under every rule, with private schools, transfers, a group and feeders at once.

#include <fmt/format.h>
#include <tbb/global_control.h>

#include <catch2/catch.hpp>

#include "scenario/scenario.h"
#include "valley_figures.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

constexpr Rule kRules[] = {Rule::Catchment, Rule::Nearest, Rule::LeastTravel, Rule::Choice,
                           Rule::Micro};
constexpr double kPupil = 1e-6;  // tolerance in pupils

/// The first figure that differs by more than `by`; "" where none does.
std::string first_difference(const Figures& a, const Figures& b, double by = 0.0) {
  auto differs = [&](const Figures& one, const Figures& other) {
    for (const auto& [name, value] : one) {
      const auto at = other.find(name);
      const double there = at == other.end() ? 0.0 : at->second;
      if (std::isnan(value) && std::isnan(there)) continue;
      if (!(std::abs(value - there) <= by)) return fmt::format("{}: {} and {}", name, value, there);
    }
    return std::string();
  };
  const std::string one = differs(a, b);
  return one.empty() ? differs(b, a) : one;
}

Valleys valley_of(Rule rule, uint64_t seed, double load) {
  Valleys v;
  v.settle("a", seed, load);
  v.place.policy.rule = rule;
  v.place.policy.transfers = seed % 2 == 0;
  v.place.policy.private_first = seed % 3 == 0 && (rule == Rule::Choice || rule == Rule::Micro);
  v.place.policy.through_schools = seed % 5 == 0;
  return v;
}

/// Children of some ages in a year, by the base table and the births of valley.h.
double children(const Place& p, Year year, int from_age, int ages) {
  double sum = 0;
  for (int age = from_age; age < from_age + ages; ++age) {
    const int then = age - (year - p.base_year);
    const Year born = year - age;
    const double factor = then >= 0 ? 1.0 : born == 2026 ? 0.8 : 1.2;
    for (auto h : p.homes.ids())
      for (auto k : p.classes.ids()) sum += factor * p.children.at(h, k, std::max(0, then));
  }
  return sum;
}

}  // namespace

TEST_CASE("pupils placed and unplaced are the children there are, in every year of every rule") {
  for (Rule rule : kRules)
    for (uint64_t seed = 0; seed < 12; ++seed) {
      Valleys v = valley_of(rule, seed, seed % 2 ? 0.8 : 1.4);
      const RunResult run = v.run_of(v.place, 8);
      CHECK(run.conservation_error < 1e-9);
      for (const YearResult& year : run.years)
        for (auto s : v.place.stages.ids()) {
          const Stage& stage = v.place.stages[s];
          const double in = children(v.place, year.year, stage.entry_age, stage.grades);
          double flows = 0, at_campuses = 0, without = 0;
          for (const PupilFlow& f : year.stages[s].flows) flows += f.pupils;
          for (const CampusYear& c : year.stages[s].campuses) at_campuses += c.enrolment;
          for (double u : year.stages[s].unplaced_of) without += u;
          INFO(rule_name(rule) << ", valley " << seed << ", " << year.year << " " << stage.code);
          CHECK(std::abs(flows + without - in) <= 1e-9 * in);
          CHECK(std::abs(at_campuses + without - in) <= 1e-9 * in);
        }
    }
}

TEST_CASE(
    "entry seats are what the contract says, and no campus without a guarantee exceeds them") {
  for (Rule rule : {Rule::Catchment, Rule::LeastTravel, Rule::Choice, Rule::Micro})
    for (uint64_t seed = 0; seed < 12; ++seed) {
      Valleys v = valley_of(rule, seed, 1.4);
      const CampusId given = v.at("aP2");
      v.place.campuses[given].stages[v.primary]->intake = {{2025, 5}};
      const RunResult run = v.run_of(v.place, 4);
      for (const YearResult& year : run.years)
        for (auto s : v.place.stages.ids())
          for (auto c : v.place.campuses.ids()) {
            const CampusYear& one = year.stages[s].campuses[c];
            if (!one.open) continue;
            double older = one.enrolment - one.by_grade[0];
            const double planned = c == given ? 5.0 : one.seats / v.place.stages[s].grades;
            INFO(rule_name(rule) << ", valley " << seed << ", " << v.place.campuses[c].code);
            CHECK(one.entry_seats ==
                  Approx(std::min(planned, std::max(0.0, one.seats - older))).margin(kPupil));
            CHECK(one.entrants <= one.entry_seats + kPupil);
            CHECK(one.enrolment <= one.seats + kPupil);
          }
    }
}

TEST_CASE("a campus that crowds takes nobody over its seats but its own catchment's children") {
  for (uint64_t seed = 0; seed < 12; ++seed) {
    Valleys v = valley_of(Rule::Choice, seed, 1.6);
    const CampusId crowds = v.at("aP0");
    v.place.campuses[crowds].overflow = Overflow::Crowd;
    v.place.policy.private_first = false;
    const RunResult run = v.run_of(v.place, 0);
    const StageYear& year = run.years[0].stages[v.primary];
    double own = 0;
    for (const PupilFlow& f : year.first_grade)
      if (f.campus == crowds && v.place.homes[f.home].code.back() < '3') own += f.pupils;
    const CampusYear& one = year.campuses[crowds];
    CHECK(one.entrants <= std::max(own, one.entry_seats) + kPupil);
  }
}

TEST_CASE("no edit, no change: every figure to the bit, under every rule") {
  for (Rule rule : kRules)
    for (uint64_t seed = 0; seed < 6; ++seed) {
      Valleys v = valley_of(rule, seed, 1.2);
      const Place same = apply(v.place, Scenario{}).value;
      CHECK(first_difference(figures_of(v, v.place, v.run_of(v.place, 3)),
                             figures_of(v, same, v.run_of(same, 3))) == "");
    }
}

namespace {

/// One edit of every kind that is made somewhere, in valley b.
std::vector<Edit> edits_in_b() {
  RedrawCatchments redraw{.stage = "primary", .year = 2026};
  redraw.catchments.push_back({.code = "bc1", .campuses = {"bP2"}, .homes = {"bh3"}});
  return {
      OpenCampus{.code = "bN", .at = {100700, 0}, .stage = "primary", .seats = 50, .year = 2026},
      CloseCampus{"bP2", 2027},
      JoinGroup{.group = "bG", .campus = "bP3", .form = "close_knit", .year = 2026},
      LeaveGroup{.group = "bG", .campus = "bP1", .year = 2027},
      SetSeats{.campus = "bP0", .stage = "primary", .seats = 9, .year = 2026},
      redraw,
      SetFeeder{.from = "bP0", .to = "bJ1", .year = 2026},
      AddHousing{.code = "bx",
                 .at = {100900, 0},
                 .dwellings = 90,
                 .pupils_per_dwelling = 0.5,
                 .year = 2026}};
}

}  // namespace

TEST_CASE("an edit of any kind in one valley moves no figure in another, under every rule") {
  for (Rule rule : kRules)
    for (bool transfers : {false, true}) {
      Valleys v;
      v.settle("a", 3, 1.3);
      v.settle("b", 4, 1.3);
      v.place.policy.rule = rule;
      v.place.policy.transfers = transfers;
      v.place.policy.private_first = rule == Rule::Choice || rule == Rule::Micro;
      // Who looks again finds seats to the last one taken; cutoffs are then found by refusing, to
      // choice.tolerance, in both valleys where they are in one.
      const double by = transfers ? kPupil : 0.0;
      const RunResult before = v.run_of(v.place, 3);
      const Figures a = figures_of(v, v.place, before, "a"),
                    b = figures_of(v, v.place, before, "b");
      for (const Edit& edit : edits_in_b()) {
        Scenario s;
        s.edits = {edit};
        const Place edited = apply(v.place, s).value;
        const RunResult after = v.run_of(edited, 3);
        INFO(rule_name(rule) << ": " << describe(edit, false));
        CHECK(first_difference(a, figures_of(v, edited, after, "a"), by) == "");
        if (std::holds_alternative<SetFeeder>(edit) && rule != Rule::Choice) continue;
        CHECK(first_difference(b, figures_of(v, edited, after, "b")) != "");
      }
    }
}

TEST_CASE("the number of threads changes no figure of a run, under every rule") {
  for (Rule rule : kRules) {
    Valleys v = valley_of(rule, 6, 1.2);
    for (const char* name : {"b", "c", "d", "e", "f", "g", "h", "i"})
      v.settle(name, static_cast<uint64_t>(name[0]));
    const Figures many = figures_of(v, v.place, v.run_of(v.place, 3));
    tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
    CHECK(first_difference(many, figures_of(v, v.place, v.run_of(v.place, 3))) == "");
  }
}

TEST_CASE("the order of rows in the files changes no figure of a run, under every rule") {
  for (Rule rule : kRules)
    for (uint64_t seed = 0; seed < 6; ++seed) {
      Valleys v, turned;
      for (Valleys* one : {&v, &turned}) {
        one->place.policy.rule = rule;
        one->place.policy.transfers = true;
        one->place.policy.private_first = rule == Rule::Choice || rule == Rule::Micro;
      }
      v.settle("a", seed, 1.2);
      v.settle("b", seed + 50, 0.8);
      turned.settle("b", seed + 50, 0.8, true);
      turned.settle("a", seed, 1.2, true);
      INFO(rule_name(rule) << ", valley " << seed);
      CHECK(first_difference(figures_of(v, v.place, v.run_of(v.place, 3)),
                             figures_of(turned, turned.place, turned.run_of(turned.place, 3)),
                             kPupil) == "");
    }
}

namespace {

/// Unplaced, then pupil-minutes of the first grade of primary school.
std::pair<double, double> entry_cost(const Valleys& v, const Place& p) {
  const RunResult run = v.run_of(p, 0);
  const TravelTable travel = v.travel_of(p);
  double placed = 0, minutes = 0;
  for (const PupilFlow& f : run.years[0].stages[v.primary].first_grade) {
    placed += f.pupils;
    minutes += f.pupils * travel.minutes(f.home, f.campus).value;
  }
  return {children(p, 2025, 6, 1) - placed, minutes};
}

bool no_worse(std::pair<double, double> now, std::pair<double, double> before) {
  if (now.first < before.first - kPupil) return true;
  return now.first < before.first + kPupil && now.second < before.second + kPupil;
}

}  // namespace

TEST_CASE("opening a campus or adding seats never worsens least travel's pair of a place") {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Valleys v = valley_of(Rule::LeastTravel, seed, 1.5);
    v.place.policy.divert_unplaced = false;
    const auto before = entry_cost(v, v.place);
    const Edit additions[] = {
        OpenCampus{
            .code = "aN", .at = {150.0 * seed, 0}, .stage = "primary", .seats = 12, .year = 2025},
        SetSeats{.campus = "aP1", .stage = "primary", .seats = 80, .year = 2025}};
    for (const Edit& edit : additions) {
      Scenario s;
      s.edits = {edit};
      CHECK(no_worse(entry_cost(v, apply(v.place, s).value), before));
    }
  }
}
