// The legend of a small page: what the fills mean, in a strip below the map.
#include "base/text.h"
#include "scene/legend_panel.h"
#include "scene/pen.h"
#include "scene/text_fit.h"

namespace doorstep::scene {

double draw_legend_strip(const LegendModel& legend, const MapContent& content,
                         const PixelFrame& frame, const TextMeasure& measure, DisplayList& out) {
  constexpr double kPad = 12.0, kLine = 18.0, kText = 12.0;
  constexpr double kSwatch = 18.0, kSwatchHeight = 11.0, kGap = 5.0, kNext = 14.0;
  const Theme& t = theme(content.theme);
  Pen pen(out, t);
  const double right = frame.x + frame.width - kPad;
  double x = frame.x + kPad, y = frame.y + kPad / 2;
  const std::string title = legend.title + (legend.unit.empty() ? "" : " · " + legend.unit);
  const std::string shown = ellipsised(title, right - x, kText, true, measure);
  pen.text(x, y + kLine / 2, shown, t.ink, kText, true);
  x += measure.width_px(shown, kText, true) + kNext;
  for (const LegendRow& row : legend.rows) {
    const std::string count = grouped(row.count);
    const double label = measure.width_px(row.label, kText, false);
    const double width = kSwatch + kGap + label + kGap + measure.width_px(count, kText, false);
    if (x + width > right && x > frame.x + kPad) {
      x = frame.x + kPad;
      y += kLine;
    }
    const double middle = y + kLine / 2;
    pen.rect({x, middle - kSwatchHeight / 2, kSwatch, kSwatchHeight}, row.colour,
             faded(t.line_strong, 0.9), 2.0, row.hatch);
    pen.text(x + kSwatch + kGap, middle, row.label, t.ink);
    pen.text(x + kSwatch + kGap + label + kGap, middle, count, t.ink3);
    x += width + kNext;
  }
  return y + kLine + kPad / 2 - frame.y;
}

}  // namespace doorstep::scene
