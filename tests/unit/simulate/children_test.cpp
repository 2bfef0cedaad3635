#include "simulate/children.h"

#include <catch2/catch.hpp>

#include "simulate/carry_over.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("children of an age are the base year's younger ones moved on") {
  Village v;
  v.home("h", 0, {{0, 7}, {3, 5}});
  ChildForecast f(v.place, v.coefficients, Births::Middle);
  CHECK(f.of_age(3, 2025)[0] == 5);
  CHECK(f.of_age(5, 2027)[0] == 5);
  CHECK(f.of_age(3, 2028)[0] == 7);
  CHECK(f.of_age(3, 2030)[0] == 7);  // born 2027: as many as in the base year
}

TEST_CASE("given entrants of an area without homes are reported") {
  Village v;
  auto primary = v.stage("primary", 6, 1);
  v.place.areas.push_back({.code = "empty"});
  v.home("h", 0, {{0, 1}});
  v.place.growth.entrants = {{AreaId(1), primary, 2026, 40}};
  Diagnostics notes;
  ChildForecast(v.place, v.coefficients, Births::Middle).note_assumptions(2026, notes);
  REQUIRE(notes.items().size() == 1);
  CHECK(notes.items()[0].code == "entrants-without-homes");
}

TEST_CASE("the latest feeder counts, and before its year none") {
  Village v;
  auto primary = v.stage("primary", 6, 1);
  auto junior = v.stage("junior", 7, 1);
  auto p = v.campus("P", 0, primary, 10);
  auto j = v.campus("J", 0, junior, 10);
  auto k = v.campus("K", 0, junior, 10);
  v.place.feeders = {{p, j, 2020}, {p, k, 2027}};
  CHECK_FALSE(feeders_to(v.place, junior, 2019)[p].valid());
  CHECK(feeders_to(v.place, junior, 2026)[p] == j);
  CHECK(feeders_to(v.place, junior, 2027)[p] == k);
  CHECK(stage_before(v.place, junior) == primary);
  CHECK_FALSE(stage_before(v.place, primary).valid());
}

TEST_CASE("entrants bring what their campus gives them; who moved in brings nothing") {
  Village v;
  auto primary = v.stage("primary", 6, 1);
  auto p = v.campus("P", 0, primary, 10);
  auto j = v.campus("J", 0, primary, 10);
  IdVector<CampusId, CampusId> feeder(2);
  feeder[p] = j;
  IdVector<CampusId, Standing> standing(2);
  Cohort finished;
  finished.placed = {{HomeId(0), ClassId(0), p, 6.0}};
  finished.waiting = {{HomeId(0), ClassId(0), CampusId(), 2.0}};
  const auto brought = brought_along(&finished, feeder, standing);
  auto rows = entrant_rows({10.0}, 1, &finished, false, brought);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].feeder_to == j);
  CHECK(rows[0].pupils == 6.0);
  CHECK(rows[1].pupils == 4.0);  // 2 without a seat, 2 who moved in
  // As a pattern for a cohort of another size: 6 of 8 came by the feeder.
  rows = entrant_rows({4.0}, 1, &finished, true, brought);
  CHECK(rows[0].pupils == 3.0);
  CHECK(rows[1].pupils == 1.0);
}
