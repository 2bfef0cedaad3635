// What the tools draw over the map in the window alone: it moves with every mouse move and is never
// part of a picture or a print.
#include <algorithm>
#include <cmath>

#include "desktop/panels.h"
#include "desktop/seats_desk.h"
#include "geo/polygon.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

/// Draws in map coordinates: pixels of one view of the map.
struct Pen {
  const PanelContext& p;
  Rect r;
  const scene::Viewport& view;
  [[nodiscard]] Xy px(Xy at) const {
    const Xy q = view.to_px(at);
    return {r.x + q.x, r.y + q.y};
  }
};

/// Rings round campuses that are selected with others, and round the one a table points at.
void draw_selected(const Pen& pen) {
  const PanelContext& p = pen.p;
  const Outcome* o = p.outcome();
  if (o == nullptr) return;
  const auto& t = p.ui.theme();
  auto ring = [&](const std::string& code, double radius, double width) {
    const CampusId c = find_campus(o->place, code);
    if (!c.valid()) return;
    const Xy at = pen.px(o->place.campuses[c].at);
    p.ui.circle(at, radius, kNone, t.halo, width + 2);
    p.ui.circle(at, radius, kNone, t.accent, width);
  };
  const scene::MapItem& item = p.app.view.selection;
  if (item.kind == scene::MapItem::Kind::Home && item.home.index < o->place.homes.size()) {
    const Xy at = pen.px(o->place.homes[item.home].at);
    p.ui.circle(at, 7, t.raised, t.halo, 5);
    p.ui.circle(at, 7, t.raised, t.accent, 2.4);
    draw_icon(p.ui, Icon::Home, at, t.accent, 9);
  }
  if (p.app.view.chosen.size() > 1)
    for (const std::string& code : p.app.view.chosen) ring(code, 11, 2.0);
  if (!p.app.view.hovered_code.empty()) ring(p.app.view.hovered_code, 16, 2.4);
}

void draw_area_tool(const Pen& pen) {
  const auto ring = pen.p.app.area.ring();
  if (ring.size() < 3) return;
  std::vector<Xy> points;
  for (Xy at : ring) points.push_back(pen.px(at));
  const auto& t = pen.p.ui.theme();
  pen.p.ui.polyline(points, t.halo, 4, true);
  pen.p.ui.polyline(points, t.accent, 1.8, true);
}

/// The brush, and the homes of the stroke under it.
void draw_brush(const Pen& pen) {
  const App& app = pen.p.app;
  if (app.tool() != ToolKind::Paint) return;
  Ui& ui = pen.p.ui;
  const auto& t = ui.theme();
  const auto& ground = app.paint.ground();
  if (ground.place == nullptr) return;
  if (pen.view.m_per_px < 40) {
    for (HomeId h : app.paint.moved()) {
      const Xy at = pen.px(ground.place->homes[h].at);
      if (pen.r.contains(at)) ui.circle(at, 4, t.accent, t.halo, 1.5);
    }
  }
  for (const Piece& piece : app.desk.breaks())
    for (HomeId h : piece.homes)
      if (h.index < ground.place->homes.size()) {
        const Xy at = pen.px(ground.place->homes[h].at);
        if (pen.r.contains(at)) ui.circle(at, 6, kNone, t.warn, 2);
      }
  const Xy mouse = ui.mouse();
  if (!pen.r.contains(mouse)) return;
  ui.circle(mouse, app.paint.radius_px() + 1, kNone, t.halo, 3.4);
  ui.circle(mouse, app.paint.radius_px(), scene::faded(t.accent, 0.12), t.accent, 1.6);
}

void draw_arrow(Ui& ui, Xy from, Xy to, Colour ink, double width) {
  const auto& t = ui.theme();
  const double length = distance_m(from, to);
  if (length < 8) return;
  const Xy along = (to - from) * (1.0 / length), across{-along.y, along.x};
  ui.line(from, to, t.halo, width + 3);
  ui.line(from, to, ink, width);
  ui.polygon({to, to - along * 12.0 + across * 6.0, to - along * 12.0 - across * 6.0}, ink);
}

/// A school on its way to another, and the first half of a feeder.
void draw_ties_in_hand(const Pen& pen) {
  const App& app = pen.p.app;
  const auto current = app.document().current();
  if (!current) return;
  Ui& ui = pen.p.ui;
  const auto& t = ui.theme();
  const auto& campuses = current->place.campuses;
  if (app.tie.dragging() && app.tie.member().index < campuses.size()) {
    const Xy from = pen.px(campuses[app.tie.member()].at);
    Xy to = ui.mouse();
    if (app.tie.core().valid()) {
      to = pen.px(campuses[app.tie.core()].at);
      ui.circle(to, 17, kNone, t.halo, 5);
      ui.circle(to, 17, kNone, t.accent, 2.6);
    }
    draw_arrow(ui, from, to, t.accent, 2.4);
    ui.circle(from, 13, kNone, t.accent, 2.4);
  }
  if (!app.feeder.from().empty()) {
    const CampusId c = find_campus(current->place, app.feeder.from());
    if (c.valid()) draw_arrow(ui, pen.px(campuses[c].at), ui.mouse(), t.accent, 2.0);
  }
  if (app.closing.asking()) {
    const CampusId c = find_campus(current->place, app.closing.edit().campus);
    if (!c.valid()) return;
    const Xy at = pen.px(campuses[c].at);
    ui.circle(at, 15, kNone, t.halo, 5);
    ui.circle(at, 15, kNone, t.warn, 2.4);
    ui.line(at + Xy{-10, -10}, at + Xy{10, 10}, t.warn, 2.4);
  }
}

std::string length_text(double metres, Language language) {
  return metres < 1000 ? grouped(metres) + (language == Language::Chinese ? "米" : " m")
                       : scene::kilometres_text(metres, language);
}

void draw_measure(const Pen& pen) {
  const App& app = pen.p.app;
  const auto& points = app.measure.points();
  if (app.tool() != ToolKind::Measure || points.empty()) return;
  Ui& ui = pen.p.ui;
  const auto& t = ui.theme();
  std::vector<Xy> line;
  for (Xy at : points) line.push_back(pen.px(at));
  if (app.pointer) line.push_back(ui.mouse());
  if (line.size() > 1) {
    ui.polyline(line, t.halo, 5);
    ui.polyline(line, t.accent, 2);
  }
  for (std::size_t i = 0; i < points.size(); ++i) ui.circle(line[i], 3.5, t.raised, t.accent, 2);
  std::string text = length_text(app.measure.length_m(app.pointer), app.view.language);
  if (const double area = app.measure.area_m2(); area > 0)
    text += " · " + grouped(area / 10000.0, 1) +
            (app.view.language == Language::Chinese ? "公顷" : " ha");
  const Xy end = line.back();
  const double w = ui.width(text, Font::Label) + 16;
  Rect box{end.x + 14, end.y - 12, w, 24};
  if (box.right() > pen.r.right() - 4) box.x = end.x - 14 - w;
  ui.fill(box, t.panel, 4);
  ui.stroke(box, t.line_strong, 4);
  ui.text(box.inset(8, 0), text, Font::Label, t.ink);
}

/// The handle that makes the selected campus larger or smaller, with its seats as they follow.
void draw_resize(const Pen& pen) {
  const App& app = pen.p.app;
  const auto current = app.document().current();
  const CampusId campus = resizable(app);
  if (!campus.valid() || !current) return;
  Ui& ui = pen.p.ui;
  const auto& t = ui.theme();
  const Campus& c = current->place.campuses[campus];
  const Rect part = resize_handle(pen.view.to_px(c.at));
  const Rect box{pen.r.x + part.x, pen.r.y + part.y, part.w, part.h};
  const bool dragging = app.resize.dragging();
  const bool over = box.contains(ui.mouse()) && !ui.blocked();
  const double seats = dragging ? app.resize.edit().seats
                                : value_in(c.stages[app.view.stage]->seats, app.edit_year());
  ui.fill(box, dragging ? t.accent : t.panel, 12);
  ui.stroke(box, dragging || over ? t.accent : t.line_strong, 12, over ? 2 : 1);
  const Colour ink = dragging ? t.accent_ink : t.accent;
  for (const double side : {-1.0, 1.0}) {
    const double x = box.centre().x + side * (box.w / 2 - 9);
    ui.polyline({{x - side * 4, box.centre().y - 4},
                 {x, box.centre().y},
                 {x - side * 4, box.centre().y + 4}},
                ink, 1.6);
  }
  std::string text = scene::filled(pen.p.word("tool.seats_n"), {grouped(seats)});
  const double more = dragging ? seats - app.resize.before() : 0.0;
  if (more != 0) text += "  " + signed_grouped(more);
  ui.text(box.inset(16, 0), text, Font::Caption, dragging ? t.accent_ink : t.ink, Align::Centre);
}

/// Notes where they are pinned.
void draw_pins(const Pen& pen) {
  Ui& ui = pen.p.ui;
  const auto& t = ui.theme();
  for (const Pin& pin : pen.p.app.show.pins) {
    const Xy at = pen.px(pin.at);
    if (!pen.r.contains(at)) continue;
    ui.polygon({at, at + Xy{-7, -16}, at + Xy{7, -16}}, t.accent);
    ui.circle(at + Xy{0, -18}, 8, t.accent, t.halo, 1.5);
    ui.circle(at + Xy{0, -18}, 3, t.accent_ink, kNone, 0);
    if (pin.text.empty()) continue;
    const double w = std::min(ui.width(pin.text, Font::Label) + 16, 320.0);
    Rect box{at.x + 14, at.y - 31, w, 26};
    if (box.right() > pen.r.right() - 4) box.x = at.x - 14 - w;
    ui.fill(box, t.panel, 4);
    ui.stroke(box, t.accent, 4);
    ui.text(box.inset(8, 0), pin.text, Font::Label, t.ink);
  }
}

}  // namespace

void draw_map_marks(const PanelContext& p) {
  const scene::Viewport& view = p.app.camera.view();
  std::vector<Rect> parts{p.r};
  if (p.app.split() == Split::SideBySide) {
    const double half = p.r.w / 2;
    parts = {{p.r.x, p.r.y, half, p.r.h}, {p.r.x + half, p.r.y, half, p.r.h}};
  }
  for (const Rect& r : parts) {
    p.ui.push_clip(r);
    const Pen pen{p, r, view};
    draw_selected(pen);
    draw_brush(pen);
    draw_ties_in_hand(pen);
    draw_area_tool(pen);
    draw_measure(pen);
    draw_pins(pen);
    draw_resize(pen);
    p.ui.pop_clip();
  }
}

}  // namespace doorstep::desktop
