#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "simulate/standing.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Core C (quality 2, pull 1) and members M and N (quality 1, no pull).
struct GroupVillage : Village {
  StageId primary = stage("primary", 6, 1);
  CampusId core = campus("C", 0, primary, 10);
  CampusId m = campus("M", 500, primary, 10);
  CampusId n = campus("N", 900, primary, 10);
  GroupVillage() {
    place.campuses[core].quality = 2;
    place.campuses[core].brand = 1;
    place.groups.push_back({.code = "G", .core = core});
    home("h", 100, {{0, 1}, {6, 10}});
  }
  void tie(CampusId member, const std::string& form_name, Year since) {
    place.groups[GroupId(0)].ties.push_back({member, form_name, since});
  }
};

}  // namespace

TEST_CASE("a member gets its share of the core's pull as the tie phases in") {
  GroupVillage v;
  v.form("branch", 0.4, 2);
  v.tie(v.m, "branch", 2026);
  GroupEffects effects(v.place, v.forms);
  CHECK(effects.standing(2025)[v.m].brand == 0);
  CHECK(effects.standing(2026)[v.m].brand == Approx(0.2));
  CHECK(effects.standing(2027)[v.m].brand == Approx(0.4));
  CHECK(effects.standing(2040)[v.m].brand == Approx(0.4));
  CHECK(effects.standing(2027)[v.core].brand == 1);
}

TEST_CASE("of several ties the strongest counts, never the sum") {
  GroupVillage v;
  v.form("branch", 0.4);
  v.form("alliance", 0.1);
  v.tie(v.m, "branch", 2020);
  v.place.groups.push_back({.code = "G2", .core = v.core, .ties = {{v.m, "alliance", 2020}}});
  CHECK(GroupEffects(v.place, v.forms).standing(2026)[v.m].brand == Approx(0.4));
}

TEST_CASE("a name thins out with members beyond the free ones") {
  GroupVillage v;
  v.form("branch", 0.4);
  v.set_rate("branch", "crowding", 0.5);
  v.set_rate("branch", "free_members", 1);
  v.tie(v.m, "branch", 2020);
  v.tie(v.n, "branch", 2027);
  GroupEffects effects(v.place, v.forms);
  CHECK(effects.standing(2026)[v.m].brand == Approx(0.4));
  CHECK(effects.standing(2027)[v.m].brand == Approx(0.4 / 1.5));
}

TEST_CASE("a member's quality closes part of the gap each year it has lived in the group") {
  GroupVillage v;
  v.form("close_knit", 0);
  v.set_rate("close_knit", "quality_rate", 0.5);
  v.set_rate("close_knit", "depth", 0.5);
  v.tie(v.m, "close_knit", 2026);
  RunResult run = v.run(3);
  auto quality = [&](std::size_t y) { return campus_year(run, y, v.primary, v.m).quality; };
  CHECK(quality(0) == 1);
  CHECK(quality(1) == 1);               // 2026: the tie begins
  CHECK(quality(2) == Approx(1.25));    // 1 + 0.25 x (2 - 1)
  CHECK(quality(3) == Approx(1.4375));  // 1.25 + 0.25 x 0.75
}

TEST_CASE("the core loses quality for the teachers it sends, not more each year") {
  GroupVillage v;
  v.form("close_knit", 0);
  v.set_rate("close_knit", "staff_sent", 0.1);
  v.set_rate("close_knit", "core_loss", 0.5);
  v.tie(v.m, "close_knit", 2026);
  v.tie(v.n, "close_knit", 2027);
  RunResult run = v.run(3);
  auto quality = [&](std::size_t y) { return campus_year(run, y, v.primary, v.core).quality; };
  CHECK(quality(0) == 2);
  CHECK(quality(1) == Approx(1.9));  // 2 x (1 - 0.5 x 0.1)
  CHECK(quality(2) == Approx(1.8));
  CHECK(quality(3) == Approx(1.8));
}

TEST_CASE("a member comes near to what is left of its core, not to what the core was") {
  GroupVillage v;
  v.form("close_knit", 0);
  v.set_rate("close_knit", "quality_rate", 0.5);
  v.set_rate("close_knit", "depth", 1);
  v.set_rate("close_knit", "staff_sent", 0.4);
  v.set_rate("close_knit", "core_loss", 0.5);
  v.tie(v.m, "close_knit", 2026);
  v.tie(v.n, "close_knit", 2027);
  RunResult run = v.run(4);
  auto quality = [&](std::size_t y, CampusId c) {
    return campus_year(run, y, v.primary, c).quality;
  };
  CHECK(quality(1, v.core) == Approx(1.6));  // 2 x (1 - 0.5 x 0.4)
  CHECK(quality(2, v.core) == Approx(1.2));  // two members take 0.8 of its staff
  CHECK(quality(2, v.m) == Approx(1.1));     // half way from 1 to 1.2, where the core is by then
  CHECK(quality(3, v.m) == Approx(1.15));
  for (std::size_t y = 1; y < 5; ++y)
    CHECK(std::max(quality(y, v.m), quality(y, v.n)) <= quality(y, v.core));
}

TEST_CASE("a core that sends away more than it has left lifts nobody") {
  GroupVillage v;
  v.form("close_knit", 0);
  v.set_rate("close_knit", "quality_rate", 0.5);
  v.set_rate("close_knit", "depth", 1);
  v.set_rate("close_knit", "staff_sent", 0.5);
  v.set_rate("close_knit", "core_loss", 1);
  v.tie(v.m, "close_knit", 2026);
  RunResult run = v.run(3);
  CHECK(campus_year(run, 3, v.primary, v.core).quality == Approx(1));  // half of 2: as its member
  CHECK(campus_year(run, 3, v.primary, v.m).quality == Approx(1));
}

TEST_CASE("merged campuses share a pool, separate ones do not") {
  GroupVillage v;
  v.form("merged", 1);
  v.set_rate("merged", "pooled", 1);
  v.form("branch", 0.2);
  v.tie(v.m, "merged", 2026);
  v.tie(v.n, "branch", 2026);
  GroupEffects effects(v.place, v.forms);
  CHECK(effects.standing(2025)[v.core].pool == -1);
  auto s = effects.standing(2026);
  CHECK(s[v.core].pool >= 0);
  CHECK(s[v.m].pool == s[v.core].pool);
  CHECK(s[v.n].pool == -1);
  CHECK(s[v.n].group == GroupId(0));
}

TEST_CASE("a tie ends with its core's closing") {
  GroupVillage v;
  v.form("branch", 0.4);
  v.tie(v.m, "branch", 2020);
  v.place.campuses[v.core].closes = 2027;
  GroupEffects effects(v.place, v.forms);
  CHECK(effects.standing(2027)[v.m].brand == Approx(0.4));
  CHECK(effects.standing(2028)[v.m].brand == 0);
}

TEST_CASE("an unknown form is answered with those the file has") {
  GroupVillage v;
  v.form("merged", 1);
  v.tie(v.m, "mergd", 2026);
  try {
    (void)v.run(0);
    FAIL("an unknown form must throw");
  } catch (const Error& e) {
    CHECK(e.message().find("did you mean merged") != std::string::npos);
    CHECK(e.message().find("config/group_forms.toml") != std::string::npos);
  }
}

TEST_CASE("under choice a lent name draws pupils to the member") {
  GroupVillage v;
  v.place.policy.rule = Rule::Choice;
  v.form("branch", 0.8);
  RunResult without = v.run(0);
  v.tie(v.m, "branch", 2020);
  RunResult with = v.run(0);
  // M is far and small in everyone's eyes, so its odds grow by nearly exp(0.8) = 2.2.
  double ratio = campus_year(with, 0, v.primary, v.m).entrants /
                 campus_year(without, 0, v.primary, v.m).entrants;
  CHECK(ratio > 2.0);
  CHECK(ratio < std::exp(0.8));
}
