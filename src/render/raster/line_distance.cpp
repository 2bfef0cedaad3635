#include "render/raster/line_distance.h"

#include <cmath>

namespace doorstep::render {

namespace {

/// Lowers the squares of `n` pixels in a row to those of a segment `d` from the origin. `p`: the
/// first pixel's middle, seen from the segment's start. Written for the compiler to do several at
/// once: no branches.
void near_row(float* squares, int n, Point p, Point d, float per_square) {
  for (int i = 0; i < n; ++i) {
    const float x = p.x + static_cast<float>(i);
    float t = (x * d.x + p.y * d.y) * per_square;
    t = t < 0.0F ? 0.0F : t;
    t = t > 1.0F ? 1.0F : t;
    const float off_x = x - t * d.x, off_y = p.y - t * d.y;
    const float here = off_x * off_x + off_y * off_y, known = squares[i];
    squares[i] = here < known ? here : known;
  }
}

}  // namespace

PixelBox pixels_near(const std::vector<Point>& line, bool closed, const PixelBox& rows,
                     float reach) {
  const float top = static_cast<float>(rows.y0) - reach,
              bottom = static_cast<float>(rows.y1) + reach;
  std::vector<Point> ends;
  const std::size_t n = line.size() - (closed && line.size() > 2 ? 0 : 1);
  for (std::size_t i = 0; i < n; ++i) {
    const Point a = line[i], b = line[i + 1 < line.size() ? i + 1 : 0];
    if (std::max(a.y, b.y) < top || std::min(a.y, b.y) > bottom) continue;
    auto at = [&](float y) {
      const float t = std::clamp((y - a.y) / (b.y - a.y), 0.0F, 1.0F);
      return Point{a.x + (b.x - a.x) * t, y};
    };
    const bool level = std::abs(b.y - a.y) <= 1e-3F;
    ends.push_back(level ? a : at(top));
    ends.push_back(level ? b : at(bottom));
  }
  const PixelBox near = pixels_round(ends, reach);
  return PixelBox{near.x0, rows.y0, near.x1, rows.y1}.cut(rows);
}

void LineDistance::reset(const PixelBox& box, float reach) {
  box_ = box;
  reach_ = reach;
  constexpr float kFar = 1e12F;
  squares_.assign(static_cast<std::size_t>(box.width()) * box.height(), kFar);
}

const float* LineDistance::row(int y) const {
  return &squares_[static_cast<std::size_t>(y - box_.y0) * box_.width()];
}

void LineDistance::add_line(const std::vector<Point>& line, bool closed) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) add_segment(line[i], line[i + 1]);
  if (closed && line.size() > 2) add_segment(line.back(), line.front());
}

void LineDistance::add_segment(Point from, Point to) {
  const float dx = to.x - from.x, dy = to.y - from.y;
  const float square = dx * dx + dy * dy;
  const float per_square = square > 1e-12F ? 1.0F / square : 0.0F;
  const PixelBox near = pixels_round({from, to}, reach_).cut(box_);
  if (near.empty()) return;
  for (int y = near.y0; y < near.y1; ++y) {
    int x0 = near.x0, x1 = near.x1;
    const float py = static_cast<float>(y) + 0.5F - from.y;
    if (std::abs(dy) > 2 * reach_) {  // a long one: only what of it passes near the row
      const float a = std::clamp((py - reach_) / dy, 0.0F, 1.0F) * dx;
      const float b = std::clamp((py + reach_) / dy, 0.0F, 1.0F) * dx;
      x0 = std::max(x0, static_cast<int>(from.x + std::min(a, b) - reach_));
      x1 = std::min(x1, static_cast<int>(from.x + std::max(a, b) + reach_) + 1);
    }
    if (x0 >= x1) continue;
    near_row(&squares_[static_cast<std::size_t>(y - box_.y0) * box_.width() + (x0 - box_.x0)],
             x1 - x0, {static_cast<float>(x0) + 0.5F - from.x, py}, {dx, dy}, per_square);
  }
}

}  // namespace doorstep::render
