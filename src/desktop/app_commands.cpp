#include "desktop/app.h"
#include "desktop/plan_actions.h"

namespace doorstep::desktop {

using scene::MapMode;

/// How the window speaks and looks.
void App::register_manners() {
  auto always = [] { return true; };
  auto add = [&](const char* id, const char* key, std::function<bool()> enabled,
                 std::function<void()> run) {
    commands.add({id, key, std::move(enabled), std::move(run)});
  };
  add("language", "Ctrl+L", always, [this] {
    view.language = view.language == Language::Chinese ? Language::English : Language::Chinese;
  });
  add("theme", "Ctrl+T", always, [this] {
    const int next = (static_cast<int>(view.theme) + 1) % 3;
    view.theme = static_cast<scene::ThemeKind>(next);
  });
  add("next_panel", "F8", always, [this] { focus.next_panel(); });
  add("other_side", "F6", always,
      [this] { view.side = view.side == Side::Left ? Side::Right : Side::Left; });
  add("tour", "F1", always, [this] { view.tour = 0; });
  add(
      "cancel_job", "Ctrl+.", [this] { return document_.busy(); },
      [this] { document_.cancel_job(); });
  add("reduced_motion", "Ctrl+M", always, [this] { view.reduced_motion = !view.reduced_motion; });
  add(
      "larger", "Ctrl+=", [this] { return view.scale < 2.5; },
      [this] { view.scale = std::min(2.5, view.scale + 0.25); });
  add(
      "smaller", "Ctrl+-", [this] { return view.scale > 0.75; },
      [this] { view.scale = std::max(0.75, view.scale - 0.25); });
}

void App::register_commands() {
  auto always = [] { return true; };
  auto add = [&](const char* id, const char* key, std::function<bool()> enabled,
                 std::function<void()> run) {
    commands.add({id, key, std::move(enabled), std::move(run)});
  };
  register_files();
  register_manners();
  register_tools();
  register_looks();
  register_show();
  register_moves();
  add(
      "undo", "Ctrl+Z", [this] { return document_.can_undo(); }, [this] { document_.undo(); });
  add(
      "redo", "Ctrl+Y", [this] { return document_.can_redo(); }, [this] { document_.redo(); });
  add("search", "Ctrl+K", always, [this] { view.palette_open = !view.palette_open; });
  add("menu", "F10", always, [this] { view.menu_open = !view.menu_open; });
  add("cancel", "Esc", always, [this] {
    if (files.asking() != Files::Asking::Nothing) {
      files.answer(Files::Answer::Cancel);
    } else if (data.asking()) {
      data.cancel();
    } else if (view.tour >= 0) {
      view.tour = -1;
    } else if (view.palette_open || view.menu_open) {
      view.palette_open = view.menu_open = false;
    } else if (tool_ != ToolKind::None || resize.dragging()) {
      cancel();
    } else {
      select({});
    }
  });
  add("fit_all", "Home", always, [this] { fit_all(now); });
  add("previous_year", "PageUp", always, [this] { step_year(-1); });
  add("next_year", "PageDown", always, [this] { step_year(1); });
  add("play", "Space", always, [this] { view.playing = !view.playing; });
  add(
      "next_stage", "N", [this] { return place().stages.size() > 1; },
      [this] { set_stage(StageId((view.stage.index + 1) % place().stages.size())); });
  add(
      "fit_selection", "Z", [this] { return view.selection.kind != scene::MapItem::Kind::None; },
      [this] { fit_selection(now); });
  add("next_item", "Tab", always, [this] { walk(1); });
  add("previous_item", "Shift+Tab", always, [this] { walk(-1); });
  add("select_all", "Ctrl+A", always, [this] {
    const Shown s = shown();
    const auto& main = s.main(view.mode);
    if (!main) return;
    std::vector<CampusId> all;
    const auto& run = main->run.years[s.main_year(view.mode)].stages[view.stage].campuses;
    for (CampusId c : run.ids())
      if (run[c].open) all.push_back(c);
    choose(all, false);
  });
  add("select_box", "R", always, [this] { take_tool(ToolKind::Box); });
  add("select_lasso", "G", always, [this] { take_tool(ToolKind::Lasso); });
  add("measure", "D", always, [this] { take_tool(ToolKind::Measure); });
}

/// Opening, saving and leaving; what stands behind them is files.h.
void App::register_files() {
  auto always = [] { return true; };
  auto add = [&](const char* id, const char* key, std::function<bool()> enabled,
                 std::function<void()> run) {
    commands.add({id, key, std::move(enabled), std::move(run)});
  };
  add("open", "Ctrl+O", always, [this] { files.open(); });
  add("import", "Ctrl+I", always, [this] {
    files.ask_files(
        [this](std::vector<std::filesystem::path> chosen) { data.import(std::move(chosen)); });
  });
  // Possible also where nothing was opened: it then asks for a name.
  add(
      "save", "Ctrl+S", [this] { return document_.unsaved() || files.path().empty(); },
      [this] { files.save(); });
  add("save_as", "Ctrl+Shift+S", always, [this] { files.save_as(); });
  add("quit", "Ctrl+Q", always, [this] { files.close(); });
  add("pack", "Ctrl+Shift+P", always, [this] {
    files.ask("command.pack", place().code + ".doorstep", ".doorstep",
              [this](const std::filesystem::path& file) { data.pack(file); });
  });
  add("carry", "Ctrl+Shift+D", always, [this] {
    files.ask("command.carry", "", "",
              [this](const std::filesystem::path& place) { data.carry_to(place); });
  });
  add("table", "F11", always, [this] {
    if (view.stage.valid()) data.open_table(place().stages[view.stage].code, edit_year());
  });
  add("check", "F9", always, [this] { data.show_findings(!data.findings_open()); });
}

/// The tools of Try.
void App::register_tools() {
  auto always = [] { return true; };
  auto add = [&](const char* id, const char* key, std::function<bool()> enabled,
                 std::function<void()> run) {
    commands.add({id, key, std::move(enabled), std::move(run)});
  };
  auto tool = [&](const char* id, const char* key, ToolKind kind) {
    add(id, key, always, [this, kind] { take_tool(kind); });
  };
  tool("new_campus", "B", ToolKind::NewCampus);
  add(
      "join_group", "M", [this] { return !document_.opened().forms.empty(); },
      [this] { take_tool(ToolKind::JoinGroup); });
  tool("close_campus", "X", ToolKind::CloseCampus);
  tool("add_seats", "S", ToolKind::AddSeats);
  add(
      "paint", "P", [this] { return !place().catchments.empty(); },
      [this] { take_tool(ToolKind::Paint); });
  add(
      "feeder", "F", [this] { return place().stages.size() > 1; },
      [this] { take_tool(ToolKind::Feeder); });
  tool("housing", "H", ToolKind::Housing);
  tool("policy", "L", ToolKind::Policy);
  auto painting = [this] { return tool_ == ToolKind::Paint; };
  add("brush_larger", "]", painting, [this] { paint.set_radius(paint.radius_px() * 1.25); });
  add("brush_smaller", "[", painting, [this] { paint.set_radius(paint.radius_px() / 1.25); });
  add(
      "repair", "Ctrl+R", [this] { return !desk.breaks().empty(); },
      [this] { repair_breaks(*this); });
}

/// Moving the map by keys.
void App::register_moves() {
  auto always = [] { return true; };
  auto add = [&](const char* id, const char* key, std::function<bool()> enabled,
                 std::function<void()> run) {
    commands.add({id, key, std::move(enabled), std::move(run)});
  };
  constexpr double kStepPx = 60.0;
  add("left", "Left", always, [this] { camera.pan_by({kStepPx, 0}); });
  add("right", "Right", always, [this] { camera.pan_by({-kStepPx, 0}); });
  add("up", "Up", always, [this] { camera.pan_by({0, kStepPx}); });
  add("down", "Down", always, [this] { camera.pan_by({0, -kStepPx}); });
}

/// Scenes and notes.
void App::register_show() {
  auto always = [] { return true; };
  auto add = [&](const char* id, const char* key, std::function<bool()> enabled,
                 std::function<void()> run) {
    commands.add({id, key, std::move(enabled), std::move(run)});
  };
  add("show", "F7", always, [this] { set_task(Task::Show); });
  add("capture", "Ctrl+E", always, [this] {
    set_task(Task::Show);
    show.scenes.push_back(scene_of(*this));
  });
  add(
      "present", "F5", [this] { return !show.scenes.empty(); },
      [this] {
        show.begin();
        put_on_map(*this, show.scenes.front());
      });
  add("pin", "T", always, [this] { take_tool(ToolKind::Pin); });
}

/// What the map compares.
void App::register_looks() {
  auto always = [] { return true; };
  auto add = [&](const char* id, const char* key, std::function<bool()> enabled,
                 std::function<void()> run) {
    commands.add({id, key, std::move(enabled), std::move(run)});
  };
  add("look", "F2", always, [this] { set_task(Task::Look); });
  add("try", "F3", always, [this] { set_task(Task::Try); });
  add("compare", "F4", always, [this] { set_task(Task::Compare); });
  add("baseline", "1", always, [this] { set_mode(MapMode::Baseline); });
  add("scenario", "2", always, [this] { set_mode(MapMode::Scenario); });
  add("difference", "3", always, [this] { set_mode(MapMode::Difference); });
  auto split = [&](const char* id, const char* key, Split which) {
    add(
        id, key, [this] { return differs(); },
        [this, which] { set_split(view.split == which ? Split::None : which); });
  };
  split("swipe", "4", Split::Swipe);
  split("side_by_side", "5", Split::SideBySide);
  add(
      "keep_as_a", "Ctrl+1", [this] { return has_edits() && document_.current(); },
      [this] { document_.keep_as_reference(); });
  add("open_as_a", "Ctrl+Shift+O", always, [this] { files.open_as_a(); });
  add(
      "baseline_as_a", "Ctrl+0", [this] { return document_.reference_plan() != nullptr; },
      [this] { document_.set_reference({}); });
  add("relative", "Ctrl+5", always, [this] { view.relative = !view.relative; });
}

}  // namespace doorstep::desktop
