#include "render/raster/coverage.h"

#include <cmath>

namespace doorstep::render {

PixelBox pixels_round(const std::vector<Point>& points, float reach) {
  constexpr float kFar = 1e8F;  // what an int holds with room to spare
  if (points.empty()) return {};
  float x0 = kFar, y0 = kFar, x1 = -kFar, y1 = -kFar;
  for (const Point p : points) {
    x0 = std::min(x0, p.x);
    y0 = std::min(y0, p.y);
    x1 = std::max(x1, p.x);
    y1 = std::max(y1, p.y);
  }
  const auto whole = [&](float v) { return static_cast<int>(std::clamp(v, -kFar, kFar)); };
  return {whole(std::floor(x0 - reach)), whole(std::floor(y0 - reach)),
          whole(std::ceil(x1 + reach)), whole(std::ceil(y1 + reach))};
}

void Coverage::reset(const PixelBox& box) {
  box_ = box;
  sums_.assign(static_cast<std::size_t>(box.width() + 2) * box.height(), 0.0F);
}

void Coverage::add_ring(const std::vector<Point>& ring, float sign) {
  for (std::size_t i = 0; i < ring.size(); ++i)
    add_edge(ring[i], ring[i + 1 < ring.size() ? i + 1 : 0], sign);
}

// The part of an edge within one row: `area` is its height with its sign, spread over the columns
// it crosses, so that sums from the left give the share of each pixel right of the edge.
void Coverage::add_piece(float* row, float x0, float x1, float area) const {
  const int left = static_cast<int>(x0);
  const int right = static_cast<int>(std::ceil(x1));
  if (right <= left + 1) {
    const float outside = 0.5F * (x0 + x1) - static_cast<float>(left);
    row[left] += area * (1.0F - outside);
    row[left + 1] += area * outside;
    return;
  }
  const float per_column = 1.0F / (x1 - x0);
  const float into_first = x0 - static_cast<float>(left);
  const float into_last = x1 - static_cast<float>(right - 1);
  const float first = 0.5F * per_column * (1.0F - into_first) * (1.0F - into_first);
  const float last = 0.5F * per_column * into_last * into_last;
  row[left] += area * first;
  if (right == left + 2) {
    row[left + 1] += area * (1.0F - first - last);
  } else {
    const float second = per_column * (1.5F - into_first);
    row[left + 1] += area * (second - first);
    for (int x = left + 2; x < right - 1; ++x) row[x] += area * per_column;
    const float before = second + static_cast<float>(right - left - 3) * per_column;
    row[right - 1] += area * (1.0F - before - last);
  }
  row[right] += area * last;
}

void Coverage::add_edge(Point from, Point to, float sign) {
  // Clockwise with y down: the inside lies right of an edge that goes up.
  float direction = -sign;
  if (from.y > to.y) {
    std::swap(from, to);
    direction = sign;
  }
  const auto left = static_cast<float>(box_.x0);
  const float width = static_cast<float>(box_.width());
  const float top = std::max(from.y, static_cast<float>(box_.y0));
  const float bottom = std::min(to.y, static_cast<float>(box_.y1));
  if (top >= bottom) return;
  const float slope = (to.x - from.x) / (to.y - from.y);
  float y = top;
  float x = from.x + (top - from.y) * slope - left;
  for (int row = static_cast<int>(std::floor(top)); y < bottom; ++row) {
    const float next_y = std::min(static_cast<float>(row + 1), bottom);
    const float next_x = x + (next_y - y) * slope;
    float* sums = &sums_[static_cast<std::size_t>(row - box_.y0) * (box_.width() + 2)];
    add_piece(sums, std::clamp(std::min(x, next_x), 0.0F, width),
              std::clamp(std::max(x, next_x), 0.0F, width), direction * (next_y - y));
    x = next_x;
    y = next_y;
  }
}

void Coverage::row(int y, std::vector<float>& out) const {
  const float* sums = &sums_[static_cast<std::size_t>(y - box_.y0) * (box_.width() + 2)];
  out.resize(static_cast<std::size_t>(box_.width()));
  float sum = 0.0F;
  for (float& share : out) {
    sum += *sums++;
    share = std::clamp(sum, 0.0F, 1.0F);
  }
}

double doubled_area(const std::vector<Point>& ring) {
  double sum = 0.0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i], b = ring[i + 1 < ring.size() ? i + 1 : 0];
    sum += static_cast<double>(a.x) * static_cast<double>(b.y) -
           static_cast<double>(b.x) * static_cast<double>(a.y);
  }
  return sum;
}

}  // namespace doorstep::render
