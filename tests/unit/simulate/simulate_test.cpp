#include <catch2/catch.hpp>

#include "base/error.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("the first year fills every grade with the children of its age") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 100);
  v.home("h", 400, {{6, 10}, {7, 12}});
  RunResult run = v.run(0);
  REQUIRE(run.years.size() == 1);
  const CampusYear& c = campus_year(run, 0, primary, a);
  CHECK(c.by_grade[0] == Approx(10));
  CHECK(c.by_grade[1] == Approx(12));
  CHECK(c.enrolment == Approx(22));
  CHECK(c.entrants == Approx(10));
  CHECK(c.planned_intake == Approx(50));
  CHECK(run.years[0].stages[primary].unplaced == 0);
}

TEST_CASE("entry seats are the seats that continuing pupils leave, at most the planned intake") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 20);
  v.place.campuses[a].stages[primary]->intake = {{2025, 14}};
  v.home("h", 0, {{6, 30}, {7, 30}});
  RunResult run = v.run(0);
  // The older grade takes its share of the seats, 10; so 10 are left of a planned 14.
  CHECK(campus_year(run, 0, primary, a).by_grade[1] == Approx(10));
  CHECK(campus_year(run, 0, primary, a).entry_seats == Approx(10));
  CHECK(run.years[0].stages[primary].unplaced == Approx(40));
}

TEST_CASE("a place with the entry age alone runs as a stage of one grade") {
  Village v;
  auto secondary = v.stage("secondary", 11, 1);
  auto a = v.campus("A", 0, secondary, 15);
  auto b = v.campus("B", 1000, secondary, 15);
  v.home("h", 100, {{11, 20}});
  RunResult run = v.run(2);
  CHECK(campus_year(run, 0, secondary, a).enrolment == Approx(15));
  CHECK(campus_year(run, 0, secondary, b).enrolment == Approx(5));
  // Nothing is known of younger children: the base year's are taken again.
  CHECK(run.years[2].stages[secondary].pupils == Approx(20));
}

TEST_CASE("given entrants of an area are shared as the base year's") {
  Village v;
  auto secondary = v.stage("secondary", 11, 1);
  auto a = v.campus("A", 0, secondary, 100);
  auto h = v.home("h", 100, {{11, 20}});
  auto i = v.home("i", 200, {{11, 60}});
  v.place.growth.entrants = {{AreaId(0), secondary, 2026, 40}};
  RunResult run = v.run(2);
  CHECK(at(run, 0, secondary, h, a) == Approx(20));
  CHECK(at(run, 1, secondary, h, a) == Approx(10));
  CHECK(at(run, 1, secondary, i, a) == Approx(30));
  CHECK(run.years[2].stages[secondary].pupils == Approx(80));
}

TEST_CASE("row order changes no figure") {
  double first[2];
  for (bool swapped : {false, true}) {
    Village v;
    auto primary = v.stage("primary", 6, 2);
    auto left = v.campus(swapped ? "B" : "A", swapped ? 900 : 0, primary, 30);
    auto right = v.campus(swapped ? "A" : "B", swapped ? 0 : 900, primary, 30);
    v.home(swapped ? "i" : "h", swapped ? 700 : 300, {{6, 17}, {7, 13}});
    v.home(swapped ? "h" : "i", swapped ? 300 : 700, {{6, 13}, {7, 17}});
    if (swapped)
      for (int age : {6, 7})
        std::swap(v.place.children.at(HomeId(0), ClassId(0), age),
                  v.place.children.at(HomeId(1), ClassId(0), age));
    RunResult run = v.run(1);
    double a = campus_year(run, 1, primary, swapped ? right : left).enrolment;
    if (!swapped)
      first[0] = a;
    else
      CHECK(a == first[0]);
  }
}

TEST_CASE("a home with no children and a campus with no seats disturb nobody") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 40);
  auto h = v.home("h", 100, {{6, 5}, {7, 5}});
  double alone = at(v.run(1), 1, primary, h, a);
  v.campus("Z", 50, primary, 0);
  v.home("empty", 60, {});
  CHECK(at(v.run(1), 1, primary, h, a) == alone);
}

TEST_CASE("known enrolment checks the first year and does not enter it") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  auto a = v.campus("A", 0, primary, 40);
  v.home("h", 100, {{6, 5}, {7, 5}});
  v.place.campuses[a].stages[primary]->enrolment = {10, 10};
  RunResult run = v.run(0);
  CHECK(campus_year(run, 0, primary, a).enrolment == Approx(10));
  REQUIRE(has_note(run, "enrolment-misfit"));
  CHECK(run.notes.items()[0].message.find("50.0 %") != std::string::npos);
}

TEST_CASE("a run before the base year is refused") {
  Village v;
  v.options.first_year = 2020;
  CHECK_THROWS_AS(v.run(1), Error);
}

TEST_CASE("a set cancel stops the run") {
  Village v;
  auto primary = v.stage("primary", 6, 2);
  v.campus("A", 0, primary, 40);
  v.home("h", 100, {{6, 5}});
  Progress progress;
  progress.cancel();
  CHECK_THROWS_AS(simulate(v.place, v.travel(), v.coefficients, v.forms, v.options, progress),
                  Cancelled);
}
