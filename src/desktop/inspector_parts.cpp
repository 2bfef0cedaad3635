// What the inspectors of schools, groups, catchments and homes have in common.
#include <cmath>

#include "desktop/inspectors.h"
#include "desktop/subjects.h"

namespace doorstep::desktop {

double draw_subject_head(const PanelContext& p, Icon icon, const std::string& title,
                         const Chips& chips, bool ends) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect& r = p.r;
  draw_icon(ui, icon, {r.x + 20, r.y + 20}, t.ink);
  double y = r.y + 8;
  for (const std::string& line : ui.broken(title, Font::Title, r.w - 36 - 40)) {
    ui.text({r.x + 36, y, r.w - 36 - 40, 24}, line, Font::Title, t.ink);
    y += 24;
  }
  if (ends) {
    const Rect cross{r.right() - 34, r.y + 8, 24, 24};
    const bool touch = cross_button(ui, "close", cross);
    if (touch) leave_subject(p.app);
  }
  y += 4;
  double x = r.x + 12;
  for (const auto& [label, look] : chips) {
    if (label.empty()) continue;
    const double w = chip_width(ui, label, look == ChipLook::Warn);
    if (x + w > r.right() - 10 && x > r.x + 12) {
      x = r.x + 12;
      y += 27;
    }
    x += chip(ui, {x, y}, label, look) + 7;
  }
  return y + 32;
}

double draw_three_figures(const PanelContext& p, double y,
                          const std::vector<std::pair<std::string, std::string>>& figures,
                          double full) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double w = (p.r.w - 24) / 3;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const double x = p.r.x + 12 + w * static_cast<double>(i);
    ui.text({x, y, w - 2, 20}, figures[i].first, Font::Caption, t.ink2);
    ui.text({x, y + 20, w - 6, 28}, figures[i].second, Font::Figure, t.ink);
    const double after = x + ui.width(figures[i].second, Font::Figure) + 8;
    const double room = p.r.right() - 12 - after;
    if (i + 1 < figures.size() || std::isnan(full) || room <= 20) continue;
    const std::size_t k = full > 1.3 ? 6 : full > 1.1 ? 5 : 4;
    gauge(ui, {after, y + 32, room, 6}, full, t.utilisation[k]);
  }
  return y + 58;
}

bool draw_link_row(const PanelContext& p, double& y, const char* id, Icon icon,
                   const std::string& label, const std::string& note) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect row{p.r.x + 6, y, p.r.w - 12, 26};
  const Touch touch = ui.touch(id, row);
  if (touch.hovered) ui.fill(row, t.sunken, 4);
  draw_icon(ui, icon, {p.r.x + 20, y + 13}, t.accent, 14);
  const double w = ui.width(note, Font::Caption);
  ui.text({p.r.x + 36, y, p.r.w - 36 - 40 - w, 26}, label, Font::Body, t.accent);
  ui.text({p.r.right() - 32 - w, y, w + 1, 26}, note, Font::Caption, t.ink2);
  const double x = p.r.right() - 18;
  ui.polyline({{x, y + 9}, {x + 4, y + 13}, {x, y + 17}}, t.ink3, 1.5);
  y += 27;
  return touch.clicked;
}

void draw_figure_row(const PanelContext& p, double& y, const std::string& label,
                     const std::string& value) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.text({p.r.x + 12, y, p.r.w - 130, 24}, label, Font::Body, t.ink2);
  ui.text({p.r.right() - 112, y, 100, 24}, value, Font::Label, t.ink, Align::Right);
  y += 24;
  ui.fill({p.r.x + 12, y, p.r.w - 24, 1}, t.line);
  y += 1;
}

}  // namespace doorstep::desktop
