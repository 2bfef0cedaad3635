// The town that docs/model.md works by hand: every figure there is held here.

#include <catch2/catch.hpp>

#include <cmath>

#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Minutes     A   B   C       entrants a year
///   West      5  10  20       90, catchment of A
///   East     10   5  20       60, catchment of B
///   Village  20  10   5       30, catchment of C
/// A is a flagship (its name weighs as much as being four times as near); nobody goes more than 15
/// minutes. Stages of two grades; A 200, B 140, C 60 seats.
struct ModelTown : Village {
  StageId primary = stage("primary", 6, 2);
  CampusId a = campus("A", 0, primary, 200);
  CampusId b = campus("B", 0, primary, 140);
  CampusId c = campus("C", 0, primary, 60);
  HomeId west = home("West", 0, {{0, 1}, {5, 90}, {6, 90}, {7, 90}});
  HomeId east = home("East", 0, {{5, 60}, {6, 60}, {7, 60}});
  HomeId village = home("Village", 0, {{5, 30}, {6, 30}, {7, 30}});
  ModelTown() {
    place.policy.rule = Rule::Choice;
    place.policy.distance_form = DistanceForm::Power;
    place.policy.max_minutes = Minutes(15);
    place.campuses[a].brand = std::log(4.0);
    catchment("a", primary, {west}, {a});
    catchment("b", primary, {east}, {b});
    catchment("c", primary, {village}, {c});
    for (const auto& [name, value] : std::map<std::string, double>{{"choice.b_distance", 1},
                                                                   {"choice.group_bonus", 0},
                                                                   {"choice.stay", std::log(4.0)},
                                                                   {"choice.transfer_share", 0.1}})
      coefficients.set(name, {value, value, value, "test", "assumed"});
  }
  /// B becomes a member of A's group from 2026 and gets half its name at once.
  void tie() {
    form("close_knit", 0.5);
    place.groups.push_back({.code = "G", .core = a, .ties = {{b, "close_knit", 2026}}});
  }
  RunResult run_town(int years) {
    TravelTable t(place.homes.size(), place.campuses.size(), MetresPerMinute(80.0));
    const double minutes[3][3] = {{5, 10, 20}, {10, 5, 20}, {20, 10, 5}};
    for (auto h : place.homes.ids())
      for (auto j : place.campuses.ids())
        t.set_decisec(h, j, static_cast<uint32_t>(minutes[h.index][j.index] * 600));
    options.years = years;
    Progress progress;
    return simulate(place, t, coefficients, forms, options, progress);
  }
};

}  // namespace

TEST_CASE("the worked town: admission of the first year") {
  ModelTown v;
  RunResult run = v.run_town(0);
  auto entry = [&](CampusId j) { return campus_year(run, 0, v.primary, j); };
  CHECK(entry(v.a).entrants == Approx(100));
  CHECK(entry(v.b).entrants == Approx(60));
  CHECK(entry(v.c).entrants == Approx(20));
  CHECK(entry(v.a).turned_away == Approx(20));
  CHECK(entry(v.a).cutoff_tier == Tier::Other);
  CHECK(entry(v.a).cutoff_share == Approx(0.5));
  CHECK(at(run, 0, v.primary, v.west, v.a) == Approx(160));  // two grades of 80
  CHECK(at(run, 0, v.primary, v.east, v.a) == Approx(40));
  CHECK(at(run, 0, v.primary, v.village, v.b) == Approx(20));
  CHECK(run.conservation_error < 1e-9);
}

TEST_CASE("the worked town: what the group does to demand") {
  ModelTown v;
  v.tie();
  RunResult run = v.run_town(1);
  auto entry = [&](CampusId j) { return campus_year(run, 1, v.primary, j); };
  CHECK(entry(v.a).entrants == Approx(100));
  CHECK(entry(v.b).entrants == Approx(65));
  CHECK(entry(v.c).entrants == Approx(15));
  CHECK(entry(v.a).turned_away == Approx(2));
  const GroupYear& g = run.years[1].groups[GroupId(0)];
  CHECK(g.gained == Approx(23));
  CHECK(g.displaced == Approx(18));
  CHECK(g.induced == Approx(5));
}

TEST_CASE("the worked town: who looks again") {
  ModelTown v;
  v.tie();
  v.place.policy.transfers = true;
  RunResult run = v.run_town(1);
  const StageYear& s = run.years[1].stages[v.primary];
  auto of = [&](CampusId j) { return campus_year(run, 1, v.primary, j); };
  const double gives_up = 8.0 / 17 + 0.4;  // West and East at A who leave it
  CHECK(of(v.a).left == Approx(gives_up));
  CHECK(of(v.a).came == Approx(gives_up));  // full again: 0.5 of West, the rest of East
  CHECK(of(v.a).returned == Approx(0.5));
  CHECK(of(v.c).returned == Approx(0.2));
  CHECK(of(v.c).left == Approx(0.4));
  CHECK(s.returned == Approx(1.1));
  CHECK(s.moved == Approx(2 * gives_up + 0.6));
  CHECK(of(v.a).by_grade[1] == Approx(100));
}
