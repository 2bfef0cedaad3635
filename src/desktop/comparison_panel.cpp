#include <algorithm>
#include <cmath>

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
  const double right = p.r.right() - 12, w = p.r.w > 400 ? 80 : 63;
  ui.text({right - 3 * w, y, w - 8, 18}, "A", Font::Caption, t.ink2, Align::Right);
  ui.text({right - 2 * w, y, w - 8, 18}, "B", Font::Caption, t.ink2, Align::Right);
  ui.text({right - w, y, w, 18}, p.word("panel.change"), Font::Caption, t.ink2, Align::Right);
  y += 20;
  for (const Row& row : rows_of(p)) {
    const bool better = row.sign != 0 && (row.sign < 0) == row.fewer_is_better;
    const Colour ink = row.sign == 0 ? t.ink2 : better ? t.accent : t.warn;
    ui.text({p.r.x + 12, y, right - 3 * w - p.r.x - 12, 26}, p.word(row.key), Font::Caption, t.ink);
    ui.text({right - 3 * w, y, w - 8, 26}, row.a, Font::Caption, t.ink2, Align::Right);
    ui.text({right - 2 * w, y, w - 8, 26}, row.b, Font::Body, t.ink, Align::Right);
    ui.text({right - w, y, w, 26}, row.change, Font::Label, ink, Align::Right);
    y += 26;
    ui.fill({p.r.x + 12, y, p.r.w - 24, 1}, t.line);
  }
  return y + 10;
}

const std::string& campus_name(const PanelContext& p, const std::string& code) {
  for (const Outcome* o : {p.shown.b.get(), p.shown.a.get()}) {
    const CampusId c = find_campus(o->place, code);
    if (c.valid()) return p.app.name(o->place.campuses[c].name);
  }
  return code;
}

/// A row of the table: clicking it selects the campus and brings it to the middle.
double draw_change_row(const PanelContext& p, const StageComparison::Row& row, double y,
                       double most) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double change = row.pupils_b - row.pupils_a;
  const double name_w = p.r.w * 0.36;
  const auto lines = ui.broken(campus_name(p, row.campus), Font::Caption, name_w);
  const double height = std::max(24.0, 18.0 * static_cast<double>(lines.size()) + 4);
  const Rect line{p.r.x + 6, y, p.r.w - 12, height};
  const Touch touch = ui.touch(("row" + row.campus).c_str(), line);
  if (touch.hovered) ui.fill(line, t.sunken, 4);
  const CampusId campus = find_campus(p.shown.b->place, row.campus);
  if (touch.clicked && campus.valid()) {
    scene::MapItem item;
    item.kind = scene::MapItem::Kind::Campus;
    item.campus = campus;
    p.app.select(item);
    p.app.camera.centre_on(p.shown.b->place.campuses[campus].at, p.app.now);
  }
  const double right = p.r.right() - 12;
  double text_y = y + (height - 18.0 * static_cast<double>(lines.size())) / 2;
  for (const std::string& part : lines) {
    ui.text({p.r.x + 12, text_y, name_w, 18}, part, Font::Caption, row.in_a ? t.ink : t.accent);
    text_y += 18;
  }
  const double mid = p.r.x + 12 + name_w + 34, half = 30, bar_y = y + height / 2 - 5;
  const double length = half * std::abs(change) / most;
  ui.fill({mid, bar_y - 2, 1, 14}, t.ink3);
  if (change < 0) ui.fill({mid - length, bar_y, length, 10}, t.change[1]);
  if (change > 0) ui.fill({mid + 1, bar_y, length, 10}, t.change[3]);
  ui.text({mid + half + 4, y, right - 56 - mid - half - 8, height}, signed_grouped(change),
          Font::Label, t.ink, Align::Right);
  const std::string after =
      row.in_b && row.seats_b > 0 ? "→ " + percent(row.pupils_b / row.seats_b) : "–";
  ui.text({right - 54, y, 54, height}, after, Font::Caption, t.ink2, Align::Right);
  ui.fill({p.r.x + 12, y + height, p.r.w - 24, 1}, t.line);
  return y + height + 1;
}

double draw_largest(const PanelContext& p, const StageComparison& c, double y) {
  std::vector<StageComparison::Row> rows;
  for (const auto& row : c.rows) {
    if (std::abs(row.pupils_b - row.pupils_a) >= 0.5) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& x, const auto& y2) {
    return std::abs(x.pupils_b - x.pupils_a) > std::abs(y2.pupils_b - y2.pupils_a);
  });
  constexpr std::size_t kRows = 10;
  const std::size_t n = std::min(rows.size(), kRows);
  heading(
      p.ui, {p.r.x + 12, y, p.r.w - 24, 22}, p.word("panel.largest_changes"),
      scene::filled(p.word("panel.n_of_m"), {std::to_string(n), std::to_string(c.rows.size())}));
  y += 26;
  double most = 1;
  for (const auto& row : rows) most = std::max(most, std::abs(row.pupils_b - row.pupils_a));
  for (std::size_t i = 0; i < n; ++i) y = draw_change_row(p, rows[i], y, most);
  if (n == 0)
    y += p.ui.paragraph({p.r.x + 12, y, p.r.w - 24, 20}, p.word("panel.nothing_changes"),
                        Font::Body, p.ui.theme().ink2);
  return y + 10;
}

double draw_movers(const PanelContext& p, const StageComparison& c, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  heading(ui, {p.r.x + 12, y, p.r.w - 24, 22}, p.word("panel.must_move"),
          scene::pupils_text(c.must_move, p.language()));
  y += 26;
  const Rect bar{p.r.x + 12, y, p.r.w - 24, 14};
  ui.fill(bar, t.sunken, 2);
  if (c.must_move > 0) {
    const double same = std::max(0.0, c.must_move - c.nearer - c.farther);
    const double near = bar.w * c.nearer / c.must_move, equal = bar.w * same / c.must_move;
    ui.fill({bar.x, y, near, bar.h}, t.change[1]);
    ui.fill({bar.x + near + equal, y, bar.w - near - equal, bar.h}, t.change[3]);
  }
  y += 18;
  ui.text({bar.x, y, bar.w / 2 - 4, 18}, scene::filled(p.word("panel.nearer"), {grouped(c.nearer)}),
          Font::Caption, t.ink2);
  ui.text({bar.x + bar.w / 2, y, bar.w / 2, 18},
          scene::filled(p.word("panel.farther"), {grouped(c.farther)}), Font::Caption, t.ink2,
          Align::Right);
  return y + 26;
}

/// The comparison walks all flows: kept until one of the results changes.
const StageComparison& compared(const PanelContext& p) {
  static std::shared_ptr<const Outcome> a, b;
  static std::size_t year_a = 0, year_b = 0;
  static StageId stage;
  static StageComparison kept;
  const StageId s = p.app.view.stage;
  if (a != p.shown.a || b != p.shown.b || year_a != p.shown.year_a || year_b != p.shown.year_b ||
      stage != s) {
    a = p.shown.a;
    b = p.shown.b;
    year_a = p.shown.year_a;
    year_b = p.shown.year_b;
    stage = s;
    kept = compare_stage(a->place, a->travel, a->run.years[year_a].stages[s], b->place, b->travel,
                         b->run.years[year_b].stages[s]);
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
  const StageComparison& c = compared(p);
  divider(ui, p.r, y - 2);
  y = draw_largest(p, c, y + 8);
  divider(ui, p.r, y - 2);
  y = draw_movers(p, c, y + 8);
  scroll.end(ui, y);
}

}  // namespace doorstep::desktop
