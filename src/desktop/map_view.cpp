#include "desktop/map_view.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "desktop/live_words.h"
#include "desktop/plan_actions.h"
#include "io/raster/picture.h"
#include "scene/format.h"
#include "scene/furniture.h"
#include "scene/legend_panel.h"
#include "scene/map_scene.h"
#include "scene/pick.h"

namespace doorstep::desktop {

namespace {

bool same(const scene::Viewport& a, const scene::Viewport& b) {
  return a.centre == b.centre && a.m_per_px == b.m_per_px && a.width_px == b.width_px &&
         a.height_px == b.height_px && a.scale == b.scale;
}

bool same(const scene::Snapshot& a, const scene::Snapshot& b) {
  return a.place == b.place && a.run == b.run && a.indicators == b.indicators &&
         a.geometry == b.geometry && a.ground == b.ground && a.first == b.first;
}

bool same(const std::optional<scene::GhostCampus>& a, const std::optional<scene::GhostCampus>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->at == b->at && a->title == b->title && a->detail == b->detail);
}

bool same(const scene::MapContent& a, const scene::MapContent& b) {
  return same(a.current, b.current) && same(a.baseline, b.baseline) && a.stage == b.stage &&
         a.year == b.year && a.mode == b.mode && a.fill == b.fill && a.layers == b.layers &&
         a.theme == b.theme && a.words == b.words && a.selection == b.selection &&
         same(a.ghost, b.ghost) && a.class_filter == b.class_filter;
}

bool same(const std::vector<scene::PixelFrame>& a, const std::vector<scene::PixelFrame>& b) {
  return std::ranges::equal(a, b, [](const scene::PixelFrame& p, const scene::PixelFrame& q) {
    return p.x == q.x && p.y == q.y && p.width == q.width && p.height == q.height;
  });
}

/// Room for the switch over the map.
double notes_top(const App& app) {
  return app.shows_mode_switch() && app.show.presenting() < 0 ? 36.0 : 0.0;
}

/// Where the corner notes go: clear of the switch over the map.
scene::PixelFrame notes_frame(const App& app, const Rect& map) {
  const double top = notes_top(app);
  return {0, top, map.w, map.h - top};
}

/// The legend of a presentation, as large as what it holds, in the lower left corner.
scene::PixelFrame legend_frame(const scene::LegendModel& legend, const scene::MapContent& content,
                               const scene::PixelFrame& notes, const scene::TextMeasure& measure) {
  constexpr double kNotes = 80.0, kScaleBar = 56.0;  // what stands over and under it
  const double top = notes.y + kNotes;
  const double room = notes.y + notes.height - kScaleBar - top;
  return {kShowLegendAside, top, kShowLegendWidth,
          std::min(scene::legend_height(legend, content, kShowLegendWidth, measure, room), room)};
}

void draw_legend_box(const scene::MapContent& content, const scene::Viewport& view,
                     const scene::PixelFrame& notes, const scene::TextMeasure& measure,
                     scene::DisplayList& list) {
  const scene::LegendModel legend = scene::build_legend(content, view);
  const scene::PixelFrame frame = legend_frame(legend, content, notes, measure);
  const scene::Theme& t = scene::theme(content.theme);
  list.marks.emplace_back(scene::ScreenRect{frame.x,
                                            frame.y,
                                            frame.width,
                                            frame.height,
                                            6.0,
                                            scene::faded(t.panel, 0.95),
                                            t.line,
                                            1.0,
                                            {}});
  scene::draw_legend(legend, content, frame, measure, list);
}

/// Where the keys of a tool stand over the map (map_overlay.cpp): names keep clear of them.
scene::PixelFrame hints_frame(const Rect& map) {
  constexpr double kWidth = 480.0, kUp = 88.0, kHeight = 38.0;
  return {(map.w - kWidth) / 2, map.h - kUp, kWidth, kHeight};
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
  if (shown.live && !live_words(app).settled) {
    out.detail = app.words()("panel.computing") + "…";
  } else if (shown.live) {
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

MapView::MapView() : map_(shared_), overlay_(shared_) {}

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

/// Read once a place, over all of it: panning and zooming only move the picture.
void MapView::follow_basemap(const Place* place) {
  const bool any = place != nullptr && place->basemap;
  if (any && place->basemap->file == basemap_file_) return;
  basemap_file_ = any ? place->basemap->file : std::filesystem::path();
  basemap_.reset();
  if (!any) return;
  constexpr double kMostSide = 4096.0;
  const Box all = extent(*place);
  const double margin = 0.25 * std::max(all.width(), all.height()) + 100.0;
  Box box;
  box.add(all.min - Xy{margin, margin});
  box.add(all.max + Xy{margin, margin});
  const double px_per_m = kMostSide / std::max(box.width(), box.height());
  try {
    io::RgbaImage image = io::read_picture(place->basemap->file, place->basemap->shown, place->crs,
                                           box, std::max(1, int(box.width() * px_per_m)),
                                           std::max(1, int(box.height() * px_per_m)));
    auto picture = std::make_shared<scene::Picture>();
    picture->width = image.width;
    picture->height = image.height;
    picture->rgba = std::move(image.rgba);
    basemap_ = scene::ImageMark{std::move(picture), box, place->basemap->opacity};
  } catch (const Error&) {  // taken away since the place was opened: the map goes on without it
  }
}

// Fills by land are made for what is seen: while the view moves, what there is moves with it.
void MapView::follow_ground(const App& app, const Rect& map, Side& side, bool at_rest) const {
  if (!side.outcome || !scene::by_ground(app.view.fill)) {
    side.ground.reset();
    return;
  }
  const Outcome& o = *side.outcome;
  const StageYear* run = &o.run.years[side.year].stages[side.stage];
  const auto& before = side.ground;
  if (before && !at_rest && before->fill == app.view.fill && before->run == run) return;
  scene::GroundRequest request{&o.place, run, &o.travel, side.geometry.get(), side.stage};
  const scene::MapItem& chosen = app.view.selection;
  if (chosen.kind == scene::MapItem::Kind::Campus && chosen.campus.index < run->campuses.size() &&
      run->campuses[chosen.campus].open)
    request.only = chosen.campus;
  scene::Viewport view = app.camera.view();
  view.width_px = map.w;
  view.height_px = map.h;
  request.view.add(view.to_map({-kMargin, map.h + kMargin}));
  request.view.add(view.to_map({map.w + kMargin, -kMargin}));
  request.m_per_px = view.m_per_px;
  side.ground = scene::build_ground(app.view.fill, request, side.ground);
}

bool MapView::take_content(const App& app, const Rect& map, scene::MapMode mode, bool at_rest) {
  const Shown shown = app.shown();
  const StageId stage = app.view.stage;
  const auto previous_a = a_.geometry, previous_b = b_.geometry;  // outlive the comparison below
  follow(a_, shown.a, shown.year_a, stage);
  follow(b_, shown.b, shown.year_b, stage);
  const auto ground_a = a_.ground, ground_b = b_.ground;  // outlive the comparison below
  const bool shows_a = mode == scene::MapMode::Baseline && a_.outcome && a_.outcome != b_.outcome;
  follow_ground(app, map, shows_a ? a_ : b_, at_rest);
  (shows_a ? b_ : a_).ground.reset();
  const auto baseline = app.document().baseline();
  auto snapshot = [&](const Side& side) {
    scene::Snapshot out;
    if (!side.outcome) return out;
    out.place = &side.outcome->place;
    out.run = &side.outcome->run.years[side.year].stages[stage];
    out.indicators = &side.outcome->indicators[side.year].stages[stage];
    out.geometry = side.geometry.get();
    out.ground = side.ground.get();
    if (baseline && !baseline->run.years.empty()) {
      out.first = &baseline->run.years.front().stages[stage];
      out.first_year = baseline->run.years.front().year;
    }
    return out;
  };
  scene::MapContent next;
  next.current = snapshot(b_);
  const bool differs = a_.outcome && a_.outcome != b_.outcome;
  if (differs) next.baseline = snapshot(a_);
  next.stage = stage;
  next.year = b_.outcome ? b_.outcome->run.years[b_.year].year : app.view.year;
  next.mode = mode;
  next.fill = app.view.fill;
  next.layers = app.view.layers;
  next.theme = app.view.theme;
  next.words = &app.words();
  follow_basemap(next.current.place);
  if (basemap_) {
    next.basemap = basemap_;
    next.basemap_attribution = next.current.place->basemap->attribution;
  }
  next.selection = app.view.selection;
  next.class_filter = app.view.class_filter;
  next.ghost = ghost_of(app, shown);
  next.frame = scene::PixelFrame{0, 0, map.w, map.h};
  const bool changed = !same(next, content_);
  content_ = std::move(next);
  return changed;
}

void MapView::build_list(const scene::Viewport& view, double scale) {
  map_.upload(scene::build_map(content_, view, measure_), scale);
  built_for_ = view;
  ++lists_built_;
}

// Corner notes and what is hovered lie over the map in a list of their own: neither moves it.
void MapView::build_overlay(const App& app, const Rect& map, double scale) {
  const scene::Viewport& view = app.camera.view();
  const scene::Theme& theme = scene::theme(content_.theme);
  scene::DisplayList list;
  const scene::MapItem& hover = app.view.hover;
  const scene::Snapshot& shown = content_.shown();
  const auto* areas = shown.geometry ? shown.geometry->areas.get() : nullptr;
  if (hover.kind == scene::MapItem::Kind::Area && areas && hover.area >= 0 &&
      hover.area < static_cast<int>(areas->areas.size()) && !(hover == content_.selection)) {
    std::vector<Polyline> rings;
    for (const Polygon& p : areas->areas[static_cast<std::size_t>(hover.area)].shape) {
      rings.push_back(p.outer);
      rings.insert(rings.end(), p.holes.begin(), p.holes.end());
    }
    list.marks.push_back(scene::LineMark{rings, theme.halo, 4.4, {}, true});
    list.marks.push_back(scene::LineMark{std::move(rings), theme.ink2, 2.0, {}, true});
  }
  if (hover.kind == scene::MapItem::Kind::Campus &&
      hover.campus.index < shown.place->campuses.size())
    list.marks.push_back(scene::CircleMark{
        shown.place->campuses[hover.campus].at, 9.0, {0, 0, 0, 0}, theme.accent, 2.0, -1});
  const scene::PixelFrame notes = notes_frame(app, map);
  scene::add_corner_notes(content_, view, notes, app.in_china(), measure_, list);
  if (app.show.presenting() >= 0) draw_legend_box(content_, view, notes, measure_, list);
  overlay_presents_ = app.show.presenting() >= 0;
  overlay_.upload(list, scale);
  overlay_hover_ = hover;
  overlay_top_ = notes.y;
}

void MapView::compose(const scene::Viewport& view) {
  drawn_for_ = view;
  owed_ = !painted_;
  if (owed_) return;
  map_.draw(view, frame_);
  frame_.bind();
  overlay_.draw(view, false);
}

bool MapView::update(const App& app, const Rect& map, double scale, bool at_rest,
                     scene::MapMode mode) {
  const bool changed = take_content(app, map, mode, at_rest);
  if (!ready()) return false;
  auto device = [&](double px) { return static_cast<int>(std::lround(px * scale)); };
  const bool resized = frame_.resize(device(map.w), device(map.h));
  const scene::Viewport& view = app.camera.view();
  const bool settled = at_rest && !same(view, built_for_);
  const bool hints = app.tool() != ToolKind::None && app.tool() != ToolKind::Policy;
  const bool pinned = at_rest && !same(pins_, pins_kept_);
  const bool rebuild =
      changed || lists_built_ == 0 || settled || pinned || (at_rest && hints != hints_kept_);
  if (rebuild) {
    hints_kept_ = hints;
    content_.keep_clear =
        scene::corner_note_frames(content_, view, notes_frame(app, map), app.in_china(), measure_);
    if (app.show.presenting() >= 0)
      content_.keep_clear.push_back(legend_frame(scene::build_legend(content_, view), content_,
                                                 notes_frame(app, map), measure_));
    if (hints) content_.keep_clear.push_back(hints_frame(map));
    content_.keep_clear.insert(content_.keep_clear.end(), pins_.begin(), pins_.end());
    pins_kept_ = pins_;
    build_list(view, scale);
  }
  const bool redraw = rebuild || resized || !map_.covers(view);
  const double top = notes_top(app);
  const bool noted = rebuild || !(overlay_hover_ == app.view.hover) || overlay_top_ != top ||
                     overlay_presents_ != (app.show.presenting() >= 0) ||
                     view.m_per_px != drawn_for_.m_per_px;
  if (noted) build_overlay(app, map, scale);
  if (!redraw && !noted && same(view, drawn_for_) && !(owed_ && painted_)) return false;
  compose(view);
  return true;
}

scene::MapItem MapView::pick(const scene::Viewport& view, Xy px) const {
  return ready() ? scene::pick(content_, view, px) : scene::MapItem{};
}

std::vector<scene::MapItem> MapView::pick_all(const scene::Viewport& view, Xy px) const {
  return ready() ? scene::pick_all(content_, view, px) : std::vector<scene::MapItem>{};
}

}  // namespace doorstep::desktop
