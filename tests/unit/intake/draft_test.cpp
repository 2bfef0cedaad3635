// Drafts from tables of a few rows, written out here, with what must come of them.
#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/error.h"
#include "desk.h"
#include "intake/intake.h"
#include "io/place/place_file.h"

using namespace doorstep;
using namespace doorstep::intake;
using doorstep::test::Desk;
namespace fs = std::filesystem;

namespace {

const LayerReport& layer(const Draft& draft, const std::string& file) {
  for (const LayerReport& l : draft.layers)
    if (l.file == file) return l;
  FAIL("no layer " << file);
  throw 0;
}

std::string meaning(const LayerReport& report, const std::string& field) {
  for (const Guess& g : report.guesses)
    if (g.subject == field) return g.taken_as;
  return "";
}

bool assumed(const Draft& draft, const std::string& key) {
  for (const Assumption& a : draft.assumptions)
    if (a.key == key) return true;
  return false;
}

double children(const Place& place, int age) {
  double sum = 0.0;
  for (HomeId h : place.homes.ids()) sum += place.children.at(h, ClassId(0), age);
  return sum;
}

const std::string kSchools =
    "学校代码,学校名称,经度,纬度,学位数\n"
    "1,第一小学,117.97,37.38,1080\n"
    "2,第二小学,117.99,37.38,540\n"
    "3,第一中学,117.98,37.39,900\n";
const std::string kHomes =
    "编码,小区名称,经度,纬度,6岁,7岁\n"
    "h1,甲小区,117.97,37.381,10,12\n"
    "h2,乙小区,117.99,37.381,30,28\n";

}  // namespace

TEST_CASE("schools and homes become a place that can be read") {
  Desk desk;
  desk.file("学校.csv", kSchools).file("小区.csv", kHomes);
  auto place = desk.place();
  CHECK(place.findings.count(Severity::Error) == 0);
  CHECK(place.value.campuses.size() == 3);
  CHECK(place.value.homes.size() == 2);
  CHECK(place.value.stages.size() == 2);
  CHECK(children(place.value, 6) == Approx(40));
  CHECK(children(place.value, 7) == Approx(40));
  CampusId first = find_campus(place.value, "1");
  REQUIRE(first.valid());
  CHECK(place.value.campuses[first].name.zh == "第一小学");
  CHECK(place.value.campuses[first].stages[StageId(0)]->seats.front().value == 1080);
}

TEST_CASE("every guess is listed with its confidence, and stands in place.toml") {
  Desk desk;
  desk.file("学校.csv", kSchools).file("小区.csv", kHomes);
  Draft draft = desk.draft();
  CHECK(layer(draft, "学校.csv").role == "campuses");
  CHECK(layer(draft, "小区.csv").role == "homes");
  CHECK(meaning(layer(draft, "学校.csv"), "学位数") == "seats");
  CHECK(layer(draft, "学校.csv").confidence > 0.5);
  CHECK_THAT(draft.place_toml, Catch::Contains("学位数 → seats (0.95"));
  CHECK(draft.questions.empty());
}

TEST_CASE("the same files give the same bytes") {
  Desk desk;
  desk.file("学校.csv", kSchools).file("小区.csv", kHomes);
  Draft a = desk.draft(), b = desk.draft();
  CHECK(a.place_toml == b.place_toml);
  CHECK(a.tables == b.tables);
}

TEST_CASE("a table without positions finds its schools by name") {
  Desk desk;
  desk.file("校点.csv", "name,lon,lat\n第一小学,117.97,37.38\n第二小学,117.99,37.38\n")
      .file("年鉴.csv",
            "学校名称,在校生数,班数\n第一小学,\"1,010\",24\n第二小学,400,10\n第三小学,5,1\n")
      .file("小区.csv", kHomes);
  Draft draft = desk.draft();
  auto place = desk.place();
  CHECK(place.value.campuses.size() == 2);
  CHECK(layer(draft, "年鉴.csv").role == "campuses");
  bool said = false;
  for (const Diagnostic& d : draft.findings.items()) said |= d.code == "no-match";
  CHECK(said);
  // 24 classes of 45
  CHECK(place.value.campuses[CampusId(0)].stages[StageId(0)]->seats.front().value == 1080);
}

TEST_CASE("what schools have is recognised, ten thousands of money too") {
  Desk desk;
  desk.file("学校.csv",
            "学校代码,学校名称,经度,纬度,学位数,专任教师数,图书册数,教学仪器设备值(万元),"
            "体育运动场馆面积(平方米),计算机台数\n"
            "1,第一小学,117.97,37.38,1080,57,\"21,600\",216,8100,\n"
            "2,第二小学,117.99,37.38,540,30,10800,,4000,60\n")
      .file("小区.csv", kHomes);
  Draft draft = desk.draft();
  CHECK(meaning(layer(draft, "学校.csv"), "专任教师数") == "teachers");
  auto place = desk.place();
  CHECK(place.findings.count(Severity::Error) == 0);
  const Resources& first =
      place.value.campuses[find_campus(place.value, "1")].stages[StageId(0)]->resources;
  CHECK(first.at(Resource::Teachers) == 57);
  CHECK(first.at(Resource::Books) == 21600);
  CHECK(first.at(Resource::Equipment) == 2160000);
  CHECK(first.at(Resource::SportsArea) == 8100);
  CHECK(std::isnan(first.at(Resource::Computers)));  // an empty cell is not none
  CHECK(std::isnan(first.at(Resource::Backbone)));
}

TEST_CASE("what no file gives is assumed, and said so") {
  Desk desk;
  desk.file("小学.csv", "name,lon,lat\n甲,117.97,37.38\n乙,117.99,37.38\n");
  Draft draft = desk.draft();
  CHECK(assumed(draft, "seats.primary"));
  CHECK(assumed(draft, "homes"));
  CHECK(assumed(draft, "children"));
  CHECK(assumed(draft, "stages"));
  CHECK_THAT(draft.place_toml, Catch::Contains("origin = \"derived\""));
  CHECK(desk.place().findings.count(Severity::Error) == 0);
}

TEST_CASE("a total said by the user is spread over the homes") {
  Desk desk;
  desk.file("小学.csv", "name,lon,lat\n甲,117.97,37.38\n乙,117.99,37.38\n")
      .confirm("children", "600");
  auto place = desk.place();
  double primary = 0.0;
  for (int age = 6; age < 12; ++age) primary += children(place.value, age);
  CHECK(primary == Approx(600).epsilon(1e-4));
}

TEST_CASE("metres without a system are asked about, and --yes takes the best guess") {
  Desk desk;
  desk.file(
      "schools.csv",
      "code,name,easting,northing,seats\n1,A Primary School,39524000,4137000,300\n2,B Primary "
      "School,39525000,4138000,300\n3,C Primary School,39526000,4139000,300\n");
  Draft draft = desk.draft();
  REQUIRE_FALSE(draft.questions.empty());
  CHECK(draft.questions.front().guess.key == "schools.csv.crs");
  CHECK(draft.questions.front().guess.taken_as == "EPSG:4527");
  CHECK_THROWS_AS(write_draft(draft, desk.path("place"), false), Error);
  CHECK_FALSE(fs::exists(desk.path("place")));
  CHECK(desk.yes().draft().questions.empty());
  CHECK(desk.place().findings.count(Severity::Error) == 0);
}

TEST_CASE("an answer of the user stands for a guess") {
  Desk desk;
  desk.file("学校.csv", kSchools).file("小区.csv", kHomes).confirm("小区.csv.role", "none");
  CHECK(layer(desk.draft(), "小区.csv").role == "not used");
  desk.confirm("学校.csv.sets", "x");
  CHECK_THROWS_WITH(desk.draft(), Catch::Contains("sets"));
}

TEST_CASE("an answer to nothing is refused with the nearest that is known") {
  Desk desk;
  desk.file("学校.csv", kSchools).confirm("chilren", "5");
  CHECK_THROWS_WITH(desk.draft(), Catch::Contains("chilren"));
}

TEST_CASE("a user's dictionary adds names of fields") {
  Desk desk;
  desk.file("学校.csv",
            "学校名称,经度,纬度,床位\n第一小学,117.97,37.38,720\n第二小学,117.98,37.38,720\n");
  desk.fields("[fields]\nseats = [\"床位\"]\n");
  CHECK(meaning(layer(desk.draft(), "学校.csv"), "床位") == "seats");
  desk.fields("[fields]\nseat = [\"床位\"]\n");
  std::string said;
  try {
    static_cast<void>(desk.draft());
  } catch (const Error& e) {
    said = e.message();
  }
  CHECK_THAT(said, Catch::Contains("fields.seat") && Catch::Contains("did you mean \"seats\"?"));
}

TEST_CASE("files that are nothing known are refused with what they hold") {
  Desk desk;
  desk.file("weather.csv", "station,temperature\nA,12\n");
  CHECK_THROWS_WITH(desk.draft(), Catch::Contains("nothing recognised"));
}

TEST_CASE("two layers that claim one role are asked about") {
  Desk desk;
  desk.file("学校.csv", kSchools).file("小区.csv", kHomes).file("小区2.csv", kHomes);
  Draft draft = desk.draft();
  REQUIRE(draft.questions.size() == 1);
  CHECK(draft.questions.front().guess.key == "homes");
  desk.confirm("homes", "小区2.csv");
  CHECK(desk.draft().questions.empty());
  CHECK(layer(desk.draft(), "小区.csv").role == "not used");
}

TEST_CASE("a census by age and sex is spread over the homes of its areas") {
  Desk desk;
  desk.file(
          "区界.geojson",
          R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"甲区",
"adcode":"1"},"geometry":{"type":"Polygon","coordinates":[[[117.9,37.3],[118.0,37.3],[118.0,37.4],
[117.9,37.4],[117.9,37.3]]]}}]})")
      .file("census2020.csv",
            "区划代码,区县,男_0岁,女_0岁,男_1到4岁,女_1到4岁,男_5到9岁,女_5到9岁,男_10到14岁,女_"
            "10到14岁\n"
            "1,甲区,60,40,200,200,300,200,250,250\n2,乙区,1,1,1,1,1,1,1,1\n")
      .file("小学.csv", "name,lon,lat,学位数\n甲,117.95,37.35,600\n");
  auto place = desk.place();
  CHECK(children(place.value, 0) == Approx(100).epsilon(1e-3));
  CHECK(children(place.value, 3) == Approx(100).epsilon(1e-3));
  CHECK(children(place.value, 6) == Approx(100).epsilon(1e-3));
  CHECK(children(place.value, 12) == Approx(100).epsilon(1e-3));
  CHECK(place.value.base_year == 2020);
}

TEST_CASE("history without positions makes a place of its schools") {
  Desk desk;
  desk.file(
      "history.csv",
      "year,School,grade,students\n2014,North,K,20\n2015,North,K,22\n2015,North,1,25\n2015,South,"
      "K,30\n2015,South,1,28\n2014,Old,K,9\n");
  Draft draft = desk.draft();
  CHECK(layer(draft, "history.csv").role == "history");
  CHECK(assumed(draft, "positions"));
  auto place = desk.place();
  CHECK(place.findings.count(Severity::Error) == 0);
  CHECK(place.value.base_year == 2015);
  CHECK(place.value.campuses.size() == 2);  // Old has closed
  CHECK(children(place.value, 5) == Approx(52));
  CHECK(children(place.value, 6) == Approx(53));
  CHECK(children(place.value, 0) == Approx(52));
}

TEST_CASE("catchments by door numbers place the homes") {
  Desk desk;
  desk.file("学校.csv", kSchools)
      .file("小区.csv",
            "编码,小区名称,经度,纬度,道路,门牌号,6岁\nh1,甲,117.97,37.381,人民路,13,10\nh2,乙,117."
            "99,37.381,"
            "人民路,14,30\n")
      .file("学区.csv",
            "学区,对应学校,道路,起号,止号,单双号\nXQ1,第一小学,人民路,1,99,单号\nXQ2,第二小学,"
            "人民路,2,98,双号\n");
  auto place = desk.place();
  REQUIRE(place.value.catchments.size() == 2);
  REQUIRE(place.value.catchments[CatchmentId(0)].homes.size() == 1);
  CHECK(place.value.catchments[CatchmentId(0)].homes[0] == HomeId(0));
  CHECK(place.value.catchments[CatchmentId(1)].homes[0] == HomeId(1));
  CHECK(place.value.catchments[CatchmentId(1)].campuses.size() == 1);
}
