#pragma once
// Text as Pango sets it and Cairo paints it, halo first: the same letters as on paper.

#include <cstdint>
#include <string>
#include <vector>

#include "scene/display_list.h"

namespace doorstep::render {

/// What makes one rasterised text differ from another; ordered, to be a key.
struct TextLook {
  std::string text;
  double size_px = 12.0;
  bool bold = false;
  scene::Colour ink;
  scene::Colour halo;
  double halo_px = 0.0;
  double scale = 1.0;
};

/// A painted text. Units: device pixels. Premultiplied BGRA rows from the top, without padding.
struct TextImage {
  int width = 0;
  int height = 0;
  int left = 0;  ///< of the line box's corner, from the image's corner
  int top = 0;
  double line_width = 0.0;
  double line_height = 0.0;
  std::vector<uint32_t> pixels;
};

[[nodiscard]] TextImage paint_text(const TextLook& look);

/// Width of a text as Pango sets it. Units: pixels at 100 %.
class PangoMeasure : public scene::TextMeasure {
 public:
  [[nodiscard]] double width_px(const std::string& text, double size_px, bool bold) const override;
};

}  // namespace doorstep::render
