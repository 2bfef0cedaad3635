#pragma once
// The state behind the panels: the document, what is looked at, which tool is in hand. Panels and
// commands call it; it draws nothing and knows no window, so tests drive it as the mouse would.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "desktop/camera.h"
#include "desktop/commands.h"
#include "desktop/gesture.h"
#include "desktop/tools.h"
#include "geo/crs.h"
#include "scene/map_content.h"
#include "session/document.h"

namespace doorstep::desktop {

using session::Document;
using session::OpenPlace;
using session::Outcome;

enum class Task { Look, Try, Compare };

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
  scene::MapItem selection;
  scene::MapItem hover;
  bool palette_open = false;
  bool palette_dragged = false;  ///< the press that is still held has begun a drag already
  bool swipe = false;            ///< baseline to the left of a divider, scenario to the right
  double swipe_at = 0.5;         ///< of the map's width
};

/// The results that the panels read this frame, and which of their years.
struct Shown {
  std::shared_ptr<const Outcome> a;  ///< baseline; null before its first run
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

class App {
 public:
  App(std::shared_ptr<const OpenPlace> opened, Scenario scenario, Words chinese, Words english);

  ViewState view;
  ToolSettings settings;
  Camera camera;
  double now = 0.0;  ///< of this frame, seconds
  Commands commands;
  std::filesystem::path save_path;  ///< where Ctrl+S writes the scenario; empty: nowhere yet

  [[nodiscard]] Document& document() { return document_; }
  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] const Place& place() const { return document_.opened().place; }
  [[nodiscard]] const Words& words() const;
  [[nodiscard]] const Words& words(Language language) const;
  /// In the language of the interface.
  [[nodiscard]] const std::string& name(const Name& name) const;

  /// Takes finished results. Returns true where the picture changed.
  bool poll();
  [[nodiscard]] Shown shown() const;
  /// Whether the map offers baseline, scenario and difference.
  [[nodiscard]] bool shows_mode_switch() const { return view.task != Task::Look || has_edits(); }
  [[nodiscard]] bool has_edits() const { return !document_.scenario().edits.empty(); }
  /// The newest failure to tell people, "" where there is none.
  [[nodiscard]] const std::string& notice() const { return notice_; }
  void dismiss_notice() { notice_.clear(); }

  void set_task(Task task);
  void set_year(Year year);
  void step_year(int by);
  void set_stage(StageId stage);
  /// The newest result over all its years: after an edit the one before stays until the ten years
  /// are there again. Null before the first run.
  [[nodiscard]] std::shared_ptr<const Outcome> timeline() const;
  /// The years there are results for; first > last before the first run.
  [[nodiscard]] std::pair<Year, Year> years() const;
  void select(scene::MapItem item);
  /// The campus that the inspector tells of, in the place of `outcome`; invalid: the whole stage.
  [[nodiscard]] CampusId selected_campus(const Outcome& outcome) const;
  /// `at`: seconds, as Camera takes them.
  void fit_all(double at);
  /// Gives the map a size; a place that was shown whole is shown whole again.
  void resize_map(double width_px, double height_px, double scale);
  /// Where the mouse is on the map, in degrees: "113.284°E 36.918°N"; "" where it is elsewhere.
  [[nodiscard]] std::string position_text() const;
  /// Whether public maps of the place need an approval number.
  [[nodiscard]] bool in_china() const { return in_china_; }
  std::optional<Xy> pointer;  ///< the mouse on the map, metres

  [[nodiscard]] ToolKind tool() const { return tool_; }
  void take_tool(ToolKind tool);
  [[nodiscard]] NewCampusTool& campus_tool() { return campus_tool_; }
  [[nodiscard]] const NewCampusTool& campus_tool() const { return campus_tool_; }
  /// Does what a tool asks of the document; a refused edit becomes the notice.
  void apply(const ToolRequest& request);
  void add_edit(Edit edit);
  /// A click on the map at `at` over `item` with the tool in hand.
  void click(Xy at, const scene::MapItem& item);
  /// Shows baseline, scenario or difference, and ends a swipe.
  void set_mode(scene::MapMode mode);
  void set_swipe(bool on);
  [[nodiscard]] bool swiping() const { return view.swipe && shows_mode_switch(); }
  /// What a new campus would be this moment: opens in the year shown.
  [[nodiscard]] OpenCampus campus_model() const;
  void cancel();
  /// Writes the scenario to save_path; a failure becomes the notice.
  void save();

 private:
  void register_commands();
  void register_manners();
  void remember_selection(const Outcome& outcome);

  Document document_;
  bool in_china_ = false;
  std::unique_ptr<Transformer> to_degrees_;  ///< null where the place's system has no way there
  Words chinese_, english_;
  scene::Viewport fitted_;  ///< as fit_all() left it
  ToolKind tool_ = ToolKind::None;
  NewCampusTool campus_tool_;
  std::shared_ptr<const Outcome> newest_full_;
  std::string selected_code_;  ///< survives new results, whose ids may differ
  std::string notice_;
};

}  // namespace doorstep::desktop
