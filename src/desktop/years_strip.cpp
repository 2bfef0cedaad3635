#include <algorithm>
#include <cmath>

#include "desktop/figures.h"
#include "desktop/panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

constexpr double kLeft = 216.0;

/// One year: pupils stacked by the utilisation class of their school, emptiest below.
void draw_year_bar(Ui& ui, const Rect& r, const std::array<double, 7>& pupils,
                   const scene::ClassScheme& scheme) {
  double total = 0;
  for (double v : pupils) total += v;
  if (total <= 0) return;
  double y = r.bottom();
  for (std::size_t k = 0; k < pupils.size(); ++k) {
    const double h = r.h * pupils[k] / total;
    if (h <= 0) continue;
    y -= h;
    const Rect part{r.x, y, r.w, h};
    ui.fill(part, scheme.colours[k]);
    if (h > 2) ui.hatch(part, scheme.hatches[k]);
  }
}

void draw_play(const PanelContext& p) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect& r = p.r;
  const Rect button{14, r.y + 12, 36, 36};
  const Touch touch = ui.touch("play", button);
  ui.circle(button.centre(), 18, touch.hovered ? scene::faded(t.accent, 0.85) : t.accent, kNone, 0);
  draw_icon(ui, p.app.view.playing ? Icon::Pause : Icon::Play, button.centre(), t.accent_ink, 15);
  if (touch.clicked) p.app.commands.run("play");
  const Outcome* o = p.outcome();
  const Year year = o ? o->run.years[p.year()].year : p.app.view.year;
  ui.text({60, r.y + 10, 146, 28}, std::to_string(year), Font::Figure, t.ink);
  const bool base = year <= p.app.place().base_year;
  ui.text({60, r.y + 38, 150, 18}, p.word(base ? "panel.base_year" : "panel.forecast"),
          Font::Caption, t.ink2);
}

}  // namespace

void draw_years(const PanelContext& p) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect& r = p.r;
  ui.fill(r, t.panel);
  divider(ui, r, r.y);
  draw_play(p);
  // All years of the newest whole result, also while a candidate of one year is shown.
  const auto kept =
      p.app.view.mode == scene::MapMode::Baseline ? p.app.document().baseline() : p.app.timeline();
  if (!kept) return;
  const auto scheme = scene::scheme_of(scene::FillBy::Utilisation, t, ui.words());
  const auto n = kept->run.years.size();
  const double w = (r.w - kLeft - 24) / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Year year = kept->run.years[i].year;
    const double x = kLeft + w * static_cast<double>(i);
    const bool chosen = year == p.app.view.year;
    const Rect bar{x + 0.5, r.y + 25, w - 1, 28};
    const Touch touch = ui.touch(("year" + std::to_string(year)).c_str(), {x, r.y + 4, w, 52});
    if (touch.clicked || (touch.held && bar.contains(ui.mouse()))) p.app.set_year(year);
    draw_year_bar(ui, bar, pupils_by_class(*kept, i, p.app.view.stage, scheme), scheme);
    const bool in_full = i == 0 || i + 1 == n || year % 5 == 0 || w > 60 || chosen;
    std::string label = std::to_string(year);
    if (!in_full) label = label.substr(2);
    ui.text({x, r.y + 6, w, 18}, label, chosen ? Font::Label : Font::Caption,
            chosen ? t.accent : t.ink2, Align::Centre);
    if (chosen) ui.stroke({x - 1.5, r.y + 22.5, w + 3, 33}, t.accent, 4, 2);
  }
  const double half = (r.w - kLeft - 24) / 2;
  const bool room = half > 330;
  ui.text({kLeft, r.y + 58, room ? half - 8 : 2 * half, 18}, p.word("panel.pressure_by_year"),
          Font::Caption, t.ink2);
  if (!room) return;
  ui.text({kLeft + half, r.y + 58, half, 18}, p.word("panel.year_keys"), Font::Caption, t.ink2,
          Align::Right);
}

}  // namespace doorstep::desktop
