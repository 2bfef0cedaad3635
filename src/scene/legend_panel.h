#pragma once
// A legend laid out as a column for print.

#include "scene/legend.h"

namespace doorstep::scene {

/// Height the column needs at this width. Units: pixels.
[[nodiscard]] double legend_height(const LegendModel& legend, const MapContent& content,
                                   double width_px, const TextMeasure& measure);
/// Draws the column; sections that would pass the lower edge of `frame` are left out from below.
void draw_legend(const LegendModel& legend, const MapContent& content, const PixelFrame& frame,
                 const TextMeasure& measure, DisplayList& out);

/// The classes of the fill side by side in lines as wide as a small page, for which the column is
/// too large. Draws into `frame`; returns the height it takes.
double draw_legend_strip(const LegendModel& legend, const MapContent& content,
                         const PixelFrame& frame, const TextMeasure& measure, DisplayList& out);

}  // namespace doorstep::scene
