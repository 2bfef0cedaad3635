#include <algorithm>
#include <cmath>

#include "desktop/charts.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

constexpr double kHead = 24.0;

/// A round number at or above `v`: 1, 2 or 5 times a power of ten.
double round_up(double v) {
  if (v <= 0) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(v)));
  for (double k : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    if (v <= k * power) return k * power;
  }
  return 10 * power;
}

/// A number on an axis that has room for six characters: millions are shortened.
std::string axis_number(const PanelContext& p, double v) {
  constexpr double kMillion = 1e6;
  if (v < kMillion) return grouped(v);
  if (p.app.view.language == Language::Chinese) return grouped(v / 1e4) + "万";
  return grouped(v / kMillion, 1) + " M";
}

/// The area between pupils and seats in one year step, split where they cross.
void draw_gap(Ui& ui, Xy a0, Xy a1, Xy b0, Xy b1) {
  const auto& t = ui.theme();
  auto piece = [&](Xy p0, Xy p1, Xy s0, Xy s1) {
    const bool over = p0.y + p1.y < s0.y + s1.y;  // pupils above seats on the screen
    ui.polygon({p0, p1, s1, s0}, scene::faded(over ? t.utilisation[4] : t.utilisation[2], 0.75));
  };
  const double d0 = a0.y - b0.y, d1 = a1.y - b1.y;
  if (d0 * d1 >= 0) {
    piece(a0, a1, b0, b1);
    return;
  }
  const double k = d0 / (d0 - d1);
  const Xy cross = a0 + (a1 - a0) * k;
  ui.polygon({a0, cross, b0}, scene::faded(d0 < 0 ? t.utilisation[4] : t.utilisation[2], 0.75));
  ui.polygon({cross, a1, b1}, scene::faded(d1 < 0 ? t.utilisation[4] : t.utilisation[2], 0.75));
}

void draw_year_axis(const PanelContext& p, const Rect& plot, const std::vector<YearFigure>& years) {
  const auto n = years.size();
  const std::size_t every = std::max<std::size_t>(1, (n + 4) / 5);
  for (std::size_t i = 0; i < n; i += every) {
    if (i != 0 && n - 1 - i < every && i != n - 1) continue;
    const double x = plot.x + plot.w * static_cast<double>(i) /
                                  static_cast<double>(std::max<std::size_t>(1, n - 1));
    p.ui.text({std::clamp(x - 20, p.r.x + 4, p.r.right() - 44), plot.bottom() + 3, 40, 14},
              std::to_string(years[i].year), Font::Axis, p.ui.theme().ink3, Align::Centre);
  }
}

void draw_chart_key(const PanelContext& p, double x, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  auto word = [&](const char* key, double at) {
    const std::string& text = p.word(key);
    return at +
           ui.text({at, y, ui.width(text, Font::Caption) + 1, 18}, text, Font::Caption, t.ink2) +
           12;
  };
  ui.fill({x, y + 8, 14, 2}, t.accent);
  x = word("panel.pupils", x + 19);
  ui.fill({x, y + 8, 14, 2}, t.ink);
  x = word("panel.seats", x + 19);
  swatch(ui, {x, y + 4, 14, 10}, t.utilisation[4], t.hatch[4]);
  x = word("panel.short", x + 19);
  swatch(ui, {x, y + 4, 14, 10}, t.utilisation[2], {});
  word("panel.spare", x + 19);
}

}  // namespace

double draw_seats_chart(const PanelContext& p, Xy at, double width, const CampusChoice& campuses) {
  return draw_years_chart(p, at, width, p.word("panel.seats_and_demand"),
                          seats_and_pupils(*p.outcome(), p.app.view.stage, campuses));
}

double draw_years_chart(const PanelContext& p, Xy at, double width, const std::string& title,
                        const std::vector<YearFigure>& years) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  if (years.empty()) return 0;
  double top = 1, worst = 0;
  Year worst_year = 0;
  for (const YearFigure& y : years) {
    top = std::max({top, y.pupils, y.seats});
    if (y.pupils - y.seats > worst) {
      worst = y.pupils - y.seats;
      worst_year = y.year;
    }
  }
  const std::string note =
      worst >= 0.5
          ? scene::filled(p.word("panel.largest_gap"), {grouped(worst), std::to_string(worst_year)})
          : p.word("panel.no_gap");
  heading(ui, {at.x, at.y, width, 22}, title, note);
  top = round_up(top);
  const Rect plot{at.x + 36, at.y + kHead + 10, width - 42, 92};
  for (int i = 0; i <= 2; ++i) {
    const double y = plot.bottom() - plot.h * i / 2.0;
    ui.fill({plot.x, y, plot.w, 1}, i == 0 ? t.line_strong : t.line);
    ui.text({at.x - 2, y - 7, 34, 14}, axis_number(p, top * i / 2.0), Font::Axis, t.ink3,
            Align::Right);
  }
  auto place = [&](std::size_t i, double v) {
    const double steps = static_cast<double>(std::max<std::size_t>(1, years.size() - 1));
    return Xy{plot.x + plot.w * static_cast<double>(i) / steps, plot.bottom() - plot.h * v / top};
  };
  std::vector<Xy> pupils, seats;
  for (std::size_t i = 0; i < years.size(); ++i) {
    pupils.push_back(place(i, years[i].pupils));
    seats.push_back(place(i, years[i].seats));
    if (i > 0) draw_gap(ui, pupils[i - 1], pupils[i], seats[i - 1], seats[i]);
  }
  ui.polyline(seats, t.ink, 1.6);
  ui.polyline(pupils, t.accent, 2.0);
  const std::size_t now = std::min(p.year(), pupils.size() - 1);
  ui.fill({pupils[now].x - 0.5, plot.y, 1, plot.h}, t.ink2);
  ui.circle(pupils[now], 3.5, t.raised, t.accent, 2);
  draw_year_axis(p, plot, years);
  draw_chart_key(p, at.x, plot.bottom() + 20);
  return kHead + 10 + plot.h + 20 + 20;
}

double draw_bands_chart(const PanelContext& p, Xy at, double width, const CampusChoice& campuses) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const ClassBands bands = class_bands(*p.outcome(), p.year(), p.app.view.stage, campuses);
  double most = 1, total = 0;
  for (double b : bands) {
    most = std::max(most, b);
    total += b;
  }
  std::string note = scene::filled(p.word("panel.classes_n"), {grouped(total)});
  const double mean = mean_class(*p.outcome(), p.year(), p.app.view.stage, campuses);
  if (!std::isnan(mean))
    note = scene::filled(p.word("panel.classes_average"), {grouped(total), grouped(mean, 1)});
  heading(ui, {at.x, at.y, width, 22}, p.word("panel.class_size"), note);
  static constexpr std::array<const char*, 7> kBands{"≤25",   "26–30", "31–35", "36–45",
                                                     "46–55", "56–65", "≥66"};
  const Rect plot{at.x, at.y + kHead + 36, width, 52};
  const double w = plot.w / 7;
  for (std::size_t i = 0; i < 7; ++i) {
    const double h = plot.h * bands[i] / most, x = plot.x + w * static_cast<double>(i);
    const Rect bar{x + 2, plot.bottom() - h, w - 4, h};
    const Colour colour = i >= 6 ? t.utilisation[6] : i == 5 ? t.utilisation[5] : t.ink2;
    ui.fill(bar, colour);
    if (i >= 5) ui.hatch(bar, t.hatch[i]);
    ui.text({x, bar.y - 17, w, 16}, grouped(bands[i]), bands[i] > 0 ? Font::Label : Font::Caption,
            bands[i] > 0 ? t.ink : t.ink3, Align::Centre);
    ui.text({x - 1, plot.bottom() + 3, w + 2, 14}, kBands[i], Font::Axis, t.ink3, Align::Centre);
  }
  ui.fill({plot.x, plot.bottom(), plot.w, 1}, t.line_strong);
  const double x56 = plot.x + 5 * w, x66 = plot.x + 6 * w;
  for (double x : {x56, x66}) ui.dashed({x, plot.y - 14}, {x, plot.bottom()}, t.warn, 1.4, 3, 2);
  ui.text({plot.x, plot.y - 33, x56 + 8 - plot.x, 18}, p.word("panel.large_56"), Font::Caption,
          t.warn, Align::Right);
  ui.text({x56 + 16, plot.y - 33, plot.right() - x56 - 16, 18}, p.word("panel.very_large_66"),
          Font::Caption, t.warn, Align::Right);
  return kHead + 36 + plot.h + 20;
}

double draw_ways_chart(const PanelContext& p, Xy at, double width, const DistanceBars& bars) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  heading(
      ui, {at.x, at.y, width, 22}, p.word("panel.way_to_school"),
      scene::filled(p.word("panel.beyond"), {percent(bars.beyond_500), percent(bars.beyond_1000)}));
  double most = 1;
  for (double b : bars.pupils) most = std::max(most, b);
  const Rect plot{at.x, at.y + kHead + 22, width, 62};
  const auto n = bars.pupils.size();
  const double w = plot.w / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double h = plot.h * bars.pupils[i] / most, from = bars.bin_m * static_cast<double>(i);
    const Colour colour = from < 500    ? t.accent
                          : from < 1000 ? scene::faded(t.accent, 0.55)
                                        : scene::faded(t.ink2, 0.7);
    ui.fill({plot.x + w * static_cast<double>(i) + 0.75, plot.bottom() - h, w - 1.5, h}, colour);
  }
  ui.fill({plot.x, plot.bottom(), plot.w, 1}, t.line_strong);
  const double reach = bars.bin_m * static_cast<double>(n);
  double last = -1e9;
  for (double limit : {500.0, 1000.0}) {
    const double x = plot.x + plot.w * limit / reach;
    if (x > plot.right() - 2 || x - last < 44) continue;
    last = x;
    ui.dashed({x, plot.y - 6}, {x, plot.bottom()}, t.warn, 1.4, 3, 2);
    ui.text({std::min(x - 2, plot.right() - 60), plot.y - 22, 60, 16},
            limit < 1000 ? "500" : p.word("panel.metres_1000"), Font::Caption, t.warn);
  }
  for (int i = 0; i <= 4; ++i) {
    const double km = reach * i / 4.0 / 1000.0;
    std::string label =
        grouped(km, km < 10 && std::abs(km - std::round(km)) > 0.01 ? (reach < 3000 ? 2 : 1) : 0);
    if (i == 4) label = "≥ " + label + (ui.chinese() ? " 千米" : " km");
    const double x = plot.x + plot.w * i / 4.0;
    const Font font = i == 4 ? Font::Caption : Font::Axis;
    const Rect frame = i == 4 ? Rect{plot.right() - 70, plot.bottom() + 2, 70, 16}
                              : Rect{i == 0 ? x : x - 20, plot.bottom() + 3, 40, 14};
    ui.text(frame, label, font, t.ink3,
            i == 4   ? Align::Right
            : i == 0 ? Align::Left
                     : Align::Centre);
  }
  return kHead + 22 + plot.h + 22;
}

double draw_grades_chart(const PanelContext& p, Xy at, double width, const CampusChoice& campuses) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const GradeStrip strip = grade_strip(*p.outcome(), p.year(), p.app.view.stage, campuses);
  double most = 1;
  for (double v : strip.pupils) most = std::max(most, v);
  most = std::max(most, strip.seats);
  heading(ui, {at.x, at.y, width, 22}, p.word("panel.by_grade"),
          scene::filled(p.word("panel.seats_a_grade"), {grouped(strip.seats)}));
  const Rect plot{at.x, at.y + kHead + 18, width, 46};
  const double w = plot.w / static_cast<double>(std::max<std::size_t>(1, strip.pupils.size()));
  for (std::size_t i = 0; i < strip.pupils.size(); ++i) {
    const double x = plot.x + w * static_cast<double>(i), h = plot.h * strip.pupils[i] / most;
    const bool over = strip.seats > 0 && strip.pupils[i] > strip.seats + 0.5;
    const Rect bar{x + 2, plot.bottom() - h, w - 4, h};
    ui.fill(bar, over ? t.utilisation[5] : t.ink2);
    if (over) ui.hatch(bar, t.hatch[5]);
    ui.text({x, plot.bottom() + 3, w, 14}, std::to_string(i + 1), Font::Axis, t.ink3,
            Align::Centre);
  }
  ui.fill({plot.x, plot.bottom(), plot.w, 1}, t.line_strong);
  if (strip.seats > 0) {
    const double y = plot.bottom() - plot.h * strip.seats / most;
    ui.dashed({plot.x, y}, {plot.right(), y}, t.warn, 1.4, 3, 2);
  }
  // Numbers last, on the panel's own ground: a limit may run where they stand.
  for (std::size_t i = 0; i < strip.pupils.size(); ++i) {
    const double x = plot.x + w * static_cast<double>(i);
    const double top = plot.bottom() - plot.h * strip.pupils[i] / most;
    const std::string text = grouped(strip.pupils[i]);
    const double half = ui.width(text, Font::Caption) / 2 + 2;
    ui.fill({x + w / 2 - half, top - 17, 2 * half, 15}, t.panel);
    ui.text({x, top - 17, w, 15}, text, Font::Caption, t.ink, Align::Centre);
  }
  return kHead + 18 + plot.h + 20;
}

double draw_stack_chart(const PanelContext& p, Xy at, double width, const std::string& title,
                        const std::vector<YearStack>& years, const std::string& lower,
                        const std::string& upper) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  double top = 1;
  std::vector<YearFigure> axis;
  for (const YearStack& y : years) {
    top = std::max(top, y.lower + y.upper);
    axis.push_back({y.year, 0.0, 0.0});
  }
  heading(ui, {at.x, at.y, width, 22}, title, "");
  top = round_up(top);
  const Rect plot{at.x + 36, at.y + kHead + 10, width - 42, 70};
  for (int i = 0; i <= 2; ++i) {
    const double y = plot.bottom() - plot.h * i / 2.0;
    ui.fill({plot.x, y, plot.w, 1}, i == 0 ? t.line_strong : t.line);
    ui.text({at.x - 2, y - 7, 34, 14}, grouped(top * i / 2.0, top < 4 ? 1 : 0), Font::Axis, t.ink3,
            Align::Right);
  }
  const double steps = static_cast<double>(std::max<std::size_t>(1, years.size() - 1));
  const double w = std::min(16.0, plot.w / (steps + 1) - 2);
  for (std::size_t i = 0; i < years.size(); ++i) {
    const double x = plot.x + (plot.w - w) * static_cast<double>(i) / steps;
    const double low = plot.h * years[i].lower / top, high = plot.h * years[i].upper / top;
    ui.fill({x, plot.bottom() - low, w, low}, t.accent);
    const Rect above{x, plot.bottom() - low - high, w, high};
    ui.fill(above, t.utilisation[4]);
    ui.hatch(above, t.hatch[4]);
    if (i == p.year()) ui.stroke({x - 2, plot.y - 3, w + 4, plot.h + 4}, t.ink2, 2, 1);
  }
  draw_year_axis(p, plot, axis);
  double x = at.x;
  const double y = plot.bottom() + 20;
  auto word = [&](const std::string& text) {
    x += ui.text({x, y, ui.width(text, Font::Caption) + 1, 18}, text, Font::Caption, t.ink2) + 14;
  };
  ui.fill({x, y + 4, 14, 10}, t.accent, 2);
  x += 19;
  word(lower);
  swatch(ui, {x, y + 4, 14, 10}, t.utilisation[4], t.hatch[4]);
  x += 19;
  word(upper);
  return kHead + 10 + plot.h + 20 + 20;
}

}  // namespace doorstep::desktop
