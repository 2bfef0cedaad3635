#include <catch2/catch.hpp>

#include <filesystem>
#include <regex>
#include <set>

#include "base/file.h"
#include "desktop/app.h"
#include "desktop/menu.h"
#include "desktop/plan_actions.h"
#include "io/config.h"

using namespace doorstep;
using namespace doorstep::desktop;

namespace {

/// A kindergarten stage with two campuses, a primary one with one.
std::shared_ptr<const OpenPlace> small_place() {
  auto opened = std::make_shared<OpenPlace>();
  Place& p = opened->place;
  p.code = "small";
  p.base_year = 2024;
  p.crs = "EPSG:4549";
  Stage stage;
  stage.code = "kindergarten";
  stage.kind = StageKind::Kindergarten;
  stage.grades = 3;
  p.stages.push_back(stage);
  stage.code = "primary";
  stage.kind = StageKind::Primary;
  stage.grades = 6;
  p.stages.push_back(stage);
  for (std::size_t taught : {0, 0, 1}) {
    Campus c;
    c.code = "c" + std::to_string(p.campuses.size());
    c.at = {500000.0 + 100.0 * static_cast<double>(p.campuses.size()), 4140000.0};
    c.stages.resize(2);
    c.stages[StageId(taught)] = CampusStage{{{2024, 270.0}}, {}, 0.0, {}};
    p.campuses.push_back(c);
  }
  return opened;
}

struct Fixture {
  App app{small_place(), {}, io::load_words(Language::Chinese), io::load_words(Language::English)};
};

/// Keys such as "panel.layers" written in the sources of the window.
std::set<std::string> keys_in_sources() {
  std::set<std::string> out;
  const std::regex key(
      "\"((?:window|panel|tool|command|legend|file|tour|menu|show)\\.[a-z0-9_]+)\"");
  for (const auto& entry : std::filesystem::directory_iterator(resource_path("src/desktop"))) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = read_file(entry.path());
    for (std::sregex_iterator i(text.begin(), text.end(), key), end; i != end; ++i) {
      const std::string found = (*i)[1];
      if (found.back() != '_') out.insert(found);  // "legend.tie_" is put together with a form
    }
  }
  return out;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a place opens on its primary schools in the base year") {
  REQUIRE(app.place().stages[app.view.stage].code == "primary");
  REQUIRE(app.view.year == 2024);
  REQUIRE(app.settings.seats == 540);  // two classes of 45 in six grades
}

TEST_CASE_METHOD(Fixture, "every command has a word in both languages") {
  for (Language language : {Language::Chinese, Language::English}) {
    for (const Command& c : app.commands.all()) {
      INFO(c.id);
      REQUIRE(app.words(language).all().count("command." + c.id) == 1);
    }
  }
}

TEST_CASE_METHOD(Fixture, "every word that the window says exists in both languages") {
  const auto keys = keys_in_sources();
  REQUIRE(keys.size() > 150);
  for (Language language : {Language::Chinese, Language::English}) {
    for (const std::string& key : keys) {
      INFO(key);
      REQUIRE(app.words(language).all().count(key) == 1);
    }
  }
}

TEST_CASE_METHOD(Fixture, "keys 1, 2 and 3 choose what the map shows, and a swipe needs a plan") {
  app.commands.press("1");
  REQUIRE(app.view.mode == scene::MapMode::Baseline);
  app.commands.press("3");
  REQUIRE(app.view.mode == scene::MapMode::Difference);
  REQUIRE_FALSE(app.commands.press("4"));
  app.add_edit(CloseCampus{"c1", 2025});
  REQUIRE(app.commands.press("4"));
  REQUIRE(app.split() == Split::Swipe);
  app.commands.press("2");
  REQUIRE(app.split() == Split::None);
}

TEST_CASE_METHOD(Fixture,
                 "undo and redo are possible exactly when there is something to undo or redo") {
  REQUIRE_FALSE(app.commands.enabled("undo"));
  app.add_edit(CloseCampus{"c1", 2025});
  REQUIRE(app.commands.press("Ctrl+Z"));
  REQUIRE_FALSE(app.has_edits());
  REQUIRE(app.commands.press("Ctrl+Y"));
  REQUIRE(app.document().scenario().edits.size() == 1);
  REQUIRE_FALSE(app.commands.enabled("redo"));
}

TEST_CASE_METHOD(Fixture, "an edit that is refused leaves no trace but a notice") {
  app.add_edit(CloseCampus{"nowhere", 2025});
  REQUIRE_FALSE(app.has_edits());
  REQUIRE_FALSE(app.commands.enabled("undo"));
  REQUIRE(app.notice().find("nowhere") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "taking a tool goes to Try, and Esc puts the tool down first") {
  app.commands.press("X");
  REQUIRE(app.view.task == Task::Try);
  REQUIRE(app.tool() == ToolKind::CloseCampus);
  app.commands.press("Esc");
  REQUIRE(app.tool() == ToolKind::None);
  REQUIRE(app.view.task == Task::Try);
}

TEST_CASE_METHOD(Fixture, "an empty click with the housing tool places homes where it was") {
  app.commands.press("H");
  app.click({500050, 4140020}, {});
  REQUIRE(app.document().scenario().edits.size() == 1);
  REQUIRE(std::get<AddHousing>(app.document().scenario().edits[0]).at == Xy{500050, 4140020});
}

TEST_CASE_METHOD(Fixture, "every command stands in the menu once, and the menu has no other") {
  std::multiset<std::string> in_menu;
  for (const MenuPart& part : menu_parts()) {
    for (Language language : {Language::Chinese, Language::English})
      REQUIRE(app.words(language).all().count(part.word) == 1);
    in_menu.insert(part.commands.begin(), part.commands.end());
  }
  for (const Command& c : app.commands.all()) {
    INFO(c.id);
    REQUIRE(in_menu.count(c.id) == 1);
  }
  REQUIRE(in_menu.size() == app.commands.all().size());
}

TEST_CASE_METHOD(Fixture,
                 "saving is possible before anything was opened or changed, and asks for a name") {
  REQUIRE(app.commands.press("Ctrl+S"));
  REQUIRE(app.files.asking() == Files::Asking::SaveAs);
  app.commands.press("Esc");
  REQUIRE(app.files.asking() == Files::Asking::Nothing);
}

TEST_CASE_METHOD(
    Fixture, "a policy is one edit however often it is switched, and each switch can be undone") {
  set_policy(app, {"nearest", "", "", 0});
  set_policy(app, {"least_travel", "", "", 0});
  set_policy(app, {"", "crowd", "", 0});
  REQUIRE(app.document().scenario().edits.size() == 1);
  const auto& policy = std::get<SetPolicy>(app.document().scenario().edits[0]);
  REQUIRE(policy.rule == "least_travel");
  REQUIRE(policy.overflow == "crowd");
  app.commands.press("Ctrl+Z");
  app.commands.press("Ctrl+Z");
  REQUIRE(std::get<SetPolicy>(app.document().scenario().edits[0]).rule == "nearest");
}

TEST_CASE_METHOD(Fixture, "a tool that only looks leaves the task as it is") {
  app.commands.press("D");
  REQUIRE(app.view.task == Task::Look);
  app.click({500000, 4140000}, {});
  app.click({500300, 4140400}, {});
  REQUIRE(app.measure.length_m() == Approx(500));
  app.commands.press("Esc");
  REQUIRE(app.tool() == ToolKind::None);
  REQUIRE(app.measure.points().empty());
}

TEST_CASE_METHOD(Fixture, "another plan as A is compared with until the baseline comes back") {
  REQUIRE_FALSE(app.commands.press("Ctrl+1"));  // nothing is changed yet
  REQUIRE_FALSE(app.commands.press("5"));
  app.document().set_reference(Scenario{});
  REQUIRE_FALSE(app.has_edits());
  REQUIRE(app.differs());
  REQUIRE(app.commands.press("5"));
  REQUIRE(app.split() == Split::SideBySide);
  REQUIRE(app.commands.press("Ctrl+0"));
  REQUIRE(app.split() == Split::None);
}

TEST_CASE_METHOD(Fixture,
                 "an edit is taken out as a step of its own, and stays where others need it") {
  OpenCampus open;
  open.code = "x";
  open.stage = "primary";
  open.seats = 270;
  open.year = 2025;
  app.add_edit(open);
  app.add_edit(SetSeats{"x", "primary", 300, -1, 2026});
  take_out_edit(app, 0);
  REQUIRE(app.document().scenario().edits.size() == 2);
  REQUIRE_FALSE(app.notice().empty());
  take_out_edit(app, 1);
  REQUIRE(app.document().scenario().edits.size() == 1);
  REQUIRE(app.notice().empty());
  app.commands.press("Ctrl+Z");
  REQUIRE(app.document().scenario().edits.size() == 2);
}

TEST_CASE("a captured scene says what it shows, and no two have the same caption") {
  Fixture f;
  App& app = f.app;
  auto capture = [&] {
    app.show.scenes.push_back(scene_of(app));
    return app.show.scenes.back();
  };
  app.view.mode = scene::MapMode::Baseline;
  const ShowScene baseline = capture();
  CHECK(baseline.en.find(app.words(Language::English)("window.baseline_a")) != std::string::npos);
  CHECK(baseline.zh.find(app.words(Language::Chinese)("window.baseline_a")) != std::string::npos);
  app.view.mode = scene::MapMode::Scenario;
  CHECK(capture().en != baseline.en);
  app.view.fill = scene::FillBy::Reach;
  CHECK(capture().en.ends_with(app.words(Language::English)("panel.by_reach")));
  CHECK(capture().en.ends_with(" (2)"));  // another part of the same map
  std::set<std::string> zh, en;
  for (const ShowScene& scene : app.show.scenes) {
    zh.insert(scene.zh);
    en.insert(scene.en);
  }
  CHECK(zh.size() == app.show.scenes.size());
  CHECK(en.size() == app.show.scenes.size());
}
