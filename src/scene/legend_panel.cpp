#include "scene/legend_panel.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "scene/flow_shape.h"
#include "scene/map_layers.h"
#include "scene/pen.h"
#include "scene/text_fit.h"

namespace doorstep::scene {
namespace {

constexpr double kPad = 12.0, kHead = 24.0, kRow = 20.0, kNote = 18.0, kSection = 10.0;
constexpr double kText = 12.0;

/// A column being drawn downwards.
struct Column {
  Pen& pen;
  const MapContent& content;
  const TextMeasure& measure;
  double x, width, y;

  void head(const std::string& title, const std::string& unit = {}) {
    constexpr double kSize = 13.0, kNextLine = 18.0;
    const double room = width - (unit.empty() ? 0.0 : measure.width_px(unit, kText, false) + 8);
    pen.text(x + width, y + kHead / 2, unit, pen.theme().ink3, kText, false, Anchor::Right);
    for (const std::string& line : wrap_text(title, room, kSize, true, measure, 2)) {
      pen.text(x, y + kHead / 2, line, pen.theme().ink, kSize, true);
      y += kNextLine;
    }
    y += kHead - kNextLine;
  }
  void notes(const std::string& text) {
    for (const std::string& line : wrap_text(text, width, kText, false, measure)) {
      pen.text(x, y + kNote / 2, line, pen.theme().ink2);
      y += kNote;
    }
  }
};

void draw_limit(Column& c, const std::string& label) {
  double label_width = c.measure.width_px(label, kText, false);
  double right = c.x + c.width, label_left = right - 36 - label_width;
  c.pen.line({c.x, c.y}, {label_left - 4, c.y}, c.pen.theme().ink, 1.0);
  c.pen.text(label_left, c.y, label, c.pen.theme().ink);
  c.pen.line({label_left + label_width + 4, c.y}, {right, c.y}, c.pen.theme().ink, 1.0);
}

/// Columns of counts at the right of the classes: how wide they are and what stands over them.
struct Counts {
  double before = 0.0, after = 0.0;
  [[nodiscard]] double width() const { return before + after; }
};

Counts count_columns(const Column& c, const LegendModel& m) {
  constexpr double kGap = 8.0;
  Counts out;
  auto widen = [&](double& column, const std::string& text) {
    column = std::max(column, c.measure.width_px(text, kText, false) + kGap);
  };
  for (const LegendRow& row : m.rows) {
    widen(out.after, grouped(row.count));
    if (row.before >= 0) widen(out.before, grouped(row.before));
  }
  if (!m.before_head.empty()) {
    widen(out.before, m.before_head);
    widen(out.after, m.after_head);
  }
  return out;
}

void draw_class(Column& c, const LegendRow& row, const Counts& counts, double bar_left, int most) {
  const Theme& t = c.pen.theme();
  constexpr double kSwatch = 24.0, kSwatchHeight = 13.0, kGap = 9.0, kBar = 7.0;
  const double middle = c.y + kRow / 2, right = c.x + c.width;
  const double bar_room = std::max(0.0, right - counts.width() - bar_left);
  c.pen.rect({c.x, middle - kSwatchHeight / 2, kSwatch, kSwatchHeight}, row.colour,
             faded(t.line_strong, 0.9), 2.0, row.hatch);
  c.pen.text(c.x + kSwatch + kGap, middle, row.label, t.ink);
  if (row.count > 0)
    c.pen.rect({bar_left, middle - kBar / 2, bar_room * row.count / most, kBar},
               faded(t.ink3, 0.55));
  c.pen.text(right, middle, grouped(row.count), t.ink, kText, false, Anchor::Right);
  if (row.before >= 0)
    c.pen.text(right - counts.after, middle, grouped(row.before), t.ink2, kText, false,
               Anchor::Right);
  c.y += kRow;
}

void draw_classes(Column& c, const LegendModel& m) {
  c.head(m.title, m.unit);
  double widest = 0.0;
  int most = 1;
  for (const LegendRow& row : m.rows) {
    widest = std::max(widest, c.measure.width_px(row.label, kText, false));
    most = std::max(most, row.count);
  }
  const Counts counts = count_columns(c, m);
  if (!m.before_head.empty()) {
    const double right = c.x + c.width, middle = c.y + kNote / 2;
    c.pen.text(right, middle, m.after_head, c.pen.theme().ink, kText, false, Anchor::Right);
    c.pen.text(right - counts.after, middle, m.before_head, c.pen.theme().ink2, kText, false,
               Anchor::Right);
    c.y += kNote;
  }
  constexpr double kSwatch = 24.0, kGap = 9.0, kLimit = 16.0;
  int at = 0;
  for (const LegendRow& row : m.rows) {
    if (at++ == m.limit_after) {
      c.y += kLimit / 2;
      draw_limit(c, m.limit_label);
      c.y += kLimit / 2;
    }
    draw_class(c, row, counts, c.x + kSwatch + kGap + widest + kGap, most);
  }
  c.y += 4;
  c.notes(m.before_summary);
  c.notes(m.summary);
  c.notes(m.missing_note);
  c.notes(m.area_note);
  c.notes(m.hatch_note);
  c.notes(m.ground_note);
}

void draw_circles(Column& c, const LegendModel& m) {
  const Theme& t = c.pen.theme();
  c.head(m.campus_title);
  double tallest = m.circles.empty() ? 0.0 : m.circles.front().radius_px;
  double middle = c.y + std::max(tallest, 6.0) + 2, label_y = middle + tallest + 12;
  double left = c.x;
  for (const LegendCircle& circle : m.circles) {
    double label = c.measure.width_px(circle.label, kText, false);
    double half = std::max(circle.radius_px + 1, label / 2);
    c.pen.circle({left + half, middle}, circle.radius_px, t.raised, t.map_ink);
    c.pen.circle({left + half, middle}, std::clamp(circle.radius_px * 0.2, 1.3, 2.4), t.map_ink,
                 Colour{0, 0, 0, 0}, 0.0);
    c.pen.text(left + half, label_y, circle.label, t.ink2, kText, false, Anchor::Centre);
    left += 2 * half + 10;
  }
  constexpr double kWidth = 66.0;  // the gauge from 0 to 150 %
  double x0 = c.x + c.width - kWidth - 10, tick = x0 + kWidth / 1.5, top = middle - 2.5;
  c.pen.rect({x0, top, kWidth, 5}, t.sunken, faded(t.line, 1.0));
  c.pen.rect({x0, top, tick - x0, 5}, t.ink2);
  c.pen.rect({tick, top, 12, 5}, t.utilisation[5]);
  c.pen.line({tick, top - 3}, {tick, top + 8}, t.map_ink, 1.4);
  c.pen.text(x0, label_y, "0", t.ink2, kText, false, Anchor::Centre);
  c.pen.text(tick, label_y, "100%", t.ink2, kText, false, Anchor::Centre);
  c.y = label_y + 10;
}

void draw_home_sample(Column& c, const LegendModel& m) {
  const Theme& t = c.pen.theme();
  c.head(m.home_title);
  constexpr double kWidest = 34.0, kNarrowest = 18.0, kHeight = 16.0, kGap = 4.0, kNext = 7.0;
  // What the numbers and the unit leave is for the samples; too little, and the unit goes below.
  double texts = 0.0, unit = c.measure.width_px(m.density_unit, kText, false);
  for (const LegendDensity& d : m.densities)
    texts += kGap + c.measure.width_px(d.label, kText, false) + kNext;
  auto count = static_cast<double>(std::max<std::size_t>(1, m.densities.size()));
  double sample = (c.width - texts - unit) / count;
  bool unit_below = sample < kNarrowest;
  if (unit_below) sample = (c.width - texts + kNext) / count;
  const double kWidth = std::clamp(sample, 8.0, kWidest);
  double left = c.x, middle = c.y + kRow / 2;
  RandomStream random(RandomKey(3));
  for (const LegendDensity& d : m.densities) {
    c.pen.rect({left, middle - kHeight / 2, kWidth, kHeight}, t.utilisation[2],
               faded(t.line_strong, 0.9), 2.0);
    long dots = std::lround(d.dots_per_px2 * kWidth * kHeight);
    for (long i = 0; i < dots; ++i) {
      double x = left + random.uniform(2, kWidth - 2);
      double y = middle + random.uniform(2 - kHeight / 2, kHeight / 2 - 2);
      c.pen.circle({x, y}, 1.0, is_dark_fill(t.utilisation[2]) ? t.dots_on_dark : t.dots,
                   Colour{0, 0, 0, 0}, 0.0);
    }
    c.pen.text(left + kWidth + kGap, middle, d.label, t.ink2);
    left += kWidth + kGap + c.measure.width_px(d.label, kText, false) + kNext;
  }
  if (unit_below) {
    c.y += kRow;
    left = c.x;
    middle = c.y + kRow / 2;
  }
  c.pen.text(left, middle, m.density_unit, t.ink2);
  c.y += kRow + 2;
}

void draw_flow_samples(Column& c, const LegendModel& m) {
  const Theme& t = c.pen.theme();
  c.head(m.flow_title);
  double cell = c.width / static_cast<double>(std::max<std::size_t>(1, m.flows.size()));
  double left = c.x;
  for (const LegendFlow& flow : m.flows) {
    Xy from{left, c.y + 16}, to{left + std::min(64.0, cell - 14), c.y + 9};
    // Screen y grows down: bend to the other side so that the sample bends as on the map.
    Xy control = flow_control(to, from);
    if (flow.dashed) {
      std::vector<Xy> points;
      constexpr int kSteps = 16;
      for (int i = 0; i <= kSteps; ++i)
        points.push_back(flow_point(from, control, to, static_cast<double>(i) / kSteps));
      c.pen.curve(std::move(points), faded(t.change.front(), 0.8), flow.width_px * 0.65, {5, 4});
    } else {
      bool change = m.flows.front().dashed;
      c.pen.polygon(
          flow_outline(from, control, to, flow.width_px, std::max(0.8, flow.width_px * 0.3)),
          change ? faded(t.change.back(), 0.8) : faded(t.flow, 0.65));
    }
    c.pen.text(left, c.y + 32, flow.label, t.ink2);
    left += cell;
  }
  c.y += 42;
  c.notes(m.flow_note);
}

void draw_tie_samples(Column& c, const LegendModel& m) {
  const Theme& t = c.pen.theme();
  c.head(m.tie_title);
  constexpr double kSample = 34.0;
  const bool two = std::ranges::all_of(m.ties, [&](const LegendTie& tie) {
    return c.measure.width_px(tie.label, kText, false) <= c.width / 2 - kSample - 10;
  });
  const std::size_t columns = two ? 2 : 1;
  double cell = c.width / static_cast<double>(columns);
  for (std::size_t i = 0; i < m.ties.size(); ++i) {
    const LegendTie& tie = m.ties[i];
    double left = c.x + (i % columns == 0 ? 0.0 : cell), middle = c.y + kRow / 2;
    double gap = tie.style.double_line ? 1.8 : 0.0;
    for (double side : {-gap, gap}) {
      c.pen.line({left, middle + side}, {left + kSample, middle + side}, t.ink2, tie.style.width_px,
                 tie.style.dash_px);
      if (gap == 0.0) break;
    }
    if (tie.style.arrow)
      c.pen.polygon({{left + 22, middle}, {left + 14, middle - 4}, {left + 14, middle + 4}},
                    t.ink2);
    c.pen.text(left + kSample + 6, middle,
               ellipsised(tie.label, cell - kSample - 10, kText, false, c.measure), t.ink);
    if (i % columns + 1 == columns || i + 1 == m.ties.size()) c.y += kRow;
  }
  if (!m.sites_label.empty()) {
    const double middle = c.y + kRow / 2;
    c.pen.line({c.x, middle}, {c.x + kSample, middle}, faded(t.ink2, 0.45), 7.0, {});
    c.pen.text(c.x + kSample + 6, middle, m.sites_label, t.ink);
    c.y += kRow;
  }
  if (!m.course_label.empty()) {
    const double middle = c.y + kRow / 2;
    c.pen.rect({c.x, middle - 7, kSample, 14}, t.accent_soft, t.accent);
    c.pen.text(c.x + kSample + 6, middle, m.course_label, t.ink);
    c.y += kRow;
  }
  c.notes(m.tie_note);
}

using Draw = void (*)(Column&, const LegendModel&);

struct Section {
  Draw draw = nullptr;
  int rank = 0;  ///< the lower goes first where not all fit
  bool fits = false;
};

std::vector<Section> sections(const LegendModel& m) {
  std::vector<Section> out;
  if (!m.rows.empty()) out.push_back({draw_classes, 0});
  if (!m.circles.empty()) out.push_back({draw_circles, 3});
  if (!m.home_title.empty()) out.push_back({draw_home_sample, 4});
  if (!m.flow_title.empty()) out.push_back({draw_flow_samples, 1});
  if (!m.tie_title.empty()) out.push_back({draw_tie_samples, 2});
  return out;
}

double section_height(const Section& section, const LegendModel& legend, const MapContent& content,
                      double width, const TextMeasure& measure) {
  DisplayList unused;
  Pen pen(unused, theme(content.theme));
  Column column{pen, content, measure, 0.0, width, 0.0};
  section.draw(column, legend);
  return column.y;
}

/// Draws the sections that fit, in their order; returns where the last one ended.
double draw_sections(const LegendModel& legend, const MapContent& content, const PixelFrame& frame,
                     const TextMeasure& measure, DisplayList& out) {
  const double width = frame.width - 2 * kPad;
  std::vector<Section> all = sections(legend);
  // A frame made by legend_height() holds what it was made for, whatever the order of sums.
  constexpr double kRounding = 0.01;
  double room = frame.height - kPad + kSection;  // the first has no gap over it
  for (int rank = 0; rank < 5; ++rank)
    for (Section& section : all) {
      if (section.rank != rank) continue;
      const double needed = kSection + section_height(section, legend, content, width, measure);
      section.fits = needed <= room + kRounding;
      if (section.fits) room -= needed;
    }
  Pen pen(out, theme(content.theme));
  double y = frame.y + kPad / 2;
  bool first = true;
  for (const Section& section : all) {
    if (!section.fits) continue;
    if (!first)
      pen.line({frame.x, y + kSection / 2}, {frame.x + frame.width, y + kSection / 2},
               pen.theme().line);
    Column column{pen, content, measure, frame.x + kPad, width, first ? y : y + kSection};
    section.draw(column, legend);
    y = column.y;
    first = false;
  }
  return y + kPad / 2;
}

}  // namespace

double legend_height(const LegendModel& legend, const MapContent& content, double width_px,
                     const TextMeasure& measure, double most_px) {
  DisplayList unused;
  return draw_sections(legend, content, {0, 0, width_px, most_px}, measure, unused);
}

void draw_legend(const LegendModel& legend, const MapContent& content, const PixelFrame& frame,
                 const TextMeasure& measure, DisplayList& out) {
  draw_sections(legend, content, frame, measure, out);
}

}  // namespace doorstep::scene
