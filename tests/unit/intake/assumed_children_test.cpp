// How many children a draft assumes where no file counts them: worked by hand.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "desk.h"
#include "intake/intake.h"

using namespace doorstep;
using namespace doorstep::intake;
using doorstep::test::Desk;

namespace {

std::string bytes_of(const Draft& draft, const std::string& name) {
  for (const auto& [table, bytes] : draft.tables)
    if (table == name) return bytes;
  return "";
}

/// Children of all homes by age, from homes.csv.
std::vector<double> children(const Draft& draft) {
  std::istringstream lines(bytes_of(draft, "homes.csv"));
  std::vector<double> out;
  std::vector<std::size_t> columns;
  std::string line;
  for (bool header = true; std::getline(lines, line); header = false) {
    std::istringstream cells(line);
    std::string cell;
    for (std::size_t c = 0, age = 0; std::getline(cells, cell, ','); ++c) {
      if (header && cell == "a" + std::to_string(columns.size())) columns.push_back(c);
      if (header || age >= columns.size() || columns[age] != c) continue;
      out.resize(columns.size(), 0.0);
      out[age++] += std::stod(cell);
    }
  }
  return out;
}

std::string value_of(const Draft& draft, const std::string& key) {
  for (const Assumption& a : draft.assumptions)
    if (a.key == key) return a.value;
  return "";
}

bool warned(const Draft& draft, const std::string& code) {
  for (const Diagnostic& d : draft.findings.items())
    if (d.code == code) return true;
  return false;
}

void all_are(const std::vector<double>& ages, double each) {
  REQUIRE_FALSE(ages.empty());
  for (std::size_t a = 0; a < ages.size(); ++a) {
    INFO("age " << a);
    CHECK(ages[a] == Approx(each).epsilon(1e-4));
  }
}

const std::string kPrimaries = "name,lon,lat\n第一小学,117.97,37.38\n第二小学,117.99,37.38\n";
const std::string kHomes = "编码,小区名称,经度,纬度,户数\nh1,甲小区,117.97,37.381,1000\n";

}  // namespace

TEST_CASE("schools alone stand for as many children at every age, whatever the stage") {
  // Two primary schools of 4 classes of 45 a grade, nine tenths full: 2 x 180 x 0.9 a year of age.
  Draft draft = Desk()
                    .file("小学.csv", kPrimaries)
                    .file("中学.csv", "name,lon,lat\n第一中学,117.98,37.39\n")
                    .draft();
  all_are(children(draft), 324);
  CHECK(warned(draft, "children-assumed"));
  CHECK_THAT(draft.place_toml, Catch::Contains("assumed_from = \"schools\""));
}

TEST_CASE("seats that a file states decide before seats that are assumed") {
  // 600 seats in 3 grades of junior school, nine tenths full; the primaries state nothing.
  Draft draft = Desk()
                    .file("小学.csv", kPrimaries)
                    .file("中学.csv", "name,lon,lat,seats\n第一中学,117.98,37.39,600\n")
                    .draft();
  all_are(children(draft), 180);
}

TEST_CASE("pupils by stage go on as many a year into stages that count none") {
  // 600 pupils in 6 grades: 100 a year of age, also in the junior school and before.
  Draft draft = Desk()
                    .file("小学.csv", "name,lon,lat,pupils\n第一小学,117.97,37.38,600\n")
                    .file("中学.csv", "name,lon,lat\n第一中学,117.98,37.39\n")
                    .draft();
  all_are(children(draft), 100);
  CHECK_THAT(draft.place_toml, Catch::Contains("assumed_from = \"pupils\""));
  CHECK(value_of(draft, "children.of_other_stages") ==
        "as many a year of age as the pupils of the nearest stage");
}

TEST_CASE("dwellings say more than seats, and people more than dwellings") {
  // 1,000 households of 2.62 people, 0.011 of them a year of age.
  Draft dwellings = Desk().file("小学.csv", kPrimaries).file("小区.csv", kHomes).draft();
  all_are(children(dwellings), 28.82);
  CHECK_THAT(dwellings.place_toml, Catch::Contains("assumed_from = \"dwellings\""));
  Draft people =
      Desk()
          .file("小学.csv", kPrimaries)
          .file("小区.csv", "编码,小区名称,经度,纬度,人口\nh1,甲小区,117.97,37.381,3000\n")
          .draft();
  all_are(children(people), 33);
}

TEST_CASE("people of the areas are shared out over their homes") {
  Draft draft = Desk()
                    .file("小学.csv", kPrimaries)
                    .file("区界.geojson",
                          R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":
                {"code":"1","name":"东街","人口":20000},"geometry":{"type":"Polygon","coordinates":
                [[[117.95,37.36],[118.01,37.36],[118.01,37.40],[117.95,37.40],[117.95,37.36]]]}}]})")
                    .draft();
  all_are(children(draft), 220);
  CHECK_THAT(draft.place_toml, Catch::Contains("assumed_from = \"population\""));
}

TEST_CASE("a total that the user says is the same at every age of school") {
  Draft draft = Desk().file("小学.csv", kPrimaries).confirm("children", "600").draft();
  all_are(children(draft), 100);
  CHECK_FALSE(warned(draft, "children-assumed"));
  CHECK_THROWS_AS(Desk().file("小学.csv", kPrimaries).confirm("children", "many").draft(), Error);
}

TEST_CASE("homes without a number among counted ones have no children, and are told") {
  Draft draft = Desk()
                    .file("小学.csv", kPrimaries)
                    .file("小区.csv",
                          "编码,小区名称,经度,纬度,适龄儿童\nh1,甲小区,117.97,37.381,60\n"
                          "h2,乙小区,117.98,37.381,\n")
                    .draft();
  CHECK(warned(draft, "home-without-children"));
  std::vector<double> ages = children(draft);  // 60 over six grades
  ages.resize(12);
  all_are(ages, 10);
}

TEST_CASE("a stage of which only some schools are listed is left out, unless it is asked for") {
  auto desk = [] {
    auto d = std::make_unique<Desk>();
    d->file("小学.csv",
            "name,lon,lat\n一小学,117.97,37.38\n二小学,117.98,37.38\n三小学,117.99,37.38\n")
        .file("中学.csv",
              "name,lon,lat\n一中学,117.97,37.39\n二中学,117.98,37.39\n三中学,117.99,37.39\n"
              "市高级中学,118.0,37.39\n");
    return d;
  };
  Draft draft = desk()->draft();
  CHECK(value_of(draft, "stages.senior") == "left out");
  CHECK(warned(draft, "stage-left-out"));
  CHECK(bytes_of(draft, "campuses.csv").find("市高级中学") == std::string::npos);
  CHECK(draft.place_toml.find("code = \"senior\"") == std::string::npos);
  Draft kept = desk()->confirm("stages", "primary,junior,senior").draft();
  CHECK(kept.place_toml.find("code = \"senior\"") != std::string::npos);
  CHECK_THROWS_AS(desk()->confirm("stages", "primary,college").draft(), Error);
}

TEST_CASE("positions on both sides of 180 degrees lie in the zone between them") {
  Draft draft = Desk()
                    .file("schools.csv",
                          "name,lon,lat\nTaveuni Primary School,179.9,-16.8\nLau Primary "
                          "School,-179.6,-16.9\n")
                    .draft();
  CHECK(value_of(draft, "crs") == "EPSG:32701");
  CHECK(warned(draft, "across-180"));
}
