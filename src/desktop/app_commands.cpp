#include "desktop/app.h"

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
  register_manners();
  add(
      "undo", "Ctrl+Z", [this] { return document_.can_undo(); }, [this] { document_.undo(); });
  add(
      "redo", "Ctrl+Y", [this] { return document_.can_redo(); }, [this] { document_.redo(); });
  add("search", "Ctrl+K", always, [this] { view.palette_open = !view.palette_open; });
  add("look", "", always, [this] { set_task(Task::Look); });
  add("try", "", always, [this] { set_task(Task::Try); });
  add("compare", "", always, [this] { set_task(Task::Compare); });
  add("baseline", "1", always, [this] { set_mode(MapMode::Baseline); });
  add("scenario", "2", always, [this] { set_mode(MapMode::Scenario); });
  add("difference", "3", always, [this] { set_mode(MapMode::Difference); });
  add(
      "swipe", "4", [this] { return has_edits(); }, [this] { set_swipe(!view.swipe); });
  add("new_campus", "B", always, [this] { take_tool(ToolKind::NewCampus); });
  add(
      "join_group", "M", [this] { return !document_.opened().forms.empty(); },
      [this] { take_tool(ToolKind::JoinGroup); });
  add("close_campus", "X", always, [this] { take_tool(ToolKind::CloseCampus); });
  add("add_seats", "S", always, [this] { take_tool(ToolKind::AddSeats); });
  add("housing", "H", always, [this] { take_tool(ToolKind::Housing); });
  add("cancel", "Esc", always, [this] {
    if (view.palette_open) {
      view.palette_open = false;
    } else if (tool_ != ToolKind::None) {
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
      "next_stage", "", [this] { return place().stages.size() > 1; },
      [this] { set_stage(StageId((view.stage.index + 1) % place().stages.size())); });
  constexpr double kStepPx = 60.0;
  add("left", "Left", always, [this] { camera.pan_by({kStepPx, 0}); });
  add("right", "Right", always, [this] { camera.pan_by({-kStepPx, 0}); });
  add("up", "Up", always, [this] { camera.pan_by({0, kStepPx}); });
  add("down", "Down", always, [this] { camera.pan_by({0, -kStepPx}); });
  add(
      "save", "Ctrl+S", [this] { return !save_path.empty() && document_.unsaved(); },
      [this] { save(); });
}

}  // namespace doorstep::desktop
