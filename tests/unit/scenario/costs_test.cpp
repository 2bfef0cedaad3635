#include <catch2/catch.hpp>

#include "scenario/costs.h"

using namespace doorstep;

namespace {

/// One primary stage, one campus p1 with 300 seats.
Place town() {
  Place place;
  place.base_year = 2024;
  Stage stage;
  stage.code = "p";
  stage.kind = StageKind::Primary;
  stage.class_standard = 40;
  place.stages.push_back(stage);
  Campus campus;
  campus.code = "p1";
  campus.stages.resize(1);
  campus.stages[StageId(0)].emplace();
  campus.stages[StageId(0)]->seats = {{2024, 300.0}};
  place.campuses.push_back(campus);
  return place;
}

Coefficients standards() {
  Coefficients c;
  c.set("cost.new_seat.primary", {100.0, 0, 0, "", "assumed"});
  c.set("cost.added_seat.primary", {50.0, 0, 0, "", "F"});
  c.set("cost.close_campus", {7.0, 0, 0, "", "F"});
  return c;
}

SetSeats seats(double n, Year year) {
  return {.campus = "p1", .stage = "p", .seats = n, .year = year};
}

}  // namespace

TEST_CASE("an edit costs what it says, else the standard for what it builds") {
  Scenario plan;
  plan.edits = {OpenCampus{.code = "x", .stage = "p", .seats = 200, .year = 2025},
                OpenCampus{.code = "y", .stage = "p", .seats = 200, .year = 2026, .cost = 5000},
                CloseCampus{"p1", 2027}};
  const PlanCost cost = plan_cost(town(), plan, standards());
  CHECK(cost.edits[0].amount == 20000);
  CHECK(cost.edits[0].assumed());
  CHECK(cost.edits[1].given);
  CHECK(cost.edits[1].amount == 5000);
  CHECK_FALSE(cost.edits[1].assumed());
  CHECK(cost.edits[2].amount == 7);
  CHECK(cost.total == 25007);
  CHECK(cost.until(2025) == 20000);
  CHECK(cost.assumed());
}

TEST_CASE("seats that stand already cost nothing, and none are sold") {
  Scenario plan;
  plan.edits = {seats(340, 2025), seats(300, 2026), seats(320, 2027)};
  const PlanCost cost = plan_cost(town(), plan, standards());
  CHECK(cost.edits[0].amount == 40 * 50);
  CHECK(cost.edits[1].amount == 0);
  CHECK(cost.edits[2].amount == 20 * 50);
  SetSeats rooms{.campus = "p1", .stage = "p", .seats = -1, .year = 2025};
  rooms.rooms = 10;  // 400 seats
  plan.edits = {rooms};
  CHECK(plan_cost(town(), plan, standards()).total == 100 * 50);
}

TEST_CASE("an explicit cost of nothing is no missing cost") {
  Scenario plan;
  plan.edits = {with_cost(seats(400, 2025), 0.0)};
  const PlanCost cost = plan_cost(town(), plan, standards());
  CHECK(cost.edits[0].given);
  CHECK(cost.total == 0);
}

TEST_CASE("a plan above its budget is over it, one on it is not") {
  Scenario plan;
  plan.edits = {with_cost(seats(400, 2025), 100.0)};
  CHECK_FALSE(plan_cost(town(), plan, standards()).over());
  plan.budget = 100.0;
  CHECK_FALSE(plan_cost(town(), plan, standards()).over());
  plan.budget = 99.0;
  CHECK(plan_cost(town(), plan, standards()).over());
}

TEST_CASE("standards in yuan are not applied to another currency") {
  Place place = town();
  place.currency = "pounds";
  Scenario plan;
  plan.edits = {seats(400, 2025), with_cost(seats(500, 2026), 30.0)};
  const PlanCost cost = plan_cost(place, plan, standards());
  CHECK_FALSE(cost.edits[0].known);
  CHECK(cost.unknown == 1);
  CHECK(cost.total == 30);
}

TEST_CASE("a place's own price goes before the one of config, with its source") {
  Place own = town();
  own.standards.set("cost.new_seat.primary", {80.0, 80, 80, "tender of 2023", "F"});
  Scenario plan;
  plan.edits = {OpenCampus{.code = "x", .stage = "p", .seats = 200, .year = 2025}};
  const EditCost cost = plan_cost(own, plan, standards()).edits[0];
  CHECK(cost.amount == 16000);
  CHECK_FALSE(cost.assumed());
  REQUIRE(cost.parts.size() == 1);
  CHECK(cost.parts[0].source == "tender of 2023");
  CHECK(cost.parts[0].mark == "F");
}

TEST_CASE("in another currency only the place's own prices count") {
  Place own = town();
  own.currency = "pound";
  own.standards.set("cost.new_seat.primary", {30.0, 30, 30, "county estimate", "M"});
  Scenario plan;
  plan.edits = {OpenCampus{.code = "x", .stage = "p", .seats = 200, .year = 2025},
                CloseCampus{"p1", 2027}};
  const PlanCost cost = plan_cost(own, plan, standards());
  CHECK(cost.edits[0].amount == 6000);
  CHECK_FALSE(cost.edits[1].known);
  CHECK(cost.unknown == 1);
}
