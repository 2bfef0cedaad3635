// What the program says about a scenario that cannot be read or applied.

#include "town_copy.h"

using namespace doorstep::test;

namespace {

const std::string kRun = "run town plan -o out";
const std::string kHead =
    "format = 1\ncode = \"plan\"\nname = \"Plan\"\nplace = \"town\"\nyears = 2\n";

std::string with_edit(const std::string& edit) { return kHead + "[[edit]]\n" + edit; }

void refused(const std::string& scenario, const std::vector<std::string>& parts) {
  TownCopy town;
  town.scenario(scenario);
  expect_refusal(town, kRun, parts);
}

}  // namespace

TEST_CASE("a folder without a scenario is refused") {
  TownCopy town;
  expect_refusal(town, kRun, {"plan", "no scenario here", "scenario.toml"});
}

TEST_CASE("a scenario of another version is refused") {
  refused("format = 7\n",
          {"plan/scenario.toml, format", "format 7", "reads 1", "docs/scenario.md"});
}

TEST_CASE("an edit of an unknown campus names file, edit, key and the nearest") {
  refused(with_edit("do = \"close_campus\"\ncampus = \"p11\"\nyear = 2025\n"),
          {"plan/scenario.toml, edit[1], campus", "unknown campus \"p11\"", "did you mean p1?"});
}

TEST_CASE("the edit that is at fault is the one named") {
  refused(with_edit("do = \"set_seats\"\ncampus = \"p1\"\nstage = \"primary\"\nseats = 200\n"
                    "year = 2025\n[[edit]]\ndo = \"set_feeder\"\nfrom = \"p1\"\nto = \"j7\"\n"
                    "year = 2025\n"),
          {"edit[2], to", "unknown campus \"j7\""});
}

TEST_CASE("an edit before the base year is refused") {
  refused(with_edit("do = \"close_campus\"\ncampus = \"p2\"\nyear = 2019\n"),
          {"edit[1], year", "2019", "base year 2024", "2024 or a later year"});
}

TEST_CASE("a group of unknown form is refused with the nearest form") {
  refused(with_edit("do = \"join_group\"\ngroup = \"g2\"\ncore = \"p1\"\ncampus = \"p2\"\n"
                    "form = \"close_nit\"\nyear = 2025\n"),
          {"edit[1], form", "close_nit", "did you mean close_knit?"});
}

TEST_CASE("an unknown edit is refused with those there are") {
  refused(with_edit("do = \"shut_campus\"\n"), {"edit[1].do", "shut_campus", "close_campus"});
}

TEST_CASE("a missing key of an edit is named") {
  refused(with_edit("do = \"close_campus\"\nyear = 2025\n"), {"edit[1].campus", "missing"});
}

TEST_CASE("a position that is none is refused") {
  const std::string open =
      "do = \"open_campus\"\ncode = \"x\"\nstage = \"primary\"\nseats = 90\nyear = 2025\n";
  refused(with_edit(open + "at = [nan, 37.4]\n"), {"edit[1].at", "two numbers"});
  refused(with_edit(open + "at = [37.4, 120.0]\n"), {"edit[1].at", "longitude and latitude"});
}

TEST_CASE("years out of reach are refused") {
  refused(kHead + "first_year = 3000\n", {"first_year", "3000", "base year 2024"});
  refused("format = 1\ncode = \"plan\"\nyears = 999\n", {"years", "999", "0 to 60"});
}

TEST_CASE("areas of a scenario may not lie outside its folder") {
  refused(with_edit("do = \"redraw_catchments\"\nstage = \"primary\"\nyear = 2025\n"
                    "file = \"../town/catchments.geojson\"\ncode = \"code\"\n"),
          {"edit[1].file", "outside the place"});
}

TEST_CASE("a misspelt key is a warning with the nearest") {
  TownCopy town;
  town.scenario("format = 1\ncode = \"plan\"\nyeras = 2\n");
  expect_warning(town, kRun, {"plan/scenario.toml, yeras", "did you mean \"years\"?"});
}

TEST_CASE("a scenario of another place is a warning") {
  TownCopy town;
  town.scenario(
      "format = 1\ncode = \"plan\"\nplace = \"elsewhere\"\nyears = 1\n"
      "[[edit]]\ndo = \"set_feeder\"\nfrom = \"p1\"\nto = \"j1\"\nyear = 2025\n");
  expect_warning(town, kRun, {"written for elsewhere, not for town"});
}

TEST_CASE("a new campus far from all homes is a warning") {
  TownCopy town;
  town.scenario(
      with_edit("do = \"open_campus\"\ncode = \"x\"\nstage = \"primary\"\nseats = 90\nyear = 2025\n"
                "at = [37.4, 80.0]\n"));
  expect_warning(town, kRun, {"edit[1].at", "km from the homes", "longitude first"});
}

TEST_CASE("comparing two scenarios says which of the two is at fault") {
  TownCopy town;
  town.scenario(kHead, "good");
  town.scenario(with_edit("do = \"close_campus\"\ncampus = \"p11\"\nyear = 2025\n"), "bad");
  expect_refusal(town, "compare town good bad -o out", {"bad/scenario.toml, edit[1], campus"});
}
