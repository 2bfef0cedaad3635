#pragma once
// A map as a display list: the layers of `content` over one another, in map coordinates. Print
// furniture (legend panel, title, scale bar) is furniture.h's; the window has panels of its own.

#include "scene/map_content.h"

namespace doorstep::scene {

/// Pre: content.shown().place and content.words are set. Same content and view, same list.
/// Cost: linear in what the layers hold; geometry is not computed here.
[[nodiscard]] DisplayList build_map(const MapContent& content, const Viewport& view,
                                    const TextMeasure& measure);

/// The view that shows `box` whole inside `frame` (pixels), with a margin.
[[nodiscard]] Viewport fit_view(const Box& box, double width_px, double height_px, double scale,
                                const PixelFrame& frame, double margin_px = 24.0);
/// What a map of the stage should show: its areas, homes with pupils and campuses.
[[nodiscard]] Box map_extent(const Snapshot& snapshot, StageId stage);

}  // namespace doorstep::scene
