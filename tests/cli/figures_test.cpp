// The figures that run, compare and explain show of towns, groups, resources, closures and homes,
// on the town, through the program.

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "csv_rows.h"
#include "town_copy.h"

using namespace doorstep::test;
using Catch::Matchers::WithinAbs;
using Json = nlohmann::json;

namespace {

std::vector<Row> table(const TownCopy& town, const std::string& name) {
  return rows_in(bytes_of(town.work() / "out" / name));
}

double at(const Row& row, const std::string& key) {
  INFO(key);
  REQUIRE(row.count(key) == 1);
  REQUIRE_FALSE(row.at(key).empty());
  return std::stod(row.at(key));
}

void must_run(const TownCopy& town, const std::string& arguments) {
  Answer answer = town.run(arguments);
  INFO("doorstep " << arguments << "\n" << answer.err);
  REQUIRE(answer.status == 0);
}

/// Books and teachers of the two primary schools, in a table of their own.
void give_resources(const TownCopy& town) {
  town.write("resources.csv", "code,books,teachers\np1,1000,10\np2,3000,12\n");
  town.replace("place.toml", "[[campuses.stage]]\nstage = \"primary\"",
               "[[campuses.join]]\nfile = \"resources.csv\"\nlicence = \"CC0-1.0\"\nattribution = "
               "\"Doorstep tests\"\non = \"code\"\nkey = \"code\"\n[[campuses.stage]]\nstage = "
               "\"primary\"\nresources = { books = \"books\", teachers = \"teachers\" }");
}

const char* const kClosing = R"(format = 1
code = "plan"
name = "Plan"
place = "town"
years = 2
[[edit]]
do = "close_campus"
campus = "p2"
year = 2025
opposed = true
procedure = { appraisal = "2024-05", notice = "2024-06", hearing = "", approval = "" }
)";

}  // namespace

TEST_CASE("towns add up to the place in every year and stage") {
  TownCopy town;
  must_run(town, "run town -o out --years 2");
  std::map<std::string, Row> whole;
  for (const Row& d : table(town, "districts.csv"))
    if (d.at("kind") == "place") whole[d.at("year") + d.at("stage")] = d;
  std::map<std::string, double> children, seats;
  for (const Row& t : table(town, "towns.csv")) {
    const std::string key = t.at("year") + t.at("stage");
    children[key] += at(t, "children");
    seats[key] += at(t, "seats");
  }
  REQUIRE(whole.size() == 6);
  for (const auto& [key, row] : whole) {
    INFO(key);
    CHECK_THAT(children.at(key), WithinAbs(at(row, "children"), 1e-9));
    CHECK_THAT(seats.at(key), WithinAbs(at(row, "seats"), 1e-9));
  }
}

TEST_CASE("stages, campuses and groups carry what the indicators measure") {
  TownCopy town;
  must_run(town, "run town -o out --years 2");
  const Row stage = table(town, "stages.csv").front();
  CHECK(at(stage, "covered_share") > 0.5);
  CHECK(at(stage, "group_coverage_pupils") == 1.0);  // both primary schools are one group
  CHECK_THAT(at(stage, "migrants_in_public_share"), WithinAbs(1.0, 1e-12));
  CHECK(at(stage, "dissimilarity") > 0.0);
  const Row campus = table(town, "campuses.csv").front();
  const double size = std::floor(at(campus, "class_size") + 0.5);
  CHECK(campus.at("class_band") == (size <= 35 ? "31-35" : "36-45"));
  CHECK_THAT(at(campus, "teachers_needed"), WithinAbs(at(campus, "pupils") / 19, 1e-9));
  const Row group = table(town, "groups.csv").front();
  CHECK(group.at("group") == "g1");
  CHECK(at(group, "campuses") == 2);
  CHECK_THAT(at(group, "pupils"), WithinAbs(at(stage, "placed"), 1e-9));
}

TEST_CASE("summary.json says what the tables say") {
  TownCopy town;
  must_run(town, "run town -o out --years 1");
  const Json summary = Json::parse(bytes_of(town.work() / "out/summary.json"));
  const Json& stage = summary["years"][0]["stages"][0];
  const Row row = table(town, "towns.csv").front();
  const Json& towns = stage["figures"]["territories"];
  bool found = false;
  for (const Json& t : towns)
    if (t["kind"] == "town" && t["code"] == row.at("code")) {
      found = true;
      CHECK_THAT(t["children"].get<double>(), WithinAbs(at(row, "children"), 1e-9));
      CHECK_THAT(t["travel_p90_min"].get<double>(), WithinAbs(at(row, "travel_p90_min"), 1e-9));
    }
  CHECK(found);
  CHECK(stage["campuses"][0]["figures"]["scale"] == table(town, "campuses.csv")[0].at("scale"));
}

TEST_CASE("what campuses report gives the reviews, and what they do not is not known") {
  TownCopy town;
  give_resources(town);
  must_run(town, "run town -o out --years 0");
  std::map<std::string, double> pupils;
  for (const Row& c : table(town, "campuses.csv")) pupils[c.at("campus")] = at(c, "pupils");
  // By hand: CV of books per pupil, weighted by pupils.
  const double all = pupils["p1"] + pupils["p2"], mean = 4000.0 / all;
  const double spread = std::sqrt(pupils["p1"] / all * std::pow(1000 / pupils["p1"] - mean, 2) +
                                  pupils["p2"] / all * std::pow(3000 / pupils["p2"] - mean, 2));
  bool seen = false;
  for (const Row& b : table(town, "balance.csv")) {
    if (b.at("indicator") == "books" && b.at("unit") == "campus" && b.at("stage") == "primary") {
      seen = true;
      CHECK_THAT(at(b, "coefficient"), WithinAbs(spread / mean, 1e-9));
      CHECK(b.at("schools_reporting") == "2");
    }
    if (b.at("indicator") == "sports_area") CHECK(b.at("coefficient").empty());
    if (b.at("indicator") == "composite" && b.at("stage") == "primary") {
      CHECK(b.at("passes") == "no");  // six of the eight are not reported
      CHECK(b.at("coefficient").empty());
    }
  }
  CHECK(seen);
  for (const Row& r : table(town, "resources.csv"))
    CHECK_THAT(at(r, "per_pupil"), WithinAbs(at(r, "amount") / pupils[r.at("campus")], 1e-9));
}

TEST_CASE("a kind of resource that does not exist is refused with the nearest that does") {
  TownCopy town;
  town.replace("place.toml", "rooms = \"primary_rooms\"",
               "rooms = \"primary_rooms\"\nresources = { boks = \"g1\" }");
  expect_refusal(town, "run town", {"boks", "no kind of resource", "did you mean \"books\""});
}

TEST_CASE("another country's standards replace ours, entry by entry") {
  TownCopy town;
  town.replace("place.toml", "origin = \"synthetic\"\n",
               "origin = \"synthetic\"\n[standards]\nfile = \"ours.toml\"\n");
  town.write("ours.toml",
             "[class.large]\nvalue = 31\nunit = \"pupils\"\nsource = \"our law\"\nmark = \"F\"\n");
  must_run(town, "run town -o out --years 0");
  CHECK(at(table(town, "stages.csv").front(), "large_classes") > 0);  // classes of 33
  Answer told = town.run("explain town --campus p1 --figure large --year 2024");
  CHECK_THAT(told.out, Catch::Contains("our law"));
}

TEST_CASE("a standard without a source, or of no known name, is refused") {
  TownCopy town;
  town.replace("place.toml", "origin = \"synthetic\"\n",
               "origin = \"synthetic\"\n[standards]\nfile = \"ours.toml\"\n");
  town.write("ours.toml", "[class.large]\nvalue = 31\nunit = \"pupils\"\nmark = \"F\"\n");
  expect_refusal(town, "run town", {"ours.toml", "source", "is missing"});
  town.write("ours.toml",
             "[class.lage]\nvalue = 31\nunit = \"pupils\"\nsource = \"x\"\nmark = \"F\"\n");
  expect_refusal(town, "run town", {"ours.toml", "class.lage", "did you mean \"class.large\""});
  town.write("ours.toml",
             "[class.large]\nvalue = 31\nunit = \"pupils\"\nsource = \"x\"\nmark = \"sure\"\n");
  expect_refusal(town, "run town", {"unknown mark \"sure\""});
}

TEST_CASE("the standards that come with the program can be read") {
  for (const char* country : {"england", "brazil"}) {
    TownCopy town;
    town.replace(
        "place.toml", "origin = \"synthetic\"\n",
        std::string("origin = \"synthetic\"\n[standards]\ncountry = \"") + country + "\"\n");
    must_run(town, "run town --years 0");
  }
  TownCopy town;
  town.replace("place.toml", "origin = \"synthetic\"\n",
               "origin = \"synthetic\"\n[standards]\ncountry = \"atlantis\"\n");
  expect_refusal(town, "run town", {"atlantis", "england and brazil"});
}

TEST_CASE("a closure is shown with whom it moves, its procedure and what stands against it") {
  TownCopy town;
  town.scenario(kClosing);
  Answer answer = town.run("run town plan -o out");
  INFO(answer.err);
  REQUIRE(answer.status == 0);
  const Row closure = table(town, "closures.csv").front();
  CHECK(closure.at("campus") == "p2");
  CHECK(closure.at("appraisal") == "2024-05");
  CHECK(closure.at("hearing").empty());
  CHECK(closure.at("opposed") == "yes");
  CHECK(closure.at("clear") == "no");
  double moved = 0;
  for (const Row& c : table(town, "closure_children.csv")) moved += at(c, "pupils");
  CHECK_THAT(moved, WithinAbs(at(closure, "moved"), 1e-9));
  CHECK_THAT(moved, WithinAbs(at(closure, "pupils_before"), 1e-6));
  CHECK_THAT(answer.out, Catch::Contains("not yet: hearing, approval"));
  CHECK_THAT(answer.out, Catch::Contains("parents oppose it"));
  const Json comparison = Json::parse(bytes_of(town.work() / "out/comparison.json"));
  CHECK(comparison["closures"][0]["procedure"]["notice"] == "2024-06");
  CHECK(comparison["closures"][0]["children"].size() == table(town, "closure_children.csv").size());
}

TEST_CASE("explain tells the closure home by home") {
  TownCopy town;
  town.scenario(kClosing);
  Answer answer = town.run("explain town plan --campus p2 --figure closure --json --rows 100");
  INFO(answer.err);
  REQUIRE(answer.status == 0);
  const Json e = Json::parse(answer.out);
  double sum = e["more_amount"];
  for (const Json& r : e["rows"]) sum += r["amount"].get<double>();
  CHECK_THAT(sum, WithinAbs(e["value"].get<double>(), 1e-9));
  CHECK(e["notes"].size() >= 5);
  Answer open = town.run("explain town plan --campus p1 --figure closure");
  CHECK(open.status == 2);
  CHECK_THAT(open.err, Catch::Contains("does not close p1"));
}

TEST_CASE("disruption and money are told year by year") {
  TownCopy town;
  town.scenario(
      "format = 1\ncode = \"plan\"\nname = \"Plan\"\nplace = \"town\"\nyears = 2\n[[edit]]\ndo = "
      "\"set_seats\"\ncampus = \"p1\"\nstage = \"primary\"\nseats = 230\nyear = 2025\ncost = "
      "5000000\n");
  must_run(town, "compare town plan -o out");
  const std::vector<Row> rows = table(town, "disruption.csv");
  REQUIRE(rows.size() == 6);
  CHECK(rows[0].at("year") == "2024");
  CHECK(at(rows[0], "must_move") == 0.0);
  CHECK(at(rows[0], "cost") == 0.0);
  CHECK(at(rows[2], "seats_gained") == 100.0);
  CHECK(at(rows[2], "cost_per_seat_gained") == 50000.0);
}

TEST_CASE("what changes in towns and groups is listed figure by figure, and nothing else") {
  TownCopy town;
  town.scenario(kClosing);
  must_run(town, "compare town plan -o out");
  bool east_seats = false;
  for (const Row& r : table(town, "comparison_districts.csv")) {
    CHECK(r.at("year") != "2024");  // before the edit
    if (r.at("code") == "east" && r.at("figure") == "seats" && r.at("stage") == "primary") {
      east_seats = true;
      CHECK(at(r, "a") > 0);
      CHECK(at(r, "b") == 0);
      CHECK(at(r, "change") == -at(r, "a"));
    }
  }
  CHECK(east_seats);
}

TEST_CASE("no edit disturbs nobody") {
  TownCopy town;
  town.scenario("format = 1\ncode = \"plan\"\nname = \"Plan\"\nplace = \"town\"\nyears = 2\n");
  must_run(town, "compare town plan -o out");
  for (const Row& r : table(town, "disruption.csv"))
    for (const char* key : {"must_move", "farther", "siblings_split", "quality_gained", "cost"})
      CHECK(at(r, key) == 0.0);
}

TEST_CASE("one home is told why: shares add up, terms make the utility") {
  TownCopy town;
  Answer answer = town.run("explain town --home h03 --stage primary --json");
  INFO(answer.err);
  REQUIRE(answer.status == 0);
  const Json a = Json::parse(answer.out);
  double share = a["unplaced"];
  for (const Json& o : a["options"]) {
    share += o["share"].get<double>();
    double sum = 0;
    for (const Json& t : o["terms"]) sum += t["value"].get<double>();
    if (!o["utility"].is_null()) CHECK_THAT(sum, WithinAbs(o["utility"].get<double>(), 1e-9));
  }
  CHECK_THAT(share, WithinAbs(1.0, 1e-9));
  CHECK(a["unplaced_without_plan"].is_null());
  CHECK(a["options"].size() == 2);
  CHECK_FALSE(a["why"]["zh"].get<std::string>().empty());
}

TEST_CASE("one home is told what a plan changes, in either language and as CSV") {
  TownCopy town;
  town.scenario(kClosing);
  Answer text = town.run("explain town plan --home h10 --stage primary --year 2025 --lang zh");
  INFO(text.err);
  REQUIRE(text.status == 0);
  CHECK_THAT(text.out, Catch::Contains("个百分点"));
  Answer csv = town.run("explain town plan --home h10 --stage primary --year 2025 --csv");
  double listed = 0;
  for (const Row& r : rows_in(csv.out)) {
    listed += at(r, "share");
    if (r.at("campus") == "p2") CHECK(at(r, "share") == 0.0);
  }
  // Who finds no seat once p2 is closed stands apart from the schools.
  const Json a =
      Json::parse(town.run("explain town plan --home h10 --stage primary --year 2025 --json").out);
  double before = a["unplaced_without_plan"];
  for (const Json& o : a["options"]) before += o["share_without_plan"].get<double>();
  CHECK_THAT(listed + a["unplaced"].get<double>(), WithinAbs(1.0, 1e-9));
  CHECK_THAT(before, WithinAbs(1.0, 1e-9));
}

TEST_CASE("a home that does not exist is answered with the nearest") {
  TownCopy town;
  expect_refusal(town, "explain town --home h011 --stage primary", {"h011", "did you mean h01"}, 2);
  expect_refusal(town, "explain town --stage primary --figure pupils",
                 {"names nothing to explain", "--campus"}, 2);
}

TEST_CASE("figures of a town are told from its homes, those of a group from its campuses") {
  TownCopy town;
  must_run(town, "run town -o out --years 1");
  Row east;
  for (const Row& t : table(town, "towns.csv"))
    if (t.at("year") == "2025" && t.at("stage") == "primary" && t.at("code") == "east") east = t;
  for (const char* figure :
       {"children", "travel_mean_min", "covered_share", "seats_within_reach", "own_catchment_share",
        "share_over_service_radius", "pupils", "utilisation", "teachers_needed"}) {
    INFO(figure);
    Answer answer = town.run(std::string("explain town --town east --stage primary --year 2025 ") +
                             "--json --rows 100 --figure " + figure);
    INFO(answer.err);
    REQUIRE(answer.status == 0);
    const Json e = Json::parse(answer.out);
    CHECK_THAT(e["value"].get<double>(), WithinAbs(at(east, figure), 1e-9));
    double sum = e["more_amount"];
    for (const Json& r : e["rows"]) sum += r["amount"].get<double>();
    CHECK_THAT(sum, WithinAbs(e["parts"][0]["value"].get<double>(), 1e-9));
  }
  Answer named = town.run("explain town --group g1 --stage primary --figure pupils --lang zh");
  CHECK_THAT(named.out, Catch::StartsWith("第一小学教育集团（g1） 小学 2034 年 在校生："));
  Answer group = town.run("explain town --group g1 --stage primary --figure pupils --year 2024");
  CHECK_THAT(group.out, Catch::Contains("p1"));
  CHECK_THAT(group.out, Catch::Contains("p2"));
}

TEST_CASE("public towns and groups hold nothing that follows from a withheld campus") {
  TownCopy town;
  town.replace("place.toml", "[travel]",
               "[privacy]\nmin_count = 125\nsource = \"a test\"\n\n[travel]");
  must_run(town, "run town -o out --public --rule choice");
  std::map<std::string, bool> withheld;  // by year, stage, campus
  for (const Row& c : table(town, "campuses.csv"))
    withheld[c.at("year") + c.at("stage") + c.at("campus")] = c.at("pupils").empty();
  int hidden = 0, shown = 0;
  for (const Row& g : table(town, "groups.csv")) {
    const std::string at_year = g.at("year") + g.at("stage");
    if (withheld.at(at_year + "p1") || withheld.at(at_year + "p2")) {
      ++hidden;
      for (const char* key : {"pupils", "utilisation", "classes", "balance", "travel_mean_min"})
        CHECK(g.at(key).empty());
    } else {
      ++shown;
    }
  }
  for (const Row& t : table(town, "towns.csv")) {
    const std::string campus = t.at("code") == "east" ? "p2" : "p1";
    if (t.at("stage") != "primary") continue;
    CHECK(t.at("children").empty());
    if (!withheld.at(t.at("year") + "primary" + campus)) continue;
    for (const char* key : {"pupils", "utilisation", "pupils_over_seats", "teachers_needed"})
      CHECK(t.at(key).empty());
  }
  INFO(hidden << " hidden, " << shown << " shown");
  CHECK(hidden > 0);
}
