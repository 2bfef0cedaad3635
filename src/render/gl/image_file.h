#pragma once
// A picture in memory, as read back from the screen, written as PNG or compared with another.

#include <filesystem>

#include "render/cairo/cairo_render.h"

namespace doorstep::render {

/// Throws: Error where the file cannot be written.
void write_png(const Image& image, const std::filesystem::path& path);
/// Throws: Error where the file is missing or no PNG.
[[nodiscard]] Image read_png(const std::filesystem::path& path);

/// Where two pictures differ by more than a tolerance.
struct ImageDifference {
  long pixels = 0;   ///< with a channel off by more than the tolerance
  double share = 0;  ///< of all pixels; 1 where the sizes differ
  Image marked;      ///< the first picture faint, differing pixels in strong colour
};
[[nodiscard]] ImageDifference difference(const Image& a, const Image& b, int channel_tolerance);

}  // namespace doorstep::render
