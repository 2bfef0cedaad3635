#include <catch2/catch.hpp>

#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("children age, keep their seats and leave after the last grade") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 100);
  v.home("h", 400, {{4, 3}, {5, 5}, {6, 10}, {7, 12}});
  RunResult run = v.run(2);
  CHECK(campus_year(run, 1, primary, a).by_grade == std::vector<double>{5, 10});
  CHECK(campus_year(run, 2, primary, a).by_grade == std::vector<double>{3, 5});
}

TEST_CASE("births follow the factor of the year and variant") {
  Village v;
  auto nursery = v.stage("nursery", 1, 1);
  v.campus("A", 0, nursery, 1000);
  v.home("h", 0, {{0, 100}, {1, 80}});
  v.place.growth.birth_factor = {{2026, 0.9}, {2027, 0.8}};
  v.place.growth.birth_factor_low = {{2026, 0.5}};
  auto pupils = [&](const RunResult& run, std::size_t y) {
    return run.years[y].stages[nursery].pupils;
  };
  RunResult run = v.run(3);
  CHECK(pupils(run, 0) == Approx(80));
  CHECK(pupils(run, 1) == Approx(100));  // born 2025
  CHECK(pupils(run, 2) == Approx(90));   // born 2026
  CHECK(pupils(run, 3) == Approx(80));   // born 2027
  v.options.births = Births::Low;
  CHECK(pupils(v.run(3), 3) == Approx(50));
  v.options.births = Births::High;  // not given: the middle one holds
  CHECK(pupils(v.run(3), 2) == Approx(90));
}

TEST_CASE("where no growth is given births change by the coefficient, and it is said") {
  Village v;
  auto nursery = v.stage("nursery", 1, 1);
  v.campus("A", 0, nursery, 1000);
  v.home("h", 0, {{0, 100}, {1, 80}});
  v.coefficients.set("births.yearly_change", {-0.1, -0.2, 0.0, "test", "assumed"});
  RunResult run = v.run(3);
  CHECK(run.years[3].stages[nursery].pupils == Approx(81));  // 100 x 0.9 x 0.9
  CHECK(has_note(run, "births-assumed"));
}

TEST_CASE("the unplaced take seats that come free in their own grade, nearest first") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 20);
  auto h = v.home("h", 100, {{5, 0.0}, {6, 14}});
  // Something younger, so that a year without entrants is a fact and not a gap in the data.
  v.place.children.at(h, ClassId(0), 0) = 1;
  RunResult run = v.run(0);
  CHECK(run.years[0].stages[primary].unplaced == Approx(4));
  auto b = v.campus("B", 800, primary, 6);
  v.place.campuses[b].opens = 2026;
  run = v.run(1);
  CHECK(run.years[1].stages[primary].unplaced == Approx(4));  // B has no second grade yet
  v.place.campuses[b].opening_grades = 2;
  run = v.run(1);
  CHECK(campus_year(run, 1, primary, b).by_grade[1] == Approx(3));  // 6 seats / 2 grades
  CHECK(run.years[1].stages[primary].unplaced == Approx(1));
  CHECK(campus_year(run, 1, primary, a).by_grade[1] == Approx(10));
}

TEST_CASE("pupils of a closing campus go to seats left in their grade, the rest is unplaced") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 20);
  auto b = v.campus("B", 2000, primary, 30);
  v.home("h", 100, {{0, 1}, {6, 9}});
  v.home("i", 1900, {{6, 8}});
  v.place.campuses[a].closes = 2025;
  RunResult run = v.run(1);
  CHECK(campus_year(run, 0, primary, a).enrolment == Approx(9));
  CHECK_FALSE(campus_year(run, 1, primary, a).open);
  CHECK(campus_year(run, 1, primary, a).enrolment == 0);
  // B has 15 seats a grade: its own 8 stay, 7 of the 9 find a seat.
  CHECK(campus_year(run, 1, primary, b).by_grade[1] == Approx(15));
  CHECK(run.years[1].stages[primary].unplaced == Approx(2));
}

TEST_CASE("a new campus fills from the first grade up") {
  Village v;
  auto primary = v.stage("primary", 6, 3);
  v.campus("A", 2000, primary, 300);
  auto b = v.campus("B", 0, primary, 30);
  v.place.campuses[b].opens = 2026;
  v.home("h", 100, {{0, 8}, {1, 8}, {2, 8}, {3, 8}, {4, 8}, {5, 8}, {6, 8}, {7, 8}, {8, 8}});
  RunResult run = v.run(3);
  CHECK_FALSE(campus_year(run, 0, primary, b).open);
  CHECK(campus_year(run, 1, primary, b).by_grade == std::vector<double>{8, 0, 0});
  CHECK(campus_year(run, 2, primary, b).by_grade == std::vector<double>{8, 8, 0});
  CHECK(campus_year(run, 3, primary, b).by_grade == std::vector<double>{8, 8, 8});
}

TEST_CASE("housing brings children of all ages in its year, who then age on") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 200);
  auto h = v.home("h", 100, {{0, 1}, {6, 10}});
  std::vector<double> yield(19, 0.0);
  yield[5] = 0.01;
  yield[6] = 0.02;
  yield[7] = 0.03;
  v.place.housing.push_back(
      {.code = "n", .home = h, .completes = 2026, .dwellings = 100, .yield_by_age = yield});
  RunResult run = v.run(2);
  CHECK(run.years[0].stages[primary].pupils == Approx(10));
  // 2026: 2 enter with age 6; 3 of age 7 join the 10 who move up.
  CHECK(campus_year(run, 1, primary, a).by_grade[0] == Approx(2));
  CHECK(campus_year(run, 1, primary, a).by_grade[1] == Approx(13));
  // 2027: the one who moved in with 5 enters; the 2 move up.
  CHECK(campus_year(run, 2, primary, a).by_grade[0] == Approx(1));
  CHECK(campus_year(run, 2, primary, a).by_grade[1] == Approx(2));
}

TEST_CASE("feeders carry over: who finishes at the feeder comes first at its school") {
  // P and Q take the children at their doors; J, four times as good as K, lies as far as K from
  // both. Four fifths of each home, 8 of 10, would go to J, which has 10 seats.
  Village v;
  auto primary = v.stage("primary", 6, 1);
  auto junior = v.stage("junior", 7, 1);
  auto p = v.campus("P", 0, primary, 10);
  v.campus("Q", 100000, primary, 10);
  auto j = v.campus("J", 50000, junior, 10);
  auto k = v.campus("K", 50000, junior, 20);
  v.place.campuses[j].quality = 4;
  auto h = v.home("h", 0, {{0, 1}, {6, 10}, {7, 10}});
  auto i = v.home("i", 100000, {{6, 10}, {7, 10}});
  v.place.policy.rule = Rule::Choice;
  v.place.policy.tiers = {Tier::Feeder, Tier::Other};
  CHECK(at(v.run(1), 1, junior, h, j) == Approx(5).epsilon(1e-4));
  CHECK(at(v.run(1), 1, junior, i, j) == Approx(5).epsilon(1e-4));
  v.place.feeders = {{p, j, 2000}};
  RunResult run = v.run(1);
  for (std::size_t year : {std::size_t{0}, std::size_t{1}}) {
    CHECK(at(run, year, junior, h, j) == Approx(8).epsilon(1e-3));
    CHECK(at(run, year, junior, i, j) == Approx(2).epsilon(1e-3));
    CHECK(at(run, year, junior, i, k) == Approx(8).epsilon(1e-3));
  }
}

TEST_CASE("pupils are conserved over ten years with every kind of change at once") {
  for (Rule rule : {Rule::Catchment, Rule::Nearest, Rule::LeastTravel, Rule::Choice}) {
    Village v;
    v.place.policy.rule = rule;
    auto primary = v.stage("primary", 6, 6);
    auto junior = v.stage("junior", 12, 3);
    auto a = v.campus("A", 0, primary, 60);
    auto b = v.campus("B", 900, primary, 40);
    auto j = v.campus("J", 500, junior, 45);
    std::map<int, double> children;
    for (int age = 0; age < 19; ++age) children[age] = 3.0 + 0.37 * age;
    auto h = v.home("h", 100, children);
    auto i = v.home("i", 800, children);
    v.catchment("W", primary, {h}, {a});
    v.catchment("E", primary, {i}, {b});
    v.place.campuses[b].closes = 2029;
    v.place.feeders = {{a, j, 2020}};
    v.place.growth.birth_factor = {{2026, 0.7}};
    std::vector<double> yield(19, 0.013);
    v.place.housing.push_back(
        {.home = i, .completes = 2027, .dwellings = 321, .yield_by_age = yield});
    RunResult run = v.run(10);
    CHECK(run.conservation_error < 1e-9);
    for (const YearResult& year : run.years)
      for (const StageYear& s : year.stages) {
        double flows = 0;
        for (const PupilFlow& f : s.flows) flows += f.pupils;
        CHECK(flows + s.unplaced == Approx(s.pupils).epsilon(1e-12));
      }
    // All primary children of 2035 were born from 2024 on; their number follows from the births:
    // ages 6 … 11, so born 2024 … 2029: 3.37 + 3 + 4 x 3 x 0.7, twice, and the new homes' part.
    double table = 2 * (3.37 + 3.0 + 4 * 3.0 * 0.7);
    double fresh = 321 * 0.013 * 6;  // those born before 2027 as yielded, later ones alike
    CHECK(run.years[10].stages[primary].pupils == Approx(table + fresh));
  }
}
