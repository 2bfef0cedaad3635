#include "desktop/app.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "desktop/figures.h"
#include "desktop/subjects.h"
#include "scene/derived_areas.h"
#include "scene/format.h"
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

App::App(std::shared_ptr<const OpenPlace> opened, Scenario scenario, Words chinese, Words english,
         std::filesystem::path autosaves)
    : document_(std::move(opened), std::move(scenario)),
      files(document_, std::move(autosaves)),
      data(document_),
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

const Words& App::words(Language language) const {
  return language == Language::Chinese ? chinese_ : english_;
}

const std::string& App::name(const Name& name) const {
  return view.language == Language::Chinese ? name.in_chinese() : name.in_english();
}

bool App::poll() {
  int changes = 0;
  const bool tries = view.task == Task::Try && view.stage.valid();
  document_.prepare_live(tries ? place().stages[view.stage].code : "", edit_year());
  const bool changed = document_.poll();
  const auto current = document_.current();
  if (current && current->years_run == document_.scenario().years) newest_full_ = current;
  toasts.say(document_.take_error(), true);
  files.keep();
  toasts.say(files.take_error(), true);
  if (const auto saved = files.take_saved())
    toasts.say(scene::filled(words()("file.saved"), {*saved}), false);
  if (const auto plan = files.take_as_a()) take_as_a(*this, *plan);
  if (data.poll()) ++changes;
  if (auto [word, failed] = data.take_word(); !word.empty())
    toasts.say(failed ? word : scene::filled(words()("file.saved"), {word}), failed);
  if (auto next = data.take_opening()) files.open(std::move(*next));
  if (toasts.advance(now)) ++changes;
  if (tool_ == ToolKind::Paint && desk.follow(document_, view.stage, edit_year(), paint)) ++changes;
  ask_about_home(*this);
  if (home_desk.poll()) ++changes;
  if (changed && !selected_code_.empty()) {
    const Shown s = shown();
    if (const auto& main = s.main(view.mode)) remember_selection(*main);
  }
  return changed || changes > 0;
}

Shown App::shown() const {
  Shown out;
  out.a = document_.reference();
  if (!out.a) out.a = document_.baseline();
  out.b = document_.preview();
  out.live = out.b != nullptr;
  if (!out.b) out.b = document_.current();
  if (!out.b) out.b = out.a;
  if (out.a) out.year_a = year_index(*out.a, view.year);
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
  if (task != Task::Compare) view.split = Split::None;
  if (task == Task::Look) view.mode = MapMode::Scenario;
  if (task == Task::Compare) view.mode = MapMode::Difference;
  if (task == Task::Try) view.mode = MapMode::Scenario;
  if (task != Task::Try) cancel();
}

void App::set_mode(MapMode mode) {
  view.mode = mode;
  view.split = Split::None;
}

void App::set_split(Split split) {
  view.split = split;
  if (split != Split::None) view.mode = MapMode::Scenario;
}

void App::set_year(Year year) {
  const auto [first, last] = years();
  if (first <= last) view.year = std::clamp(year, first, last);
}

void App::set_stage(StageId stage) {
  cancel();
  view.stage = stage;
  select({});
}

void App::select(MapItem item) {
  view.selection = item;
  view.chosen.clear();
  view.told = Told::Item;
  view.told_code.clear();
  selected_code_.clear();
  const Shown s = shown();
  const auto& main = s.main(view.mode);
  if (!main) return;
  if (item.kind == MapItem::Kind::Home && item.home.index < main->place.homes.size()) {
    selected_code_ = main->place.homes[item.home].code;
    return;
  }
  if (item.kind == MapItem::Kind::Area && item.catchment.index < main->place.catchments.size()) {
    selected_code_ = main->place.catchments[item.catchment].code;
    return;
  }
  const CampusId campus = selected_campus(*main);
  if (campus.valid()) selected_code_ = main->place.campuses[campus].code;
  if (item.kind == MapItem::Kind::Campus && campus.valid()) view.chosen = {selected_code_};
}

namespace {

MapItem item_of(CampusId campus) {
  MapItem item;
  item.kind = MapItem::Kind::Campus;
  item.campus = campus;
  return item;
}

}  // namespace

void App::toggle(CampusId campus) {
  const Shown s = shown();
  const auto& main = s.main(view.mode);
  if (!main || !campus.valid()) return;
  const std::string code = main->place.campuses[campus].code;
  std::set<std::string> next = view.chosen;
  if (next.erase(code) == 0) next.insert(code);
  if (next.empty()) return select({});
  const std::string& lead = next.count(code) > 0 ? code : *next.begin();
  select(item_of(find_campus(main->place, lead)));
  view.chosen = std::move(next);
}

void App::choose(const std::vector<CampusId>& campuses, bool add) {
  const Shown s = shown();
  const auto& main = s.main(view.mode);
  if (!main) return;
  std::set<std::string> next;
  if (add) next = view.chosen;
  for (CampusId c : campuses) next.insert(main->place.campuses[c].code);
  if (next.empty()) return select({});
  select(item_of(find_campus(main->place, *next.begin())));
  view.chosen = std::move(next);
}

void App::show_campus(const std::string& code) {
  const Shown s = shown();
  const auto& main = s.main(view.mode);
  const CampusId campus = main ? find_campus(main->place, code) : CampusId{};
  if (!campus.valid()) return;
  select(item_of(campus));
  camera.centre_on(main->place.campuses[campus].at, now);
}

void App::walk(int by) {
  const Shown s = shown();
  const auto& main = s.main(view.mode);
  if (!main) return;
  auto step = [by](std::size_t at, std::size_t n) {
    return (at + n + static_cast<std::size_t>(by + static_cast<int>(n))) % n;
  };
  if (under.size() > 1) {
    const auto found = std::find(under.begin(), under.end(), view.selection);
    const bool first = found == under.end();
    select(under[first ? 0 : step(static_cast<std::size_t>(found - under.begin()), under.size())]);
    return;
  }
  std::vector<CampusId> by_name;
  const auto& run = main->run.years[s.main_year(view.mode)].stages[view.stage].campuses;
  for (CampusId c : run.ids())
    if (run[c].open) by_name.push_back(c);
  if (by_name.empty()) return;
  std::stable_sort(by_name.begin(), by_name.end(), [&](CampusId a, CampusId b) {
    return name(main->place.campuses[a].name) < name(main->place.campuses[b].name);
  });
  const auto found = std::find(by_name.begin(), by_name.end(), selected_campus(*main));
  const std::size_t next =
      found == by_name.end()
          ? 0
          : step(static_cast<std::size_t>(found - by_name.begin()), by_name.size());
  show_campus(main->place.campuses[by_name[next]].code);
}

// Results of another revision may number campuses differently: the code finds them again.
void App::remember_selection(const Outcome& outcome) {
  if (view.selection.kind == MapItem::Kind::Home) {
    for (HomeId h : outcome.place.homes.ids())
      if (outcome.place.homes[h].code == selected_code_) {
        view.selection.home = h;
        return;
      }
  }
  if (view.selection.kind == MapItem::Kind::Area) {
    // Areas stand in the order of the catchments that hold in the year.
    int index = 0;
    for (CatchmentId c : outcome.place.catchments.ids()) {
      const Catchment& catchment = outcome.place.catchments[c];
      if (catchment.stage != view.stage || !catchment.holds_in(view.year)) continue;
      if (catchment.code == selected_code_) {
        view.selection.catchment = c;
        view.selection.area = index;
        return;
      }
      ++index;
    }
  }
  if (view.selection.kind != MapItem::Kind::Campus) {
    view.selection = {};
    selected_code_.clear();
    return;
  }
  const CampusId campus = find_campus(outcome.place, selected_code_);
  std::erase_if(view.chosen,
                [&](const std::string& code) { return !find_campus(outcome.place, code).valid(); });
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
  bool given = false, made = false;
  for (const Catchment& c : place().catchments) {
    if (c.stage != view.stage || !c.holds_in(view.year)) continue;
    (c.area.empty() ? made : given) = true;
    box.add(bounds(c.area));
  }
  if (made || !given) {  // areas made from homes reach beyond the outermost
    std::vector<Xy> homes;
    for (const Home& h : place().homes) homes.push_back(h.at);
    const double reach = homes.empty() ? 0.0 : scene::derived_reach_m(homes);
    Box land = bounds(homes);
    if (!land.empty()) {
      box.add(land.min - Xy{reach, reach});
      box.add(land.max + Xy{reach, reach});
    }
  }
  camera.fit(box, at);
  fitted_ = camera.view();
}

void App::fit_selection(double at) {
  const Shown s = shown();
  const auto& main = s.main(view.mode);
  if (!main) return;
  Box box;
  std::set<CampusId> campuses;
  for (const std::string& code : view.chosen)
    if (const CampusId c = find_campus(main->place, code); c.valid()) campuses.insert(c);
  if (const CampusId c = selected_campus(*main); c.valid()) campuses.insert(c);
  for (CampusId c : campuses) box.add(main->place.campuses[c].at);
  for (const Catchment& c : main->place.catchments)
    if (c.stage == view.stage && c.holds_in(view.year) && !c.area.empty() &&
        std::ranges::any_of(c.campuses, [&](CampusId id) { return campuses.count(id) > 0; }))
      box.add(bounds(c.area));
  if (!box.empty()) camera.fit(box, at);
}

void App::resize_map(double width_px, double height_px, double scale) {
  const scene::Viewport& now_seen = camera.view();
  const bool resized = now_seen.width_px != width_px || now_seen.height_px != height_px;
  const bool whole = now_seen.centre == fitted_.centre && now_seen.m_per_px == fitted_.m_per_px;
  camera.resize(width_px, height_px, scale);
  if (resized && whole && shown().a) fit_all(-1.0);
}

}  // namespace doorstep::desktop
