// What somebody meets who comes with files of their own: what is assumed, what is refused, in which
// language, and how long work tells how far it is and is stopped.

#include <nlohmann/json.hpp>

#include "town_copy.h"

using namespace doorstep::test;
using Json = nlohmann::json;

namespace {

struct Files : TownCopy {
  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(work() / name, std::ios::binary) << bytes;
  }
};

const char* const kPrimaries = "name,lon,lat\n第一小学,117.97,37.38\n第二小学,117.99,37.38\n";

void expect_no_english(const std::string& text) {
  for (const std::string& prose : english_prose(text)) {
    INFO(text);
    FAIL_CHECK("no Chinese for: " << prose);
  }
}

const std::vector<std::string> kCommands{
    "open",      "bench",    "check",    "coords", "run",   "compare", "explain", "new",
    "calibrate", "backtest", "ensemble", "render", "synth", "carry",   "pack",    "unpack"};

}  // namespace

TEST_CASE("a demand that is assumed from schools is warned of by new, check and run") {
  Files town;
  town.put("小学.csv", kPrimaries);
  Answer made = town.run("new mine 小学.csv");
  REQUIRE(made.status == 0);
  CHECK_THAT(made.out, Catch::Contains("children = 324 children a year of age"));
  CHECK_THAT(town.run("check mine").out, Catch::Contains("demand-from-schools"));
  const Answer chinese = town.run("check mine --lang zh");
  CHECK_THAT(chinese.out, Catch::Contains("儿童数按学校数推定"));
  expect_warning(town, "run mine --years 1", {"children are assumed from how many schools"});
}

TEST_CASE("totals that cannot be meant are warned of by check, and by run where they show") {
  TownCopy town;
  town.replace("campuses.csv", "0.2,130,130,4,", "0.2,13,13,4,");
  town.replace("campuses.csv", "NA,0,120,150,4,", "NA,0,12,15,4,");
  const Answer checked = town.run("check town");
  CHECK_THAT(checked.out,
             Catch::Contains("children-over-seats") && Catch::Contains("25 seats in 2 campuses"));
  expect_warning(town, "run town --years 1 --rule choice", {"primary: in 2", "have no seat"});
  expect_no_english(town.run("check town --lang zh").out);
  expect_no_english(town.run("run town --years 1 --rule choice --lang zh").err);
}

TEST_CASE("a stage that the files list in part is left out, and new says how to keep it") {
  Files town;
  town.put("小学.csv",
           "name,lon,lat\n一小学,117.97,37.38\n二小学,117.98,37.38\n三小学,117.99,37.38\n");
  town.put("中学.csv",
           "name,lon,lat\n一中学,117.97,37.39\n二中学,117.98,37.39\n市高级中学,118.0,37.39\n");
  Answer made = town.run("new mine 小学.csv 中学.csv");
  REQUIRE(made.status == 0);
  CHECK_THAT(made.out, Catch::Contains("senior is left out") &&
                           Catch::Contains("--confirm stages=primary,junior,senior"));
  const Answer kept =
      town.run("new mine 小学.csv 中学.csv --force --confirm stages=primary,junior,senior");
  CHECK(kept.status == 0);
  expect_refusal(town, "new other 小学.csv --confirm stages=college", {"college", "primary"}, 2);
  expect_no_english(town.run("new third 小学.csv 中学.csv --lang zh").out);
}

TEST_CASE("data across 180 degrees get the zone in which they lie, with a warning") {
  Files town;
  town.put("schools.csv",
           "name,lon,lat\nTaveuni Primary School,179.9,-16.8\nLau Primary School,-179.6,-16.9\n");
  Answer made = town.run("new fiji schools.csv");
  REQUIRE(made.status == 0);
  CHECK_THAT(made.out, Catch::Contains("EPSG:32701") && Catch::Contains("both sides of 180"));
  CHECK(town.run("check fiji").status == 0);
}

TEST_CASE("errors about options are told in Chinese where that is asked for, or the locale's") {
  TownCopy town;
  for (const char* wrong : {"rnu",
                            "run",
                            "run town --years abc",
                            "run town --years 99",
                            "run town --rule foo",
                            "run town --public",
                            "run town --json --public -o x",
                            "run town --foo",
                            "run town a b",
                            "compare town",
                            "calibrate town --campus-spread x",
                            "coords --from wgs84",
                            "explain town",
                            "explain town --campus p1 --figure foo",
                            "coords --limit -1",
                            "render town",
                            "backtest town",
                            "new",
                            "ensemble town --draws 0",
                            "pack town"}) {
    const Answer asked = town.run(std::string(wrong) + " --lang zh < /dev/null");
    INFO(wrong << "\n" << asked.err);
    CHECK(asked.status == 2);
    CHECK(std::ranges::count(asked.err, '\n') == 1);
    expect_no_english(asked.err);
  }
  CHECK_THAT(town.run("run town --years 99", "LC_ALL=zh_CN.UTF-8").err,
             Catch::Contains("不在 0 至 60"));
  CHECK_THAT(town.run("run town --years 99", "LC_ALL=C LANG=zh_CN.UTF-8").err,
             Catch::Contains("not in range 0 to 60"));
  CHECK_THAT(town.run("run town --years 99 --lang en", "LC_ALL=zh_CN.UTF-8").err,
             Catch::Contains("not in range 0 to 60"));
}

TEST_CASE("help of every command is told in Chinese") {
  TownCopy town;
  expect_no_english(town.run("--help --lang zh").out);
  for (const std::string& command : kCommands) {
    const Answer help = town.run(command + " --help --lang zh");
    INFO(command);
    CHECK(help.status == 0);
    CHECK_THAT(help.out, Catch::Contains("用法") && Catch::Contains("显示本说明"));
    expect_no_english(help.out);
  }
}

TEST_CASE("a number out of a range is told without digits that say nothing") {
  TownCopy town;
  CHECK_THAT(town.run("calibrate town --campus-spread x").err,
             Catch::Contains("not in range 0.01 to 100"));
}

TEST_CASE("a plan of another place says so, rather than that its year or codes are wrong") {
  TownCopy town;
  town.scenario(
      "format = 1\ncode = \"plan\"\nname = \"Plan\"\nplace = \"elsewhere\"\nfirst_year = "
      "2010\nyears = 2\n");
  expect_refusal(town, "run town plan", {"written for elsewhere, not for town"});
  town.scenario(
      "format = 1\ncode = \"plan\"\nname = \"Plan\"\nplace = \"elsewhere\"\nyears = 2\n"
      "[[edit]]\ndo = \"close_campus\"\ncampus = \"s9\"\nyear = 2025\n");
  expect_refusal(town, "run town plan", {"written for elsewhere, not for town", "carry"});
}

TEST_CASE("coords takes the columns that headings name, and refuses those that say nothing") {
  Files town;
  town.put("ab.csv", "a,b\n121.53,31.17\n");
  expect_refusal(town, "coords --from gcj02 --to wgs84 < ab.csv",
                 {"row 1 (line 1)", "a, b", "--columns"});
  CHECK(town.run("coords --from gcj02 --to wgs84 --columns a,b < ab.csv").out ==
        "a,b\n121.525664070,31.172122106\n");
  town.put("school.csv", "name,lat,lon\nA,31.17,121.53\n");
  CHECK(town.run("coords --from gcj02 --to wgs84 < school.csv").out ==
        "name,lat,lon\nA,31.172122106,121.525664070\n");
  CHECK(town.run("coords --from gcj02 --to wgs84 --columns 3,2 < school.csv").status == 0);
  town.put("yx.csv", "y,x\n4139000,587000\n");
  expect_refusal(town, "coords --from EPSG:4548 --to wgs84 < yx.csv", {"not sure", "--columns"});
  expect_refusal(town, "coords --from gcj02 --to wgs84 --columns a,c < ab.csv",
                 {"--columns", "\"c\"", "a, b"}, 2);
}

TEST_CASE("shares are percentages in words and ratios in JSON") {
  TownCopy town;
  const std::string asked = "explain town --campus p1 --figure utilisation";
  const Answer words = town.run(asked);
  REQUIRE(words.status == 0);
  const double ratio = Json::parse(town.run(asked + " --json").out)["value"];
  const std::string head = words.out.substr(0, words.out.find('\n'));
  CHECK(head.ends_with("%"));
  CHECK(std::stod(head.substr(head.rfind(": ") + 2)) == Approx(100 * ratio).margin(0.05));
  CHECK(words.out.find(" share\n") == std::string::npos);
}

TEST_CASE("explain says why pupils enter a campus without seats for them") {
  TownCopy town;
  town.replace("campuses.csv", "0.2,130,130,4,", "0.2,0,0,4,");
  town.replace("place.toml", "overflow = \"divert\"", "overflow = \"crowd\"");
  const std::string asked = "explain town --campus p1 --figure entrants --year 2024";
  const Answer english = town.run(asked);
  INFO(english.err);
  CHECK_THAT(english.out, Catch::Contains("0 seats open to the first grade") &&
                              Catch::Contains("overflow = crowd") && Catch::Contains("4 rooms"));
  CHECK_THAT(town.run(asked + " --lang zh").out,
             Catch::Contains("起始年级可用学位 0") && Catch::Contains("超出学位也收"));
}

TEST_CASE("two campuses of one code are told apart in JSON and CSV, too") {
  TownCopy town;
  auto opens = [](const std::string& code, const std::string& name) {
    return "format = 1\ncode = \"" + code + "\"\nname = \"" + code +
           "\"\nplace = \"town\"\nyears = 1\n[[edit]]\ndo = \"open_campus\"\ncode = \"new\"\nname "
           "= "
           "\"" +
           name +
           "\"\nat_xy = [500500, 4140300]\nstage = \"primary\"\nseats = 90\nintake = 15\nyear = "
           "2025\nclass_standard = 45\n";
  };
  town.scenario(opens("a", "North School"), "a");
  town.scenario(opens("b", "South School"), "b");
  const Answer compared = town.run("compare town a b -o out --json");
  INFO(compared.err);
  REQUIRE(compared.status == 0);
  const Json comparison = Json::parse(compared.out);
  bool found = false;
  for (const Json& stage : comparison["years"].back()["stages"])
    for (const Json& row : stage["campuses"]) {
      CHECK(row["same_campus"] == (row["campus"] != "new"));
      found |= row["campus"] == "new" && row["name_a"]["en"] == "North School" &&
               row["name_b"]["en"] == "South School";
    }
  CHECK(found);
  CHECK_THAT(bytes_of(town.work() / "out/comparison.csv"),
             Catch::Contains("North School,South School,no"));
}

TEST_CASE("warnings of render are in the language of its map") {
  TownCopy town;
  town.scenario(
      "format = 1\ncode = \"plan\"\nname = \"Plan\"\nplace = \"town\"\nyears = 1\nodd = 1\n");
  const Answer chinese = town.run("render town plan -o map.png");
  REQUIRE(chinese.status == 0);
  CHECK_THAT(chinese.err, Catch::Contains("odd"));
  expect_no_english(chinese.err);
  CHECK_THAT(town.run("render town plan -o map.png --lang en").err, Catch::Contains("warning"));
}

TEST_CASE(
    "progress (--progress) tells how far a run is, a line a step, and without it a log stays "
    "clean") {
  TownCopy town;
  const Answer told = town.run("run town --years 2 --progress");
  CHECK_THAT(told.err, Catch::Contains("%  simulate 2024") && Catch::Contains("simulate 2026"));
  CHECK(told.out == town.run("run town --years 2").out);
  CHECK(town.run("run town --years 2").err.find("simulate") == std::string::npos);
}

TEST_CASE("a run that is interrupted ends with one line and leaves nothing") {
  Files town;
  // A shell ignores Ctrl+C for what it runs beside it; SIGTERM is heeded the same way.
  town.put("stop.sh",
           "\"$@\" 2> told &\nwhile ! grep -q simulate told; do sleep 0.01; done\n"
           "kill -TERM $!\nwait $!\nstatus=$?\ncat told >&2\nrm told\nexit $status\n");
  const std::vector<std::string> before = names_in(town.work());
  const Answer stopped =
      town.run("run town -o out --years 60 --rule micro --progress", "sh stop.sh");
  INFO(stopped.err);
  CHECK(stopped.status == 130);
  CHECK_THAT(stopped.err, Catch::Contains("doorstep: stopped: nothing was written"));
  CHECK(names_in(town.work()) == before);
}
