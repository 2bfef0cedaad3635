// What a place and a scenario say about private schools, transfers, groups and grades.

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "io/config.h"
#include "io/place/place_file.h"
#include "io/scenario/scenario_file.h"

using namespace doorstep;
namespace fs = std::filesystem;

namespace {

const char* const kHead = R"(
format = 1
code = "town"
base_year = 2024
crs = "EPSG:4549"
[[stage]]
code = "primary"
kind = "primary"
grades = 3
entry_age = 6
class_standard = 45
)";

const char* const kLayers = R"(
[homes]
file = "homes.csv"
licence = "CC0-1.0"
attribution = "made for tests"
code = "code"
x = "x"
y = "y"
[homes.children]
pattern = "a{age}"
ages = [6, 8]
[[campuses]]
file = "campuses.csv"
licence = "CC0-1.0"
attribution = "made for tests"
code = "code"
name_en = "code"
x = "x"
y = "y"
ownership = "owner"
fee = "fee"
overflow = "overflow"
opening_grades = "at_once"
protection = "protection"
[[campuses.stage]]
stage = "primary"
rooms = { 2024 = "rooms", 2027 = "rooms27" }
[travel]
mode = "straight"
speed_m_per_min = 80
)";

/// A place folder with two campuses and one home; `more` follows in place.toml.
class Folder {
 public:
  explicit Folder(const std::string& classes = "", const std::string& more = "") {
    std::string pattern = (fs::temp_directory_path() / "doorstep-model-XXXXXX").string();
    path = mkdtemp(pattern.data());
    put("place.toml", kHead + classes + kLayers + more);
    put("homes.csv", "code,x,y,a6,a7,a8\nh,500000,4140000,40,30,20\n");
    put("campuses.csv",
        "code,x,y,owner,fee,overflow,at_once,protection,rooms,rooms27\n"
        "A,500000,4140000,public,,crowd,,教学点,6,9\n"
        "P,500400,4140000,private,12000,,2,,3,3\n");
    put("history.csv", "year,g1,g2,g3\n2021,100,90,80\n2022,110,95,88\n2023,120,99,91\n");
  }
  ~Folder() { fs::remove_all(path); }
  void put(const std::string& name, const std::string& text) const {
    write_file(path / name, text);
  }
  [[nodiscard]] Loaded<Place> read() const {
    Coefficients coefficients = io::load_coefficients();
    return io::read_place(path, coefficients);
  }
  fs::path path;
};

/// The message of the error that reading gives; "" where it gives none.
std::string refused(const Folder& folder) {
  try {
    (void)folder.read();
    return "";
  } catch (const Error& e) {
    return std::string(e.what()) + " | " + e.where() + " | " + e.hint();
  }
}

}  // namespace

TEST_CASE("a campus says its fee, overflow, opening and protection; seats follow from rooms") {
  Place place = Folder().read().value;
  const Campus& a = place.campuses[CampusId(0)];
  const Campus& p = place.campuses[CampusId(1)];
  CHECK(a.overflow == Overflow::Crowd);
  CHECK_FALSE(p.overflow.has_value());
  CHECK(a.protection == Protection::TeachingPoint);
  CHECK(p.fee == 12000);
  CHECK(a.opening_grades == 1);
  CHECK(p.opening_grades == 2);
  const CampusStage& stage = *a.stages[StageId(0)];
  CHECK(value_in(stage.seats, 2024) == 6 * 45);
  CHECK(value_in(stage.seats, 2027) == 9 * 45);
  CHECK(rooms_in(stage, 2026) == 6);
  CHECK(rooms_in(stage, 2027) == 9);
}

TEST_CASE("a policy names the private stage, transfers, through schools and whole classes") {
  Place place = Folder("", R"(
[policy]
private_first = true
private_losers = "last"
transfers = true
through_schools = true
whole_classes = true
guaranteed = ["catchment", "feeder"]
)")
                    .read()
                    .value;
  CHECK(place.policy.private_first);
  CHECK(place.policy.private_losers == LotteryLosers::Last);
  CHECK(place.policy.transfers);
  CHECK(place.policy.through_schools);
  CHECK(place.policy.whole_classes);
  CHECK(place.policy.guaranteed == std::vector<Tier>{Tier::Catchment, Tier::Feeder});
}

TEST_CASE("a group has a sponsor, one team, ties with practices and an end") {
  Place place = Folder("", R"(
[[group]]
code = "g"
core = "A"
one_team = true
sponsor = { name = { zh = "师范大学", en = "Normal" }, quality = 1.5, brand = 0.6 }
members = [ { campus = "P", form = "entrusted", since = 2024, until = 2026, practices = ["mutual_shared.teachers", "mutual_shared.management"] } ]
[[group]]
code = "u"
sponsor = { name = "University", brand = 1.0 }
members = [ { campus = "P", form = "university" } ]
)")
                    .read()
                    .value;
  const Group& g = place.groups[GroupId(0)];
  CHECK(g.one_team);
  CHECK(g.sponsor->quality == 1.5);
  CHECK(g.ties[0].until == 2026);
  CHECK(g.ties[0].practices ==
        std::vector<std::string>{"mutual_shared.management", "mutual_shared.teachers"});
  CHECK_FALSE(place.groups[GroupId(1)].core.valid());
}

TEST_CASE("practices are refused by name where unknown, mixed or none") {
  auto with = [](const std::string& practices) {
    return refused(Folder("",
                          "[[group]]\ncode = \"g\"\ncore = \"A\"\nmembers = [ { campus = "
                          "\"P\", form = \"paired\", practices = " +
                              practices + " } ]\n"));
  };
  CHECK(with("[\"mutual_shared.teacher\"]").find("mutual_shared.teachers") != std::string::npos);
  CHECK(with("[\"mutual_shared.teachers\", \"integration.vision\"]").find("another set") !=
        std::string::npos);
  CHECK(with("[]").find("empty") != std::string::npos);
}

TEST_CASE("the eight and the ten practices stand in the configuration, each with a mark") {
  Coefficients all = io::load_coefficients();
  int eight = 0, ten = 0;
  for (const auto& [name, c] : all.items()) {
    eight += name.starts_with("practice.mutual_shared.") ? 1 : 0;
    ten += name.starts_with("practice.integration.") ? 1 : 0;
    if (name.starts_with("practice.")) CHECK(c.assumed());
  }
  CHECK(eight == 8);
  CHECK(ten == 10);
  CHECK(io::load_group_forms().count("practice") == 0);
}

TEST_CASE("ratios between grades come from history, or are given") {
  Place place = Folder("", R"(
[[progression]]
stage = "primary"
file = "history.csv"
licence = "CC0-1.0"
attribution = "made for tests"
year = "year"
grades = ["g1", "g2", "g3"]
years = 2
)")
                    .read()
                    .value;
  REQUIRE(place.growth.progression.size() == 1);
  CHECK(place.growth.progression[0].survival[0] == Approx(0.925));
  CHECK(place.growth.progression[0].survival[1] == Approx(0.9678363));
  Folder wrong("", "[[progression]]\nstage = \"primary\"\nsurvival = [0.9]\n");
  CHECK(refused(wrong).find("survival") != std::string::npos);
}

TEST_CASE("children are shared among household classes where only shares are known") {
  const std::string both = R"([[class]]
code = "local"
share = 0.75
[[class]]
code = "migrant"
share = { city = 0.25, town = 0.25, rural = 0.25 }
)";
  Place place = Folder(both).read().value;
  CHECK(place.children.at(HomeId(0), ClassId(0), 6) == Approx(30));
  CHECK(place.children.at(HomeId(0), ClassId(1), 6) == Approx(10));
  std::string uneven = both;
  uneven.replace(uneven.find("0.75"), 4, "0.70");
  CHECK(refused(Folder(uneven)).find("add up to 0.95") != std::string::npos);
}

TEST_CASE("the new edits are written and read again") {
  Place place = Folder().read().value;
  Scenario scenario;
  scenario.code = "plan";
  scenario.name = {"方案", "Plan"};
  scenario.place = "town";
  JoinGroup join{"g", {}, "A", "P", "entrusted", 2025};
  join.until = 2027;
  join.practices = {"integration.deployment"};
  join.one_team = true;
  join.courses = {{"戏曲", "Opera"}};
  join.core_courses = {{"机器人", "Robotics"}, {"足球", ""}};
  SetSeats rooms{.campus = "A", .stage = "primary", .seats = -1, .year = 2026};
  rooms.rooms = 8;
  OpenCampus open{
      .code = "X", .name = {"新", "X"}, .at = {500100, 4140000}, .stage = "primary", .seats = 90};
  open.year = 2026;
  open.opening_grades = 3;
  scenario.edits = {join, LeaveGroup{"g", "P", 2026}, LeaveGroup{"g", "", 2027}, rooms, open};
  Folder here;
  io::write_scenario(scenario, place, here.path);
  Loaded<Scenario> read = io::read_scenario(here.path, place);
  CHECK(read.findings.items().empty());
  CHECK(io::scenario_text(read.value, place) == io::scenario_text(scenario, place));
  const auto& back = std::get<JoinGroup>(read.value.edits[0]);
  CHECK(back.until == 2027);
  CHECK(back.practices == join.practices);
  CHECK(back.one_team);
  REQUIRE(back.courses.size() == 1);
  CHECK(back.courses[0].en == "Opera");
  REQUIRE(back.core_courses.size() == 2);
  CHECK(back.core_courses[1].in_english() == "足球");
  CHECK(std::get<SetSeats>(read.value.edits[3]).rooms == 8);
  CHECK(std::get<OpenCampus>(read.value.edits[4]).opening_grades == 3);
}

TEST_CASE("quality is scaled to a mean of 1 over the pupils of the base year") {
  Folder folder;
  std::string toml = kHead + std::string(kLayers);
  const std::string fee = "fee = \"fee\"\n";
  toml.insert(toml.find(fee), "quality = \"quality\"\nopens = \"opens\"\n");
  folder.put("place.toml", toml);
  // 270 seats of 2 and 90 of 1: a mean of 1.75. The school of 2030 teaches nobody yet.
  folder.put("campuses.csv",
             "code,x,y,owner,fee,overflow,at_once,protection,rooms,rooms27,quality,opens\n"
             "A,500000,4140000,public,,,,,6,6,2,\n"
             "P,500400,4140000,public,,,,,2,2,1,\n"
             "N,500800,4140000,public,,,,,20,20,3.5,2030\n");
  const Place place = folder.read().value;
  CHECK(place.campuses[find_campus(place, "A")].quality == Approx(2 / 1.75));
  CHECK(place.campuses[find_campus(place, "P")].quality == Approx(1 / 1.75));
  CHECK(place.campuses[find_campus(place, "N")].quality == Approx(2.0));
}
