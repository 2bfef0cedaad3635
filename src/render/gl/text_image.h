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
  scene::Anchor anchor = scene::Anchor::Left;
  double scale = 1.0;
  double angle_rad = 0.0;  ///< clockwise as seen
};

/// A painted text. Units: device pixels. Premultiplied BGRA rows from the top, without padding.
struct TextImage {
  int width = 0;
  int height = 0;
  int left = 0;  ///< of the anchor point, from the image's corner
  int top = 0;
  std::vector<uint32_t> pixels;
};

[[nodiscard]] TextImage paint_text(const TextLook& look);

}  // namespace doorstep::render
