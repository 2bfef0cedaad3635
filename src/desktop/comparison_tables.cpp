// Tables of the comparison: which campuses change most, and who must move how far.
#include <algorithm>
#include <cmath>

#include "desktop/comparison.h"
#include "desktop/panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

using Row = StageComparison::Row;

const std::string& campus_name(const PanelContext& p, const std::string& code) {
  for (const Outcome* o : {p.shown.b.get(), p.shown.a.get()}) {
    const CampusId c = find_campus(o->place, code);
    if (c.valid()) return p.app.name(o->place.campuses[c].name);
  }
  return code;
}

double change_of(const Row& row) { return row.pupils_b - row.pupils_a; }

/// In percent of A; a campus that A has not is all new.
double share_of(const Row& row) {
  return row.pupils_a > 0 ? change_of(row) / row.pupils_a : row.pupils_b > 0 ? 1e9 : 0.0;
}

std::string change_text(const Row& row, bool relative) {
  if (!relative) return signed_grouped(change_of(row));
  if (row.pupils_a <= 0) return "–";
  return signed_grouped(100.0 * share_of(row), 1) + "%";
}

/// How full before (hollow) and after (filled), about the line at 100 %.
void draw_track(const PanelContext& p, const Rect& r, const Row& row) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double y = r.y + r.h / 2;
  auto at = [&](double full) { return r.x + r.w * std::clamp((full - 0.25) / 1.5, 0.0, 1.0); };
  ui.fill({r.x, y - 1, r.w, 2}, t.sunken);
  const double full_x = at(1.0);
  ui.fill({full_x - 0.5, y - 6, 1, 12}, t.ink3);
  const bool a = row.in_a && row.seats_a > 0, b = row.in_b && row.seats_b > 0;
  const Colour ink = change_of(row) < 0 ? t.change[0] : t.change[4];
  const double xa = a ? at(row.pupils_a / row.seats_a) : 0,
               xb = b ? at(row.pupils_b / row.seats_b) : 0;
  if (a && b) ui.line({xa, y}, {xb, y}, ink, 2);
  if (a) ui.circle({xa, y}, 3.2, t.panel, ink, 1.4);
  if (b) ui.circle({xb, y}, 3.2, ink, kNone, 0);
}

/// Touches a row of a campus: points at it on the map, and selects it on a click.
void touch_row(const PanelContext& p, const std::string& code, const Rect& line) {
  const Touch touch = p.ui.touch(("row" + code).c_str(), line);
  const bool pointed = p.app.view.hover.kind == scene::MapItem::Kind::Campus && p.outcome() &&
                       p.app.view.hover.campus.index < p.outcome()->place.campuses.size() &&
                       p.outcome()->place.campuses[p.app.view.hover.campus].code == code;
  const bool chosen = p.app.view.chosen.count(code) > 0;
  if (touch.hovered) p.app.view.hovered_code = code;
  if (chosen)
    p.ui.fill(line, p.ui.theme().accent_soft, 4);
  else if (touch.hovered || pointed)
    p.ui.fill(line, p.ui.theme().sunken, 4);
  if (touch.clicked) p.app.show_campus(code);
}

double draw_change_row(const PanelContext& p, const Row& row, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const bool wide = p.r.w > 400;
  const double right = p.r.right() - 12, share_w = 42, change_w = wide ? 62 : 54,
               number_w = wide ? 48 : 0;
  const double track_w = wide ? 84 : 56;
  const double name_w = right - share_w - track_w - 12 - change_w - 2 * number_w - p.r.x - 12;
  const auto lines = ui.broken(campus_name(p, row.campus), Font::Caption, name_w);
  const double height = std::max(24.0, 17.0 * static_cast<double>(lines.size()) + 4);
  touch_row(p, row.campus, {p.r.x + 6, y, p.r.w - 12, height});
  double text_y = y + (height - 17.0 * static_cast<double>(lines.size())) / 2;
  for (const std::string& part : lines) {
    ui.text({p.r.x + 12, text_y, name_w, 17}, part, Font::Caption, row.in_a ? t.ink : t.accent);
    text_y += 17;
  }
  double x = right - share_w;
  ui.text({x, y, share_w, height},
          row.in_b && row.seats_b > 0 ? percent(row.pupils_b / row.seats_b) : "–", Font::Caption,
          t.ink2, Align::Right);
  x -= track_w + 8;
  draw_track(p, {x, y, track_w, height}, row);
  x -= change_w + 4;
  ui.text({x, y, change_w, height}, change_text(row, p.app.view.relative), Font::Label, t.ink,
          Align::Right);
  if (wide) {
    ui.text({x - number_w, y, number_w, height}, row.in_b ? grouped(row.pupils_b) : "–",
            Font::Caption, t.ink, Align::Right);
    ui.text({x - 2 * number_w, y, number_w, height}, row.in_a ? grouped(row.pupils_a) : "–",
            Font::Caption, t.ink2, Align::Right);
  }
  ui.fill({p.r.x + 12, y + height, p.r.w - 24, 1}, t.line);
  return y + height + 1;
}

double draw_bars(const PanelContext& p, const Movers& m, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  double most = 1;
  for (double v : m.by_change) most = std::max(most, v);
  const Rect plot{p.r.x + 12, y + 40, p.r.w - 24, 58};
  heading(ui, {plot.x, y, plot.w, 22}, p.word("panel.change_of_way"),
          p.word("panel.pupils_by_metres"));
  const double w = plot.w / static_cast<double>(m.by_change.size());
  static constexpr const char* kLabels[] = {"−1,000", "−500", "−100", "+100", "+500", "+1,000"};
  for (std::size_t i = 0; i < m.by_change.size(); ++i) {
    const double h = plot.h * m.by_change[i] / most, x = plot.x + w * static_cast<double>(i);
    const Colour colour = i < 3 ? t.change[0] : i == 3 ? t.ink3 : t.change[4];
    ui.fill({x + 1.5, plot.bottom() - h, w - 3, h}, colour);
    if (m.by_change[i] >= 0.5)
      ui.text({x, plot.bottom() - h - 16, w, 15}, grouped(m.by_change[i]), Font::Axis, t.ink,
              Align::Centre);
    if (i < std::size(kLabels))
      ui.text({x + w - 24, plot.bottom() + 2, 48, 14}, kLabels[i], Font::Axis, t.ink3,
              Align::Centre);
  }
  ui.fill({plot.x, plot.bottom(), plot.w, 1}, t.line_strong);
  return plot.bottom() + 24;
}

}  // namespace

double draw_largest(const PanelContext& p, const StageComparison& c, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  std::vector<Row> rows;
  for (const Row& row : c.rows)
    if (std::abs(change_of(row)) >= 0.5) rows.push_back(row);
  const bool relative = p.app.view.relative;
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    return relative ? std::abs(share_of(a)) > std::abs(share_of(b))
                    : std::abs(change_of(a)) > std::abs(change_of(b));
  });
  constexpr std::size_t kRows = 10;
  const std::size_t n = std::min(rows.size(), kRows);
  heading(ui, {p.r.x + 12, y, p.r.w - 24, 22}, p.word("panel.largest_changes"),
          scene::filled(p.word("panel.n_of_m"), {grouped(static_cast<double>(n)),
                                                 grouped(static_cast<double>(c.rows.size()))}));
  y += 26;
  if (n == 0)
    return y + 10 +
           ui.paragraph({p.r.x + 12, y, p.r.w - 24, 20}, p.word("panel.nothing_changes"),
                        Font::Body, t.ink2);
  const int chosen = segments(ui, "relative", {p.r.x + 12, y, p.r.w - 24, 26},
                              {p.word("panel.in_pupils"), p.word("panel.in_percent")}, relative);
  if (chosen >= 0) p.app.view.relative = chosen == 1;
  y += 30;
  const bool wide = p.r.w > 400;
  const double right = p.r.right() - 12, x = right - 42 - (wide ? 84 : 56) - 8 - 4;
  ui.text({right - 54, y, 54, 18}, p.word("panel.full"), Font::Caption, t.ink2, Align::Right);
  ui.text({x - 62, y, 62, 18}, p.word("panel.change"), Font::Caption, t.ink2, Align::Right);
  ui.text({x + (wide ? 8 : 3), y, wide ? 72.0 : 68.0, 18}, "A ○ → ● B", Font::Caption, t.ink2,
          Align::Centre);
  if (wide) {
    ui.text({x - 110, y, 48, 18}, "B", Font::Caption, t.ink2, Align::Right);
    ui.text({x - 158, y, 48, 18}, "A", Font::Caption, t.ink2, Align::Right);
  }
  y += 20;
  for (std::size_t i = 0; i < n; ++i) y = draw_change_row(p, rows[i], y);
  return y + 10;
}

double draw_movers(const PanelContext& p, const Movers& m, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  heading(ui, {p.r.x + 12, y, p.r.w - 24, 22}, p.word("panel.must_move"),
          scene::pupils_text(m.pupils, p.language()));
  y += 26;
  const Rect bar{p.r.x + 12, y, p.r.w - 24, 14};
  ui.fill(bar, t.sunken, 2);
  if (m.pupils > 0) {
    const double near = bar.w * m.nearer / m.pupils, far = bar.w * m.farther / m.pupils;
    ui.fill({bar.x, y, near, bar.h}, t.change[1]);
    ui.fill({bar.right() - far, y, far, bar.h}, t.change[3]);
  }
  y += 18;
  ui.text({bar.x, y, bar.w / 2 - 4, 18}, scene::filled(p.word("panel.nearer"), {grouped(m.nearer)}),
          Font::Caption, t.ink2);
  ui.text({bar.x + bar.w / 2, y, bar.w / 2, 18},
          scene::filled(p.word("panel.farther"), {grouped(m.farther)}), Font::Caption, t.ink2,
          Align::Right);
  y += 24;
  if (m.pupils < 0.5) return y;
  const std::array<const char*, 4> heads{"panel.moving", "panel.nearer_head", "panel.farther_head",
                                         "panel.metres_head"};
  // Each column as wide as its head, and set off from the next.
  std::array<Rect, 4> columns;
  double left = p.r.right() - 12;
  for (std::size_t i = heads.size(); i-- > 0;) {
    const double w =
        std::max(ui.width(p.word(heads[i]), Font::Caption), p.r.w > 400 ? 50.0 : 36.0) + 1;
    columns[i] = {left - w, 0, w, 0};
    left -= w + 10;
  }
  const double name_w = left - p.r.x - 12;
  ui.text({p.r.x + 12, y, name_w, 18}, p.word("panel.from_school"), Font::Caption, t.ink2);
  for (std::size_t i = 0; i < heads.size(); ++i)
    ui.text({columns[i].x, y, columns[i].w, 18}, p.word(heads[i]), Font::Caption, t.ink2,
            Align::Right);
  y += 20;
  constexpr std::size_t kRows = 8;
  for (std::size_t i = 0; i < std::min(m.rows.size(), kRows); ++i) {
    const MoveRow& row = m.rows[i];
    if (row.pupils < 0.5) break;
    const auto lines = ui.broken(campus_name(p, row.campus), Font::Caption, name_w);
    const double height = std::max(24.0, 17.0 * static_cast<double>(lines.size()) + 4);
    touch_row(p, row.campus, {p.r.x + 6, y, p.r.w - 12, height});
    double text_y = y + (height - 17.0 * static_cast<double>(lines.size())) / 2;
    for (const std::string& part : lines) {
      ui.text({p.r.x + 12, text_y, name_w, 17}, part, Font::Caption, t.ink);
      text_y += 17;
    }
    const std::string values[] = {grouped(row.pupils), grouped(row.nearer), grouped(row.farther),
                                  signed_grouped(row.change_m)};
    for (std::size_t k = 0; k < std::size(values); ++k)
      ui.text({columns[k].x, y, columns[k].w, height}, values[k],
              k == 0 ? Font::Label : Font::Caption, k == 0 ? t.ink : t.ink2, Align::Right);
    y += height;
    ui.fill({p.r.x + 12, y, p.r.w - 24, 1}, t.line);
  }
  return draw_bars(p, m, y + 10);
}

}  // namespace doorstep::desktop
