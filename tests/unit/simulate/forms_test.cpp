// What single forms of ties do beside the common rates: new schools that start near their core.

#include <catch2/catch.hpp>

#include "scenario/scenario.h"
#include "simulate/standing.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Core C of quality 2; N of quality 1 opens in 2027 under it, M of quality 1 stands there already.
struct NewSchool : Village {
  StageId primary = stage("primary", 6, 1);
  CampusId core = campus("C", 0, primary, 10);
  CampusId m = campus("M", 500, primary, 10);
  CampusId n = campus("N", 900, primary, 10);
  NewSchool() {
    place.campuses[core].quality = 2;
    place.campuses[core].brand = 1;
    place.campuses[n].opens = 2027;
    form("flagship_new", 0.5);
    set_rate("flagship_new", "start_share", 0.7);
    place.groups.push_back({.code = "G", .core = core});
    home("h", 100, {{0, 1}, {6, 10}});
  }
  void tie(CampusId member, Year since) {
    place.groups[GroupId(0)].ties.push_back({member, "flagship_new", since});
  }
  [[nodiscard]] double quality(const RunResult& run, std::size_t year, CampusId c) const {
    return campus_year(run, year, primary, c).quality;
  }
};

}  // namespace

TEST_CASE("a flagship's new school opens near its core; one that stood before does not jump") {
  NewSchool v;
  v.tie(v.n, 2027);
  v.tie(v.m, 2026);
  RunResult run = v.run(3);
  CHECK(v.quality(run, 0, v.m) == 1);
  CHECK(v.quality(run, 2, v.m) == 1);            // its rate is 0, and it is not new
  CHECK(v.quality(run, 2, v.n) == Approx(1.7));  // 1 + 0.7 x (2 - 1)
  CHECK(v.quality(run, 3, v.n) == Approx(1.7));  // once, not every year
}

TEST_CASE("a school that opens first and is tied later has no such start") {
  NewSchool v;
  v.tie(v.n, 2028);
  CHECK(v.quality(v.run(4), 4, v.n) == 1);
}

TEST_CASE("a campus with two ties to its group is one member to the name that thins out") {
  NewSchool v;
  v.set_rate("flagship_new", "crowding", 1);
  v.set_rate("flagship_new", "free_members", 1);
  v.tie(v.m, 2020);
  v.tie(v.m, 2020);
  CHECK(GroupEffects(v.place, v.forms).standing(2025)[v.m].brand == Approx(0.5));
}

TEST_CASE("a run that begins later has lived through the years before in its groups") {
  NewSchool v;
  v.set_rate("flagship_new", "quality_rate", 0.5);
  v.tie(v.m, 2025);
  v.tie(v.n, 2027);
  const RunResult whole = v.run(5);
  v.options.first_year = 2028;
  const RunResult late = v.run(2);
  for (CampusId c : {v.m, v.n}) {
    CHECK(v.quality(late, 0, c) == v.quality(whole, 3, c));
    CHECK(v.quality(late, 2, c) == v.quality(whole, 5, c));
  }
}
