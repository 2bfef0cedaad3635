#include <catch2/catch.hpp>

#include <numeric>

#include "simulate/children.h"
#include "simulate/cohort.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;
using Catch::Matchers::WithinAbs;

namespace {

/// Two grades of ten children each, ten more to come, thirty seats.
struct Moving : Village {
  StageId primary = stage("primary", 6, 2);
  CampusId a = campus("A", 0, primary, 40);
  HomeId h = home("h", 400, {{5, 10}, {6, 10}, {7, 10}});
  void families_change_by(double share) { place.growth.migration = {{AreaId(0), {{2026, share}}}}; }
};

}  // namespace

TEST_CASE("families that leave take their children out of every grade") {
  Moving town;
  town.families_change_by(-0.1);
  RunResult run = town.run(1);
  const StageYear& year = run.years[1].stages[town.primary];
  CHECK_THAT(year.campuses[town.a].by_grade[0], WithinAbs(9.0, 1e-9));
  CHECK_THAT(year.campuses[town.a].by_grade[1], WithinAbs(9.0, 1e-9));
  CHECK(run.conservation_error < 1e-9);
}

TEST_CASE("families that come bring children to every grade, who take seats left") {
  Moving town;
  town.families_change_by(0.2);
  RunResult run = town.run(1);
  const StageYear& year = run.years[1].stages[town.primary];
  CHECK_THAT(year.campuses[town.a].by_grade[0], WithinAbs(12.0, 1e-9));
  CHECK_THAT(year.campuses[town.a].by_grade[1], WithinAbs(12.0, 1e-9));
  CHECK(run.conservation_error < 1e-9);
}

TEST_CASE("moves add up over the years and begin when they say") {
  Moving town;
  town.place.growth.migration = {{AreaId(0), {{2027, 0.1}}}};
  ChildForecast children(town.place, town.coefficients, Births::Middle);
  CHECK(children.of_age(6, 2026)[0] == 10.0);
  CHECK_THAT(children.of_age(7, 2027)[0], WithinAbs(11.0, 1e-12));
  CHECK_THAT(children.of_age(8, 2028)[0], WithinAbs(12.1, 1e-12));
  CHECK(children.moving_share(town.h, 2026) == 0.0);
}

TEST_CASE("homes in areas without an entry keep their children") {
  Moving town;
  town.place.areas.push_back({.code = "elsewhere"});
  town.place.growth.migration = {{AreaId(1), {{2026, -0.5}}}};
  RunResult run = town.run(1);
  CHECK_THAT(run.years[1].stages[town.primary].placed, WithinAbs(20.0, 1e-9));
}

TEST_CASE("who waits leaves as well, and nobody leaves twice over") {
  Cohort cohort;
  cohort.placed = {{HomeId(0), ClassId(0), CampusId(0), 6}};
  cohort.waiting = {{HomeId(0), ClassId(0), CampusId(), 4}};
  cohort.size = 10;
  move_families(cohort, [](HomeId) { return -2.0; });
  CHECK(cohort.size == 0.0);
  CHECK(cohort.placed.empty());
  CHECK(cohort.waiting.empty());
}
