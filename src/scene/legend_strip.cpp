// The legend of a small page: what the fills mean, in a strip below the map.
#include "base/text.h"
#include "scene/legend_panel.h"
#include "scene/pen.h"
#include "scene/text_fit.h"

namespace doorstep::scene {

namespace {

constexpr double kPad = 12.0, kLine = 18.0, kText = 12.0, kGap = 5.0, kNext = 14.0;

/// Pieces set one after the other in lines as wide as the strip.
class Strip {
 public:
  Strip(const PixelFrame& frame, Pen& pen, const TextMeasure& measure)
      : pen_(pen), measure_(measure), left_(frame.x + kPad), right_(frame.x + frame.width - kPad) {
    x_ = left_;
    y_ = frame.y + kPad / 2;
  }
  [[nodiscard]] double width(const std::string& text, bool bold = false) const {
    return measure_.width_px(text, kText, bold);
  }
  void title(const std::string& text) {
    const std::string shown = ellipsised(text, right_ - x_, kText, true, measure_);
    pen_.text(x_, middle(), shown, pen_.theme().ink, kText, true);
    x_ += width(shown, true) + kNext;
  }
  /// Makes room for a piece; returns where it begins.
  double place(double width) {
    if (x_ + width > right_ && x_ > left_) {
      x_ = left_;
      y_ += kLine;
    }
    const double at = x_;
    x_ += width + kNext;
    return at;
  }
  [[nodiscard]] double middle() const { return y_ + kLine / 2; }
  [[nodiscard]] double end() const { return y_ + kLine + kPad / 2; }

 private:
  Pen& pen_;
  const TextMeasure& measure_;
  double left_, right_, x_ = 0.0, y_ = 0.0;
};

void add_class(const LegendRow& row, Strip& strip, Pen& pen) {
  constexpr double kSwatch = 18.0, kSwatchHeight = 11.0;
  const Theme& t = pen.theme();
  const std::string count =
      (row.before >= 0 ? grouped(row.before) + " → " : "") + grouped(row.count);
  const double label = strip.width(row.label);
  const double x = strip.place(kSwatch + kGap + label + kGap + strip.width(count));
  const double middle = strip.middle();
  pen.rect({x, middle - kSwatchHeight / 2, kSwatch, kSwatchHeight}, row.colour,
           faded(t.line_strong, 0.9), 2.0, row.hatch);
  pen.text(x + kSwatch + kGap, middle, row.label, t.ink);
  pen.text(x + kSwatch + kGap + label + kGap, middle, count, t.ink3);
}

void add_tie(const LegendTie& tie, Strip& strip, Pen& pen) {
  constexpr double kSample = 26.0;
  const Theme& t = pen.theme();
  const double x = strip.place(kSample + kGap + strip.width(tie.label));
  const double middle = strip.middle(), apart = tie.style.double_line ? 1.8 : 0.0;
  for (double side : {-apart, apart})
    pen.line({x, middle + side}, {x + kSample, middle + side}, t.ink2, tie.style.width_px,
             tie.style.dash_px);
  if (tie.style.arrow)
    pen.polygon({{x + 17, middle}, {x + 9, middle - 4}, {x + 9, middle + 4}}, t.ink2);
  pen.text(x + kSample + kGap, middle, tie.label, t.ink);
}

}  // namespace

double draw_legend_strip(const LegendModel& legend, const MapContent& content,
                         const PixelFrame& frame, const TextMeasure& measure, DisplayList& out) {
  Pen pen(out, theme(content.theme));
  Strip strip(frame, pen, measure);
  if (!legend.rows.empty()) {
    std::string title = legend.title + (legend.unit.empty() ? "" : " · " + legend.unit);
    if (!legend.before_head.empty())
      title += " · " + legend.before_head + " → " + legend.after_head;
    strip.title(title);
    for (const LegendRow& row : legend.rows) add_class(row, strip, pen);
    return strip.end() - frame.y;
  }
  strip.title(legend.tie_title);
  for (const LegendTie& tie : legend.ties) add_tie(tie, strip, pen);
  return strip.end() - frame.y;
}

}  // namespace doorstep::scene
