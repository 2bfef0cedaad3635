// More seats never unplace a pupil under `choice`: with crowding campuses, feeders, groups, classes
// in order and tiers in any order, with and without 统筹; at one campus, at all, or at a new one.

#include <catch2/catch.hpp>

#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

constexpr uint64_t kTowns = 60;
constexpr double kPupil = 1e-6;

RandomTown town_of(uint64_t n) {
  RandomTown town(n, 1.6);
  const RandomKey key = RandomKey(n).with("more seats");
  auto coin = [&](const char* what) { return key.with(what).uniform() < 0.5; };
  if (coin("crowd")) town.offers[CampusId(0)].overflow = Overflow::Crowd;
  if (coin("ordered")) town.policy.classes_in_order = true;
  if (coin("turned")) town.policy.tiers = {Tier::Group, Tier::Feeder, Tier::Catchment, Tier::Other};
  if (coin("limit")) town.policy.max_minutes = Minutes(25);
  if (coin("divert")) town.policy.divert_unplaced = false;
  town.place.groups.push_back({.code = "g"});
  town.offers[CampusId(1)].group = town.offers[CampusId(2)].group = GroupId(0);
  for (std::size_t row = 0; row < town.entrants.size(); row += 3) {
    town.entrants[row].feeder_to = CampusId(row % 4);
    town.entrants[row].group = row % 2 ? GroupId(0) : GroupId();
  }
  return town;
}

}  // namespace

TEST_CASE("more seats never unplace a pupil, whatever the tiers and who crowds") {
  double most = 0;
  for (uint64_t n = 0; n < kTowns; ++n) {
    RandomTown town = town_of(n);
    const double before = unplaced(town.admit(Rule::Choice));
    most = std::max(most, before);
    RandomTown everywhere = town;
    for (auto c : town.offers.ids()) {
      everywhere.offers[c].seats += 1.5;
      RandomTown larger = town;
      larger.offers[c].seats += 2.5;
      INFO("town " << n << ", campus " << c.index);
      CHECK(unplaced(larger.admit(Rule::Choice)) <= before + kPupil);
    }
    CHECK(unplaced(everywhere.admit(Rule::Choice)) <= before + kPupil);
    RandomTown with_campus = town;
    with_campus.campus("new", 60.0 * static_cast<double>(n), 6);
    CHECK(unplaced(with_campus.admit(Rule::Choice)) <= before + kPupil);
  }
  CHECK(most > 5);  // seats are short
}

TEST_CASE("a tier without applicants holds no cutoff: it takes its loosest value") {
  Town town;
  auto a = town.campus("A", 0, 10);
  town.campus("B", 800, 30);
  auto h = town.home("h", 400, 30);
  town.catchment("a", {h}, {a});
  // Nobody comes by a feeder, whose tier goes before the catchment's.
  town.policy.tiers = {Tier::Feeder, Tier::Catchment, Tier::Other};
  auto result = town.admit(Rule::Choice);
  CHECK(result.campuses[a].cutoff_tier == Tier::Catchment);
  CHECK(result.campuses[a].cutoff_share > 0);
  CHECK(result.campuses[a].cutoff_share < 1);
  CHECK(result.campuses[CampusId(1)].cutoff_tier == Tier::Other);
  CHECK(result.campuses[CampusId(1)].cutoff_share == 1);
}
