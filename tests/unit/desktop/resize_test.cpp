#include "desktop/resize_tool.h"

#include <catch2/catch.hpp>

using namespace doorstep;
using namespace doorstep::desktop;
using Kind = ToolRequest::Kind;

namespace {

/// One campus of 270 seats, classes of 45.
Place place() {
  Place p;
  p.base_year = 2024;
  Stage stage;
  stage.code = "primary";
  stage.class_standard = 45;
  p.stages.push_back(stage);
  Campus c;
  c.code = "a";
  c.stages.resize(1);
  c.stages[StageId(0)] = CampusStage{{{2024, 270.0}}, {}, 0.0, {}};
  p.campuses.push_back(c);
  return p;
}

struct Fixture {
  Place town = place();
  ResizeTool tool;
  Fixture() { tool.press(town, CampusId(0), StageId(0), 2026, {100, 100}); }
  double seats(const ToolRequest& r) { return std::get<SetSeats>(*r.edit).seats; }
};

}  // namespace

TEST_CASE_METHOD(Fixture,
                 "seats follow the mouse by whole classes, and by single seats with Shift") {
  REQUIRE(tool.move({105, 100}, false).kind == Kind::None);  // less than a class
  const auto one = tool.move({100 + ResizeTool::kClassPx, 100}, false);
  REQUIRE(one.kind == Kind::Preview);
  REQUIRE(seats(one) == 315);
  REQUIRE(std::get<SetSeats>(*one.edit).year == 2026);
  REQUIRE(seats(tool.move({100 - 2 * ResizeTool::kClassPx, 100}, false)) == 180);
  REQUIRE(seats(tool.move({100 + 3 * ResizeTool::kSeatPx, 100}, true)) == 273);
}

TEST_CASE_METHOD(Fixture, "a campus never has fewer than no seats") {
  REQUIRE(seats(tool.move({-5000, 100}, false)) == 0);
}

TEST_CASE_METHOD(Fixture, "letting go where the seats are what they were changes nothing") {
  tool.move({200, 100}, false);
  REQUIRE(tool.move({101, 100}, false).kind == Kind::ClearPreview);
  REQUIRE(tool.release().kind == Kind::ClearPreview);
  REQUIRE_FALSE(tool.dragging());
}

TEST_CASE_METHOD(Fixture, "letting go makes one edit, Esc none") {
  tool.move({100 + ResizeTool::kClassPx, 100}, false);
  const auto made = tool.release();
  REQUIRE(made.kind == Kind::Add);
  REQUIRE(seats(made) == 315);
  REQUIRE(tool.release().kind == Kind::None);
  tool.press(town, CampusId(0), StageId(0), 2026, {0, 0});
  tool.move({90, 0}, false);
  REQUIRE(tool.cancel().kind == Kind::ClearPreview);
  REQUIRE(tool.release().kind == Kind::None);
}

TEST_CASE("seats given already are changed where they are given") {
  Scenario plan;
  OpenCampus open;
  open.code = "new";
  open.stage = "primary";
  open.seats = 270;
  open.intake = 45;
  plan.edits = {open, SetSeats{"a", "primary", 300, -1.0, 2026}};
  REQUIRE(edit_of_seats(plan, {"new", "primary", 540, -1.0, 2028}) == 0);
  REQUIRE(edit_of_seats(plan, {"a", "primary", 350, -1.0, 2026}) == 1);
  REQUIRE(edit_of_seats(plan, {"a", "primary", 350, -1.0, 2027}) == -1);  // another step in time
  REQUIRE(edit_of_seats(plan, {"b", "primary", 350, -1.0, 2026}) == -1);
  const Edit larger = with_seats(plan.edits[0], {"new", "primary", 540, -1.0, 2028});
  REQUIRE(std::get<OpenCampus>(larger).seats == 540);
  REQUIRE(std::get<OpenCampus>(larger).intake == 90);
}
