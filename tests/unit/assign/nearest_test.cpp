#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/town.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("nearest goes by travel time and shows the crowding it makes") {
  Town town;
  auto a = town.campus("A", 0, 5);
  auto b = town.campus("B", 1000, 50);
  town.home("h", 400, 12);
  town.home("k", 600, 7);
  auto result = town.admit(Rule::Nearest);
  CHECK(result.campuses[a].admitted == 12);
  CHECK(result.campuses[b].admitted == 7);
}

TEST_CASE("two campuses equally near are told apart by stable code, not by row") {
  for (bool turned : {false, true}) {
    Town town;
    auto first = town.campus(turned ? "B" : "A", turned ? 1000 : 0, 5);
    auto second = town.campus(turned ? "A" : "B", turned ? 0 : 1000, 5);
    town.home("h", 500, 3);
    auto result = town.admit(Rule::Nearest);
    CHECK(flow(result, 0, turned ? second : first) == 3);
  }
}

TEST_CASE("a home exactly at the limit is inside, one step beyond is not") {
  Town town;
  auto a = town.campus("A", 0, 50);
  town.home("at", 800, 1);
  town.home("beyond", 801, 1);
  town.policy.max_minutes = Minutes(10);
  town.policy.divert_unplaced = false;
  auto result = town.admit(Rule::Nearest);
  CHECK(flow(result, 0, a) == 1);
  CHECK(result.unplaced[1] == 1);
}

TEST_CASE("who can reach no campus is unplaced under every rule") {
  for (Rule rule : {Rule::Catchment, Rule::Nearest, Rule::LeastTravel}) {
    Town town;
    auto a = town.campus("A", 0, 50);
    auto h = town.home("island", 100, 4);
    town.cut(h, a);
    auto result = town.admit(rule);
    CHECK(result.unplaced[0] == 4);
  }
}

TEST_CASE("a negative number of pupils is refused, naming the home") {
  Town town;
  town.campus("A", 0, 50);
  town.home("h", 100, 1);
  town.entrants[0].pupils = -1;
  CHECK_THROWS_AS(town.admit(Rule::Nearest), Error);
}
