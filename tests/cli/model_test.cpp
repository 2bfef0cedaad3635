// The model's features from the files a bureau writes to the figures it reads, through the program:
// private schools, pupils who look again, groups, grades, closures.

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "town_copy.h"

using namespace doorstep::test;
using Json = nlohmann::json;

namespace {

Json summary_of(const TownCopy& town, const std::string& arguments, const std::string& out) {
  Answer answer = town.run("run " + arguments + " -o " + out);
  INFO("doorstep run " << arguments << "\n" << answer.err);
  REQUIRE(answer.status == 0);
  Json all = Json::parse(bytes_of(town.work() / out / "summary.json"));
  CHECK(all["checks"]["conservation_error"].get<double>() < 1e-9);
  return all;
}

const Json& stage_in(const Json& summary, std::size_t year, const std::string& stage) {
  for (const Json& s : summary["years"][year]["stages"])
    if (s["stage"] == stage) return s;
  FAIL("no stage " << stage);
  return summary;
}

const Json& campus_in(const Json& summary, std::size_t year, const std::string& stage,
                      const std::string& code) {
  for (const Json& c : stage_in(summary, year, stage)["campuses"])
    if (c["campus"] == code) return c;
  FAIL("no campus " << code);
  return summary;
}

/// The town by choice, with `more` in its policy.
void choose(const TownCopy& town, const std::string& more) {
  town.replace("place.toml", "rule = \"catchment\"", "rule = \"choice\"\n" + more);
}

/// The second primary school becomes private, with a fee, and has few seats.
void make_private(const TownCopy& town) {
  town.replace("campuses.csv", "公办", "民办");
  town.replace("campuses.csv", "NA,0,120,150", "NA,0,60,60");
  town.replace("campuses.csv", "code,name_zh", "fee,code,name_zh");
  town.replace("campuses.csv", "\np1", "\n,p1");
  town.replace("campuses.csv", "\np2", "\n5000,p2");
  town.replace("campuses.csv", "\nj1", "\n,j1");
  town.replace("place.toml", "ownership = \"ownership\"",
               "ownership = \"ownership\"\nfee = \"fee\"");
}

const char* const kPlan = R"(format = 1
code = "plan"
name = "Plan"
place = "town"
years = 3
)";

}  // namespace

TEST_CASE("private schools draw lots first, and the applications are shown") {
  TownCopy town;
  make_private(town);
  choose(town, "private_first = true\nprivate_losers = \"last\"");
  Json run = summary_of(town, "town", "out");
  const Json& p2 = campus_in(run, 0, "primary", "p2");
  CHECK(p2["applied"].get<double>() > p2["entrants"].get<double>());
  CHECK(p2["entrants"].get<double>() == Approx(10));  // 60 seats, six grades
  CHECK(p2["turned_away"].get<double>() ==
        Approx(p2["applied"].get<double>() - p2["entrants"].get<double>()));
  CHECK(campus_in(run, 0, "primary", "p1")["applied"] == 0);
  CHECK(bytes_of(town.work() / "out" / "campuses.csv").find(",applied") != std::string::npos);
}

TEST_CASE("straight lines times a detour are said on every output") {
  TownCopy town;
  town.scenario(std::string(kPlan) +
                "[[edit]]\ndo = \"close_campus\"\ncampus = \"p2\"\nyear = 2026\n");
  const std::string note = "straight lines × 1.30, 80 m/min";
  for (const char* command : {"run town", "compare town plan", "ensemble town --draws 2 --years 1",
                              "explain town --campus p1 --figure travel_mean_min",
                              "explain town --home h01 --stage primary"}) {
    const Answer answer = town.run(command);
    INFO(command << "\n" << answer.err);
    CHECK(answer.status == 0);
    CHECK(answer.out.find(note) != std::string::npos);
  }
  CHECK(summary_of(town, "town", "out")["provenance"]["travel"]["en"] == note);
}

TEST_CASE("pupils look again only where the place says so") {
  TownCopy still;
  choose(still, "");
  TownCopy moving;
  choose(moving, "transfers = true");
  CHECK(stage_in(summary_of(still, "town", "out"), 1, "primary")["moved"] == 0);
  const Json run = summary_of(moving, "town", "out");
  const Json& stage = stage_in(run, 1, "primary");
  CHECK(stage["moved"].get<double>() > 0);
  double came = 0, left = 0;
  for (const Json& c : stage["campuses"]) {
    came += c["came"].get<double>();
    left += c["left"].get<double>();
  }
  CHECK(left == Approx(stage["moved"].get<double>()));
  CHECK(came >= left - 1e-9);  // and who had no seat
}

TEST_CASE("a plan ties, practises, ends, dissolves, and groups.csv follows") {
  TownCopy town;
  choose(town, "");
  town.scenario(std::string(kPlan) + R"(
[[edit]]
do = "join_group"
group = "g1"
core = "p1"
campus = "p2"
form = "paired"
practices = ["mutual_shared.teachers", "mutual_shared.teaching"]
one_team = true
year = 2025
[[edit]]
do = "leave_group"
group = "g1"
year = 2027
)");
  Json run = summary_of(town, "town plan", "out");
  REQUIRE(std::filesystem::exists(town.work() / "out" / "groups.csv"));
  const std::string groups = bytes_of(town.work() / "out" / "groups.csv");
  CHECK(groups.find("demand_induced") != std::string::npos);
  CHECK(groups.find("posts_saved") != std::string::npos);
  CHECK(campus_in(run, 3, "primary", "p2")["quality"].get<double>() >
        campus_in(run, 0, "primary", "p2")["quality"].get<double>());
}

TEST_CASE("a practice that is not in the configuration is refused by name") {
  TownCopy town;
  town.scenario(std::string(kPlan) + R"(
[[edit]]
do = "join_group"
group = "g1"
core = "p1"
campus = "p2"
form = "paired"
practices = ["mutual_shared.teacher"]
year = 2025
)");
  expect_refusal(town, "run town plan -o out", {"mutual_shared.teacher"});
}

TEST_CASE("history of grades, whole classes and rooms reach the figures") {
  TownCopy town;
  choose(town, "whole_classes = true");
  town.write("history.csv", "y,a,b,c,d,e,f\n2022,50,50,50,50,50,50\n2023,50,40,50,50,50,50\n");
  town.replace("place.toml", "[travel]", R"([[progression]]
stage = "primary"
file = "history.csv"
licence = "CC0-1.0"
attribution = "Doorstep tests"
year = "y"
grades = ["a", "b", "c", "d", "e", "f"]
[travel])");
  town.scenario(std::string(kPlan) + R"(
[[edit]]
do = "set_seats"
campus = "p2"
stage = "primary"
rooms = 12
year = 2026
)");
  Json run = summary_of(town, "town plan", "out");
  CHECK(campus_in(run, 2, "primary", "p2")["seats"] == 12 * 45);
  CHECK(campus_in(run, 2, "primary", "p2")["planned_intake"] == 90);
  // A fifth of the first grade is gone a year later.
  CHECK(stage_in(run, 1, "primary")["pupils"].get<double>() <
        stage_in(run, 0, "primary")["pupils"].get<double>());
}

TEST_CASE("a closure says what its procedure lacks and who is against it") {
  TownCopy town;
  town.scenario(std::string(kPlan) + R"(
[[edit]]
do = "close_campus"
campus = "p2"
year = 2026
procedure = { appraisal = "2025-03", notice = "2025-04" }
opposed = true
)");
  expect_warning(town, "run town plan -o out", {"parents oppose closing p2"});
  const std::string findings = bytes_of(town.work() / "out" / "findings.csv");
  CHECK(findings.find("hearing, approval") != std::string::npos);
}

namespace {

void append(const TownCopy& town, const std::string& more) {
  town.write("place.toml", bytes_of(town.file("place.toml")) + more);
}

/// The one line with which `check` refuses the town.
std::string refusal(const std::string& more) {
  TownCopy town;
  append(town, more);
  Answer answer = town.run("check town");
  CHECK(answer.status == 1);
  return answer.out + answer.err;
}

}  // namespace

TEST_CASE("an area that families leave has fewer children, by the share that is given") {
  TownCopy stays, loses;
  append(loses,
         "\n[[migration]]\nareas = [\"east\"]\nyearly_share = { 2025 = -0.5 }\n"
         "source = \"made for tests\"\n");
  double before = stage_in(summary_of(stays, "town --years 1", "out"), 1, "primary")["pupils"];
  double after = stage_in(summary_of(loses, "town --years 1", "out"), 1, "primary")["pupils"];
  CHECK(after < before - 1);
  CHECK(after > before / 2);
}

TEST_CASE("what the model's tables cannot mean is refused by file and key") {
  using Catch::Contains;
  CHECK_THAT(refusal("\n[[migration]]\nareas = [\"east\"]\nyearly_share = { 2025 = -2 }\n"),
             Contains("place.toml, migration[1].yearly_share") && Contains("-0.03"));
  CHECK_THAT(refusal("\n[standards]\nfile = \"nope.toml\"\n"),
             Contains("standards.file") && Contains("there is no file \"nope.toml\""));
}
