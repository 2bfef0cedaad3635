#pragma once
// What print puts round a map: title, legend column, scale bar, north arrow, coordinate system,
// what is synthetic, sources and licences, and the note that a Chinese map without an approval
// number must carry. The window has panels of its own and takes only the map's corners.

#include <string>
#include <vector>

#include "scene/map_content.h"

namespace doorstep::scene {

struct PrintOptions {
  std::string title;     ///< "": place, stage and year
  std::string subtitle;  ///< "": the measure, and baseline or difference where it is one
  std::string date;      ///< shown in the footer; "": none
  bool legend = true;
  /// Two maps side by side, the baseline and the plan: the legend counts the areas of both.
  bool both = false;
  /// The place lies in China: 审图号, or 「示意图,不作为划片依据」 while there is none.
  bool china = false;
};

/// Where things go on the page. Units: pixels.
struct PrintLayout {
  PixelFrame title, legend, map, footer;
  std::vector<std::string> title_lines;
  bool subtitle_below = false;  ///< it has a line of its own, since the title leaves no room
  bool legend_strip = false;    ///< the classes alone, in a strip below the map
  std::vector<std::string> footer_lines;
};

/// A page too small for the legend's column (under 640 by 420, 900 with two maps) gets a strip of
/// its classes, and none where that would take a third of the page.
[[nodiscard]] PrintLayout layout_print(const MapContent& content, const PrintOptions& options,
                                       double width_px, double height_px,
                                       const TextMeasure& measure);

/// The view that fits the map's extent into the page's map frame.
[[nodiscard]] Viewport print_view(const MapContent& content, const PrintOptions& options,
                                  double width_px, double height_px, double scale,
                                  const TextMeasure& measure);

/// Panels and corner notes, to be drawn over the map.
[[nodiscard]] DisplayList build_furniture(const MapContent& content, const Viewport& view,
                                          const PrintOptions& options, const PrintLayout& layout,
                                          const TextMeasure& measure);
/// Map and furniture: the whole page, labels kept inside the map's frame.
[[nodiscard]] DisplayList build_print(MapContent content, const Viewport& view,
                                      const PrintOptions& options, const TextMeasure& measure);

/// North arrow, scale bar, origin note and coordinate system in the corners of `frame`.
void add_corner_notes(const MapContent& content, const Viewport& view, const PixelFrame& frame,
                      bool china, const TextMeasure& measure, DisplayList& out);

/// Whether a map of the place needs an approval number: it is in CGCS2000 and its middle in China.
/// Cost: asks PROJ; once a place, not once a frame.
[[nodiscard]] bool lies_in_china(const Place& place);

/// The boxes that add_corner_notes draws, a little wider: labels keep clear of them.
[[nodiscard]] std::vector<PixelFrame> corner_note_frames(const MapContent& content,
                                                         const Viewport& view,
                                                         const PixelFrame& frame, bool china,
                                                         const TextMeasure& measure);

/// One line an attribution and licence, without repeats; OSM as its licence asks.
[[nodiscard]] std::vector<std::string> attributions(const Place& place);

}  // namespace doorstep::scene
