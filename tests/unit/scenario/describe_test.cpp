#include <catch2/catch.hpp>

#include "scenario/scenario.h"

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
