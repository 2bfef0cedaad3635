#include <catch2/catch.hpp>

#include "scenario/describe.h"

using namespace doorstep;

TEST_CASE("edits describe themselves in both languages") {
  OpenCampus open{.code = "x01", .name = {"东城分校", "East branch"}, .seats = 1260, .year = 2028};
  CHECK(describe(open, false) == "New campus East branch, 1,260 seats, 2028");
  CHECK(describe(open, true) == "新建校区 东城分校，学位 1,260，2028 年");
  CHECK(describe(CloseCampus{"p17", 2027}, false) == "Close campus p17, 2027");
}

TEST_CASE("a move of homes and a new plan read differently") {
  RedrawCatchments move{
      .stage = "primary", .year = 2026, .catchments = {{.code = "E", .homes = {"a", "b"}}}};
  CHECK(describe(move, false) == "Move 2 homes to another catchment, 2026");
  move.replace_all = true;
  CHECK(describe(move, false) == "Redraw 1 catchments, 2026");
}

TEST_CASE("an edit is said with the names of the place, of the plan and of the forms") {
  Place place;
  Campus campus;
  campus.code = "p1";
  campus.name = {"第一小学", "First Primary"};
  place.campuses.push_back(campus);
  Scenario plan;
  plan.edits = {OpenCampus{.code = "x01", .name = {"东校区", "East"}},
                JoinGroup{.group = "g1", .campus = "x01", .form = "branch", .year = 2026}};
  EditNames names = edit_names(place, plan);
  names.groups["g1"] = {"实验集团", "Lab Group"};
  names.words["branch"] = {"分校", "branch"};
  CHECK(describe(plan.edits[1], names, true) == "东校区 加入集团 实验集团（分校），2026 年");
  CHECK(describe(plan.edits[1], names, false) == "East joins group Lab Group (branch), 2026");
  CHECK(describe(Edit(CloseCampus{"p1", 2027}), names, true) == "撤并校区 第一小学，2027 年");
  CHECK(describe(Edit(CloseCampus{"p9", 2027}), names, false) == "Close campus p9, 2027");
  CHECK(describe(plan.edits[1], false) == "x01 joins group g1 (branch), 2026");
}
