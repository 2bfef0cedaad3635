// Ties over time and what they do to demand: sponsors, practices, ends, one team, relief.

#include <catch2/catch.hpp>

#include <cmath>

#include "base/error.h"
#include "scenario/scenario.h"
#include "simulate/standing.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Flagship C (pull 1), member M and neighbour N at one spot, a home with 100 entrants a year.
struct Flagship : Village {
  StageId primary = stage("primary", 6, 1);
  CampusId core = campus("C", 0, primary, 1000);
  CampusId m = campus("M", 0, primary, 1000);
  CampusId n = campus("N", 0, primary, 1000);
  Flagship() {
    place.policy.rule = Rule::Choice;
    place.campuses[core].brand = std::log(2.0);
    place.groups.push_back({.code = "G", .core = core});
    home("h", 400, {{0, 100}, {5, 100}, {6, 100}});
    coefficients.set("practice.s.teachers", {3, 2, 4, "test", "assumed"});
    coefficients.set("practice.s.events", {1, 0, 2, "test", "assumed"});
    coefficients.set("practice.t.all", {1, 1, 1, "test", "assumed"});
    coefficients.set("governance.posts_per_school", {4, 2, 6, "test", "assumed"});
    form("branch", 1.0);
  }
  Group& group() { return place.groups[GroupId(0)]; }
};

const GroupYear& group_year(const RunResult& run, std::size_t year) {
  return run.years.at(year).groups[GroupId(0)];
}

}  // namespace

TEST_CASE("the core's relief is displaced demand; what others lose is induced") {
  Flagship v;
  v.group().ties.push_back({v.m, "branch", 2025});
  RunResult run = v.run(0);
  // Without the tie 2 : 1 : 1, that is 50, 25, 25; with it 2 : 2 : 1, that is 40, 40, 20.
  CHECK(group_year(run, 0).gained == Approx(15));
  CHECK(group_year(run, 0).displaced == Approx(10));
  CHECK(group_year(run, 0).induced == Approx(5));
  v.options.relief = false;
  CHECK(group_year(v.run(0), 0).gained == 0);
}

TEST_CASE("each group is taken away by itself, and one without effect gains nothing") {
  Flagship v;
  v.group().ties.push_back({v.m, "branch", 2025});
  v.form("alliance", 0.0);
  v.place.groups.push_back({.code = "G2", .core = v.n});
  v.place.groups[GroupId(1)].ties.push_back({v.m, "alliance", 2020});
  RunResult run = v.run(0);
  CHECK(group_year(run, 0).gained == Approx(15));
}

TEST_CASE("merged campuses share one pool: their demand cannot be told apart and is not") {
  Flagship v;
  v.form("merged", 1.0);
  v.set_rate("merged", "pooled", 1);
  v.group().ties.push_back({v.m, "merged", 2025});
  CHECK(group_year(v.run(0), 0).gained == 0);
}

TEST_CASE("several ties of different forms in one group, each by its own form") {
  Flagship v;
  v.form("alliance", 0.1);
  v.group().ties = {{v.m, "branch", 2025}, {v.n, "alliance", 2025}};
  auto standing = GroupEffects(v.place, v.forms).standing(2025);
  CHECK(standing[v.m].brand == Approx(std::log(2.0)));
  CHECK(standing[v.n].brand == Approx(0.1 * std::log(2.0)));
}

TEST_CASE("practices make the depth of a tie: the weight of what is on among its set") {
  Flagship v;
  v.set_rate("branch", "quality_rate", 0.5);
  v.place.campuses[v.core].quality = 2;
  Tie tie{v.m, "branch", 2025};
  tie.practices = {"s.teachers"};
  v.group().ties.push_back(tie);
  GroupEffects effects(v.place, v.forms, v.coefficients);
  effects.live_through(2025);
  CHECK(effects.standing(2026)[v.m].quality == Approx(1.375));  // 1 + 0.5 x 3/4 x 1
}

TEST_CASE("a practice that is not in the file, or of another set, is refused by name") {
  Flagship v;
  for (const char* wrong : {"s.tea", "t.all"}) {
    Tie tie{v.m, "branch", 2025};
    tie.practices = {"s.events", wrong};
    v.group().ties = {tie};
    try {
      GroupEffects effects(v.place, v.forms, v.coefficients);
      FAIL("accepted " << wrong);
    } catch (const Error& e) {
      CHECK(std::string(e.what()).find(wrong) != std::string::npos);
    }
  }
}

TEST_CASE("a sponsor lends its own name and quality, with or without a core") {
  Flagship v;
  v.form("university", 0.5);
  v.set_rate("university", "sponsored", 1);
  v.set_rate("university", "quality_rate", 0.5);
  v.group().sponsor = Sponsor{{"师范大学", "Normal University"}, 3.0, 2.0};
  v.group().ties = {{v.m, "university", 2025}, {v.core, "university", 2025}};
  SECTION("with one: the core may be affiliated itself") {
    GroupEffects effects(v.place, v.forms);
    CHECK(effects.standing(2025)[v.m].brand == Approx(1.0));
    CHECK(effects.standing(2025)[v.core].brand == Approx(1.0));
    effects.live_through(2025);
    CHECK(effects.standing(2026)[v.m].quality == Approx(2.0));
  }
  SECTION("without") {
    v.group().core = CampusId();
    GroupEffects effects(v.place, v.forms);
    CHECK(effects.standing(2025)[v.m].brand == Approx(1.0));
    CHECK(v.run(1).conservation_error < 1e-9);
  }
}

TEST_CASE("entrusted management ends: the name goes, what was learnt stays") {
  Flagship v;
  v.set_rate("branch", "quality_rate", 0.5);
  v.place.campuses[v.core].quality = 2;
  v.group().ties.push_back({v.m, "branch", 2025, 2026});
  RunResult run = v.run(3);
  CHECK(campus_year(run, 1, v.primary, v.m).brand == Approx(std::log(2.0)));
  CHECK(campus_year(run, 2, v.primary, v.m).brand == 0);
  CHECK(campus_year(run, 3, v.primary, v.m).quality == Approx(1.75));
}

TEST_CASE("one team over core and two members saves the posts of two schools") {
  Flagship v;
  v.group().ties = {{v.m, "branch", 2025}, {v.n, "branch", 2026}};
  v.group().one_team = true;
  RunResult run = v.run(1);
  CHECK(group_year(run, 0).members == 1);
  CHECK(group_year(run, 0).posts_saved == Approx(4));
  CHECK(group_year(run, 1).members == 2);
  CHECK(group_year(run, 1).posts_saved == Approx(8));
  v.group().one_team = false;
  CHECK(group_year(v.run(1), 1).posts_saved == 0);
}

TEST_CASE("branches that stay behind make the flagship better known where the form says so") {
  Flagship v;
  v.set_rate("branch", "flagship_gain", 0.5);
  v.place.campuses[v.core].quality = 2;
  v.group().ties.push_back({v.m, "branch", 2025});
  auto standing = GroupEffects(v.place, v.forms).standing(2025);
  // The gap is a half of the core: its name grows by 0.5 x 0.5 of itself, and so does what it
  // lends.
  CHECK(standing[v.core].brand == Approx(1.25 * std::log(2.0)));
  CHECK(standing[v.m].brand == Approx(1.25 * std::log(2.0)));
}

TEST_CASE("a group across stages gives its pupils the group's priority in the next one") {
  Village v;
  auto primary = v.stage("primary", 6, 1);
  auto junior = v.stage("junior", 7, 1);
  auto p = v.campus("P", 0, primary, 100);
  auto q = v.campus("Q", 1000, primary, 100);
  auto j = v.campus("J", 500, junior, 30);
  v.home("h", 0, {{0, 1}, {6, 30}, {7, 30}});
  v.home("k", 1000, {{6, 30}, {7, 30}});
  v.place.policy.rule = Rule::Choice;
  v.place.policy.eligibility = Eligibility::All;
  v.place.policy.max_minutes = Minutes(10);  // each home sees its own primary school and J
  v.place.policy.divert_unplaced = false;
  v.form("district", 0.0);
  v.place.groups.push_back({.code = "G", .core = j, .ties = {{p, "district", 2020}}});
  RunResult run = v.run(1);
  CHECK(at(run, 1, junior, HomeId(0), j) == Approx(30));
  CHECK(at(run, 1, junior, HomeId(1), j) == Approx(0).margin(1e-9));
  (void)q;
}

TEST_CASE("a dissolved group gives nothing from its year on") {
  Flagship v;
  v.group().ties = {{v.m, "branch", 2025}, {v.n, "branch", 2025}};
  Scenario s;
  s.edits = {LeaveGroup{"G", "", 2027}};
  Place place = apply(v.place, s).value;
  Progress progress;
  v.options.years = 2;
  RunResult run = simulate(place, v.travel(), v.coefficients, v.forms, v.options, progress);
  CHECK(group_year(run, 1).members == 2);
  CHECK(group_year(run, 2).members == 0);
  CHECK(campus_year(run, 2, v.primary, v.m).brand == 0);
}

TEST_CASE("a branch with its share of the flagship's pull takes 0.1 to 0.4 of it, and no more") {
  Flagship v;
  for (double share : {0.1, 0.18, 0.4}) {
    v.form("branch", share);
    v.group().ties = {{v.m, "branch", 2025}};
    RunResult run = v.run(0);
    const double pull = campus_year(run, 0, v.primary, v.m).brand / std::log(2.0);
    CHECK(pull == Approx(share));
    CHECK(campus_year(run, 0, v.primary, v.m).entrants <
          campus_year(run, 0, v.primary, v.core).entrants);
  }
}
