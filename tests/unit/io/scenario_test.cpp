#include "io/scenario/scenario_file.h"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <cmath>
#include <fstream>

#include "base/file.h"

using namespace doorstep;
namespace fs = std::filesystem;

namespace {

/// A place of one home and one stage in a projected system, as far as scenarios need it.
Place small_place() {
  Place place;
  place.code = "town";
  place.base_year = 2024;
  place.crs = "EPSG:4549";
  place.stages.push_back(Stage{.code = "primary"});
  place.homes.push_back(Home{.code = "h1", .at = {500000.0, 4140000.0}});
  place.campuses.push_back(Campus{.code = "p1", .at = {500100.0, 4140000.0}});
  return place;
}

class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "doorstep-io-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Scratch() { fs::remove_all(path); }
  fs::path path;
};

/// Written and read again, with nothing to complain of.
Scenario round_trip(const Scenario& scenario, const Place& place) {
  Scratch here;
  io::write_scenario(scenario, place, here.path);
  Loaded<Scenario> read = io::read_scenario(here.path, place);
  for (const Diagnostic& d : read.findings.items()) UNSCOPED_INFO(d.message);
  CHECK(read.findings.items().empty());
  // What is written twice is the same text.
  CHECK(io::scenario_text(read.value, place) == io::scenario_text(scenario, place));
  return read.value;
}

Scenario of(Edit edit) {
  Scenario scenario;
  scenario.code = "plan";
  scenario.name = {"方案 \"甲\"", "Plan \\ A\twith\ntab"};
  scenario.place = "town";
  scenario.edits.push_back(std::move(edit));
  return scenario;
}

}  // namespace

TEST_CASE("the head of a scenario survives writing and reading") {
  Scenario scenario = of(CloseCampus{"p1", 2026});
  scenario.first_year = 2025;
  scenario.years = 7;
  scenario.seed = 9007199254740993ULL;  // no double holds it
  Scenario read = round_trip(scenario, small_place());
  CHECK(read.code == scenario.code);
  CHECK(read.name.zh == scenario.name.zh);
  CHECK(read.name.en == scenario.name.en);
  CHECK(read.place == "town");
  CHECK(read.first_year == 2025);
  CHECK(read.years == 7);
  CHECK(read.seed == scenario.seed);
}

TEST_CASE("a new campus survives writing and reading, to the last digit") {
  OpenCampus open{
      "x1", {"新校", "New"}, {500012.345678901, 4140000.1}, "primary", 90.5, 15.25, 2026, "s1",
      1.1};
  auto read = std::get<OpenCampus>(round_trip(of(open), small_place()).edits.at(0));
  CHECK(read.code == open.code);
  CHECK(read.name.zh == "新校");
  CHECK(read.at.x == open.at.x);
  CHECK(read.at.y == open.at.y);
  CHECK(read.stage == "primary");
  CHECK(read.seats == 90.5);
  CHECK(read.intake == 15.25);
  CHECK(read.year == 2026);
  CHECK(read.school == "s1");
  CHECK(read.quality == 1.1);
}

TEST_CASE("seats, groups, feeders and housing survive writing and reading") {
  Place place = small_place();
  auto seats = std::get<SetSeats>(
      round_trip(of(SetSeats{"p1", "primary", 0.1, -1.0, 2025}), place).edits.at(0));
  CHECK(seats.seats == 0.1);
  CHECK(seats.intake == -1.0);
  auto join = std::get<JoinGroup>(
      round_trip(of(JoinGroup{"g1", {"集团", "Group"}, "p1", "p2", "merged", 2025}), place)
          .edits.at(0));
  CHECK(join.group == "g1");
  CHECK(join.group_name.en == "Group");
  CHECK(join.core == "p1");
  CHECK(join.campus == "p2");
  CHECK(join.form == "merged");
  auto feeder = std::get<SetFeeder>(round_trip(of(SetFeeder{"p1", "j1", 2027}), place).edits.at(0));
  CHECK(feeder.from == "p1");
  CHECK(feeder.to == "j1");
  CHECK(feeder.year == 2027);
  auto housing = std::get<AddHousing>(
      round_trip(of(AddHousing{"n1", {"新城", ""}, {500500.0, 4140300.0}, 5000, 0.35, 2028}), place)
          .edits.at(0));
  CHECK(housing.dwellings == 5000);
  CHECK(housing.pupils_per_dwelling == 0.35);
  CHECK(housing.name.en.empty());
}

TEST_CASE("homes moved between catchments survive writing and reading") {
  RedrawCatchments move{.stage = "primary", .year = 2026};
  move.catchments.push_back({.code = "东 片", .homes = {"h1", "h\"2"}});
  auto read = std::get<RedrawCatchments>(round_trip(of(move), small_place()).edits.at(0));
  REQUIRE(read.catchments.size() == 1);
  CHECK(read.catchments[0].code == "东 片");
  CHECK(read.catchments[0].homes == std::vector<std::string>{"h1", "h\"2"});
  CHECK_FALSE(read.replace_all);
}

TEST_CASE("drawn catchments survive writing and reading, to a micrometre") {
  RedrawCatchments redraw{.stage = "primary", .year = 2026};
  redraw.replace_all = true;
  redraw.keep = {"west"};
  Polygon square{{{500000, 4140000}, {501000, 4140000}, {501000, 4141000}, {500000, 4141000}},
                 {{{500400, 4140400}, {500400, 4140600}, {500600, 4140600}, {500600, 4140400}}}};
  redraw.catchments.push_back({.code = "east",
                               .name = {"东片", "East"},
                               .area = {square},
                               .campuses = {"p1"},
                               .homes = {"h1"}});
  redraw.catchments.push_back({.code = "paper", .name = {"", "Paper"}, .campuses = {"p1"}});
  auto read = std::get<RedrawCatchments>(round_trip(of(redraw), small_place()).edits.at(0));
  CHECK(read.replace_all);
  CHECK(read.keep == redraw.keep);
  REQUIRE(read.catchments.size() == 2);
  CHECK(read.catchments[0].name.zh == "东片");
  CHECK(read.catchments[0].campuses == redraw.catchments[0].campuses);
  CHECK(read.catchments[0].homes == redraw.catchments[0].homes);
  CHECK(read.catchments[1].area.empty());
  CHECK(read.catchments[1].campuses == redraw.catchments[1].campuses);
  REQUIRE(read.catchments[0].area.size() == 1);
  const Polygon& back = read.catchments[0].area[0];
  REQUIRE(back.outer.size() == 4);
  REQUIRE(back.holes.size() == 1);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(std::hypot(back.outer[i].x - square.outer[i].x, back.outer[i].y - square.outer[i].y) <
          1e-6);
    CHECK(std::hypot(back.holes[0][i].x - square.holes[0][i].x,
                     back.holes[0][i].y - square.holes[0][i].y) < 1e-6);
  }
}

TEST_CASE("a scenario without a code is saved so that it can be opened") {
  Scratch here;
  io::write_scenario(Scenario{}, small_place(), here.path);
  Scenario read = io::read_scenario(here.path, small_place()).value;
  CHECK(read.code == "scenario");
  CHECK(read.place == "town");
}
