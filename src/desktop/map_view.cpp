#include "desktop/map_view.h"

#include <cmath>

#include "scene/format.h"
#include "scene/furniture.h"
#include "scene/map_scene.h"
#include "scene/pick.h"

namespace doorstep::desktop {

namespace {

bool same(const scene::Viewport& a, const scene::Viewport& b) {
  return a.centre == b.centre && a.m_per_px == b.m_per_px && a.width_px == b.width_px &&
         a.height_px == b.height_px && a.scale == b.scale;
}

bool same(const scene::MapLayers& a, const scene::MapLayers& b) {
  return a.catchments == b.catchments && a.campuses == b.campuses && a.homes == b.homes &&
         a.flows == b.flows && a.backdrop == b.backdrop && a.labels == b.labels && a.ties == b.ties;
}

bool same(const scene::Snapshot& a, const scene::Snapshot& b) {
  return a.place == b.place && a.run == b.run && a.indicators == b.indicators &&
         a.geometry == b.geometry;
}

bool same(const std::optional<scene::GhostCampus>& a, const std::optional<scene::GhostCampus>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->at == b->at && a->title == b->title && a->detail == b->detail);
}

bool same(const scene::MapContent& a, const scene::MapContent& b) {
  return same(a.current, b.current) && same(a.baseline, b.baseline) && a.stage == b.stage &&
         a.year == b.year && a.mode == b.mode && a.fill == b.fill && same(a.layers, b.layers) &&
         a.theme == b.theme && a.words == b.words && a.selection == b.selection &&
         a.hover == b.hover && same(a.ghost, b.ghost) && a.class_filter == b.class_filter;
}

/// The campus under the mouse with what the newest candidate run says of it.
std::optional<scene::GhostCampus> ghost_of(const App& app, const Shown& shown) {
  const auto at = app.campus_tool().ghost();
  if (!at) return {};
  const OpenCampus model = app.campus_model();
  scene::GhostCampus out;
  out.at = *at;
  out.title = app.name(model.name) + " · " + std::to_string(model.year);
  const Language language = app.view.language;
  out.detail = scene::filled(app.words()("tool.seats_n"), {grouped(model.seats)});
  if (shown.live) {
    const CampusId campus = find_campus(shown.b->place, model.code);
    if (campus.valid()) {
      const CampusYear& run =
          shown.b->run.years[shown.year_b].stages[app.view.stage].campuses[campus];
      out.detail = scene::filled(app.words()("tool.pupils_in_seats"),
                                 {scene::pupils_text(run.enrolment, language), grouped(run.seats),
                                  percent(run.utilisation())});
    }
  }
  return out;
}

}  // namespace

MapView::MapView() : map_(shared_) {}

void MapView::follow(Side& side, const std::shared_ptr<const Outcome>& outcome, std::size_t year,
                     StageId stage) {
  if (side.outcome == outcome && side.year == year && side.stage == stage) return;
  const auto previous = side.geometry;
  side.outcome = outcome;
  side.year = year;
  side.stage = stage;
  side.geometry.reset();
  if (!outcome) return;
  const YearResult& result = outcome->run.years[year];
  side.geometry = std::make_shared<scene::MapGeometry>(scene::build_geometry(
      outcome->place, stage, result.year, &result.stages[stage], previous.get()));
}

bool MapView::take_content(const App& app, const Rect& map) {
  const Shown shown = app.shown();
  const StageId stage = app.view.stage;
  const auto previous_a = a_.geometry, previous_b = b_.geometry;  // outlive the comparison below
  follow(a_, shown.a, shown.year_a, stage);
  follow(b_, shown.b, shown.year_b, stage);
  auto snapshot = [&](const Side& side) {
    scene::Snapshot out;
    if (!side.outcome) return out;
    out.place = &side.outcome->place;
    out.run = &side.outcome->run.years[side.year].stages[stage];
    out.indicators = &side.outcome->indicators[side.year].stages[stage];
    out.geometry = side.geometry.get();
    return out;
  };
  scene::MapContent next;
  next.current = snapshot(b_);
  const bool differs = a_.outcome && a_.outcome != b_.outcome;
  if (differs) next.baseline = snapshot(a_);
  next.stage = stage;
  next.year = b_.outcome ? b_.outcome->run.years[b_.year].year : app.view.year;
  next.mode = app.view.mode;
  next.fill = app.view.fill;
  next.layers = app.view.layers;
  next.theme = app.view.theme;
  next.words = &app.words();
  next.selection = app.view.selection;
  next.hover = app.view.hover;
  next.class_filter = app.view.class_filter;
  next.ghost = ghost_of(app, shown);
  next.frame = scene::PixelFrame{0, 0, map.w, map.h};
  const bool changed = !same(next, content_);
  content_ = std::move(next);
  return changed;
}

bool MapView::update(const App& app, const Rect& map, double scale, bool at_rest) {
  const bool changed = take_content(app, map);
  if (!ready()) return false;
  const bool resized = frame_.resize(static_cast<int>(std::lround(map.w * scale)),
                                     static_cast<int>(std::lround(map.h * scale)));
  const scene::Viewport& view = app.camera.view();
  const bool moved = !same(view, drawn_for_);
  const bool rebuild = changed || lists_built_ == 0 || (at_rest && !same(view, built_for_));
  if (rebuild) {
    scene::DisplayList list = scene::build_map(content_, view, measure_);
    scene::add_corner_notes(content_, view, {0, 0, map.w, map.h}, app.in_china(), measure_, list);
    map_.upload(list, scale);
    built_for_ = view;
    ++lists_built_;
  }
  if (!rebuild && !moved && !resized) return false;
  frame_.bind();
  map_.draw(view);
  drawn_for_ = view;
  return true;
}

scene::MapItem MapView::pick(const scene::Viewport& view, Xy px) const {
  return ready() ? scene::pick(content_, view, px) : scene::MapItem{};
}

}  // namespace doorstep::desktop
