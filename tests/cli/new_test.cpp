// doorstep new as a planner runs it: from files to a place that check passes, and refusals that
// leave nothing behind.
#include "town_copy.h"

using namespace doorstep::test;

namespace {

const char* kSchools =
    "学校代码,学校名称,经度,纬度,学位数\n1,第一小学,117.97,37.38,1080\n2,第二小学,117.99,37.38,"
    "540\n";
const char* kHomes =
    "编码,小区名称,经度,纬度,6岁,7岁\nh1,甲小区,117.97,37.381,10,12\nh2,乙小区,117.99,37.381,30,"
    "28\n";

struct Files : TownCopy {
  Files() {
    put("学校.csv", kSchools);
    put("小区.csv", kHomes);
  }
  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(work() / name, std::ios::binary) << bytes;
  }
};

}  // namespace

TEST_CASE("new drafts a place that check passes and run runs, in one command") {
  Files town;
  Answer made = town.run("new mine 学校.csv 小区.csv --name 清水区");
  INFO(made.err << made.out);
  REQUIRE(made.status == 0);
  CHECK_THAT(made.out, Catch::Contains("学位数") && Catch::Contains("seats") &&
                           Catch::Contains("assumed, since no file says it"));
  CHECK(town.run("check mine").status == 0);
  CHECK(town.run("run mine -o out").status == 0);
  CHECK_THAT(bytes_of(town.work() / "mine/place.toml"), Catch::Contains("清水区"));
}

TEST_CASE("new reports as JSON") {
  Files town;
  Answer made = town.run("new mine 学校.csv 小区.csv --json");
  REQUIRE(made.status == 0);
  CHECK(made.out.front() == '{');
  CHECK_THAT(made.out, Catch::Contains("\"taken_as\": \"campuses\""));
}

TEST_CASE("new leaves a place that exists alone, unless told to replace it") {
  Files town;
  REQUIRE(town.run("new mine 学校.csv 小区.csv").status == 0);
  expect_refusal(town, "new mine 学校.csv 小区.csv", {"mine", "exists already", "--force"});
  CHECK(town.run("new mine 学校.csv 小区.csv --force").status == 0);
}

TEST_CASE("new refuses what it cannot use with one line") {
  Files town;
  town.put("weather.csv", "station,temperature\nA,12\n");
  town.put("empty.csv", "");
  expect_refusal(town, "new mine weather.csv", {"nothing recognised", "station", "--confirm"});
  expect_refusal(town, "new mine empty.csv", {"empty.csv"});
  // A list of pupils alone: nobody can be placed, and nothing of a person is told.
  town.put("stu.csv", "姓名,身份证号,家庭住址\n张三,370102201501011234,人民路1号\n");
  expect_refusal(town, "new mine stu.csv",
                 {"stu.csv, taken as pupil_list", "no home has a position"});
  CHECK(town.run("new mine stu.csv").err.find("张三") == std::string::npos);
  expect_refusal(town, "new mine nowhere.csv", {"nowhere.csv", "not found"});
  expect_refusal(town, "new ../mine 学校.csv", {"cannot be the name of a place"});
  expect_refusal(town, "new mine 学校.csv --confirm chidren=5", {"chidren", "did you mean"}, 2);
  expect_refusal(town, "new mine 学校.csv --country xx", {"xx", "cn"}, 2);
  expect_refusal(town, "new mine", {"at least one file"}, 2);
}

TEST_CASE("an open question is asked and nothing is written") {
  Files town;
  town.put("小区2.csv", kHomes);
  Answer asked = town.run("new mine 学校.csv 小区.csv 小区2.csv");
  CHECK(asked.status == 1);
  CHECK_THAT(asked.err,
             Catch::Contains("2 layers claim to be the homes") && Catch::Contains("--yes"));
  CHECK_THAT(asked.out, Catch::Contains("--confirm homes="));
  CHECK_FALSE(std::filesystem::exists(town.work() / "mine"));
  CHECK(town.run("new mine 学校.csv 小区.csv 小区2.csv --confirm homes=小区2.csv").status == 0);
}

TEST_CASE("the templates are read back without a question once they are filled in") {
  Files town;
  REQUIRE(town.run("new --template forms").status == 0);
  CHECK_THAT(bytes_of(town.work() / "forms/README.md"), Catch::Contains("doorstep new"));
  auto add = [&](const std::string& name, const std::string& rows) {
    std::ofstream(town.work() / "forms" / name, std::ios::binary | std::ios::app) << rows;
  };
  add("schools.csv",
      "p1,第一小学,小学,117.97,37.38,1080,180,24,1010,公办,XQ1,\r\n"
      "p2,第二小学,小学,117.99,37.38,540,90,12,500,公办,XQ2,\r\n"
      "j1,第一中学,初中,117.98,37.39,900,300,18,880,民办,,\r\n");
  add("homes.csv",
      "h1,甲小区,117.97,37.381,甲社区,市中街道,人民路,13,,20,21,22,23,24,25,26,27,28,27,26,25,24,"
      "23,22\r\n"
      "h2,乙小区,117.99,37.381,乙社区,市中街道,人民路,14,,20,21,22,23,24,25,26,27,28,27,26,25,24,"
      "23,22\r\n");
  add("catchments.csv", "XQ1,第一小学,,人民路,1,99,单号\r\nXQ2,第二小学,乙社区,,,,\r\n");
  add("groups.csv", "G1,第一集团,第一小学,第二小学,紧密型,2024\r\n");
  add("feeders.csv", "第一小学,第一中学,2024\r\n");
  add("growth.csv", "2026,0.95\r\n");
  add("housing.csv", "n1,新区,h2,2027,500,0.3\r\n");
  Answer made = town.run("new mine forms");
  INFO(made.out << made.err);
  REQUIRE(made.status == 0);
  CHECK_THAT(made.out, !Catch::Contains("to be answered"));
  Answer checked = town.run("check mine");
  INFO(checked.out);
  CHECK(checked.status == 0);
  CHECK_THAT(checked.out,
             Catch::Contains("2 homes with 726 children, 3 campuses, 2 catchments, 1 groups"));
  std::string toml = bytes_of(town.work() / "mine/place.toml");
  for (const char* part : {"[[feeders]]", "[[housing]]", "[growth]", "[[group]]", "addresses.csv"})
    CHECK_THAT(toml, Catch::Contains(part));
  for (const char* table : {"campuses.csv", "homes.csv", "addresses.csv", "feeders.csv"})
    CHECK_THAT(bytes_of(town.work() / "mine" / table), !Catch::Contains("示例"));
}
