#include "desktop/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "desktop/figures.h"
#include "scene/furniture.h"
#include "scene/map_scene.h"

namespace doorstep::desktop {

using scene::MapItem;
using scene::MapMode;

namespace {

/// Primary schools where there are any, else the stage with the most campuses.
StageId first_stage(const Place& place) {
  StageId best;
  int most = -1;
  for (StageId s : place.stages.ids()) {
    int n = 0;
    for (const Campus& c : place.campuses)
      n += c.stages.size() > s.index && c.stages[s].has_value();
    if (n > 0 && place.stages[s].kind == StageKind::Primary) return s;
    if (n > most) {
      most = n;
      best = s;
    }
  }
  return best;
}

}  // namespace

App::App(std::shared_ptr<const OpenPlace> opened, Scenario scenario, Words chinese, Words english)
    : document_(std::move(opened), std::move(scenario)),
      chinese_(std::move(chinese)),
      english_(std::move(english)) {
  view.stage = first_stage(place());
  view.year =
      document_.scenario().first_year > 0 ? document_.scenario().first_year : place().base_year;
  const Stage& stage = place().stages[view.stage];
  // Two parallel classes a grade to begin with; the palette changes it.
  settings.seats = 2.0 * stage.grades * stage.class_standard;
  settings.more_seats = stage.grades * stage.class_standard;
  const GroupForms& forms = document_.opened().forms;
  if (!forms.empty()) settings.form = forms.begin()->first;
  try {
    to_degrees_ = std::make_unique<Transformer>(Crs(place().crs), Crs("EPSG:4326"));
  } catch (const Error&) {
    // A local grid: the status bar then shows no degrees.
  }
  in_china_ = scene::lies_in_china(place());
  register_commands();
}

std::string App::position_text() const {
  if (!pointer || !to_degrees_) return "";
  try {
    const LonLat at = to_degrees_->to_lonlat(*pointer);
    return fmt::format("{:.3f}°{} {:.3f}°{}", std::abs(at.lon), at.lon < 0 ? "W" : "E",
                       std::abs(at.lat), at.lat < 0 ? "S" : "N");
  } catch (const Error&) {
    return "";  // outside the projection
  }
}

const Words& App::words() const { return words(view.language); }

const Words& App::words(Language language) const {
  return language == Language::Chinese ? chinese_ : english_;
}

const std::string& App::name(const Name& name) const {
  return view.language == Language::Chinese ? name.in_chinese() : name.in_english();
}

bool App::poll() {
  const bool changed = document_.poll();
  const auto current = document_.current();
  if (current && current->years_run == document_.scenario().years) newest_full_ = current;
  std::string error = document_.take_error();
  if (!error.empty()) notice_ = std::move(error);
  if (changed && !selected_code_.empty()) {
    const Shown s = shown();
    if (const auto& main = s.main(view.mode)) remember_selection(*main);
  }
  return changed;
}

Shown App::shown() const {
  Shown out;
  out.a = document_.baseline();
  out.b = document_.preview();
  out.live = out.b != nullptr;
  if (!out.b) out.b = document_.current();
  if (!out.b) out.b = out.a;
  if (out.a) out.year_a = year_index(*out.a, out.live ? out.b->run.years[0].year : view.year);
  if (out.b) out.year_b = year_index(*out.b, view.year);
  return out;
}

std::shared_ptr<const Outcome> App::timeline() const {
  return newest_full_ ? newest_full_ : document_.baseline();
}

std::pair<Year, Year> App::years() const {
  const auto outcome = timeline();
  if (!outcome || outcome->run.years.empty()) return {1, 0};
  return {outcome->run.years.front().year, outcome->run.years.back().year};
}

void App::set_task(Task task) {
  view.task = task;
  if (task != Task::Compare) view.swipe = false;
  if (task == Task::Look) view.mode = MapMode::Scenario;
  if (task == Task::Compare) view.mode = MapMode::Difference;
  if (task == Task::Try) view.mode = MapMode::Scenario;
  if (task != Task::Try) cancel();
}

void App::set_mode(MapMode mode) {
  view.mode = mode;
  view.swipe = false;
}

void App::set_swipe(bool on) {
  view.swipe = on;
  if (on) view.mode = MapMode::Scenario;
}

void App::set_year(Year year) {
  const auto [first, last] = years();
  if (first <= last) view.year = std::clamp(year, first, last);
}

void App::step_year(int by) { set_year(view.year + by); }

void App::set_stage(StageId stage) {
  cancel();
  view.stage = stage;
  select({});
}

void App::select(MapItem item) {
  view.selection = item;
  selected_code_.clear();
  const Shown s = shown();
  const auto& main = s.main(view.mode);
  if (!main) return;
  const CampusId campus = selected_campus(*main);
  if (campus.valid()) selected_code_ = main->place.campuses[campus].code;
}

// Results of another revision may number campuses differently: the code finds them again.
void App::remember_selection(const Outcome& outcome) {
  if (view.selection.kind != MapItem::Kind::Campus) {
    view.selection = {};
    selected_code_.clear();
    return;
  }
  const CampusId campus = find_campus(outcome.place, selected_code_);
  if (campus.valid()) {
    view.selection.campus = campus;
  } else {
    view.selection = {};
    selected_code_.clear();
  }
}

CampusId App::selected_campus(const Outcome& outcome) const {
  const MapItem& s = view.selection;
  if (s.kind == MapItem::Kind::Campus && s.campus.index < outcome.place.campuses.size())
    return s.campus;
  if (s.kind == MapItem::Kind::Area && s.campus.index < outcome.place.campuses.size())
    return s.campus;
  if (s.kind == MapItem::Kind::Area && s.catchment.index < outcome.place.catchments.size()) {
    const auto& serves = outcome.place.catchments[s.catchment].campuses;
    if (!serves.empty()) return serves.front();
  }
  return {};
}

void App::fit_all(double at) {
  const Shown s = shown();
  Box box = extent(place());
  if (const auto& main = s.main(view.mode)) {
    scene::Snapshot snapshot{&main->place,
                             &main->run.years[s.main_year(view.mode)].stages[view.stage], nullptr,
                             nullptr};
    const Box tighter = scene::map_extent(snapshot, view.stage);
    if (!tighter.empty()) box = tighter;
  }
  for (const Catchment& c : place().catchments) {
    if (c.stage == view.stage && c.holds_in(view.year)) box.add(bounds(c.area));
  }
  camera.fit(box, at);
  fitted_ = camera.view();
}

void App::resize_map(double width_px, double height_px, double scale) {
  const scene::Viewport& now_seen = camera.view();
  const bool resized = now_seen.width_px != width_px || now_seen.height_px != height_px;
  const bool whole = now_seen.centre == fitted_.centre && now_seen.m_per_px == fitted_.m_per_px;
  camera.resize(width_px, height_px, scale);
  if (resized && whole && shown().a) fit_all(-1.0);
}

void App::take_tool(ToolKind tool) {
  cancel();
  if (tool == ToolKind::None) return;
  view.task = Task::Try;
  view.mode = MapMode::Scenario;
  tool_ = tool;
  if (tool == ToolKind::NewCampus) campus_tool_.arm();
}

void App::apply(const ToolRequest& request) {
  switch (request.kind) {
    case ToolRequest::Kind::None:
      break;
    case ToolRequest::Kind::ClearPreview:
      document_.clear_preview();
      break;
    case ToolRequest::Kind::Add:
      document_.clear_preview();
      add_edit(*request.edit);
      break;
    case ToolRequest::Kind::Preview: {
      // The candidate's run is one year long: it must open in that year to be seen.
      Edit edit = *request.edit;
      if (auto* open = std::get_if<OpenCampus>(&edit)) {
        const Year first = document_.scenario().first_year;
        open->year = first > 0 ? first : place().base_year;
      }
      document_.set_preview(std::move(edit));
      break;
    }
  }
}

void App::add_edit(Edit edit) {
  try {
    document_.add_edit(std::move(edit));
    notice_.clear();
  } catch (const Error& e) {
    notice_ = e.message();
  }
}

OpenCampus App::campus_model() const {
  const auto current = document_.current();
  const Place& changed = current ? current->place : place();
  return model_campus(changed, view.stage, std::max(view.year, place().base_year), settings.seats);
}

void App::click(Xy at, const MapItem& item) {
  const Shown s = shown();
  const auto& outcome = s.b;
  const bool on_campus = item.kind == MapItem::Kind::Campus && outcome &&
                         item.campus.index < outcome->place.campuses.size();
  const Year year = std::max(view.year, place().base_year);
  switch (tool_) {
    case ToolKind::None:
    case ToolKind::NewCampus:
      select(item);
      return;
    case ToolKind::CloseCampus:
      if (on_campus) add_edit(CloseCampus{outcome->place.campuses[item.campus].code, year});
      return;
    case ToolKind::AddSeats:
      if (on_campus && outcome->place.campuses[item.campus].stages[view.stage])
        add_edit(more_seats(outcome->place, item.campus, view.stage, year, settings.more_seats));
      return;
    case ToolKind::JoinGroup: {
      const CampusId core = outcome ? selected_campus(*outcome) : CampusId{};
      if (on_campus && core.valid() && core != item.campus) {
        add_edit(join_group(outcome->place, core, item.campus, settings.form, year));
      } else {
        select(item);  // the first click names the core
      }
      return;
    }
    case ToolKind::Housing:
      add_edit(housing_at(outcome ? outcome->place : place(), at, settings.dwellings,
                          settings.pupils_per_dwelling, year));
      return;
  }
}

void App::save() {
  try {
    document_.save(save_path);
  } catch (const Error& e) {
    notice_ = e.message();
  }
}

void App::cancel() {
  apply(campus_tool_.cancel());
  tool_ = ToolKind::None;
}

}  // namespace doorstep::desktop
