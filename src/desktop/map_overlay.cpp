#include <algorithm>
#include <cmath>

#include "desktop/panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

/// Baseline, scenario or difference, where there is something to compare.
void draw_mode(const PanelContext& p) {
  if (!p.app.shows_mode_switch()) return;
  Ui& ui = p.ui;
  std::vector<std::string> labels{"A 1", "B 2", p.word("panel.difference") + " 3"};
  if (p.app.commands.enabled("swipe")) {
    labels.push_back(p.word("panel.swipe") + " 4");
    labels.push_back(p.word("panel.side_by_side") + " 5");
  }
  static constexpr const char* kCommands[] = {"baseline", "scenario", "difference", "swipe",
                                              "side_by_side"};
  int chosen = p.app.view.mode == scene::MapMode::Baseline     ? 0
               : p.app.view.mode == scene::MapMode::Difference ? 2
                                                               : 1;
  if (p.app.split() != Split::None) chosen = p.app.split() == Split::Swipe ? 3 : 4;
  double widest = 0;
  for (const auto& l : labels) widest = std::max(widest, ui.width(l, Font::Label) + 22);
  // A narrow map shows the first of them; keys and menu have all.
  const double room = p.r.w - 24;
  while (labels.size() > 3 && widest * static_cast<double>(labels.size()) + 4 > room)
    labels.pop_back();
  const double w = std::min(room, widest * static_cast<double>(labels.size()) + 4);
  const int clicked = segments(ui, "mode", {p.r.x + 12, p.r.y + 10, w, 28}, labels, chosen);
  if (clicked >= 0) p.app.commands.run(kCommands[clicked]);
}

/// What lies on which side of a divider at `x`.
void draw_sides(const PanelContext& p, double x) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  auto side = [&](const std::string& label, double left, Colour back, Colour ink) {
    const Rect box{left, p.r.bottom() - 84, ui.width(label, Font::Label) + 24, 26};
    ui.fill(box, back, 4);
    ui.stroke(box, t.line_strong, 4);
    ui.text(box.inset(12, 0), label, Font::Label, ink);
  };
  const auto* plan = p.app.document().reference_plan();
  const std::string a = plan ? "A " + p.app.name(plan->name) : p.word("window.baseline_a");
  side(a, x - 14 - ui.width(a, Font::Label) - 24, t.raised, t.ink);
  side(p.word("panel.plan_b"), x + 14, t.accent_soft, t.accent);
}

/// The divider with its handle; side by side it stands still in the middle.
void draw_divider(const PanelContext& p) {
  const Split split = p.app.split();
  if (split == Split::None) return;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double x = p.r.x + p.r.w * (split == Split::Swipe ? p.app.view.swipe_at : 0.5);
  ui.fill({x - 3, p.r.y, 6, p.r.h}, t.raised);
  ui.fill({x - 1, p.r.y, 2, p.r.h}, t.ink);
  draw_sides(p, x);
  if (split != Split::Swipe) return;
  const Rect handle{x - 17, p.r.y + p.r.h * 0.72, 34, 44};
  if (ui.touch("divider", {x - 8, p.r.y + 44, 16, p.r.h - 44}).held ||
      ui.touch("divider_handle", handle).held)
    p.app.view.swipe_at = std::clamp((ui.mouse().x - p.r.x) / p.r.w, 0.05, 0.95);
  ui.fill(handle, t.raised, 6);
  ui.stroke(handle, t.ink, 6, 2);
  const double y = handle.centre().y;
  ui.polyline({{x - 4, y - 6}, {x - 10, y}, {x - 4, y + 6}}, t.ink, 1.8);
  ui.polyline({{x + 4, y - 6}, {x + 10, y}, {x + 4, y + 6}}, t.ink, 1.8);
}

/// Whether the map says which keys help with the tool in hand.
bool shows_hints(const PanelContext& p) {
  constexpr double kLeastHeight = 260.0;  // below, the notes of the map need the room
  return p.app.tool() != ToolKind::None && p.app.tool() != ToolKind::Policy &&
         p.r.h >= kLeastHeight;
}

/// Keys that help with the tool in hand.
void draw_hints(const PanelContext& p) {
  if (!shows_hints(p)) return;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  std::vector<std::pair<std::string, std::string>> hints;
  const ToolKind tool = p.app.tool();
  if (tool == ToolKind::NewCampus) {
    hints.emplace_back(p.word("tool.drag"), p.word("tool.drag_does"));
    hints.emplace_back(p.word("tool.release"), p.word("tool.release_does"));
  } else if (tool == ToolKind::Paint) {
    hints.emplace_back(p.word("tool.drag"), p.word("tool.drag_paints"));
    hints.emplace_back("[  ]", p.word("tool.brush"));
  } else if (tool == ToolKind::JoinGroup) {
    hints.emplace_back(p.word("tool.drag"), p.word("tool.drag_ties"));
  } else if (tool == ToolKind::Box || tool == ToolKind::Lasso) {
    hints.emplace_back(p.word("tool.drag"), p.word("tool.drag_selects"));
  } else {
    hints.emplace_back(
        p.word("tool.click"),
        p.word(tool == ToolKind::Measure ? "tool.click_measures" : "tool.click_does"));
  }
  hints.emplace_back("Esc", p.word("tool.esc_does"));
  double w = 16;
  for (const auto& [key, does] : hints)
    w += ui.width(key, Font::Caption) + 10 + ui.width(does, Font::Caption) + 20;
  const Rect box{p.r.x + (p.r.w - w) / 2, p.r.bottom() - 84, w, 30};
  ui.fill(box, t.panel, 6);
  ui.stroke(box, t.line_strong, 6);
  double x = box.x + 12;
  for (const auto& [key, does] : hints) {
    const double k = ui.width(key, Font::Caption) + 10;
    ui.stroke({x, box.y + 6, k, 18}, t.line_strong, 4);
    ui.text({x + 4, box.y + 6, k - 8 + 1, 18}, key, Font::Caption, t.ink3, Align::Centre);
    x += k + 6;
    x += ui.text({x, box.y, ui.width(does, Font::Caption) + 1, box.h}, does, Font::Caption, t.ink) +
         14;
  }
}

/// Name and figures of what lies under the mouse.
void draw_tooltip(const PanelContext& p) {
  const Outcome* o = p.outcome();
  const scene::MapItem& item = p.app.view.hover;
  if (o == nullptr || item.kind == scene::MapItem::Kind::None ||
      p.app.tool() == ToolKind::NewCampus || p.app.tool() == ToolKind::Measure)
    return;
  CampusId campus;
  if (item.campus.index < o->place.campuses.size()) campus = item.campus;
  if (!campus.valid() && item.catchment.index < o->place.catchments.size()) {
    const auto& serves = o->place.catchments[item.catchment].campuses;
    if (!serves.empty()) campus = serves.front();
  }
  if (!campus.valid()) return;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const CampusYear& run = o->run.years[p.year()].stages[p.app.view.stage].campuses[campus];
  const std::string& title = p.app.name(o->place.campuses[campus].name);
  const std::string line =
      scene::filled(p.word("tool.pupils_in_seats"),
                    {scene::pupils_text(run.enrolment, p.language()), grouped(run.seats),
                     run.seats > 0 ? percent(run.utilisation()) : "–"});
  const double w = std::max(ui.width(title, Font::Label), ui.width(line, Font::Caption)) + 20;
  const Xy m = ui.mouse();
  Rect box{m.x + 16, m.y + 14, w, 48};
  if (box.right() > p.r.right() - 6) box.x = m.x - 12 - w;
  if (box.bottom() > p.r.bottom() - 6) box.y = m.y - 58;
  ui.fill(box, t.panel, 6);
  ui.stroke(box, t.line_strong, 6);
  ui.text({box.x + 10, box.y + 4, w - 19, 20}, title, Font::Label, t.ink);
  ui.text({box.x + 10, box.y + 24, w - 19, 18}, line, Font::Caption, t.ink2);
}

/// What was done or could not be, newest lowest. Each can be copied; errors wait to be dismissed.
void draw_toasts(const PanelContext& p) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double w = std::min(p.r.w - 24, 520.0);
  double bottom = p.r.bottom() - (shows_hints(p) ? 92 : 12);
  const auto& toasts = p.app.toasts.all();
  for (std::size_t i = toasts.size(); i-- > 0;) {
    const Toast& toast = toasts[i];
    const std::string text = p.said_line(toast.text);
    const auto lines = ui.broken(text, Font::Body, w - 92);
    const double h = 12 + 20.0 * static_cast<double>(lines.size());
    const Rect box{p.r.right() - 12 - w, bottom - h, w, h};
    bottom = box.y - 6;
    ui.fill(box, t.raised, 6);
    ui.stroke(box, t.line_strong, 6);
    ui.fill({box.x, box.y + 3, 3, box.h - 6}, toast.error ? t.warn : t.accent);
    draw_icon(ui, toast.error ? Icon::Warn : Icon::Check, {box.x + 20, box.y + 16},
              toast.error ? t.warn : t.accent);
    ui.paragraph({box.x + 34, box.y + 6, w - 92, 20}, text, Font::Body, t.ink);
    const std::string id = std::to_string(i);
    const Rect copy{box.right() - 54, box.y + 4, 24, 24},
        cross{box.right() - 28, box.y + 4, 24, 24};
    const Touch copied = ui.touch(("copy" + id).c_str(), copy);
    draw_icon(ui, Icon::Copy, copy.centre(), copied.hovered ? t.ink : t.ink3, 12);
    if (copied.clicked) ImGui::SetClipboardText(text.c_str());
    const bool dismissed = cross_button(ui, "dismiss" + id, cross);
    if (dismissed) {
      p.app.toasts.dismiss(i);
      return;
    }
  }
}

}  // namespace

void draw_map_overlay(const PanelContext& p) {
  draw_divider(p);
  draw_mode(p);
  draw_hints(p);
  draw_tooltip(p);
  draw_toasts(p);
}

}  // namespace doorstep::desktop
