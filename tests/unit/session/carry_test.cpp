#include <catch2/catch.hpp>

#include "session/carry.h"
#include "session/findings.h"

using namespace doorstep;
using namespace doorstep::session;

namespace {

Campus campus(const char* code, const char* zh, Xy at, long row) {
  Campus c;
  c.code = code;
  c.name.zh = zh;
  c.at = at;
  c.source = {"campuses.csv", row, ""};
  c.stages.resize(1);
  c.stages[StageId(0)].emplace();
  c.stages[StageId(0)]->seats = {{2024, 300.0}};
  return c;
}

Place town(Year year, const std::vector<Campus>& campuses, const std::vector<std::string>& homes) {
  Place place;
  place.code = "town";
  place.base_year = year;
  Stage stage;
  stage.code = "p";
  place.stages.push_back(stage);
  for (const Campus& c : campuses) place.campuses.push_back(c);
  for (std::size_t i = 0; i < homes.size(); ++i)
    place.homes.push_back({homes[i],
                           {static_cast<double>(i) * 10, 0},
                           {},
                           {"homes.csv", static_cast<long>(i + 1), ""}});
  for (const char* code : {"k1", "k2"}) {
    Catchment catchment;
    catchment.code = code;
    catchment.stage = StageId(0);
    catchment.campuses = {CampusId(0)};
    catchment.area = {{{{-5, -5}, {5000, -5}, {5000, 5000}, {-5, 5000}}, {}}};
    place.catchments.push_back(catchment);
  }
  return place;
}

Place year_2024() {
  return town(2024,
              {campus("p1", "一小", {0, 0}, 1), campus("p2", "二小", {500, 0}, 2),
               campus("p3", "三小", {900, 0}, 3)},
              {"h1", "h2", "h3"});
}
/// p2 has another code, p3 is gone, and so is h2.
Place year_2025() {
  return town(2025, {campus("p1", "一小", {0, 0}, 1), campus("p2b", "二小", {510, 0}, 2)},
              {"h1", "h3"});
}

SetSeats seats(const char* code, Year year) {
  return {.campus = code, .stage = "p", .seats = 400, .year = year};
}

}  // namespace

TEST_CASE("edits whose campus is still there are kept as they are") {
  Scenario plan;
  plan.edits = {seats("p1", 2026)};
  const Place old = year_2024();
  const Carried carried = carry(plan, &old, year_2025(), {});
  CHECK(carried.orphans.empty());
  CHECK(carried.kept == 1);
  CHECK(std::get<SetSeats>(carried.scenario.edits[0]).campus == "p1");
}

TEST_CASE("an orphan is listed with its edit, its old row, the nearest and what to do") {
  Scenario plan;
  plan.edits = {seats("p1", 2026), seats("p2", 2026), seats("p3", 2026)};
  plan.sources = {
      {"plan.toml, edit[1]", 0, ""}, {"plan.toml, edit[2]", 0, ""}, {"plan.toml, edit[3]", 0, ""}};
  const Place old = year_2024();
  const Carried carried = carry(plan, &old, year_2025(), {});
  CHECK(carried.kept == 1);
  REQUIRE(carried.orphans.size() == 2);
  const Orphan& p2 = carried.orphans[0];
  CHECK(p2.at.file == "plan.toml, edit[2]");
  CHECK(p2.was.file == "campuses.csv");
  CHECK(p2.was.row == 2);
  CHECK(p2.nearest == "p2b");  // by its name
  CHECK(p2.away_m == Approx(10.0));
  CHECK(p2.remedy.find("p2b") != std::string::npos);
  CHECK(carried.orphans[1].nearest == "p2b");  // by distance: 390 m
  CHECK(carried.orphans[1].away_m == Approx(390.0));
}

TEST_CASE("a code that is another one now is carried over once a person says so") {
  Scenario plan;
  plan.edits = {seats("p2", 2026)};
  const Place old = year_2024();
  const Carried carried = carry(plan, &old, year_2025(), {}, {{"p2", "p2b"}});
  CHECK(carried.orphans.empty());
  CHECK(std::get<SetSeats>(carried.scenario.edits[0]).campus == "p2b");
}

TEST_CASE("of homes that move, those that are gone are listed and the others move") {
  RedrawCatchments redraw;
  redraw.stage = "p";
  redraw.year = 2026;
  redraw.catchments.resize(1);
  redraw.catchments[0].code = "k2";
  redraw.catchments[0].homes = {"h1", "h2", "h3"};
  Scenario plan;
  plan.edits = {redraw};
  const Place old = year_2024();
  const Carried carried = carry(plan, &old, year_2025(), {});
  CHECK(carried.kept == 1);
  REQUIRE(carried.orphans.size() == 1);
  CHECK(carried.orphans[0].kind == "home");
  CHECK(carried.orphans[0].code == "h2");
  CHECK_FALSE(carried.orphans[0].whole);
  CHECK(carried.orphans[0].was.row == 2);
  CHECK(std::get<RedrawCatchments>(carried.scenario.edits[0]).catchments[0].homes ==
        std::vector<std::string>{"h1", "h3"});
}

TEST_CASE("a redrawn catchment that is gone makes its edit an orphan") {
  RedrawCatchments redraw;
  redraw.stage = "p";
  redraw.year = 2026;
  redraw.catchments.resize(1);
  redraw.catchments[0].code = "k9";
  redraw.catchments[0].homes = {"h1"};
  Scenario plan;
  plan.edits = {redraw};
  const Carried carried = carry(plan, nullptr, year_2025(), {});
  CHECK(carried.kept == 0);
  REQUIRE(carried.orphans.size() == 1);
  CHECK(carried.orphans[0].kind == "catchment");
  CHECK(carried.orphans[0].whole);
}

TEST_CASE("what was done meanwhile is an orphan: a year that is past, a campus that stands now") {
  OpenCampus built{.code = "p1", .stage = "p", .seats = 100, .year = 2026};
  built.name = {"一小", ""};
  Scenario plan;
  plan.edits = {seats("p1", 2024), built, seats("p1", 2027)};
  const Place old = year_2024();
  const Carried carried = carry(plan, &old, year_2025(), {});
  CHECK(carried.kept == 1);
  REQUIRE(carried.orphans.size() == 2);
  CHECK(carried.orphans[0].edit == 0);
  CHECK(carried.orphans[0].remedy.find("2025") != std::string::npos);
  CHECK(carried.orphans[1].edit == 1);
}

TEST_CASE("edits of a campus that the plan itself opens are no orphans") {
  OpenCampus open{.code = "x1", .stage = "p", .seats = 100, .year = 2026};
  open.name = {"新校", ""};
  Scenario plan;
  plan.edits = {open, seats("x1", 2028)};
  const Carried carried = carry(plan, nullptr, year_2025(), {});
  CHECK(carried.orphans.empty());
  CHECK(carried.kept == 2);
}

TEST_CASE("findings go errors first, those of a kind together, numbered where the map has them") {
  Place place = year_2024();
  Diagnostics d;
  d.info("note", "n");
  d.warning("far", "w1").spot = MapSpot{1, 2};
  d.warning("other", "w2", {"campuses.csv", 2, "seats"});
  d.warning("far", "w3").spot = MapSpot{3, 4};
  d.error("bad", "e", {"homes.csv", 99, ""});
  const auto walk = findings_to_walk(d, place);
  REQUIRE(walk.size() == 5);
  CHECK(walk[0].what.message == "e");
  CHECK(walk[0].pin == 0);
  CHECK(walk[1].what.message == "w1");
  CHECK(walk[1].pin == 1);
  CHECK(walk[2].what.message == "w3");
  CHECK(walk[2].pin == 2);
  CHECK(walk[3].pin == 3);  // by its row: p2
  CHECK(walk[3].what.spot->x == 500);
  CHECK(walk[4].pin == 0);
}
