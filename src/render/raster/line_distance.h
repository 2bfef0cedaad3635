#pragma once
// Squared distance of pixels to the nearest point of a line, near the line only. Part of the
// painter of areas (area_painter.h).

#include "render/raster/coverage.h"

namespace doorstep::render {

/// The pixels of `rows` within `reach` of a line: for a long one far fewer than a box round it.
[[nodiscard]] PixelBox pixels_near(const std::vector<Point>& line, bool closed,
                                   const PixelBox& rows, float reach);

class LineDistance {
 public:
  /// Forgets all lines, for the pixels of `box`; distances up to `reach` will be asked for.
  void reset(const PixelBox& box, float reach);
  /// Cost: the pixels within `reach` of the line.
  void add_line(const std::vector<Point>& line, bool closed);
  /// Squared distances of the middles of row `y`, from the left end of the box; right where the
  /// line is within `reach`, at least its square elsewhere.
  [[nodiscard]] const float* row(int y) const;

 private:
  void add_segment(Point from, Point to);

  PixelBox box_;
  float reach_ = 0.0F;
  std::vector<float> squares_;
};

}  // namespace doorstep::render
