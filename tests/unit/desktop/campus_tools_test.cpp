#include <catch2/catch.hpp>

#include "desktop/campus_tools.h"
#include "desktop/toasts.h"

using namespace doorstep;
using namespace doorstep::desktop;
using Kind = ToolRequest::Kind;

namespace {

/// Campuses a, b, c of one stage, 100 m apart; b leads group g, c is a paired member of it.
Place three() {
  Place p;
  p.base_year = 2024;
  Stage stage;
  stage.code = "primary";
  p.stages.push_back(stage);
  for (const char* code : {"a", "b", "c"}) {
    Campus c;
    c.code = code;
    c.name = {code, code};
    c.at = {100.0 * static_cast<double>(p.campuses.size()), 0};
    c.stages.resize(1);
    c.stages[StageId(0)] = CampusStage{{{2024, 270.0}}, {}, 0.0, {}};
    p.campuses.push_back(c);
  }
  Group g;
  g.code = "g";
  g.core = CampusId(1);
  g.ties.push_back({.member = CampusId(2), .form = "paired", .since = 2020});
  p.groups.push_back(g);
  return p;
}

}  // namespace

TEST_CASE("a school dragged onto another previews the tie and makes it when let go") {
  const Place p = three();
  TieTool tool;
  tool.press(CampusId(0));
  REQUIRE(tool.move(p, {}, "merged", 2025).kind == Kind::None);
  const ToolRequest over = tool.move(p, CampusId(1), "merged", 2025);
  REQUIRE(over.kind == Kind::Preview);
  const auto& edit = std::get<JoinGroup>(*over.edit);
  REQUIRE(edit.campus == "a");
  REQUIRE(edit.core == "b");
  REQUIRE(edit.group == "g");
  REQUIRE(tool.move(p, CampusId(1), "merged", 2025).kind == Kind::None);  // still there
  REQUIRE(tool.move(p, {}, "merged", 2025).kind == Kind::ClearPreview);
  tool.move(p, CampusId(1), "merged", 2025);
  const ToolRequest made = tool.release();
  REQUIRE(made.kind == Kind::Add);
  REQUIRE_FALSE(tool.dragging());
}

TEST_CASE("a school let go over nothing, or itself, makes no tie") {
  const Place p = three();
  TieTool tool;
  tool.press(CampusId(0));
  tool.move(p, CampusId(0), "merged", 2025);
  REQUIRE(tool.release().kind == Kind::None);
  tool.press(CampusId(0));
  tool.move(p, CampusId(1), "merged", 2025);
  REQUIRE(tool.cancel().kind == Kind::ClearPreview);
  REQUIRE(tool.release().kind == Kind::None);
}

TEST_CASE("closing asks first, and writes the steps that were taken") {
  const Place p = three();
  CloseTool tool;
  REQUIRE(tool.confirm().kind == Kind::None);
  REQUIRE(tool.ask(p, CampusId(0), 2026).kind == Kind::Preview);
  tool.steps()[1] = "2025-11";
  tool.set_opposed(true);
  const ToolRequest made = tool.confirm();
  REQUIRE(made.kind == Kind::Add);
  const auto& edit = std::get<CloseCampus>(*made.edit);
  REQUIRE(edit.campus == "a");
  REQUIRE(edit.opposed);
  REQUIRE(edit.procedure.size() == 4);
  REQUIRE(edit.procedure[1].step == "notice");
  REQUIRE(edit.procedure[1].when == "2025-11");
  REQUIRE_FALSE(tool.asking());
}

TEST_CASE("a closure that nobody documents names no procedure, and one given up leaves nothing") {
  const Place p = three();
  CloseTool tool;
  tool.ask(p, CampusId(0), 2026);
  REQUIRE(std::get<CloseCampus>(*tool.confirm().edit).procedure.empty());
  tool.ask(p, CampusId(0), 2026);
  REQUIRE(tool.cancel().kind == Kind::ClearPreview);
  REQUIRE(tool.confirm().kind == Kind::None);
}

TEST_CASE("a feeder takes two schools, one after the other") {
  FeederTool tool;
  REQUIRE(tool.pick("a", 2026).kind == Kind::None);
  REQUIRE(tool.pick("a", 2026).kind == Kind::None);  // the same one again
  const ToolRequest made = tool.pick("b", 2026);
  REQUIRE(made.kind == Kind::Add);
  REQUIRE(std::get<SetFeeder>(*made.edit).from == "a");
  REQUIRE(std::get<SetFeeder>(*made.edit).to == "b");
  REQUIRE(tool.from().empty());
}

TEST_CASE("a measured line adds up, and three points have an area") {
  MeasureTool tool;
  REQUIRE(tool.length_m() == 0);
  tool.add({0, 0});
  tool.add({300, 0});
  tool.add({300, 0});  // a double click adds nothing
  tool.add({300, 400});
  REQUIRE(tool.length_m() == Approx(700));
  REQUIRE(tool.length_m(Xy{0, 0}) == Approx(1200));
  REQUIRE(tool.area_m2() == Approx(60000));
  tool.remove_last();
  REQUIRE(tool.area_m2() == 0);
}

TEST_CASE("a box takes the campuses inside, a lasso that crosses itself too, a click none") {
  const Place p = three();
  AreaTool tool;
  tool.press(AreaTool::Shape::Box, {-10, -10});
  tool.move({50, 30});
  tool.move({110, 20});
  REQUIRE(campuses_inside(p, StageId(0), 2024, tool.release()) ==
          std::vector{CampusId(0), CampusId(1)});
  tool.press(AreaTool::Shape::Lasso, {190, -10});
  for (Xy at : {Xy{210, -10}, Xy{210, 10}, Xy{190, 10}}) tool.move(at);
  REQUIRE(campuses_inside(p, StageId(0), 2024, tool.release()) == std::vector{CampusId(2)});
  tool.press(AreaTool::Shape::Box, {0, 0});
  REQUIRE(tool.release().empty());
}

TEST_CASE("the ties of a campus are those that hold in the year") {
  const Place p = three();
  REQUIRE(ties_of(p, CampusId(0), 2024).empty());
  REQUIRE(ties_of(p, CampusId(2), 2019).empty());
  const auto held = ties_of(p, CampusId(2), 2024);
  REQUIRE(held.size() == 1);
  REQUIRE(held[0].form == "paired");
  REQUIRE(held[0].core == CampusId(1));
}

TEST_CASE("a school dragged onto its own leader stays as it is") {
  const Place p = three();
  TieTool tool;
  tool.press(CampusId(2));
  REQUIRE(tool.move(p, CampusId(1), "alliance", 2025).kind == Kind::None);
  REQUIRE(tool.core() == CampusId(1));
  REQUIRE(tool.merging().already);
  REQUIRE(tool.merging().already->form == "paired");
  REQUIRE(tool.release().kind == Kind::None);
}

TEST_CASE("a school of one group that joins another keeps its form and the first tie") {
  const Place p = three();
  const Merging made = merging(p, CampusId(0), CampusId(2), "alliance", 2025);
  REQUIRE(made.edit);
  REQUIRE(made.edit->form == "paired");
  REQUIRE(made.edit->core == "a");
  REQUIRE(made.kept.size() == 1);
  REQUIRE_FALSE(made.leads);
  // One without a tie has the form that was chosen; one that leads goes on to lead.
  REQUIRE(merging(p, CampusId(1), CampusId(0), "alliance", 2025).edit->form == "alliance");
  REQUIRE(merging(p, CampusId(0), CampusId(1), "alliance", 2025).leads);
}

TEST_CASE("another form leaves what else a tie is") {
  Place p = three();
  Tie& tie = p.groups[GroupId(0)].ties[0];
  tie.until = 2030;
  tie.practices = {"mutual_shared.teachers"};
  tie.courses = {{"戏曲", "Opera"}};
  const JoinGroup edit =
      with_form(p, ties_of(p, CampusId(2), 2025)[0], CampusId(2), "merged", 2025);
  REQUIRE(edit.group == "g");
  REQUIRE(edit.core == "b");
  REQUIRE(edit.form == "merged");
  REQUIRE(edit.until == 2030);
  REQUIRE(edit.practices.size() == 1);
  REQUIRE(edit.courses.size() == 1);
}

TEST_CASE("errors stay until they are dismissed, the rest goes after six seconds") {
  Toasts toasts;
  toasts.say("saved", false);
  toasts.say("failed", true);
  toasts.say("failed", true);
  REQUIRE(toasts.all().size() == 2);
  REQUIRE_FALSE(toasts.advance(10.0));
  REQUIRE(toasts.advance(16.5));
  REQUIRE(toasts.all().size() == 1);
  REQUIRE(toasts.error() == "failed");
  toasts.dismiss(0);
  REQUIRE(toasts.error().empty());
}
