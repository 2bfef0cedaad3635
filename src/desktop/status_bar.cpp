#include <fmt/format.h>

#include <cmath>

#include "desktop/live_words.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

/// How far the results follow the document. Returns where it ends.
double draw_progress(const PanelContext& p) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect& r = p.r;
  const auto& document = p.app.document();
  const double middle = r.y + r.h / 2;
  if (p.shown.live) {
    const LiveWords live = live_words(p.app);
    ui.circle({18, middle}, 4, live.settled ? t.accent : kNone, t.accent, 1);
    return 30 + ui.text({30, r.y, 400, r.h}, live.text, Font::Caption, t.ink);
  }
  if (document.up_to_date() && !document.busy()) {
    draw_icon(ui, Icon::Check, {18, middle}, t.ink, 12);
    double x =
        30 + ui.text({30, r.y, 120, r.h}, p.word("panel.up_to_date"), Font::Caption, t.ink) + 20;
    if (p.app.document().unsaved())
      x += ui.text({x, r.y, 200, r.h}, p.word("panel.unsaved"), Font::Caption, t.ink2);
    return x;
  }
  const std::string task = document.busy() ? p.said(document.job_task()) : p.word("panel.waiting");
  double x =
      12 +
      ui.text({12, r.y, 240, r.h}, p.word("panel.computing") + (task.empty() ? "" : " · " + task),
              Font::Caption, t.ink) +
      14;
  const Rect bar{x, middle - 3, 110, 6};
  ui.fill(bar, t.sunken, 3);
  ui.fill({bar.x, bar.y, bar.w * document.job_fraction(), bar.h}, t.accent, 3);
  x = bar.right() + 10;
  x += ui.text({x, r.y, 44, r.h}, percent(document.job_fraction()), Font::Caption, t.ink2) + 12;
  const double w = ui.width(p.word("panel.cancel"), Font::Caption);
  const Rect cancel{x, r.y + 3, w + 1, r.h - 6};
  if (ui.touch("cancel_job", cancel).clicked) p.app.document().cancel_job();
  ui.text(cancel, p.word("panel.cancel"), Font::Caption, t.accent);
  ui.fill({x, r.bottom() - 6, w, 1}, t.accent);
  return x + w;
}

}  // namespace

void draw_status(const PanelContext& p) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect& r = p.r;
  ui.fill(r, t.sunken);
  divider(ui, r, r.y);
  const double left = draw_progress(p);
  double x = r.right() - 12;
  auto right = [&](const std::string& text) {
    const double w = ui.width(text, Font::Caption) + 1;
    if (text.empty() || x - w < left + 20) return;
    x -= w;
    ui.text({x, r.y, w, r.h}, text, Font::Caption, t.ink2);
    x -= 22;
  };
  const double n = p.app.camera.scale_number();
  const double unit = std::pow(10.0, std::floor(std::log10(std::max(n, 10.0))) - 1);
  right("1 : " + grouped(std::round(n / unit) * unit));
  right(p.app.position_text());
  if (const Outcome* o = p.outcome()) {
    const auto& m = o->indicators[p.year()].stages[p.app.view.stage];
    const std::string placed =
        m.unplaced < 0.5 ? p.word("panel.all_placed")
                         : scene::filled(p.word("panel.n_unplaced"), {grouped(m.unplaced)});
    right(scene::pupils_text(m.pupils, p.language()) + " · " + placed);
  }
}

}  // namespace doorstep::desktop
