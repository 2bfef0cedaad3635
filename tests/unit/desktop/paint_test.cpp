#include <catch2/catch.hpp>

#include "desktop/paint_tool.h"

using namespace doorstep;
using namespace doorstep::desktop;
using Kind = ToolRequest::Kind;

namespace {

// Six homes in a row, 100 m apart, 10 pupils each; the first three belong to w, the others to e.
//   h0 h1 h2 | h3 h4 h5
struct Row {
  Place place;
  PaintGround ground;
  PaintTool tool;

  Row() {
    place.base_year = 2024;
    Stage stage;
    stage.code = "primary";
    place.stages.push_back(stage);
    for (const char* code : {"w", "e"}) {
      Campus c;
      c.code = code;
      c.stages.resize(1);
      c.stages[StageId(0)] = CampusStage{{{2024, 40.0}}, {}, 0.0, {}};
      place.campuses.push_back(c);
      Catchment area;
      area.code = code;
      area.stage = StageId(0);
      area.campuses = {CampusId(place.campuses.size() - 1)};
      place.catchments.push_back(area);
    }
    for (int i = 0; i < 6; ++i) {
      Home h;
      h.code = "h" + std::to_string(i);
      h.at = {100.0 * i, 0};
      place.homes.push_back(h);
      place.catchments[CatchmentId(i < 3 ? 0 : 1)].homes.push_back(HomeId(i));
    }
    lay({0, 0, 0, 1, 1, 1});
    tool.arm();
  }
  void lay(std::initializer_list<int> owners) {
    ground.place = &place;
    ground.stage = StageId(0);
    ground.year = 2025;
    ground.pupils.assign(6, 10.0);
    ground.catchment_of.assign(6, CatchmentId());
    std::size_t i = 0;
    for (int owner : owners) ground.catchment_of[HomeId(i++)] = CatchmentId(owner);
    ground.graph = std::make_shared<HomeGraph>(place);
    tool.set_ground(ground);
  }
};

}  // namespace

TEST_CASE_METHOD(Row, "homes in a row border the next ones and no others") {
  const auto next = ground.graph->neighbours(HomeId(2));
  REQUIRE(std::vector(next.begin(), next.end()) == std::vector{HomeId(1), HomeId(3)});
}

TEST_CASE_METHOD(Row, "a stroke gives the homes under the brush to the catchment it begins in") {
  REQUIRE(tool.press({200, 0}, 30).kind == Kind::None);  // h2 is w's already
  REQUIRE(tool.target() == "w");
  const ToolRequest over = tool.move({300, 0}, 30);
  REQUIRE(over.kind == Kind::Preview);
  REQUIRE(tool.move({310, 0}, 30).kind == Kind::None);  // no other home
  const ToolRequest made = tool.release();
  REQUIRE(made.kind == Kind::Add);
  const auto& edit = std::get<RedrawCatchments>(*made.edit);
  REQUIRE(edit.year == 2025);
  REQUIRE(edit.catchments.size() == 1);
  REQUIRE(edit.catchments[0].code == "w");
  REQUIRE(edit.catchments[0].homes == std::vector<std::string>{"h3"});
}

TEST_CASE_METHOD(Row, "a fast stroke misses no home between two positions of the mouse") {
  tool.press({200, 0}, 20);
  tool.move({500, 0}, 20);
  REQUIRE(tool.moved() == std::vector{HomeId(3), HomeId(4), HomeId(5)});
}

TEST_CASE_METHOD(Row, "the balance follows the brush: pupils, seats and pieces") {
  tool.set_target("w");
  tool.press({400, 0}, 20);  // h4, leaving h3 and h5 on either side
  const auto rows = tool.balance();
  REQUIRE(rows.size() == 2);
  REQUIRE(rows[0].catchment == CatchmentId(0));
  REQUIRE(rows[0].before == 30);
  REQUIRE(rows[0].after == 40);
  REQUIRE(rows[0].seats == 40);
  REQUIRE(rows[0].pieces_after == 2);
  REQUIRE(rows[1].after == 20);
  REQUIRE(rows[1].pieces_before == 1);
  REQUIRE(rows[1].pieces_after == 2);
}

TEST_CASE_METHOD(Row, "Esc gives every home back") {
  tool.press({200, 0}, 30);
  tool.move({300, 0}, 30);
  REQUIRE(tool.cancel().kind == Kind::ClearPreview);
  REQUIRE(tool.moved().empty());
  REQUIRE(tool.release().kind == Kind::None);
}

TEST_CASE_METHOD(Row, "two strokes are one edit in the file, and the later one wins a home") {
  RedrawCatchments first, second;
  first.stage = second.stage = "primary";
  first.year = second.year = 2025;
  first.catchments = {{"w", {}, {}, {}, {"h3", "h4"}, {}}};
  second.catchments = {{"e", {}, {}, {}, {"h3"}, {}}};
  const auto both = merged(first, second);
  REQUIRE(both);
  REQUIRE(both->catchments.size() == 2);
  REQUIRE(both->catchments[0].code == "e");
  REQUIRE(both->catchments[0].homes == std::vector<std::string>{"h3"});
  REQUIRE(both->catchments[1].homes == std::vector<std::string>{"h4"});
  second.year = 2026;
  REQUIRE_FALSE(merged(first, second));
  REQUIRE_FALSE(merged(CloseCampus{"w", 2025, {}, false}, second));
}

TEST_CASE_METHOD(Row,
                 "a piece cut off is found, and repairing gives it to the catchment round it") {
  const PaintGround before = ground;
  lay({0, 1, 0, 1, 1, 1});  // h1 alone among w's
  const auto breaks = new_breaks(ground, before);
  REQUIRE(breaks.size() == 2);  // of w: h0 or h2; of e: h1
  const auto& of_e = breaks[1];
  REQUIRE(of_e.homes == std::vector{HomeId(1)});
  REQUIRE(surrounding(*ground.graph, ground.catchment_of, of_e) == CatchmentId(0));
  const auto mend = repair(ground, {of_e});
  REQUIRE(mend);
  REQUIRE(mend->catchments[0].code == "w");
  REQUIRE(mend->catchments[0].homes == std::vector<std::string>{"h1"});
}

TEST_CASE_METHOD(Row, "what was cut off before the plan is no break of the plan") {
  lay({0, 1, 0, 1, 1, 1});
  const PaintGround before = ground;
  REQUIRE(new_breaks(ground, before).empty());
}
