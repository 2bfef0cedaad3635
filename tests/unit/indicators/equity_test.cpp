#include <catch2/catch.hpp>

#include "hand_run.h"
#include "indicators/equity.h"

using namespace doorstep;
using Catch::Matchers::WithinAbs;

namespace {

Coefficients scale_and_staff() {
  Coefficients c;
  c.set("scale.primary_most", {2000, 2000, 2000, "test", "F"});
  c.set("scale.funded_as", {100, 100, 100, "test", "F"});
  c.set("scale.point_left_out", {50, 50, 50, "test", "F"});
  c.set("staff.pupils_per_teacher.primary", {19, 19, 19, "test", "F"});
  return c;
}

}  // namespace

TEST_CASE("dissimilarity is the share that would have to change campus") {
  // 80 and 20 of one kind, 30 and 70 of the other: half of |0.8-0.3| + |0.2-0.7|.
  CHECK_THAT(dissimilarity({80, 20}, {30, 70}), WithinAbs(0.5, 1e-12));
  CHECK_THAT(dissimilarity({8, 2, 0}, {40, 10, 0}), WithinAbs(0.0, 1e-12));
  CHECK_THAT(dissimilarity({10, 0}, {0, 3}), WithinAbs(1.0, 1e-12));
  CHECK(std::isnan(dissimilarity({0, 0}, {1, 2})));
}

TEST_CASE("a merger narrows the gap between legal persons, not between campuses") {
  test::HandRun town;
  HomeId home = town.home("H", 0);
  CampusId rich = town.campus("A", 0, 200), poor = town.campus("B", 100, 100);
  CampusId third = town.campus("C", 200, 150);
  town.flow(home, rich, 100);
  town.flow(home, poor, 100);
  town.flow(home, third, 100);
  for (auto c : {rich, poor, third})
    town.place.campuses[c].school =
        town.place.schools.push_back({.code = town.place.campuses[c].code});

  BalanceTwice apart = seats_balance(town.place, town.year, 50);
  // 2, 1, 1.5 seats a pupil: deviations .5, .5, 0 around 1.5.
  double expected = std::sqrt((0.25 + 0.25) / 3) / 1.5;
  CHECK_THAT(apart.by_campus, WithinAbs(expected, 1e-12));
  CHECK_THAT(apart.by_legal_person, WithinAbs(expected, 1e-12));

  town.place.campuses[poor].school = town.place.campuses[rich].school;
  BalanceTwice merged = seats_balance(town.place, town.year, 50);
  CHECK_THAT(merged.by_campus, WithinAbs(expected, 1e-12));
  CHECK_THAT(merged.by_legal_person, WithinAbs(0.0, 1e-12));
}

TEST_CASE("teaching points below fifty pupils are left out of balance") {
  test::HandRun town;
  HomeId home = town.home("H", 0);
  town.flow(home, town.campus("A", 0, 150), 100);
  town.flow(home, town.campus("B", 100, 150), 100);
  town.flow(home, town.campus("point", 200, 400), 49);
  CHECK_THAT(seats_balance(town.place, town.year, 50).by_campus, WithinAbs(0.0, 1e-12));
}

TEST_CASE("group coverage counts cores and members that are open in the year") {
  test::HandRun town;
  HomeId home = town.home("H", 0);
  CampusId core = town.campus("core", 0, 100), member = town.campus("member", 100, 100);
  CampusId later = town.campus("later", 200, 100), alone = town.campus("alone", 300, 100);
  town.flow(home, core, 60);
  town.flow(home, member, 20);
  town.flow(home, later, 20);
  town.flow(home, alone, 100);
  town.place.groups.push_back({.code = "G",
                               .core = core,
                               .ties = {{.member = member, .form = "paired", .since = 2020},
                                        {.member = later, .form = "paired", .since = 2030}}});
  GroupCoverage now = group_coverage(town.place, StageId(0), 2025, town.year);
  CHECK(now.groups == 1);
  CHECK_THAT(now.campuses, WithinAbs(0.5, 1e-12));
  CHECK_THAT(now.pupils, WithinAbs(0.4, 1e-12));
  CHECK_THAT(group_coverage(town.place, StageId(0), 2030, town.year).pupils, WithinAbs(0.5, 1e-12));

  town.year.campuses[member].open = false;
  town.place.campuses[member].closes = 2024;
  GroupCoverage without = group_coverage(town.place, StageId(0), 2025, town.year);
  CHECK(without.groups == 0);
  CHECK(without.campuses == 0.0);
}

TEST_CASE("a group led by a university alone covers its members") {
  test::HandRun town;
  HomeId home = town.home("H", 0);
  CampusId member = town.campus("member", 0, 100), alone = town.campus("alone", 100, 100);
  town.flow(home, member, 30);
  town.flow(home, alone, 70);
  town.place.groups.push_back({.code = "U",
                               .ties = {{.member = member, .form = "university", .since = 2020}},
                               .sponsor = Sponsor{.name = {"师大", "University"}}});
  GroupCoverage now = group_coverage(town.place, StageId(0), 2025, town.year);
  CHECK(now.groups == 1);
  CHECK_THAT(now.campuses, WithinAbs(0.5, 1e-12));
  CHECK_THAT(now.pupils, WithinAbs(0.3, 1e-12));
}

TEST_CASE("a school at a limit of scale is inside it") {
  test::HandRun town;
  HomeId home = town.home("H", 0);
  CampusId full = town.campus("full", 0, 2500), over = town.campus("over", 1, 2500);
  CampusId hundred = town.campus("hundred", 2, 200), small = town.campus("small", 3, 200);
  CampusId point = town.campus("point", 4, 200);
  town.flow(home, full, 2000);
  town.flow(home, over, 2001);
  town.flow(home, hundred, 100);
  town.flow(home, small, 99);
  town.flow(home, point, 49);
  SchoolScale scale = school_scale(town.place, StageId(0), town.year, scale_and_staff());
  CHECK(scale.too_large == std::vector<CampusId>{over});
  CHECK(scale.funded_up == std::vector<CampusId>{small, point});
  CHECK(scale.point_size == std::vector<CampusId>{point});
}

TEST_CASE("teachers needed follow the pupils at the standard of the stage") {
  test::HandRun town;
  HomeId home = town.home("H", 0);
  CampusId one = town.campus("one", 0, 500);
  town.flow(home, one, 190);
  CHECK_THAT(teachers_needed(town.place, StageId(0), town.year, scale_and_staff())[one],
             WithinAbs(10.0, 1e-12));
  CHECK_THROWS_WITH(school_scale(town.place, StageId(0), town.year, Coefficients()),
                    Catch::Contains("scale.primary_most"));
}
