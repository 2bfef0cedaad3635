// Pupils who look again: they return when their school improves, and leave when it does not.

#include <catch2/catch.hpp>

#include <cmath>

#include "scenario/scenario.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Sixty children of every age in the village, a hundred in the street.
std::map<int, double> every_year(double n) {
  std::map<int, double> out;
  for (int age = 0; age <= 7; ++age) out[age] = n;
  return out;
}

/// A village and a town 4 km apart, where the better school is. Two grades.
struct Xining : Village {
  StageId primary = stage("primary", 6, 2);
  CampusId town = campus("T", 4000, primary, 400);
  CampusId school = campus("V", 0, primary, 120);
  HomeId village = home("v", 0, every_year(60));
  HomeId street = home("t", 4000, every_year(100));
  Xining() {
    place.policy.rule = Rule::Choice;
    place.policy.transfers = true;
    place.policy.distance_form = DistanceForm::Exponential;
    place.campuses[town].quality = 3;
    place.campuses[school].quality = 0.6;
    catchment("v", primary, {village}, {school});
    catchment("t", primary, {street}, {town});
    set("choice.b_distance", 0.5);
    set("choice.group_bonus", 0);
    set("choice.stay", 3);
    set("choice.transfer_share", 0.1);
  }
  void set(const std::string& name, double value) {
    coefficients.set(name, {value, value, value, "test", "assumed"});
  }
};

double returned(const RunResult& run, StageId stage) {
  double sum = 0;
  for (const YearResult& y : run.years) sum += y.stages[stage].returned;
  return sum;
}

}  // namespace

TEST_CASE("a share looks again by hand: what moves is share x pupils x odds of going") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 400);
  auto b = v.campus("B", 0, primary, 400);
  auto h = v.home("h", 400, {{0, 1}, {5, 0.001}, {6, 80}});
  v.place.policy.rule = Rule::Choice;
  v.place.policy.transfers = true;
  v.coefficients.set("choice.stay", {std::log(3.0), 0, 2, "test", "assumed"});
  v.coefficients.set("choice.transfer_share", {0.2, 0, 1, "test", "assumed"});
  RunResult run = v.run(1);
  // 40 at each; a fifth of them, 8, look again; one in four goes: 2 each way.
  CHECK(campus_year(run, 1, primary, a).came == Approx(2));
  CHECK(campus_year(run, 1, primary, a).left == Approx(2));
  CHECK(campus_year(run, 1, primary, b).came == Approx(2));
  CHECK(run.years[1].stages[primary].moved == Approx(4));
  CHECK(run.years[1].stages[primary].returned == 0);
  CHECK(at(run, 1, primary, h, a) == Approx(40).epsilon(1e-3));
  CHECK(run.conservation_error < 1e-9);
}

TEST_CASE("without transfers nobody above the first grade moves") {
  Xining v;
  v.place.policy.transfers = false;
  RunResult run = v.run(2);
  for (const YearResult& y : run.years) CHECK(y.stages[v.primary].moved == 0);
}

TEST_CASE("village pupils return when their school improves, tens of them and not thousands") {
  Xining v;
  v.form("paired", 0.15, 3);
  v.set_rate("paired", "quality_rate", 0.3);
  v.set_rate("paired", "depth", 0.25);
  v.place.campuses[v.town].brand = 1;
  RunResult before = v.run(6);
  v.place.groups.push_back({.code = "g", .core = v.town});
  v.place.groups[GroupId(0)].ties.push_back({v.school, "paired", 2026});
  RunResult paired = v.run(6);
  double more = returned(paired, v.primary) - returned(before, v.primary);
  CHECK(more > 0);
  CHECK(more < 20);  // of 120 village children, in six years
  CHECK(paired.conservation_error < 1e-9);
}

TEST_CASE("what came and what left adds up over campuses") {
  Xining v;
  v.place.campuses[v.school].closes = 2027;
  RunResult run = v.run(4);
  for (const YearResult& y : run.years) {
    const StageYear& s = y.stages[v.primary];
    double came = 0, left = 0;
    for (const CampusYear& c : s.campuses) {
      came += c.came;
      left += c.left;
    }
    INFO(y.year);
    CHECK(came == Approx(s.moved).margin(1e-9));  // nobody waited for another reason
    CHECK(left == Approx(s.moved).margin(1e-9));
  }
  CHECK(campus_year(run, 3, v.primary, v.school).left > 0);  // closed in autumn 2028
}

TEST_CASE(
    "more pupils than a closed campus had do not move, and who finds no seat does not count") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 20);
  auto b = v.campus("B", 800, primary, 14);
  v.home("h", 0, {{0, 1}, {5, 0.0}, {6, 10}, {7, 0}});
  v.home("k", 800, {{6, 4}});
  v.place.campuses[a].closes = 2025;
  RunResult run = v.run(1);
  // 10 lose their seats; the second grade of B has 7 of 14 seats and 4 pupils: 3 find one.
  CHECK(campus_year(run, 1, primary, a).left == Approx(10));
  CHECK(campus_year(run, 1, primary, b).came == Approx(3));
  CHECK(run.years[1].stages[primary].moved == Approx(3));
  CHECK(run.years[1].stages[primary].unplaced == Approx(7));
}

TEST_CASE("a scenario without edits moves nobody otherwise, and the order of campuses is all one") {
  Xining v;
  RunResult base = v.run(4);
  Scenario nothing;
  Place same = apply(v.place, nothing).value;
  Progress progress;
  RunResult again = simulate(same, v.travel(), v.coefficients, v.forms, v.options, progress);
  for (std::size_t y = 0; y < base.years.size(); ++y)
    CHECK(again.years[y].stages[v.primary].moved == base.years[y].stages[v.primary].moved);

  Village w;  // the same from another file: campuses and homes the other way round
  w.place.policy = v.place.policy;
  w.coefficients = v.coefficients;
  auto primary = w.stage("primary", 6, 2);
  auto school = w.campus("V", 0, primary, 120);
  auto town = w.campus("T", 4000, primary, 400);
  w.place.campuses[town].quality = 3;
  w.place.campuses[school].quality = 0.6;
  auto street = w.home("t", 4000, every_year(100));
  auto village = w.home("v", 0, every_year(60));
  w.catchment("t", primary, {street}, {town});
  w.catchment("v", primary, {village}, {school});
  RunResult turned = w.run(4);
  for (std::size_t y = 0; y < base.years.size(); ++y)
    CHECK(turned.years[y].stages[primary].moved ==
          Approx(base.years[y].stages[v.primary].moved).margin(1e-9));
}

TEST_CASE("pupil by pupil transfers have the same mean, and keep every pupil") {
  Xining v;
  v.set("choice.stay", 1);
  double expected = v.run(1).years[1].stages[v.primary].moved;
  REQUIRE(expected > 0);
  v.place.policy.rule = Rule::Micro;
  double sum = 0;
  const int draws = 60;
  for (int s = 0; s < draws; ++s) {
    v.options.seed = static_cast<uint64_t>(s);
    RunResult run = v.run(1);
    REQUIRE(run.conservation_error < 1e-9);
    sum += run.years[1].stages[v.primary].moved;
  }
  CHECK(sum / draws == Approx(expected).epsilon(0.3));
}
