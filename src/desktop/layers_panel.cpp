#include <algorithm>
#include <optional>

#include "desktop/panels.h"
#include "scene/format.h"
#include "scene/legend.h"

namespace doorstep::desktop {

namespace {

using scene::LegendModel;

/// Strength and order of a layer, under its heading once that was clicked. Returns the y below.
double draw_fine(const PanelContext& p, double y, double& opacity,
                 std::optional<scene::OrderedLayer> ordered) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double x = p.r.x + 34, buttons = ordered ? 64 : 0;
  ui.text({x, y, 74, 22}, p.word("panel.opacity"), Font::Caption, t.ink2);
  const Rect track{x + 78, y + 10, p.r.right() - 12 - buttons - x - 78 - 40, 2};
  const Touch touch = ui.touch("opacity", {track.x - 6, y, track.w + 12, 22});
  if (touch.held) opacity = std::clamp((ui.mouse().x - track.x) / track.w, 0.1, 1.0);
  ui.fill(track, t.line_strong);
  ui.circle({track.x + track.w * opacity, track.y + 1}, 5, t.accent, kNone, 0);
  ui.text({track.right() + 6, y, 38, 22}, percent(opacity), Font::Caption, t.ink2, Align::Right);
  if (ordered) {
    auto& layers = p.app.view.layers;
    if (text_button(ui, "layer_up", {p.r.right() - 68, y - 1, 26, 22}, "↑"))
      scene::move_layer(layers, *ordered, 1);
    if (text_button(ui, "layer_down", {p.r.right() - 38, y - 1, 26, 22}, "↓"))
      scene::move_layer(layers, *ordered, -1);
  }
  return y + 28;
}

/// Section heading with its switch; a click on the heading opens strength and order. Returns the y
/// below it.
double section(const PanelContext& p, double y, const char* id, Icon icon, const std::string& title,
               bool& on, double* opacity = nullptr,
               std::optional<scene::OrderedLayer> ordered = {}) {
  Ui& ui = p.ui;
  const double w = p.r.w - 34 - 46 - (opacity != nullptr ? 14 : 0);
  const double h = 24 + 20.0 * static_cast<double>(ui.broken(title, Font::Label, w).size() - 1);
  const Rect head{p.r.x + 8, y, p.r.w - 8 - 46, h};
  std::string& open = p.app.view.open_layer;
  if (opacity != nullptr) {
    const Touch touch = ui.touch((std::string("head_") + id).c_str(), head);
    if (touch.hovered) ui.fill(head, ui.theme().sunken, 4);
    if (touch.clicked) open = open == id ? "" : id;
  }
  draw_icon(ui, icon, {p.r.x + 20, y + 12}, ui.theme().ink);
  ui.paragraph({p.r.x + 34, y + 2, w, 20}, title, Font::Label, ui.theme().ink);
  if (opacity != nullptr) {  // there is more below
    const double x = p.r.right() - 54, up = open == id ? 2 : -2;
    ui.polyline({{x - 4, y + 12 + up}, {x, y + 12 - up}, {x + 4, y + 12 + up}}, ui.theme().ink3,
                1.5);
  }
  if (toggle(ui, id, {p.r.right() - 38, y + 5}, on)) on = !on;
  if (opacity != nullptr && open == id) return draw_fine(p, y + h + 3, *opacity, ordered);
  return y + h + 4;
}

double end_section(const PanelContext& p, double y) {
  divider(p.ui, p.r, y + 8);
  return y + 19;
}

double draw_classes(const PanelContext& p, const LegendModel& legend, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  int most = 1;
  for (const auto& row : legend.rows) most = std::max(most, row.count);
  double labels = 0;
  for (const auto& row : legend.rows) labels = std::max(labels, ui.width(row.label, Font::Caption));
  double counts = 26;
  for (const auto& row : legend.rows)
    counts = std::max(counts, ui.width(grouped(row.count), Font::Body) + 2);
  const double bar_x = p.r.x + 46 + std::min(labels, 112.0) + 12;
  const double bar_room = p.r.right() - 20 - counts - bar_x;
  for (std::size_t i = 0; i < legend.rows.size(); ++i) {
    if (static_cast<int>(i) == legend.limit_after) {
      const double w = ui.width(legend.limit_label, Font::Caption);
      const double right = p.r.right() - 44;
      ui.line({p.r.x + 12, y + 4}, {right - w - 6, y + 4}, t.ink, 1);
      ui.text({right - w, y - 5, w + 1, 18}, legend.limit_label, Font::Caption, t.ink);
      ui.line({right + 6, y + 4}, {p.r.right() - 12, y + 4}, t.ink, 1);
      y += 11;
    }
    const auto& row = legend.rows[i];
    const Rect line{p.r.x + 8, y, p.r.w - 16, 20};
    const Touch touch = ui.touch(("class" + std::to_string(row.index)).c_str(), line);
    const bool chosen = p.app.view.class_filter == row.index;
    if (touch.hovered || chosen) ui.fill(line, chosen ? t.accent_soft : t.sunken, 4);
    if (touch.clicked) p.app.view.class_filter = chosen ? -1 : row.index;
    swatch(ui, {p.r.x + 12, y + 4, 26, 13}, row.colour, row.hatch);
    ui.text({p.r.x + 46, y, bar_x - p.r.x - 50, 20}, row.label, Font::Caption, t.ink2);
    ui.fill({bar_x, y + 6, std::max(0.0, bar_room * row.count / most), 8},
            scene::faded(t.line_strong, 0.8));
    ui.text({p.r.right() - 12 - counts, y, counts, 20}, grouped(row.count), Font::Body, t.ink,
            Align::Right);
    y += 20;
  }
  return y;
}

double draw_measure_choice(const PanelContext& p, double y) {
  static constexpr const char* kWords[] = {"panel.by_utilisation", "panel.by_class_size",
                                           "panel.by_travel",      "panel.by_decline",
                                           "panel.by_reach",       "panel.by_density"};
  constexpr int kRow = 3;  // words of a row
  const int fill = static_cast<int>(p.app.view.fill);
  int chosen = -1;
  for (int row = 0; row < 2; ++row) {
    std::vector<std::string> labels;
    for (int i = 0; i < kRow; ++i) labels.push_back(p.word(kWords[row * kRow + i]));
    const int clicked = segments(p.ui, row == 0 ? "fill" : "fill_more",
                                 {p.r.x + 12, y, p.r.w - 24, 26}, labels, fill - row * kRow);
    if (clicked >= 0) chosen = row * kRow + clicked;
    y += 29;
  }
  if (chosen >= 0) {
    p.app.view.fill = static_cast<scene::FillBy>(chosen);
    p.app.view.class_filter = -1;
  }
  return y + 3;
}

double draw_area_section(const PanelContext& p, const LegendModel& legend, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  bool& on = p.app.view.layers.catchments;
  y = section(p, y, "areas", Icon::Catchment,
              legend.title.empty() ? p.word("panel.areas") : legend.title, on,
              &p.app.view.layers.area_opacity);
  if (!on) return end_section(p, y - 4);
  if (p.app.view.mode != scene::MapMode::Difference) y = draw_measure_choice(p, y);
  y = draw_classes(p, legend, y) + 6;
  const Rect text{p.r.x + 12, y, p.r.w - 24, 18};
  y += ui.paragraph(text, legend.summary, Font::Caption, t.ink2);
  if (!legend.hatch_note.empty())
    y += ui.paragraph({text.x, y, text.w, 18}, legend.hatch_note, Font::Caption, t.ink2);
  if (!legend.ground_note.empty())
    y += ui.paragraph({text.x, y, text.w, 18}, legend.ground_note, Font::Caption, t.ink2);
  return end_section(p, y);
}

double draw_campus_section(const PanelContext& p, const LegendModel& legend, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  bool& on = p.app.view.layers.campuses;
  y = section(p, y, "campuses", Icon::Campus,
              legend.campus_title.empty() ? p.word("panel.campuses") : legend.campus_title, on,
              &p.app.view.layers.opacity[static_cast<std::size_t>(scene::OrderedLayer::Campuses)],
              scene::OrderedLayer::Campuses);
  if (!on || legend.circles.empty()) return end_section(p, y - 4);
  double x = p.r.x + 14, largest = 8;
  for (const auto& c : legend.circles) largest = std::max(largest, c.radius_px);
  for (const auto& c : legend.circles) {
    const double w = std::max(ui.width(c.label, Font::Caption), 2 * c.radius_px) + 12;
    ui.circle({x + w / 2 - 6, y + largest}, c.radius_px, t.raised, t.ink, 1.6);
    ui.circle({x + w / 2 - 6, y + largest}, 1.8, t.ink, kNone, 0);
    ui.text({x - 4, y + 2 * largest + 2, w - 4, 18}, c.label, Font::Caption, t.ink2, Align::Centre);
    x += w;
  }
  const Rect g{p.r.right() - 80, y + largest - 2, 66, 5};
  gauge(ui, g, 1.38, t.utilisation[5]);
  const double y2 = y + 2 * largest + 2;
  ui.text({g.x - 2, y2, 20, 18}, "0", Font::Caption, t.ink2);
  ui.text({g.x + g.w / 1.5 - 22, y2, 46, 18}, "100%", Font::Caption, t.ink2, Align::Centre);
  return end_section(p, y2 + 18);
}

double draw_flow_section(const PanelContext& p, const LegendModel& legend, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  bool& on = p.app.view.layers.flows;
  y = section(p, y, "flows", Icon::Flow,
              legend.flow_title.empty() ? p.word("panel.flows") : legend.flow_title, on,
              &p.app.view.layers.opacity[static_cast<std::size_t>(scene::OrderedLayer::Flows)],
              scene::OrderedLayer::Flows);
  if (!on || legend.flows.empty()) return end_section(p, y - 4);
  const double step = (p.r.w - 24) / static_cast<double>(legend.flows.size());
  double x = p.r.x + 12, tallest = 4;
  for (const auto& f : legend.flows) tallest = std::max(tallest, f.width_px / 2);
  const double middle = y + 2 + tallest;
  for (const auto& f : legend.flows) {
    const double w = step - 14, half = f.width_px / 2;
    // Of a plan's changes: what is lost in dashes, what is gained in the colour of a rise.
    const bool changes = legend.flows.front().dashed;
    constexpr double kDash = 5.0, kGap = 4.0;
    if (f.dashed) {
      for (double from = 0.0; from < w; from += kDash + kGap)
        ui.line({x + from, middle}, {x + std::min(w, from + kDash), middle},
                scene::faded(t.change.front(), 0.8), f.width_px * 0.65);
    } else {
      ui.polygon({{x, middle - half},
                  {x + w, middle - half * 0.3},
                  {x + w, middle + half * 0.3},
                  {x, middle + half}},
                 changes ? scene::faded(t.change.back(), 0.8) : scene::faded(t.flow, 0.7));
    }
    ui.text({x, middle + tallest + 2, step - 4, 18}, f.label, Font::Caption, t.ink2);
    x += step;
  }
  y = middle + tallest + 22;
  y += ui.paragraph({p.r.x + 12, y, p.r.w - 24, 18}, legend.flow_note, Font::Caption, t.ink2);
  return end_section(p, y);
}

double draw_tie_section(const PanelContext& p, const LegendModel& legend, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  if (p.app.place().groups.empty() && legend.ties.empty()) return y;
  bool& on = p.app.view.layers.ties;
  y = section(p, y, "ties", Icon::Group,
              legend.tie_title.empty() ? p.word("panel.ties") : legend.tie_title, on,
              &p.app.view.layers.opacity[static_cast<std::size_t>(scene::OrderedLayer::Ties)],
              scene::OrderedLayer::Ties);
  if (!on) return end_section(p, y - 4);
  for (const auto& tie : legend.ties) {
    const Xy a{p.r.x + 14, y + 10}, b{p.r.x + 66, y + 10};
    if (tie.style.dash_px.size() >= 2)
      ui.dashed(a, b, scene::group_colour(0), tie.style.width_px, tie.style.dash_px[0],
                tie.style.dash_px[1]);
    else
      ui.line(a, b, scene::group_colour(0), tie.style.width_px);
    ui.text({p.r.x + 76, y, p.r.w - 88, 20}, tie.label, Font::Caption, t.ink2);
    y += 20;
  }
  if (!legend.sites_label.empty()) {
    ui.line({p.r.x + 14, y + 10}, {p.r.x + 66, y + 10}, scene::faded(t.ink2, 0.45), 7);
    ui.text({p.r.x + 76, y, p.r.w - 88, 20}, legend.sites_label, Font::Caption, t.ink2);
    y += 20;
  }
  if (!legend.course_label.empty()) {
    ui.fill({p.r.x + 14, y + 3, 52, 14}, t.accent_soft, 3);
    ui.stroke({p.r.x + 14, y + 3, 52, 14}, t.accent, 3);
    ui.text({p.r.x + 76, y, p.r.w - 88, 20}, legend.course_label, Font::Caption, t.ink2);
    y += 20;
  }
  y += ui.paragraph({p.r.x + 12, y, p.r.w - 24, 18}, legend.tie_note, Font::Caption, t.ink2);
  return end_section(p, y);
}

}  // namespace

void draw_layers(const PanelContext& p, Scroll& scroll) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.fill(p.r, t.panel);
  auto& layers = p.app.view.layers;
  const int total = p.app.place().groups.empty() ? 6 : 7;
  const int on = layers.catchments + layers.campuses + layers.homes + layers.flows +
                 layers.backdrop + layers.labels + (total == 7 && layers.ties);
  draw_icon(ui, Icon::Layers, {p.r.x + 20, p.r.y + 18}, t.ink);
  heading(ui, {p.r.x + 34, p.r.y + 6, p.r.w - 46, 24}, p.word("panel.layers"),
          scene::filled(p.word("panel.layers_shown"), {std::to_string(on), std::to_string(total)}),
          Font::Title);
  divider(ui, p.r, p.r.y + 36);
  const Rect body{p.r.x, p.r.y + 37, p.r.w, p.r.h - 37};
  double y = scroll.begin(ui, body) + 8;
  LegendModel legend;
  if (p.content.shown().place != nullptr)
    legend = scene::build_legend(p.content, p.app.camera.view());
  y = draw_area_section(p, legend, y);
  y = draw_campus_section(p, legend, y);
  y = section(p, y, "homes", Icon::Home,
              legend.home_title.empty() ? p.word("panel.homes") : legend.home_title, layers.homes,
              &layers.opacity[static_cast<std::size_t>(scene::OrderedLayer::Homes)],
              scene::OrderedLayer::Homes);
  y = end_section(p, y - 4);
  y = draw_flow_section(p, legend, y);
  y = draw_tie_section(p, legend, y);
  y = section(p, y, "backdrop", Icon::Backdrop, p.word("panel.backdrop"), layers.backdrop,
              &layers.backdrop_opacity);
  y = section(p, y, "labels", Icon::Label, p.word("panel.labels"), layers.labels);
  scroll.end(ui, y + 8);
  ui.fill({p.r.right() - 1, p.r.y, 1, p.r.h}, t.line);
}

}  // namespace doorstep::desktop
