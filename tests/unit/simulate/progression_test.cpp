// Systems of grades: 5-4, nine-year schools, opening, rooms, whole classes, history of grades.

#include <catch2/catch.hpp>

#include "place/cohort_survival.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("grade progression ratios are the mean of those of past years") {
  // K, 1st and 2nd grade. 95/100 and 99/110: 0.925; 88/90 and 91/95: 0.9678363.
  const std::map<Year, std::vector<double>> history{
      {2021, {100, 90, 80}}, {2022, {110, 95, 88}}, {2023, {120, 99, 91}}};
  auto ratios = cohort_survival(history, 2);
  CHECK(ratios[0] == Approx(0.925));
  CHECK(ratios[1] == Approx(0.9678363));
  CHECK(cohort_survival(history, 1)[0] == Approx(0.9));
  CHECK(cohort_survival({{2021, {1, 1}}, {2023, {1, 1}}}, 3).empty());
  // A grade that was empty says nothing of who comes on.
  CHECK(cohort_survival({{2021, {0, 3}}, {2022, {4, 0}}, {2023, {9, 2}}}, 2)[0] == Approx(0.5));
}

TEST_CASE("a run carries cohorts on by those ratios") {
  Village v;
  v.place.base_year = 2023;
  auto k2 = v.stage("k2", 5, 3);
  v.campus("A", 0, k2, 10000);
  v.home("h", 400, {{2, 128}, {3, 130}, {4, 125}, {5, 120}, {6, 99}, {7, 91}});
  v.place.growth.progression.push_back({k2, AreaId(), {0.925, 0.9678362573099415}});
  RunResult run = v.run(3);
  auto grades = [&](std::size_t y) { return campus_year(run, y, k2, CampusId(0)).by_grade; };
  CHECK(grades(1)[0] == Approx(125));
  CHECK(grades(1)[1] == Approx(111));
  CHECK(grades(1)[2] == Approx(95.81579));
  CHECK(grades(2)[1] == Approx(115.625));
  CHECK(grades(2)[2] == Approx(107.42982));
  CHECK(grades(3)[1] == Approx(120.25));
  CHECK(grades(3)[2] == Approx(111.90607));
}

TEST_CASE("an area's own ratios go before the place's, and who comes needs a seat") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  v.campus("A", 0, primary, 100);
  v.place.areas.push_back({.code = "growing"});
  v.home("h", 0, {{0, 1}, {5, 0.0}, {6, 20}});
  auto g = v.home("g", 0, {{6, 20}});
  v.place.homes[g].area = AreaId(1);
  v.place.growth.progression = {{primary, AreaId(1), {1.5}}, {primary, AreaId(), {0.5}}};
  RunResult run = v.run(1);
  CHECK(at(run, 1, primary, HomeId(0), CampusId(0)) == Approx(10));
  CHECK(at(run, 1, primary, g, CampusId(0)) == Approx(30));
}

TEST_CASE("five years of primary and four of junior school follow one another") {
  Village v;
  auto primary = v.stage("primary", 6, 5);
  auto junior = v.stage("junior", 11, 4);
  auto p = v.campus("P", 0, primary, 1000);
  auto j = v.campus("J", 0, junior, 1000);
  v.home("h", 0, {{0, 1}, {9, 3}, {10, 7}, {11, 11}, {14, 13}});
  RunResult run = v.run(1);
  CHECK(campus_year(run, 0, primary, p).by_grade == std::vector<double>{0, 0, 0, 3, 7});
  CHECK(campus_year(run, 0, junior, j).by_grade == std::vector<double>{11, 0, 0, 13});
  CHECK(campus_year(run, 1, primary, p).by_grade == std::vector<double>{0, 0, 0, 0, 3});
  CHECK(campus_year(run, 1, junior, j).by_grade == std::vector<double>{7, 11, 0, 0});
}

namespace {

/// A nine-year school N and a junior school J of the same size and place; one grade a stage.
struct NineYears : Village {
  StageId primary = stage("primary", 6, 1);
  StageId junior = stage("junior", 7, 1);
  CampusId n = campus("N", 0, primary, 1000);
  CampusId j = campus("J", 0, junior, 100);
  NineYears() {
    place.policy.rule = Rule::Choice;
    place.campuses[n].stages[junior] = CampusStage{.seats = {{2025, 100}}};
    home("h", 0, {{0, 1}, {6, 90}, {7, 90}});
    coefficients.set("choice.stay", {1.0986122886681098, 0, 2, "test", "assumed"});  // ln 3
  }
};

}  // namespace

TEST_CASE("who finishes at a nine-year school has a place there, and would rather stay") {
  NineYears v;
  CHECK(campus_year(v.run(1), 1, v.junior, v.n).entrants == Approx(45));
  v.place.policy.through_schools = true;
  CHECK(campus_year(v.run(1), 1, v.junior, v.n).entrants == Approx(67.5));  // three to one
}

TEST_CASE("a feeder that leads elsewhere goes before the through school") {
  NineYears v;
  v.place.policy.through_schools = true;
  v.place.feeders.push_back({v.n, v.j, 2020});
  CHECK(campus_year(v.run(1), 1, v.junior, v.n).entrants == Approx(45));
}

TEST_CASE("a new campus opens grade by grade, or with several at once") {
  Village v;
  auto primary = v.stage("primary", 6, 3);
  v.campus("A", 0, primary, 30);
  auto b = v.campus("B", 0, primary, 90);
  v.place.campuses[b].opens = 2026;
  v.home("h", 0, {{0, 1}, {4, 0}, {5, 40}, {6, 40}, {7, 40}, {8, 40}});
  // A holds 10 a grade; the others wait for a grade that B has.
  CHECK(campus_year(v.run(2), 1, primary, b).by_grade == std::vector<double>{30, 0, 0});
  CHECK(campus_year(v.run(2), 2, primary, b).by_grade == std::vector<double>{0, 30, 0});
  v.place.campuses[b].opening_grades = 2;
  CHECK(campus_year(v.run(2), 1, primary, b).by_grade == std::vector<double>{30, 30, 0});
  v.place.campuses[b].opening_grades = 3;
  CHECK(campus_year(v.run(2), 1, primary, b).by_grade == std::vector<double>{30, 30, 30});
}

TEST_CASE("planned intake may be whole classes; a small school keeps its one") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  v.place.stages[primary].class_standard = 40;
  auto large = v.campus("A", 0, primary, 230);
  auto small = v.campus("B", 0, primary, 50);
  v.home("h", 0, {{6, 10}});
  v.place.policy.whole_classes = true;
  RunResult run = v.run(0);
  CHECK(campus_year(run, 0, primary, large).planned_intake == 80);  // 115 is two classes
  CHECK(campus_year(run, 0, primary, small).planned_intake == 25);
}

TEST_CASE("rooms may change with the years") {
  Village v;
  auto primary = v.stage("primary", 6, 1);
  auto a = v.campus("A", 0, primary, 90);
  v.place.campuses[a].stages[primary]->rooms = 2;
  v.place.campuses[a].stages[primary]->rooms_from = {{2026, 4}};
  v.home("h", 0, {{0, 1}, {6, 10}});
  RunResult run = v.run(1);
  CHECK(campus_year(run, 0, primary, a).rooms == 2);
  CHECK(campus_year(run, 1, primary, a).rooms == 4);
}

TEST_CASE("a campus may crowd where its neighbours turn away") {
  Village v;
  auto primary = v.stage("primary", 6, 1);
  auto a = v.campus("A", 0, primary, 10);
  auto b = v.campus("B", 500, primary, 10);
  auto h = v.home("h", 0, {{6, 30}});
  auto k = v.home("k", 500, {{6, 30}});
  v.catchment("a", primary, {h}, {a});
  v.catchment("b", primary, {k}, {b});
  v.place.policy.rule = Rule::Catchment;
  v.place.policy.divert_unplaced = false;
  v.place.campuses[a].overflow = Overflow::Crowd;
  RunResult run = v.run(0);
  CHECK(campus_year(run, 0, primary, a).enrolment == Approx(30));
  CHECK(campus_year(run, 0, primary, b).enrolment == Approx(10));
}
