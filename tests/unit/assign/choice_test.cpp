#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "support/town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Two campuses at the same spot, a home with 100 pupils: alike but for what a test changes.
struct TwoCampuses : Town {
  CampusId a = campus("A", 0, 100);
  CampusId b = campus("B", 0, 100);
  HomeId h = home("h", 400, 100);
  TwoCampuses() { policy.divert_unplaced = false; }
};

}  // namespace

TEST_CASE("with seats for all, shares follow quality to the power a") {
  TwoCampuses town;
  town.offers[town.a].quality = 2;
  town.coefficient("choice.a_quality", 2);
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 0, town.a) == Approx(80));
  CHECK(flow(result, 0, town.b) == Approx(20));
  CHECK(result.converged);
}

TEST_CASE("a household class may weigh quality by its own coefficient") {
  TwoCampuses town;
  town.offers[town.a].quality = 2;
  town.add(town.h, 100, town.household("migrant"));
  town.offers[town.a].seats = town.offers[town.b].seats = 200;
  town.coefficient("choice.a_quality.migrant", 0);
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 0, town.a) == Approx(200.0 / 3));
  CHECK(flow(result, 1, town.a) == Approx(50));
}

TEST_CASE("distance enters by power, exponential per kilometre, or both") {
  Town town;
  auto a = town.campus("A", 0, 100);
  auto b = town.campus("B", 1200, 100);
  town.home("h", 400, 100);  // 5 and 10 minutes, 0.4 and 0.8 km
  const double far_km = 0.4;
  town.policy.distance_form = DistanceForm::Power;
  CHECK(flow(town.admit(Rule::Choice), 0, a) == Approx(80));
  town.policy.distance_form = DistanceForm::Exponential;
  CHECK(flow(town.admit(Rule::Choice), 0, b) == Approx(100 / (1 + std::exp(2 * far_km))));
  town.policy.distance_form = DistanceForm::TruncatedPower;
  const double odds = 4 * std::exp(2 * far_km / 1.5);
  CHECK(flow(town.admit(Rule::Choice), 0, b) == Approx(100 / (1 + odds)));
}

TEST_CASE("brand pulls by e to the brand, also by class, and a shared group by its bonus") {
  TwoCampuses town;
  town.offers[town.a].brand = std::log(2.0);
  CHECK(flow(town.admit(Rule::Choice), 0, town.a) == Approx(200.0 / 3));
  town.offers[town.a].brand = 0;
  town.offers[town.a].brand_of_class = {std::log(3.0)};
  CHECK(flow(town.admit(Rule::Choice), 0, town.a) == Approx(75));
  town.offers[town.a].brand_of_class.clear();
  town.coefficient("choice.group_bonus", std::log(4.0));
  town.offers[town.a].group = GroupId(0);
  town.entrants[0].group = GroupId(0);
  CHECK(flow(town.admit(Rule::Choice), 0, town.a) == Approx(80));
}

TEST_CASE("a full campus draws a lottery and its losers go to their next choice") {
  TwoCampuses town;
  town.offers[town.a].seats = 20;  // 50 of 100 would rather be here: 40 % of the numbers win
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 0, town.a) == Approx(20));
  CHECK(flow(result, 0, town.b) == Approx(80));
  CHECK(result.campuses[town.a].cutoff_tier == Tier::Other);
  CHECK(result.campuses[town.a].cutoff_share == Approx(0.4));
  CHECK(result.campuses[town.a].turned_away == Approx(30));
  CHECK(result.campuses[town.b].cutoff_share == 1);
}

TEST_CASE("losers of one lottery press on the next: two cutoffs worked by hand") {
  TwoCampuses town;
  town.offers[town.a].seats = 25;  // 50 u at number u: full at 0.5
  town.offers[town.b].seats = 50;  // 25 by then, then everyone: full at 0.75
  auto result = town.admit(Rule::Choice);
  CHECK(result.campuses[town.a].cutoff_share == Approx(0.5));
  CHECK(result.campuses[town.b].cutoff_share == Approx(0.75));
  CHECK(result.unplaced[0] == Approx(25));
}

TEST_CASE("fewer seats than pupils: who draws last is unplaced, and refused everywhere") {
  TwoCampuses town;
  town.offers[town.a].seats = town.offers[town.b].seats = 40;
  auto result = town.admit(Rule::Choice);
  CHECK(unplaced(result) == Approx(20));
  CHECK(result.campuses[town.a].turned_away == Approx(20));
  CHECK(result.campuses[town.b].turned_away == Approx(20));
  CHECK(result.conservation_error < 1e-9);
}

TEST_CASE("the own catchment comes first, then the lottery among others") {
  TwoCampuses town;
  town.coefficient("choice.group_bonus", 0);
  auto k = town.home("k", 400, 30);
  town.catchment("a", {k}, {town.a});
  town.offers[town.a].seats = 40;  // 15 of the 30 want it, then 25 of the other 50
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 1, town.a) == Approx(15));
  CHECK(flow(result, 0, town.a) == Approx(25));
  CHECK(result.campuses[town.a].cutoff_tier == Tier::Other);
  CHECK(result.campuses[town.a].cutoff_share == Approx(0.5));
}

TEST_CASE("tiers that policy does not name share one lottery") {
  TwoCampuses town;
  town.coefficient("choice.group_bonus", 0);
  auto k = town.home("k", 400, 100);
  town.catchment("a", {k}, {town.a});
  town.offers[town.a].seats = 40;
  town.offers[town.b].seats = 200;
  town.policy.tiers = {};
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 0, town.a) == Approx(20));
  CHECK(flow(result, 1, town.a) == Approx(20));
}

TEST_CASE("feeder and group pupils come before others, in the order policy gives") {
  TwoCampuses town;
  town.coefficient("choice.group_bonus", 0);
  town.entrants[0].pupils = 40;
  town.add(town.h, 40).feeder_to = town.a;
  town.add(town.h, 40).group = GroupId(0);
  town.offers[town.a].group = GroupId(0);
  town.offers[town.a].seats = 30;  // 20 feeders who want it, then half of the 20 from the group
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 1, town.a) == Approx(20));
  CHECK(flow(result, 2, town.a) == Approx(10));
  CHECK(flow(result, 0, town.a) == 0);
  CHECK(result.campuses[town.a].cutoff_tier == Tier::Group);
  CHECK(result.campuses[town.a].cutoff_share == Approx(0.5));
  town.policy.tiers = {Tier::Group, Tier::Feeder};
  CHECK(flow(town.admit(Rule::Choice), 2, town.a) == Approx(20));
}

TEST_CASE("a school that must take its catchment grows over its seats and turns others away") {
  TwoCampuses town;
  town.coefficient("choice.group_bonus", 0);
  auto k = town.home("k", 400, 100);
  town.catchment("a", {k}, {town.a});
  town.offers[town.a].overflow = Overflow::Crowd;
  town.offers[town.a].seats = 30;
  town.offers[town.b].seats = 200;
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 1, town.a) == Approx(50));
  CHECK(flow(result, 0, town.a) == 0);
  CHECK(result.campuses[town.a].cutoff_tier == Tier::Catchment);
  CHECK(result.campuses[town.a].cutoff_share == 1);
  CHECK(result.campuses[town.a].turned_away == Approx(50));
  CHECK(result.converged);
}

TEST_CASE("classes in order inside the catchment tier: the first class is served first") {
  TwoCampuses town;
  town.add(town.h, 100, town.household("migrant"));
  town.catchment("ab", {town.h}, {town.a, town.b});
  town.offers[town.a].seats = town.offers[town.b].seats = 75;
  town.policy.classes_in_order = true;
  auto result = town.admit(Rule::Choice);
  CHECK(result.unplaced[0] == 0);
  CHECK(result.unplaced[1] == Approx(50));
  CHECK(result.campuses[town.a].cutoff_tier == Tier::Catchment);
  CHECK(result.campuses[town.a].cutoff_share == Approx(0.75));
}

TEST_CASE("strict catchments are a setting of eligibility") {
  TwoCampuses town;
  town.catchment("b", {town.h}, {town.b});
  town.policy.eligibility = Eligibility::OwnCatchment;
  CHECK(flow(town.admit(Rule::Choice), 0, town.b) == Approx(100));
}

TEST_CASE("a campus without seats admits no one, and no number breaks") {
  TwoCampuses town;
  town.offers[town.a].seats = 0;
  auto result = town.admit(Rule::Choice);
  CHECK(result.campuses[town.a].admitted == 0);
  CHECK(result.campuses[town.a].cutoff_share == 0);
  CHECK(result.campuses[town.b].admitted == Approx(100));
  town.offers[town.b].seats = 0;
  result = town.admit(Rule::Choice);
  CHECK(unplaced(result) == Approx(100));
  CHECK(result.converged);
}

TEST_CASE("a very far campus that alone has seats still takes pupils") {
  TwoCampuses town;
  town.place.campuses[town.b].at.x = 1e6;
  town.coefficient("choice.b_distance", 5);
  town.offers[town.a].seats = 10;
  auto result = town.admit(Rule::Choice);
  CHECK(result.campuses[town.b].admitted == Approx(90));
}

TEST_CASE("merged campuses have one cutoff, seen through the nearer, filled by least travel") {
  Town town;
  town.policy.divert_unplaced = false;
  auto a = town.campus("A", 0, 20);
  auto b = town.campus("B", 800, 20);
  auto c = town.campus("C", 400, 100);
  town.home("h", 0, 40);
  town.home("k", 800, 40);
  town.offers[a].pool = town.offers[b].pool = 7;
  auto result = town.admit(Rule::Choice);
  // Both homes see the pool alike, so each gets half of its 40 seats, next door.
  CHECK(flow(result, 0, a) == Approx(20));
  CHECK(flow(result, 1, b) == Approx(20));
  CHECK(result.campuses[c].admitted == Approx(40));
  CHECK(result.campuses[a].cutoff_share == Approx(result.campuses[b].cutoff_share));
}

TEST_CASE("who holds no seat is placed by least travel where policy says so") {
  Town town;
  auto a = town.campus("A", 0, 60);
  auto b = town.campus("B", 8000, 100);
  town.home("h", 400, 100);
  town.policy.max_minutes = Minutes(30);  // B is not in the choice set
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 0, a) == Approx(60));
  CHECK(flow(result, 0, b) == Approx(40));
  town.policy.divert_unplaced = false;
  CHECK(unplaced(town.admit(Rule::Choice)) == Approx(40));
}

TEST_CASE("when the rounds run out the result says that it did not converge") {
  TwoCampuses town;
  town.offers[town.a].seats = 25;
  town.offers[town.b].seats = 50;
  town.coefficient("choice.max_rounds", 1);
  auto result = town.admit(Rule::Choice);
  CHECK_FALSE(result.converged);
  CHECK(result.rounds == 1);
  CHECK(result.conservation_error < 1e-9);
}

TEST_CASE("no entrants: nobody anywhere, and nothing breaks") {
  for (Rule rule : {Rule::Catchment, Rule::Nearest, Rule::LeastTravel, Rule::Choice}) {
    TwoCampuses town;
    town.entrants.clear();
    auto result = town.admit(rule);
    CHECK(result.flows.empty());
    CHECK(result.conservation_error == 0);
  }
}

TEST_CASE("a missing coefficient is an error that names it") {
  TwoCampuses town;
  town.coefficients = Coefficients();
  CHECK_THROWS_WITH(town.admit(Rule::Choice), Catch::Contains("choice."));
}

TEST_CASE("the own catchment's campus stays in reach beyond the limit of minutes") {
  Town town;
  auto far = town.campus("far", 8000, 30);  // 100 minutes
  auto other = town.campus("other", 9600, 30);
  auto h = town.home("h", 0, 20);
  town.catchment("f", {h}, {far});
  town.policy.max_minutes = Minutes(90);
  Admission result = town.admit(Rule::Choice);
  CHECK(result.campuses[far].admitted == Approx(20));
  CHECK(result.campuses[other].admitted == Approx(0).margin(1e-12));
}
