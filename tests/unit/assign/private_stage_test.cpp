#include <catch2/catch.hpp>
#include <cmath>

#include "support/town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// A public campus and a private one at the same spot, 100 pupils: alike but for what a test
/// changes.
struct PrivateTown : Town {
  CampusId a = campus("A", 0, 100);
  CampusId p = campus("P", 0, 10);
  HomeId h = home("h", 400, 100);
  PrivateTown() {
    offers[p].ownership = Ownership::Private;
    policy.private_first = true;
    policy.divert_unplaced = false;
    coefficient("choice.public_bonus", 0);
    coefficient("choice.group_bonus", 0);
    coefficient("choice.p_fee", 1);
  }
};

}  // namespace

TEST_CASE("each family applies to one private school or none, and lots are drawn") {
  PrivateTown town;
  auto result = town.admit(Rule::Choice);
  // Alike, so half apply: 50 for 10 seats. The 40 who lose go public with the other 50.
  CHECK(result.campuses[town.p].applied == Approx(50));
  CHECK(result.campuses[town.p].cutoff_share == Approx(0.2));
  CHECK(result.campuses[town.p].turned_away == Approx(40));
  CHECK(flow(result, 0, town.p) == Approx(10));
  CHECK(flow(result, 0, town.a) == Approx(90));
  CHECK(result.conservation_error < 1e-9);
}

TEST_CASE("under its plan a private school takes all who apply") {
  PrivateTown town;
  town.offers[town.p].seats = 60;
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 0, town.p) == Approx(50));
  CHECK(result.campuses[town.p].cutoff_share == 1);
  CHECK(result.campuses[town.p].turned_away == 0);
}

TEST_CASE("a fee weighs by household class") {
  PrivateTown town;
  town.offers[town.p].seats = 100;
  town.offers[town.p].fee = 10000 * std::log(4.0);  // odds 1 to 4
  town.add(town.h, 100, town.household("migrant"));
  town.coefficient("choice.p_fee.migrant", 0);
  town.offers[town.a].seats = 200;
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 0, town.p) == Approx(20));
  CHECK(flow(result, 1, town.p) == Approx(50));
}

TEST_CASE("who loses the draw keeps its tier, or stands last, as the policy says") {
  PrivateTown town;
  auto near = town.h;
  town.catchment("a", {near}, {town.a});
  town.home("far", 400, 100);  // no right to A, and cannot pay
  town.offers[town.a].seats = 80;
  town.cut(HomeId(1), town.p);
  SECTION("keep: all 90 of the own catchment stand before the others") {
    auto result = town.admit(Rule::Choice);
    CHECK(flow(result, 0, town.a) == Approx(80));
    CHECK(flow(result, 1, town.a) == Approx(0).margin(1e-9));
  }
  SECTION("last: the 50 who did not apply come first, then the others, then the losers") {
    town.policy.private_losers = LotteryLosers::Last;
    auto result = town.admit(Rule::Choice);
    CHECK(flow(result, 0, town.p) == Approx(10));
    CHECK(flow(result, 0, town.a) == Approx(50));
    CHECK(flow(result, 1, town.a) == Approx(30));
    CHECK(result.unplaced[0] == Approx(40));
    CHECK(result.unplaced[1] == Approx(70));
  }
}

TEST_CASE("the public stage may follow any rule, and private seats left are not given away") {
  PrivateTown town;
  town.offers[town.p].seats = 60;
  town.offers[town.a].seats = 30;
  town.policy.divert_unplaced = true;
  for (Rule rule : {Rule::Choice, Rule::Micro, Rule::LeastTravel, Rule::Catchment}) {
    auto result = town.admit(rule);
    CHECK(result.campuses[town.p].admitted <= 60);
    CHECK(result.campuses[town.p].admitted == Approx(50).margin(rule == Rule::Micro ? 15 : 1e-9));
    CHECK(result.campuses[town.a].admitted == Approx(30));
    CHECK(result.conservation_error < 1e-9);
  }
}

TEST_CASE("without private_first private schools stand in one market with all others") {
  PrivateTown town;
  town.policy.private_first = false;
  auto result = town.admit(Rule::Choice);
  CHECK(result.campuses[town.p].applied == 0);
  CHECK(flow(result, 0, town.p) == Approx(10));  // full, by the common lottery
  CHECK(flow(result, 0, town.a) == Approx(90));
}

TEST_CASE("under strict catchments a private school still draws lots among all") {
  PrivateTown town;
  town.policy.eligibility = Eligibility::OwnCatchment;
  town.catchment("a", {town.h}, {town.a});
  CHECK(flow(town.admit(Rule::Choice), 0, town.p) == Approx(10));
}

TEST_CASE("pupil by pupil the draw has the mean of the shares") {
  PrivateTown town;
  double applied = 0;
  const int draws = 400;
  for (int s = 0; s < draws; ++s) {
    town.seed = static_cast<uint64_t>(s);
    auto result = town.admit(Rule::Micro);
    REQUIRE(result.campuses[town.p].admitted == 10);
    REQUIRE(result.campuses[town.a].admitted == 90);
    applied += result.campuses[town.p].applied;
  }
  CHECK(applied / draws == Approx(50).margin(0.75));  // three times 5 / sqrt(400)
}

TEST_CASE("stages and classes have tastes of their own: the entry that says most counts") {
  Town town;
  auto a = town.campus("A", 0, 200);
  auto b = town.campus("B", 1200, 200);
  auto h = town.home("h", 400, 100);  // 5 and 10 minutes
  town.add(h, 100, town.household("migrant"));
  town.policy.distance_form = DistanceForm::Power;
  town.coefficient("choice.b_distance", 9);
  town.coefficient("choice.b_distance.migrant", 9);
  town.coefficient("choice.b_distance.primary", 1);          // odds 2 to 1
  town.coefficient("choice.b_distance.primary.migrant", 0);  // even
  auto result = town.admit(Rule::Choice);
  CHECK(flow(result, 0, a) == Approx(200.0 / 3));
  CHECK(flow(result, 1, b) == Approx(50));
}

TEST_CASE(
    "who looks again keeps the seat, or takes one it likes better, never more than there are") {
  Town town;
  auto a = town.campus("A", 0, 0);  // the 100 seats that lookers hold there, none besides
  auto b = town.campus("B", 0, 30);
  auto h = town.home("h", 400, 100);
  town.policy.divert_unplaced = false;
  town.entrants[0].present = a;
  auto input = town.admission(Rule::Choice);
  input.grade = 1;
  input.offers[a].seats = 100;
  Progress progress;
  SECTION("without a pull of the present campus half would go, and 30 can") {
    town.coefficient("choice.stay", 0);
    auto result = assign_pupils(input, progress);
    CHECK(flow(result, 0, b) == Approx(30));
    CHECK(flow(result, 0, a) == Approx(70));
  }
  SECTION("with a pull of ln 9 one in ten goes") {
    town.coefficient("choice.stay", std::log(9.0));
    auto result = assign_pupils(input, progress);
    CHECK(flow(result, 0, b) == Approx(10));
    CHECK(flow(result, 0, a) == Approx(90));
  }
  SECTION("no rule of the choice set takes the seat away") {
    input.policy.eligibility = Eligibility::OwnCatchment;
    auto result = assign_pupils(input, progress);
    CHECK(flow(result, 0, a) == Approx(100));
  }
  (void)h;
}

TEST_CASE("a seat that one gives up is another's in the same round") {
  Town town;
  auto a = town.campus("A", 0, 40);
  auto b = town.campus("B", 0, 60);
  auto h = town.home("h", 400, 40);
  town.entrants[0].present = a;
  town.add(h, 60).present = b;
  town.coefficient("choice.stay", 0);
  auto input = town.admission(Rule::Choice);
  input.grade = 3;
  Progress progress;
  auto result = assign_pupils(input, progress);
  // 20 of A want B and 30 of B want A; as many change as there are seats given up: 20 each way.
  CHECK(flow(result, 0, b) == Approx(20));
  CHECK(flow(result, 1, a) == Approx(20));
  CHECK(result.campuses[a].admitted == Approx(40));
}

TEST_CASE("a place may name other tiers that a crowding campus takes whole") {
  Town town;
  auto a = town.campus("A", 0, 10);
  auto h = town.home("h", 400, 30);
  town.entrants[0].feeder_to = a;
  town.home("k", 400, 30);
  town.offers[a].overflow = Overflow::Crowd;
  town.policy.divert_unplaced = false;
  CHECK(flow(town.admit(Rule::Choice), 0, a) == Approx(10));
  town.policy.guaranteed = {Tier::Catchment, Tier::Feeder};
  auto crowded = town.admit(Rule::Choice);
  CHECK(flow(crowded, 0, a) == Approx(30));
  CHECK(crowded.unplaced[1] == Approx(30));
  (void)h;
}
