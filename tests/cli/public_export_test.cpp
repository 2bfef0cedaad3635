// doorstep run --public on the town: what is written, what is withheld, and that the sums do not
// give it away.

#include <cmath>
#include <map>

#include "csv_rows.h"
#include "town_copy.h"

using namespace doorstep::test;

namespace {

std::vector<Row> rows_of(const std::filesystem::path& path) { return rows_in(bytes_of(path)); }

}  // namespace

TEST_CASE("a public export holds no home, no count below ten, and says what is withheld") {
  TownCopy town;
  Answer answer = town.run("run town -o out --public --rule choice");
  INFO(answer.err);
  REQUIRE(answer.status == 0);
  CHECK(names_in(town.work() / "out") ==
        std::vector<std::string>{"areas.csv", "campuses.csv", "districts.csv", "flows.csv",
                                 "groups.csv", "metadata.json", "results.gpkg", "sources.csv",
                                 "stages.csv", "towns.csv"});
  int withheld = 0, shown = 0;
  for (const char* file : {"areas.csv", "flows.csv", "campuses.csv"})
    for (const Row& row : rows_of(town.work() / "out" / file)) {
      const std::string& pupils = row.at("pupils");
      if (pupils.empty()) {
        ++withheld;
        CHECK(row.at("withheld") == "yes");
      } else {
        ++shown;
        CHECK((pupils == "0" || std::stod(pupils) >= 9.5));
      }
    }
  CHECK(shown > 0);
  std::string all;
  for (const char* file : {"areas.csv", "flows.csv", "campuses.csv", "towns.csv", "groups.csv",
                           "metadata.json", "results.gpkg"})
    all += bytes_of(town.work() / "out" / file);
  CHECK(all.find("h01") == std::string::npos);
  CHECK(bytes_of(town.work() / "out/metadata.json").find("\"min_count\": 10.0") !=
        std::string::npos);
}

TEST_CASE("a count that is withheld is not alone in its row nor in its column") {
  TownCopy town;
  town.replace("place.toml", "[travel]",
               "[privacy]\nmin_count = 25\nsource = \"a test\"\n\n[travel]");
  Answer answer = town.run("run town -o out --public --rule choice");
  INFO(answer.err);
  REQUIRE(answer.status == 0);
  std::map<std::string, int> in_row, in_column;
  std::map<std::string, bool> total_shown;
  int withheld = 0;
  for (const Row& f : rows_of(town.work() / "out/flows.csv")) {
    std::string at = f.at("year") + f.at("stage");
    if (f.at("withheld") != "yes") continue;
    ++withheld;
    ++in_row[at + " area " + f.at("area")];
    ++in_column[at + " campus " + f.at("campus")];
  }
  for (const Row& a : rows_of(town.work() / "out/areas.csv"))
    total_shown[a.at("year") + a.at("stage") + " area " + a.at("area")] = a.at("withheld") == "no";
  for (const Row& c : rows_of(town.work() / "out/campuses.csv"))
    total_shown[c.at("year") + c.at("stage") + " campus " + c.at("campus")] =
        !c.at("pupils").empty();
  for (const auto* lines : {&in_row, &in_column})
    for (const auto& [line, count] : *lines) {
      CAPTURE(line);
      CHECK((count > 1 || !total_shown.at(line)));
    }
  INFO(withheld);
}

TEST_CASE("other outputs say that they are not for publication") {
  TownCopy town;
  Answer answer = town.run("run town -o out");
  REQUIRE(answer.status == 0);
  const char* line = "not for publication: counts per home";
  CHECK(answer.out.find(line) != std::string::npos);
  CHECK(bytes_of(town.work() / "out/summary.json").find(line) != std::string::npos);
  CHECK(bytes_of(town.work() / "out/results.gpkg").find(line) != std::string::npos);
}
