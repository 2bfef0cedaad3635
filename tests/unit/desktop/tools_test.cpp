#include <catch2/catch.hpp>

#include "desktop/tools.h"

using namespace doorstep;
using namespace doorstep::desktop;
using Kind = ToolRequest::Kind;
using Phase = NewCampusTool::Phase;

namespace {

/// One primary stage of six grades; campuses a and b, 270 seats each from 2020, b leads a group.
Place two_campuses() {
  Place p;
  Stage stage;
  stage.code = "primary";
  const StageId primary = p.stages.push_back(stage);
  for (const char* code : {"a", "b"}) {
    Campus c;
    c.code = code;
    c.name = {std::string(code) + "校", std::string("School ") + code};
    c.stages.resize(1);
    c.stages[primary] = CampusStage{{{2020, 270.0}}, {}, 0.0, {}};
    p.campuses.push_back(c);
  }
  Group group;
  group.code = "g";
  group.core = CampusId(1);
  p.groups.push_back(group);
  return p;
}

OpenCampus model() { return model_campus(two_campuses(), StageId(0), 2028, 540); }

}  // namespace

TEST_CASE("dragging a new campus asks for a preview at every place and adds one edit at the end") {
  NewCampusTool tool;
  tool.arm();
  tool.begin_drag();
  const ToolRequest first = tool.move({10, 20}, true, model());
  REQUIRE(first.kind == Kind::Preview);
  REQUIRE(std::get<OpenCampus>(*first.edit).at == Xy{10, 20});
  REQUIRE(tool.move({10, 20}, true, model()).kind == Kind::None);  // it did not move
  REQUIRE(tool.move({30, 20}, true, model()).kind == Kind::Preview);
  const ToolRequest last = tool.release({30, 25}, true, model());
  REQUIRE(last.kind == Kind::Add);
  REQUIRE(std::get<OpenCampus>(*last.edit).at == Xy{30, 25});
  REQUIRE(tool.phase() == Phase::Idle);
  REQUIRE_FALSE(tool.ghost());
}

TEST_CASE("letting a new campus go over a panel leaves nothing behind") {
  NewCampusTool tool;
  tool.arm();
  tool.begin_drag();
  tool.move({10, 20}, true, model());
  REQUIRE(tool.move({0, 0}, false, model()).kind == Kind::ClearPreview);
  REQUIRE(tool.release({0, 0}, false, model()).kind == Kind::ClearPreview);
}

TEST_CASE("Esc takes the candidate away, and again does nothing") {
  NewCampusTool tool;
  tool.arm();
  tool.begin_drag();
  tool.move({10, 20}, true, model());
  REQUIRE(tool.cancel().kind == Kind::ClearPreview);
  REQUIRE(tool.cancel().kind == Kind::None);
  REQUIRE(tool.release({10, 20}, true, model()).kind == Kind::None);
}

TEST_CASE("an armed tool shows where the campus would stand before it is pressed") {
  NewCampusTool tool;
  tool.arm();
  REQUIRE(tool.move({1, 1}, true, model()).kind == Kind::Preview);
  REQUIRE(tool.release({1, 1}, true, model()).kind == Kind::None);  // nothing was pressed
  REQUIRE(tool.phase() == Phase::Armed);
}

TEST_CASE("new campuses take the first code that is free") {
  Place p = two_campuses();
  REQUIRE(model_campus(p, StageId(0), 2028, 540).code == "new-1");
  p.campuses[CampusId(0)].code = "new-1";
  REQUIRE(model_campus(p, StageId(0), 2028, 540).code == "new-2");
}

TEST_CASE("adding seats adds to those of the year") {
  Place p = two_campuses();
  p.campuses[CampusId(0)].stages[StageId(0)]->seats.push_back({2027, 360.0});
  REQUIRE(more_seats(p, CampusId(0), StageId(0), 2026, 90).seats == 360.0);
  REQUIRE(more_seats(p, CampusId(0), StageId(0), 2027, 90).seats == 450.0);
}

TEST_CASE("joining a campus that leads a group joins that group, another founds one") {
  const Place p = two_campuses();
  REQUIRE(join_group(p, CampusId(1), CampusId(0), "merged", 2026).group == "g");
  const JoinGroup founded = join_group(p, CampusId(0), CampusId(1), "paired", 2026);
  REQUIRE(founded.group == "group-a");
  REQUIRE(founded.group_name.zh == "a校集团");
  REQUIRE(founded.core == "a");
  REQUIRE(founded.campus == "b");
}
