#include <catch2/catch.hpp>

#include "support/town.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("every pupil goes to the campus of the catchment, though another is nearer") {
  Town town;
  auto a = town.campus("A", 0, 30);
  auto b = town.campus("B", 1000, 30);
  auto h = town.home("h", 900, 20);
  town.catchment("a", {h}, {a});
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, a) == 20);
  CHECK(flow(result, 0, b) == 0);
  CHECK(result.campuses[a].entitled == 20);
  CHECK(result.campuses[a].cutoff_share == 1);
  CHECK(result.conservation_error == 0);
}

TEST_CASE("the campuses of one catchment share its pupils in proportion to their seats") {
  Town town;
  auto a = town.campus("A", 0, 60);
  auto b = town.campus("B", 1000, 20);
  auto h = town.home("h", 900, 40);
  town.catchment("ab", {h}, {a, b});
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, a) == Approx(30));
  CHECK(flow(result, 0, b) == Approx(10));
  CHECK(result.campuses[b].entitled == Approx(10));
}

TEST_CASE("a full campus that crowds takes its catchment whole") {
  Town town;
  auto a = town.campus("A", 0, 30);
  town.campus("B", 1000, 30);
  auto h = town.home("h", 100, 45);
  town.catchment("a", {h}, {a});
  town.offers[a].overflow = Overflow::Crowd;
  auto result = town.admit(Rule::Catchment);
  CHECK(result.campuses[a].admitted == 45);
  CHECK(result.campuses[a].turned_away == 0);
}

TEST_CASE("a full campus that diverts sends the rest to the nearest seats left") {
  Town town;
  auto a = town.campus("A", 0, 30);
  auto b = town.campus("B", 1000, 10);
  auto c = town.campus("C", 3000, 30);
  auto h = town.home("h", 100, 45);
  town.catchment("a", {h}, {a});
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, a) == Approx(30));
  CHECK(flow(result, 0, b) == Approx(10));
  CHECK(flow(result, 0, c) == Approx(5));
  CHECK(result.campuses[a].turned_away == Approx(15));
  CHECK(result.campuses[a].cutoff_tier == Tier::Catchment);
  CHECK(result.campuses[a].cutoff_share == Approx(30.0 / 45));
  CHECK(result.campuses[a].entitled == 45);
}

TEST_CASE("without diversion who does not fit is unplaced, and shown") {
  Town town;
  auto a = town.campus("A", 0, 30);
  town.campus("B", 1000, 10);
  auto h = town.home("h", 100, 45);
  town.catchment("a", {h}, {a});
  town.policy.divert_unplaced = false;
  auto result = town.admit(Rule::Catchment);
  CHECK(result.unplaced[0] == Approx(15));
  CHECK(result.conservation_error < 1e-9);
}

TEST_CASE("a home without a catchment is diverted to seats left, never to a private campus") {
  Town town;
  auto a = town.campus("A", 0, 30);
  auto b = town.campus("B", 1000, 30);
  town.home("h", 100, 12);
  town.offers[a].ownership = Ownership::Private;
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, a) == 0);
  CHECK(flow(result, 0, b) == Approx(12));
}

TEST_CASE("a catchment campus that cannot be reached gets no one") {
  Town town;
  auto a = town.campus("A", 0, 30);
  auto b = town.campus("B", 1000, 30);
  auto h = town.home("h", 100, 12);
  town.catchment("ab", {h}, {a, b});
  town.cut(h, a);
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, b) == Approx(12));
  CHECK(result.campuses[a].admitted == 0);
}

TEST_CASE("where classes are admitted in order, the later class is diverted first") {
  Town town;
  auto a = town.campus("A", 0, 30);
  auto b = town.campus("B", 1000, 30);
  auto migrant = town.household("migrant");
  auto h = town.home("h", 100, 20);
  town.add(h, 20, migrant);
  town.catchment("a", {h}, {a});
  town.policy.classes_in_order = true;
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, a) == Approx(20));
  CHECK(flow(result, 1, a) == Approx(10));
  CHECK(flow(result, 1, b) == Approx(10));
}

TEST_CASE("merged campuses fill one pool, each pupil to the nearer site while it has room") {
  Town town;
  auto a = town.campus("A", 0, 10);
  auto b = town.campus("B", 1000, 20);
  auto h = town.home("h", 100, 14);
  auto k = town.home("k", 900, 10);
  town.catchment("a", {h, k}, {a});
  town.offers[a].pool = town.offers[b].pool = 0;
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, a) == Approx(10));
  CHECK(flow(result, 0, b) == Approx(4));
  CHECK(flow(result, 1, b) == Approx(10));
  CHECK(unplaced(result) == 0);
}

TEST_CASE("a pool over its free seats shares the rest by planned intake, not by free seats") {
  Town town;
  auto a = town.campus("A", 0, 0);  // its upper grades are over full
  auto b = town.campus("B", 1000, 20);
  for (CampusId c : {a, b}) {
    town.place.campuses[c].stages.resize(1);
    town.place.campuses[c].stages[town.stage] = CampusStage{{{2000, 180}}, {{2000, 30}}};
    town.offers[c].pool = 0;
    town.offers[c].overflow = Overflow::Crowd;
  }
  auto h = town.home("h", 100, 60);
  town.catchment("a", {h}, {a});
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, a) == Approx(20));  // half of the 40 without a seat
  CHECK(flow(result, 0, b) == Approx(40));
}

TEST_CASE("a catchment whose campuses have no seats is diverted, and no number breaks") {
  Town town;
  auto a = town.campus("A", 0, 0);
  auto b = town.campus("B", 500, 0);
  auto c = town.campus("C", 1000, 5);
  auto h = town.home("h", 100, 8);
  town.catchment("ab", {h}, {a, b});
  auto result = town.admit(Rule::Catchment);
  CHECK(flow(result, 0, c) == Approx(5));
  CHECK(unplaced(result) == Approx(3));
  CHECK(result.campuses[a].entitled == Approx(4));
  CHECK(result.campuses[a].cutoff_share == 0);
}

TEST_CASE("all campuses closed: everyone is unplaced") {
  for (Rule rule : {Rule::Catchment, Rule::Nearest, Rule::LeastTravel}) {
    Town town;
    auto a = town.campus("A", 0, 30);
    auto h = town.home("h", 100, 12);
    town.catchment("a", {h}, {a});
    town.offers[a].open = false;
    auto result = town.admit(rule);
    CHECK(result.unplaced[0] == 12);
    CHECK(result.flows.empty());
  }
}
