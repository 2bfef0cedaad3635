#pragma once
// How much of each pixel lies inside some rings, exactly: signed areas left of every edge are added
// up row by row. Part of the painter of areas (area_painter.h).

#include <algorithm>
#include <vector>

namespace doorstep::render {

/// A point in device pixels of the canvas.
struct Point {
  float x = 0, y = 0;
};

/// Columns and rows of a canvas, the upper ends excluded.
struct PixelBox {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  [[nodiscard]] int width() const { return x1 - x0; }
  [[nodiscard]] int height() const { return y1 - y0; }
  [[nodiscard]] bool empty() const { return x1 <= x0 || y1 <= y0; }
  /// What both hold.
  [[nodiscard]] PixelBox cut(const PixelBox& other) const {
    return {std::max(x0, other.x0), std::max(y0, other.y0), std::min(x1, other.x1),
            std::min(y1, other.y1)};
  }
};

/// The pixels within `reach` of the points. Units: pixels.
[[nodiscard]] PixelBox pixels_round(const std::vector<Point>& points, float reach);

class Coverage {
 public:
  /// Empties it for the pixels of `box`. Cost: linear in the box.
  void reset(const PixelBox& box);
  /// Adds a closed ring; `sign` +1 where it adds, -1 where it takes away, given that it runs
  /// clockwise as seen (y down).
  void add_ring(const std::vector<Point>& ring, float sign);
  /// Shares of the pixels of row `y`, 0 to 1, from the left end of the box.
  /// Shape: as long as the box is wide.
  void row(int y, std::vector<float>& out) const;

 private:
  void add_edge(Point from, Point to, float sign);
  void add_piece(float* row, float x0, float x1, float area) const;

  PixelBox box_;
  std::vector<float> sums_;  ///< one column more than the box, for what lies to its right
};

/// Twice the area of a ring, positive where it runs clockwise as seen.
[[nodiscard]] double doubled_area(const std::vector<Point>& ring);

}  // namespace doorstep::render
