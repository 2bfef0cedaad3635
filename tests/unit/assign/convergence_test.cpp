// `choice` is what `micro` comes to: with pupils and seats times k the gap falls as one over the
// root of k. Five towns, the last with every rule at once. scripts/check_convergence runs more
// draws.

#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "support/town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Three homes and three campuses along a road; what each town adds is its own.
struct Road : Town {
  CampusId a, b, c;
  HomeId west, middle, east;
  explicit Road(double k) {
    a = campus("A", 0, 90 * k);
    b = campus("B", 900, 70 * k);
    c = campus("C", 2000, 160 * k);
    offers[a].quality = 1.6;
    west = home("west", 200, 110 * k);
    middle = home("middle", 800, 120 * k);
    east = home("east", 1700, 80 * k);
    coefficient("choice.public_bonus", 0.2);
    coefficient("choice.p_fee", 0.7);
  }
  /// Pupils of a second class, who weigh quality and nearness otherwise.
  void migrants(double k) {
    const ClassId m = household("migrant");
    coefficient("choice.a_quality.migrant", 0.4);
    coefficient("choice.b_distance.migrant", 2.6);
    add(west, 30 * k, m);
    add(east, 35 * k, m);
  }
  void private_school(double seats) {
    const CampusId p = campus("P", 1100, seats);
    offers[p].ownership = Ownership::Private;
    offers[p].quality = 1.3;
    offers[p].fee = 8000;
    policy.private_first = true;
  }
};

using TownOf = std::function<Road(double)>;

Road lottery_town(double k) {
  Road town(k);
  town.entrants[0].pupils = 60 * k;
  town.entrants[1].pupils = 50 * k;
  town.offers[town.a].seats = 75 * k;
  town.offers[town.b].seats = 60 * k;
  town.catchment("a", {town.west}, {town.a});
  town.catchment("b", {town.middle}, {town.b});
  return town;
}

Road crowded_town(double k) {
  Road town(k);
  town.catchment("b", {town.middle, town.east}, {town.b});
  town.offers[town.b].overflow = Overflow::Crowd;
  town.add(town.west, 25 * k).feeder_to = town.a;
  town.policy.divert_unplaced = false;
  return town;
}

Road pooled_town(double k) {
  Road town(k);
  town.place.groups.push_back({.code = "g"});
  for (CampusId c : {town.a, town.b}) {
    town.offers[c].pool = 0;
    town.offers[c].group = GroupId(0);
  }
  town.catchment("a", {town.west}, {town.a});
  town.migrants(k);
  return town;
}

Road private_town(double k) {
  Road town(k);
  town.private_school(10 * k);
  town.policy.private_losers = LotteryLosers::Last;
  town.catchment("a", {town.west, town.middle}, {town.a});
  return town;
}

Road town_of_every_rule(double k) {
  Road town(k);
  town.migrants(k);
  town.private_school(8 * k);
  town.offers[town.c].seats = 100 * k;
  town.policy.private_losers = LotteryLosers::Last;
  town.policy.tiers = {Tier::Feeder, Tier::Catchment, Tier::Group, Tier::Other};
  town.policy.classes_in_order = true;
  town.policy.max_minutes = Minutes(22);
  town.place.groups.push_back({.code = "g"});
  const CampusId d = town.campus("D", 2300, 30 * k);
  for (CampusId c : {town.c, d}) {
    town.offers[c].pool = 0;
    town.offers[c].group = GroupId(0);
  }
  town.catchment("a", {town.west}, {town.a});
  town.catchment("b", {town.middle}, {town.b});
  town.offers[town.b].overflow = Overflow::Crowd;
  Entrants& fed = town.add(town.middle, 20 * k);
  fed.feeder_to = town.a;
  town.add(town.east, 15 * k).group = GroupId(0);
  return town;
}

/// Means over seeds of the largest distance between micro and choice, as a share of the seats of
/// the campus: of a flow, and of all that a campus admits.
struct Gap {
  double flow = 0;
  double campus = 0;
};

Gap gap(const TownOf& of, double k, int seeds) {
  Road town = of(k);
  auto expected = town.admit(Rule::Choice);
  REQUIRE(expected.converged);
  REQUIRE(expected.conservation_error < 1e-9);
  Gap sum;
  for (int s = 0; s < seeds; ++s) {
    town.seed = static_cast<uint64_t>(s);
    auto drawn = town.admit(Rule::Micro);
    REQUIRE(drawn.conservation_error < 1e-9);
    Gap worst;
    for (auto c : town.offers.ids()) {
      const double seats = town.offers[c].seats;
      for (std::size_t row = 0; row < town.entrants.size(); ++row)
        worst.flow =
            std::max(worst.flow, std::abs(flow(drawn, row, c) - flow(expected, row, c)) / seats);
      worst.campus =
          std::max(worst.campus,
                   std::abs(drawn.campuses[c].admitted - expected.campuses[c].admitted) / seats);
    }
    sum.flow += worst.flow / seeds;
    sum.campus += worst.campus / seeds;
  }
  return sum;
}

/// By k = 1, 4, 25, 100.
std::array<Gap, 4> comes_to_choice(const TownOf& of, int seeds) {
  const std::array<Gap, 4> gaps{gap(of, 1, 8 * seeds), gap(of, 4, 4 * seeds),
                                gap(of, 25, 2 * seeds), gap(of, 100, seeds)};
  const double once = gaps[0].flow;
  REQUIRE(once > 0.01);
  CHECK(gaps[1].flow == Approx(once / 2).epsilon(0.3));
  CHECK(gaps[2].flow == Approx(once / 5).epsilon(0.3));
  CHECK(gaps[3].flow == Approx(once / 10).epsilon(0.35));
  CHECK(gaps[3].campus < 0.01);
  return gaps;
}

struct NamedTown {
  const char* name;
  TownOf of;
};
const NamedTown kTowns[] = {{"catchments and lots", lottery_town},
                            {"a campus that crowds, a feeder", crowded_town},
                            {"merged campuses, two classes", pooled_town},
                            {"a private school, losers last", private_town},
                            {"every rule at once", town_of_every_rule}};

}  // namespace

TEST_CASE("on five towns micro comes to choice as one over the root of k") {
  for (const NamedTown& town : kTowns) DYNAMIC_SECTION(town.name) {
      comes_to_choice(town.of, 6);
    }
}

TEST_CASE("the same with many draws", "[.long]") {
  // The table of docs/model.md: flows at k = 1, 4, 25, 100, then campuses at 100. Units: per cent.
  for (const NamedTown& town : kTowns) {
    INFO(town.name);
    const auto gaps = comes_to_choice(town.of, 60);
    fmt::print("| {} |", town.name);
    for (const Gap& g : gaps) fmt::print(" {:.2f} % |", 100 * g.flow);
    fmt::print(" {:.2f} % |\n", 100 * gaps[3].campus);
  }
}

TEST_CASE("the town of every rule has them all at work") {
  Road town = town_of_every_rule(1);
  auto result = town.admit(Rule::Choice);
  const CampusId p = CampusId(3);
  CHECK(result.campuses[p].applied > town.offers[p].seats);
  CHECK(result.campuses[town.b].admitted > town.offers[town.b].seats);
  CHECK(result.campuses[town.a].cutoff_share < 1);
  CHECK(unplaced(result) > 0);
  CHECK(flow(result, 5, town.a) > 0);  // through the feeder
}
