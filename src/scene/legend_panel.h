#pragma once
// A legend laid out as a column for print.

#include "scene/legend.h"

namespace doorstep::scene {

/// Height the column needs at this width, with what of it draw_legend() would put into
/// `most_px`. Units: pixels.
[[nodiscard]] double legend_height(const LegendModel& legend, const MapContent& content,
                                   double width_px, const TextMeasure& measure,
                                   double most_px = 1e9);
/// Draws the column. Where it is too long, what the classes and flows mean goes before the sizes
/// of campuses and the samples of homes.
void draw_legend(const LegendModel& legend, const MapContent& content, const PixelFrame& frame,
                 const TextMeasure& measure, DisplayList& out);

/// The classes of the fill side by side in lines as wide as a small page, for which the column is
/// too large; the forms of ties where nothing is filled. Draws into `frame`; returns the height it
/// takes.
double draw_legend_strip(const LegendModel& legend, const MapContent& content,
                         const PixelFrame& frame, const TextMeasure& measure, DisplayList& out);

}  // namespace doorstep::scene
