// A place as one file, what a plan costs, and a plan on new data, as a planner runs them.
#include "town_copy.h"

using namespace doorstep::test;
namespace fs = std::filesystem;

namespace {

constexpr const char* kPlan =
    "# Asked for by the council.\nformat = 1\ncode = \"branch\"\nplace = \"town\"\nyears = "
    "2\nbudget = 4000000\n\n"
    "[[edit]]\ndo = \"set_seats\"\ncampus = \"p2\"\nstage = \"primary\"\nseats = 220\nyear = "
    "2026\n\n"
    "# A new name.\n[[edit]]\ndo = \"rename_campus\"\ncampus = \"p1\"\nname = { zh = \"实验小学\" "
    "}\ncost = 0\n";

const char* kOwnCache = "XDG_CACHE_HOME=\"$PWD/cache\"";

}  // namespace

TEST_CASE("a packed place runs as its folder does, with the plan that came along") {
  TownCopy town;
  town.scenario(kPlan);
  Answer packed = town.run("pack town plan -o town.doorstep", kOwnCache);
  INFO(packed.err);
  REQUIRE(packed.status == 0);
  REQUIRE(town.run("run town plan -o a", kOwnCache).status == 0);
  Answer ran = town.run("run town.doorstep branch -o b", kOwnCache);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  for (const char* file : {"campuses.csv", "stages.csv", "flows.csv", "costs.csv"})
    CHECK(bytes_of(town.work() / "a" / file) == bytes_of(town.work() / "b" / file));
  CHECK(town.run("check town.doorstep", kOwnCache).status == 0);
  REQUIRE(town.run("unpack town.doorstep -o again", kOwnCache).status == 0);
  CHECK(bytes_of(town.work() / "again/place/homes.csv") == bytes_of(town.file("homes.csv")));
  expect_refusal(town, "run town.doorstep nothing", {"branch"});
  expect_refusal(town, "unpack town.doorstep -o again", {"exists already"});
}

TEST_CASE("a place file that is packed again keeps its plans, and gets its ending") {
  TownCopy town;
  town.scenario(kPlan);
  REQUIRE(town.run("pack town plan -o first", kOwnCache).out.find("packed into first.doorstep") !=
          std::string::npos);
  Answer again = town.run("pack first.doorstep -o second.doorstep", kOwnCache);
  INFO(again.err);
  REQUIRE(again.status == 0);
  CHECK(town.run("run second.doorstep branch --years 0", kOwnCache).status == 0);
}

TEST_CASE("packing the same place twice gives the same bytes") {
  TownCopy town;
  REQUIRE(town.run("pack town -o a.doorstep").status == 0);
  REQUIRE(town.run("pack town -o b.doorstep").status == 0);
  CHECK(bytes_of(town.work() / "a.doorstep") == bytes_of(town.work() / "b.doorstep"));
}

TEST_CASE("a list of persons among the files of a place is not mailed") {
  TownCopy town;
  town.write("feeders.csv",
             "from,to,year,姓名,身份证件号\np1,j1,2024,张三,11010520150307001X\n"
             "p2,j1,2024,李四,110105201503070028\n");
  Answer packed = town.run("pack town -o town.doorstep");
  CHECK(packed.status == 1);
  CHECK_THAT(packed.err, Catch::Contains("personal data"));
  CHECK_THAT(packed.err, !Catch::Contains("张三"));
  CHECK_FALSE(std::filesystem::exists(town.work() / "town.doorstep"));
}

TEST_CASE("run and compare say what a plan costs and that it is over its budget") {
  TownCopy town;
  town.scenario(kPlan);
  // From 2026 on p2 has 150 seats: 70 more at the assumed 35,000.
  Answer ran = town.run("run town plan -o out");
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("2,450,000") && Catch::Contains("within the budget"));
  CHECK_THAT(bytes_of(town.work() / "out/costs.csv"),
             Catch::Contains("cost.added_seat.primary,70,35000,yes,2450000,4000000,no"));
  CHECK_THAT(bytes_of(town.work() / "out/summary.json"), Catch::Contains("\"total\": 2450000"));
  std::string dear = kPlan;
  dear.replace(dear.find("4000000"), 7, "2000000");
  town.scenario(dear, "dear");
  CHECK_THAT(town.run("compare town plan dear").out,
             Catch::Contains("450,000 OVER the budget of 2,000,000"));
}

TEST_CASE("a place's own prices go before those that come with the program, and along with it") {
  TownCopy town;
  town.scenario(kPlan);
  town.replace("place.toml", "[areas]\n", "[costs]\nfile = \"costs.toml\"\n\n[areas]\n");
  const std::string price =
      "[cost.added_seat.primary]\nvalue = 10000\nunit = \"yuan a seat\"\nmark = \"F\"\n"
      "source = \"accounts of 2023\"\n";
  town.write("costs.toml", price);
  REQUIRE(town.run("run town plan -o out", kOwnCache).status == 0);
  CHECK_THAT(bytes_of(town.work() / "out/costs.csv"),
             Catch::Contains("cost.added_seat.primary,70,10000,no,700000"));
  REQUIRE(town.run("pack town -o town.doorstep", kOwnCache).status == 0);
  REQUIRE(town.run("run town.doorstep plan -o packed", kOwnCache).status == 0);
  CHECK_THAT(bytes_of(town.work() / "packed/costs.csv"), Catch::Contains(",70,10000,no,700000"));

  town.write("costs.toml", price.substr(0, price.find("source")));
  fs::remove_all(town.work() / "out");
  fs::remove_all(town.work() / "packed");
  expect_refusal(town, "run town plan -o out",
                 {"costs.toml, cost.added_seat.primary.source", "is missing", "unit, source"});
  town.write("costs.toml", "[cost.added_seats.primary]\nvalue = 1\n");
  expect_refusal(town, "run town plan -o out",
                 {"is no entry of config/costs.toml", "did you mean \"cost.added_seat.primary\""});
}

TEST_CASE("a plan carried to new data keeps its edits and lists what is gone") {
  TownCopy town;
  town.scenario(kPlan);
  std::filesystem::copy(town.work() / "town", town.work() / "next",
                        std::filesystem::copy_options::recursive);
  for (const char* file : {"campuses.csv", "catchments.geojson", "feeders.csv", "place.toml",
                           "quality.csv", "allocations.csv", "entrants.csv"}) {
    const auto path = town.work() / "next" / file;
    std::string text = bytes_of(path);
    for (std::size_t at = 0; (at = text.find("p2", at)) != std::string::npos; at += 3)
      text.replace(at, 2, "p2n");
    std::ofstream(path, std::ios::binary) << text;
  }
  Answer carried = town.run("carry plan --from town --to next -o moved");
  INFO(carried.err << carried.out);
  REQUIRE(carried.status == 0);
  CHECK_THAT(carried.out, Catch::Contains("1 of 2 edits kept, 1 orphans") &&
                              Catch::Contains("campuses.csv row 2") &&
                              Catch::Contains("nearest: p2n"));
  CHECK_THAT(bytes_of(town.work() / "moved/scenario.toml"),
             Catch::Contains("实验小学") && !Catch::Contains("set_seats") &&
                 Catch::StartsWith("# Asked for by the council.\nformat") &&
                 Catch::Contains("# A new name.\n[[edit]]"));
  CHECK(town.run("run next moved").status == 0);
  Answer as = town.run("carry plan --from town --to next --as p2=p2n -o same --strict");
  CHECK(as.status == 0);
  CHECK_THAT(bytes_of(town.work() / "same/scenario.toml"), Catch::Contains("campus = \"p2n\""));
  CHECK(town.run("carry plan --from town --to next --strict -o strict").status == 1);
  CHECK_FALSE(std::filesystem::exists(town.work() / "strict"));
}
