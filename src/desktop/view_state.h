#pragma once
// What is looked at and how, and which results the panels read: plain state behind the window.

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "desktop/layout.h"
#include "scene/map_content.h"
#include "session/outcome.h"

namespace doorstep::desktop {

using session::Outcome;

enum class Task { Look, Try, Compare, Show };

/// How two results share the map.
enum class Split { None, Swipe, SideBySide };

/// What the inspector tells of: the item selected on the map, or what a link led to.
enum class Told { Item, School, Group };

/// Columns that the tables of the panels are sorted by.
enum class SortBy { Name, Pupils, Seats, Utilisation, Change };

struct ViewState {
  Task task = Task::Look;
  scene::MapMode mode = scene::MapMode::Scenario;
  Language language = Language::Chinese;
  scene::ThemeKind theme = scene::ThemeKind::Light;
  double scale = 1.0;
  StageId stage;
  Year year = 0;
  bool playing = false;
  scene::MapLayers layers;
  scene::FillBy fill = scene::FillBy::Utilisation;
  int class_filter = -1;
  std::string open_layer;  ///< whose strength and order are shown
  scene::MapItem selection;
  scene::MapItem hover;
  Told told = Told::Item;
  std::string told_code;         ///< of the school or group
  std::set<std::string> chosen;  ///< codes of all selected campuses, where they are more than one
  std::string hovered_code;      ///< the campus under the mouse in a table; "" none
  bool palette_open = false;
  bool menu_open = false;
  bool palette_dragged = false;  ///< the press that is still held has begun a drag already
  Side side = Side::Left;        ///< in a window too narrow for both panels
  Split split = Split::None;
  double swipe_at = 0.5;  ///< of the map's width
  SortBy sort = SortBy::Utilisation;
  bool sort_up = false;
  bool relative = false;  ///< changes in percent of A, not in pupils
  bool reduced_motion = false;
  int tour = -1;  ///< the card of the first-run tour that is shown; -1 none
};

/// The results that the panels read this frame, and which of their years.
struct Shown {
  std::shared_ptr<const Outcome> a;  ///< baseline or another plan; null before its first run
  std::shared_ptr<const Outcome> b;  ///< scenario, or the candidate under the mouse
  std::size_t year_a = 0, year_b = 0;
  bool live = false;  ///< b is a candidate
  /// What the map mode shows.
  [[nodiscard]] const std::shared_ptr<const Outcome>& main(scene::MapMode mode) const {
    return mode == scene::MapMode::Baseline || !b ? a : b;
  }
  [[nodiscard]] std::size_t main_year(scene::MapMode mode) const {
    return mode == scene::MapMode::Baseline || !b ? year_a : year_b;
  }
};

}  // namespace doorstep::desktop
