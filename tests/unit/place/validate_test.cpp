#include <catch2/catch.hpp>

#include "small_place.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("a sound place has only the home that no catchment holds") {
  Diagnostics d = validate(small_place());
  REQUIRE(d.items().size() == 1);
  const Diagnostic& gap = d.items()[0];
  CHECK(gap.code == "home-without-catchment");
  CHECK(gap.at.text() == "homes.csv row 2");
  CHECK(gap.spot->x == 100);
  CHECK_FALSE(gap.hint.empty());
}

TEST_CASE("negative seats are an error with the row that holds them") {
  Place p = small_place();
  p.campuses[CampusId(0)].stages[StageId(0)]->seats = {{2025, -5}};
  Diagnostics d = validate(p);
  REQUIRE(findings(d, "seats-negative") == 1);
  CHECK(d.has_errors());
  CHECK(d.items()[0].at.text() == "campuses.csv row 1, seats");
}

TEST_CASE("an intake above all seats is a warning, one above a grade's share a remark") {
  Place p = small_place();
  auto& stage = *p.campuses[CampusId(0)].stages[StageId(0)];
  stage.intake = {{2025, 10}};
  CHECK(findings(validate(p), "intake-fills-seats") == 0);
  stage.intake = {{2025, 11}};
  CHECK(findings(validate(p), "intake-fills-seats") == 1);
  stage.intake = {{2025, 61}};
  CHECK(findings(validate(p), "intake-over-seats") == 1);
}

TEST_CASE("a campus outside the only catchment it serves is found") {
  Place p = small_place();
  p.campuses[CampusId(0)].at = {80, 0};
  CHECK(findings(validate(p), "campus-outside-catchment") == 1);
}

TEST_CASE("a campus more than 50 km from the homes is found, one at 50 km is not") {
  Place p = small_place();
  p.campuses[CampusId(0)].at = {50100, 0};
  CHECK(findings(validate(p), "campus-far") == 0);
  p.campuses[CampusId(0)].at = {50101, 0};
  CHECK(findings(validate(p), "campus-far") == 1);
}

TEST_CASE("homes claimed by two catchments are counted once a pair") {
  Place p = small_place();
  Catchment other = p.catchments[CatchmentId(0)];
  other.code = "K2";
  p.catchments.push_back(other);
  CHECK(findings(validate(p), "home-in-two-catchments") == 1);
}

TEST_CASE("a catchment without campus and a stage without campus are found") {
  Place p = small_place();
  p.catchments[CatchmentId(0)].campuses.clear();
  p.campuses[CampusId(0)].stages[StageId(0)].reset();
  Diagnostics d = validate(p);
  CHECK(findings(d, "catchment-without-campus") == 1);
  CHECK(findings(d, "stage-without-campus") == 1);
  CHECK(findings(d, "campus-without-stage") == 1);
}

TEST_CASE("a negative or missing number of children is an error") {
  Place p = small_place();
  p.children.at(HomeId(1), ClassId(0), 6) = -1;
  CHECK(findings(validate(p), "children-negative") == 1);
  p.children.count.pop_back();
  CHECK(findings(validate(p), "children-shape") == 1);
}

TEST_CASE("duplicate codes are errors") {
  Place p = small_place();
  p.homes[HomeId(1)].code = "H1";
  p.catchments.push_back(p.catchments[CatchmentId(0)]);
  CHECK(findings(validate(p), "code-duplicate") == 2);
}

TEST_CASE("a catchment and its successor may share a code") {
  Place p = small_place();
  Catchment next = p.catchments[CatchmentId(0)];
  p.catchments[CatchmentId(0)].until = 2027;
  next.from = 2028;
  p.catchments.push_back(next);
  CHECK(findings(validate(p), "code-duplicate") == 0);
}

TEST_CASE("a core among its members and a tie to nobody are found") {
  Place p = small_place();
  Group g;
  g.code = "G1";
  g.core = CampusId(0);
  g.ties = {{CampusId(0), "alliance"}, {CampusId(), "alliance"}};
  p.groups.push_back(g);
  Diagnostics d = validate(p);
  CHECK(findings(d, "core-is-member") == 1);
  CHECK(findings(d, "tie-unknown-campus") == 1);
}

TEST_CASE("a private stage without private schools, and a fee that no rule reads, are found") {
  Place p = small_place();
  p.policy.private_first = true;
  CHECK(findings(validate(p), "no-private-school") == 1);
  p.policy.private_first = false;
  p.policy.rule = Rule::Nearest;
  p.campuses[CampusId(0)].fee = 9000;
  CHECK(findings(validate(p), "fee-not-used") == 1);
  p.policy.rule = Rule::Choice;
  CHECK(findings(validate(p), "fee-not-used") == 0);
}

TEST_CASE("a group without a core is sound where a sponsor leads it") {
  Place p = small_place();
  Group g;
  g.code = "U";
  g.ties = {{CampusId(0), "university"}};
  p.groups.push_back(g);
  CHECK(findings(validate(p), "group-without-core") == 1);
  p.groups[GroupId(0)].sponsor = Sponsor{};
  CHECK(findings(validate(p), "group-without-core") == 0);
}
