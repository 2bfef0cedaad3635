#pragma once
// The state behind the panels: the document, what is looked at, which tool is in hand. Panels and
// commands call it; it draws nothing and knows no window, so tests drive it as the mouse would.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "desktop/camera.h"
#include "desktop/commands.h"
#include "desktop/data_desk.h"
#include "desktop/files.h"
#include "desktop/focus.h"
#include "desktop/hands.h"
#include "desktop/map_pointer.h"
#include "desktop/show.h"
#include "desktop/spoken.h"
#include "desktop/toasts.h"
#include "desktop/view_state.h"
#include "geo/crs.h"
#include "session/document.h"

namespace doorstep::desktop {

using session::Document;
using session::OpenPlace;

class App : public Hands {
 public:
  /// `autosaves`: where unsaved work is kept; empty: nowhere.
  App(std::shared_ptr<const OpenPlace> opened, Scenario scenario, Words chinese, Words english,
      std::filesystem::path autosaves = {});

 private:
  Document document_;  // first: what follows refers to it

 public:
  ViewState view;
  ToolSettings settings;
  Camera camera;
  double now = 0.0;  ///< of this frame, seconds
  Commands commands;
  Files files;
  DataDesk data;
  Toasts toasts;
  Focus focus;
  Show show;
  Spoken spoken;
  std::optional<Xy> pointer;          ///< the mouse on the map, metres
  std::vector<scene::MapItem> under;  ///< what lies under it, in the order Tab walks
  std::vector<session::RecentFile> recent;

  [[nodiscard]] Document& document() { return document_; }
  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] const Place& place() const { return document_.opened().place; }
  [[nodiscard]] const Words& words() const { return words(view.language); }
  [[nodiscard]] const Words& words(Language language) const;
  /// In the language of the interface.
  [[nodiscard]] const std::string& name(const Name& name) const;
  /// Takes finished results. Returns true where the picture changed.
  bool poll();
  [[nodiscard]] Shown shown() const;
  /// Whether the map offers A, B and difference.
  [[nodiscard]] bool shows_mode_switch() const { return view.task != Task::Look || differs(); }
  [[nodiscard]] bool has_edits() const { return !document_.scenario().edits.empty(); }
  /// Whether there are two plans to compare.
  [[nodiscard]] bool differs() const { return has_edits() || document_.reference_plan(); }
  /// The newest failure to tell people, "" where there is none.
  [[nodiscard]] const std::string& notice() const { return toasts.error(); }

  void set_task(Task task);
  void set_year(Year year);
  void step_year(int by) { set_year(view.year + by); }
  void set_stage(StageId stage);
  /// The newest result over all its years: after an edit the one before stays until the ten years
  /// are there again. Null before the first run.
  [[nodiscard]] std::shared_ptr<const Outcome> timeline() const;
  /// The years there are results for; first > last before the first run.
  [[nodiscard]] std::pair<Year, Year> years() const;
  /// The year that an edit made now holds from.
  [[nodiscard]] Year edit_year() const { return std::max(view.year, place().base_year); }

  void select(scene::MapItem item);
  /// Adds a campus to what is selected, or takes it out.
  void toggle(CampusId campus);
  void choose(const std::vector<CampusId>& campuses, bool add);
  /// The campus that the inspector tells of, in the place of `outcome`; invalid: the whole stage.
  [[nodiscard]] CampusId selected_campus(const Outcome& outcome) const;
  /// Selects a campus and brings it to the middle of the map.
  void show_campus(const std::string& code);
  /// Goes on to what lies under the same point, or without any to the next campus by name.
  void walk(int by);
  /// `at`: seconds, as Camera takes them.
  void fit_all(double at);
  void fit_selection(double at);
  /// Gives the map a size; a place that was shown whole is shown whole again.
  void resize_map(double width_px, double height_px, double scale);
  /// Where the mouse is on the map, in degrees: "113.284°E 36.918°N"; "" where it is elsewhere.
  [[nodiscard]] std::string position_text() const;
  /// Whether public maps of the place need an approval number.
  [[nodiscard]] bool in_china() const { return in_china_; }

  [[nodiscard]] ToolKind tool() const { return tool_; }
  void take_tool(ToolKind tool);
  [[nodiscard]] NewCampusTool& campus_tool() { return campus_tool_; }
  [[nodiscard]] const NewCampusTool& campus_tool() const { return campus_tool_; }
  /// Does what a tool asks of the document; a refused edit becomes the notice.
  void apply(const ToolRequest& request);
  void add_edit(Edit edit);
  /// A click on the map at `at` over `item` with the tool in hand.
  void click(Xy at, const scene::MapItem& item);
  /// Begins something other than panning or a click; then it drags until released.
  bool press(const MapPointer& p);
  void drag(const MapPointer& p);
  void release(const MapPointer& p);
  /// Shows A, B or the difference on one map.
  void set_mode(scene::MapMode mode);
  void set_split(Split split);
  [[nodiscard]] Split split() const { return differs() ? view.split : Split::None; }
  /// What a new campus would be this moment: opens in the year shown.
  [[nodiscard]] OpenCampus campus_model() const;
  void cancel();

 private:
  // One part of the registry each.
  void register_commands(), register_manners(), register_files(), register_tools();
  void register_looks(), register_show(), register_moves();
  void remember_selection(const Outcome& outcome);
  void add_moves(const RedrawCatchments& moves);
  void click_campus(const Outcome& outcome, CampusId campus);
  bool take_own_campus(CampusId campus);
  void drag_own_campus(const MapPointer& p);
  void release_own_campus(const MapPointer& p);

  bool in_china_ = false;
  std::unique_ptr<Transformer> to_degrees_;  ///< null where the place's system has no way there
  Words chinese_, english_;
  scene::Viewport fitted_;  ///< as fit_all() left it
  ToolKind tool_ = ToolKind::None;
  NewCampusTool campus_tool_;
  std::shared_ptr<const Outcome> newest_full_;
  std::string selected_code_;  ///< survives new results, whose ids may differ
  Xy pressed_px_;
  std::optional<OwnCampus> own_;
};

}  // namespace doorstep::desktop
