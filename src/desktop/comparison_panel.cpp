#include <algorithm>
#include <cmath>

#include "desktop/comparison.h"
#include "desktop/panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

struct Row {
  const char* key;
  std::string a, b, change;
  double sign = 0.0;  ///< negative: fewer
  bool fewer_is_better = true;
};

std::vector<Row> rows_of(const PanelContext& p) {
  const StageId s = p.app.view.stage;
  const auto& a = p.shown.a->indicators[p.shown.year_a].stages[s];
  const auto& b = p.shown.b->indicators[p.shown.year_b].stages[s];
  const Language l = p.language();
  auto count = [](const char* key, double x, double y) {
    return Row{key, grouped(x), grouped(y), signed_grouped(y - x), std::round(y - x), true};
  };
  std::vector<Row> out;
  out.push_back(count("panel.beyond_seats", a.over_seats, b.over_seats));
  out.push_back(count("panel.campuses_over", a.campuses_over, b.campuses_over));
  out.push_back(count("panel.large_classes", a.large, b.large));
  const double way = b.travel_mean_m - a.travel_mean_m;
  out.push_back({"panel.mean_way", scene::kilometres_text(a.travel_mean_m, l),
                 scene::kilometres_text(b.travel_mean_m, l),
                 signed_grouped(way) + (p.ui.chinese() ? "米" : " m"), std::round(way), true});
  const double far = b.share_over_1km - a.share_over_1km;
  out.push_back({"panel.beyond_1km", percent(a.share_over_1km, 1), percent(b.share_over_1km, 1),
                 scene::points_text(far, l, 1), std::round(far * 1000), true});
  out.push_back(count("panel.unplaced", a.unplaced, b.unplaced));
  return out;
}

double draw_what_changes(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const std::vector<Row> rows = rows_of(p);
  // Each column as wide as what stands in it.
  const double least = p.r.w > 400 ? 72 : 40;
  double a = least, b = least,
         change = std::max(least, ui.width(p.word("panel.change"), Font::Caption));
  for (const Row& row : rows) {
    a = std::max(a, ui.width(row.a, Font::Caption) + 1);
    b = std::max(b, ui.width(row.b, Font::Body) + 1);
    change = std::max(change, ui.width(row.change, Font::Label) + 1);
  }
  constexpr double kApart = 9.0;
  const double right = p.r.right() - 12, b_right = right - change - kApart,
               a_right = b_right - b - kApart;
  ui.text({a_right - a, y, a, 18}, "A", Font::Caption, t.ink2, Align::Right);
  ui.text({b_right - b, y, b, 18}, "B", Font::Caption, t.ink2, Align::Right);
  ui.text({right - change, y, change, 18}, p.word("panel.change"), Font::Caption, t.ink2,
          Align::Right);
  y += 20;
  for (const Row& row : rows) {
    const bool better = row.sign != 0 && (row.sign < 0) == row.fewer_is_better;
    const Colour ink = row.sign == 0 ? t.ink2 : better ? t.accent : t.warn;
    ui.text({p.r.x + 12, y, a_right - a - p.r.x - 12, 26}, p.word(row.key), Font::Caption, t.ink);
    ui.text({a_right - a, y, a, 26}, row.a, Font::Caption, t.ink2, Align::Right);
    ui.text({b_right - b, y, b, 26}, row.b, Font::Body, t.ink, Align::Right);
    ui.text({right - change, y, change, 26}, row.change, Font::Label, ink, Align::Right);
    y += 26;
    ui.fill({p.r.x + 12, y, p.r.w - 24, 1}, t.line);
  }
  return y + 10;
}

/// The comparison walks all flows: kept until one of the results changes.
struct Compared {
  StageComparison stage;
  Movers movers;
};
const Compared& compared(const PanelContext& p) {
  static std::shared_ptr<const Outcome> a, b;
  static std::size_t year_a = 0, year_b = 0;
  static StageId stage;
  static Compared kept;
  const StageId s = p.app.view.stage;
  if (a != p.shown.a || b != p.shown.b || year_a != p.shown.year_a || year_b != p.shown.year_b ||
      stage != s) {
    a = p.shown.a;
    b = p.shown.b;
    year_a = p.shown.year_a;
    year_b = p.shown.year_b;
    stage = s;
    kept.movers = movers(*a, year_a, *b, year_b, s);
    kept.stage = compare_stage(a->place, a->travel, a->run.years[year_a].stages[s], b->place,
                               b->travel, b->run.years[year_b].stages[s]);
  }
  return kept;
}

}  // namespace

void draw_comparison(const PanelContext& p, Scroll& scroll) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.fill(p.r, t.panel);
  ui.fill({p.r.x, p.r.y, 1, p.r.h}, t.line);
  const std::string when =
      p.shown.b ? std::to_string(p.shown.b->run.years[p.shown.year_b].year) : "";
  heading(ui, {p.r.x + 12, p.r.y + 8, p.r.w - 24, 24}, p.word("panel.what_changes"),
          scene::filled(p.word("panel.autumn"), {when}), Font::Title);
  const Rect body{p.r.x + 1, p.r.y + 38, p.r.w - 1, p.r.h - 38};
  double y = scroll.begin(ui, body) + 2;
  if (!p.shown.a || !p.shown.b || p.shown.a == p.shown.b) {
    y += ui.paragraph({p.r.x + 12, y, p.r.w - 24, 20},
                      p.word(p.shown.a ? "panel.no_edits_yet" : "panel.first_run"), Font::Body,
                      t.ink2);
    scroll.end(ui, y);
    return;
  }
  y = draw_what_changes(p, y);
  const Compared& c = compared(p);
  divider(ui, p.r, y - 2);
  y = draw_largest(p, c.stage, y + 8);
  divider(ui, p.r, y - 2);
  y = draw_movers(p, c.movers, y + 8);
  scroll.end(ui, y);
}

}  // namespace doorstep::desktop
