// What a run leaves: complete folders, the same bytes each time, the same figures however the input
// is ordered and however many threads there are.

#include <cmath>
#include <map>

#include "town_copy.h"

using namespace doorstep::test;
namespace fs = std::filesystem;

namespace {

const std::string kOpenAndClose =
    "format = 1\ncode = \"plan\"\nname = \"Plan\"\nplace = \"town\"\nyears = 4\n"
    "[[edit]]\ndo = \"open_campus\"\ncode = \"x1\"\nname = { zh = \"新校\", en = \"New\" }\n"
    "at_xy = [500900, 4140100]\nstage = \"primary\"\nseats = 90\nyear = 2026\n"
    "[[edit]]\ndo = \"set_seats\"\ncampus = \"p2\"\nstage = \"primary\"\nseats = 60\nyear = 2026\n";

void run(const TownCopy& town, const std::string& arguments, const std::string& before = "") {
  Answer answer = town.run(arguments, before);
  INFO(answer.err);
  REQUIRE(answer.status == 0);
}

void expect_same_bytes(const fs::path& a, const fs::path& b) {
  REQUIRE(names_in(a) == names_in(b));
  for (const std::string& name : names_in(a)) {
    CAPTURE(name);
    CHECK((bytes_of(a / name) == bytes_of(b / name)));
  }
}

/// Rows of a table whose cells hold no comma: the first `keys` cells joined → the others.
std::map<std::string, std::vector<std::string>> rows_by_key(const fs::path& file, int keys) {
  std::istringstream lines(bytes_of(file));
  std::map<std::string, std::vector<std::string>> rows;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::string key, cell;
    for (int i = 0; i < keys && std::getline(cells, cell, ','); ++i) key += cell + "/";
    std::vector<std::string>& rest = rows[key];
    while (std::getline(cells, cell, ',')) rest.push_back(cell);
  }
  return rows;
}

/// The same keys, and numbers within 1e-9 (pupils, minutes or shares).
void expect_same_figures(const fs::path& a, const fs::path& b, int keys) {
  auto rows_a = rows_by_key(a, keys);
  auto rows_b = rows_by_key(b, keys);
  REQUIRE(rows_a.size() > 2);
  REQUIRE(rows_a.size() == rows_b.size());
  for (const auto& [key, cells] : rows_a) {
    CAPTURE(key);
    REQUIRE(rows_b.count(key) == 1);
    REQUIRE(rows_b[key].size() == cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i] == rows_b[key][i]) continue;
      CHECK(std::abs(std::stod(cells[i]) - std::stod(rows_b[key][i])) < 1e-9);
    }
  }
}

/// Turns the rows of a CSV table round, below its header.
void reverse_rows(const TownCopy& town, const std::string& name) {
  std::istringstream lines(bytes_of(town.file(name)));
  std::string header, body;
  std::getline(lines, header);
  for (std::string line; std::getline(lines, line);) body = line + "\n" + body;
  town.write(name, header + "\n" + body);
}

}  // namespace

TEST_CASE("a run of the baseline writes the files that docs/output.md lists") {
  TownCopy town;
  run(town, "run town -o out");
  CHECK(names_in(town.work() / "out") ==
        std::vector<std::string>{"campuses.csv", "districts.csv", "findings.csv", "flows.csv",
                                 "groups.csv", "observed.csv", "results.gpkg", "rules.csv",
                                 "sources.csv", "stages.csv", "summary.json", "towns.csv"});
}

TEST_CASE("a run of a scenario writes its comparison besides") {
  TownCopy town;
  town.scenario(kOpenAndClose);
  run(town, "run town plan -o out/plan");
  CHECK(names_in(town.work() / "out/plan") ==
        std::vector<std::string>{"campuses.csv", "comparison.csv", "comparison.json",
                                 "comparison_districts.csv", "costs.csv", "disruption.csv",
                                 "districts.csv", "findings.csv", "flows.csv", "groups.csv",
                                 "observed.csv", "results.gpkg", "sources.csv", "stages.csv",
                                 "summary.json", "towns.csv"});
  run(town, "compare town plan -o out/compared");
  CHECK(bytes_of(town.work() / "out/compared/comparison.json") ==
        bytes_of(town.work() / "out/plan/comparison.json"));
}

TEST_CASE("two runs give the same bytes in every file") {
  TownCopy town;
  town.scenario(kOpenAndClose);
  for (const char* rule : {"catchment", "choice", "micro"}) {
    CAPTURE(rule);
    run(town, "run town plan -o one --rule " + std::string(rule));
    run(town, "run town plan -o two --rule " + std::string(rule));
    expect_same_bytes(town.work() / "one", town.work() / "two");
  }
}

TEST_CASE("the place may lie anywhere: another folder gives the same bytes") {
  TownCopy here, there;
  here.scenario(kOpenAndClose);
  there.scenario(kOpenAndClose);
  run(here, "run town plan -o out");
  run(there, "run ../work/town/place.toml plan/scenario.toml -o out");
  expect_same_bytes(here.work() / "out", there.work() / "out");
}

TEST_CASE("time stamps are those of SOURCE_DATE_EPOCH") {
  TownCopy town;
  run(town, "run town -o out", "SOURCE_DATE_EPOCH=1000000000");
  CHECK_THAT(bytes_of(town.work() / "out/results.gpkg"),
             Catch::Contains("2001-09-09T01:46:40.000Z"));
  run(town, "run town -o plain");
  CHECK_THAT(bytes_of(town.work() / "plain/results.gpkg"),
             !Catch::Contains("2001-09-09T01:46:40.000Z"));
}

TEST_CASE("the number of threads does not change a byte") {
  TownCopy town;
  town.scenario(kOpenAndClose);
  for (const char* rule : {"catchment", "choice", "least_travel"}) {
    CAPTURE(rule);
    run(town, "run town plan -o all --rule " + std::string(rule));
    run(town, "run town plan -o one --rule " + std::string(rule), "taskset -c 0");
    expect_same_bytes(town.work() / "all", town.work() / "one");
  }
}

TEST_CASE("the order of rows in the input does not change a figure") {
  for (const std::string rule : {"catchment", "nearest", "least_travel", "choice", "micro"}) {
    CAPTURE(rule);
    TownCopy town;
    town.scenario(kOpenAndClose);
    run(town, "run town plan -o plain --rule " + rule);
    for (const char* table : {"homes.csv", "campuses.csv", "quality.csv", "feeders.csv",
                              "entrants.csv", "allocations.csv"})
      reverse_rows(town, table);
    run(town, "run town plan -o turned --rule " + rule);
    for (const char* table : {"flows.csv", "stages.csv"})
      expect_same_figures(town.work() / "plain" / table, town.work() / "turned" / table,
                          table[0] == 'f' ? 4 : 2);
  }
}

TEST_CASE("an output folder that exists keeps what else lies in it") {
  TownCopy town;
  fs::create_directory(town.work() / "out");
  std::ofstream(town.work() / "out/notes.txt") << "mine";
  std::ofstream(town.work() / "out/summary.json") << "old";
  run(town, "run town -o out/");
  CHECK(bytes_of(town.work() / "out/notes.txt") == "mine");
  CHECK_THAT(bytes_of(town.work() / "out/summary.json"), Catch::Contains("\"format\": 1"));
  CHECK(names_in(town.work()) == std::vector<std::string>{"out", "town"});
}

TEST_CASE("a picture is the same bytes twice") {
  TownCopy town;
  for (const char* name : {"map.png", "map.svg", "map.pdf"}) {
    CAPTURE(name);
    run(town, "render town --lang en -o " + std::string(name), "SOURCE_DATE_EPOCH=1000000000");
    std::string first = bytes_of(town.work() / name);
    CHECK(first.size() > 1000);
    run(town, "render town --lang en -o " + std::string(name), "SOURCE_DATE_EPOCH=1000000000");
    CHECK((bytes_of(town.work() / name) == first));
  }
}

TEST_CASE("what is synthetic says so in every output") {
  TownCopy town;
  Answer answer = town.run("run town -o out");
  CHECK_THAT(answer.out, Catch::Contains("synthetic geography"));
  CHECK_THAT(bytes_of(town.work() / "out/summary.json"), Catch::Contains("合成地理"));
  CHECK_THAT(bytes_of(town.work() / "out/results.gpkg"), Catch::Contains("合成地理"));
  CHECK_THAT(bytes_of(town.work() / "out/campuses.csv"), Catch::Contains(",synthetic,"));
}
