#include "render/raster/line_distance.h"

#include <cmath>

namespace doorstep::render {

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
    float* squares = &squares_[static_cast<std::size_t>(y - box_.y0) * box_.width()] - box_.x0;
    const float along_y = py * dy;
    for (int x = x0; x < x1; ++x) {
      const float px = static_cast<float>(x) + 0.5F - from.x;
      float t = (px * dx + along_y) * per_square;
      t = t < 0.0F ? 0.0F : t;
      t = t > 1.0F ? 1.0F : t;
      const float off_x = px - t * dx, off_y = py - t * dy;
      const float here = off_x * off_x + off_y * off_y;
      squares[x] = here < squares[x] ? here : squares[x];
    }
  }
}

}  // namespace doorstep::render
