#pragma once
// Boxes in pixels and what is already taken of a map: gauges and labels look here before they are
// put down. Internal to scene.

#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace doorstep::scene {

/// A rectangle in pixels; y grows down.
struct PixelBox {
  double x0 = 0.0, y0 = 0.0, x1 = 0.0, y1 = 0.0;
  [[nodiscard]] bool overlaps(const PixelBox& o) const {
    return x0 < o.x1 && o.x0 < x1 && y0 < o.y1 && o.y0 < y1;
  }
};

/// Boxes already taken, found by the squares of a grid they touch.
class PixelGrid {
 public:
  void add(const PixelBox& box) {
    visit(box, [&](int64_t key) {
      cells_[key].push_back(boxes_.size());
      return false;
    });
    boxes_.push_back(box);
  }
  [[nodiscard]] bool hits(const PixelBox& box) const {
    return visit(box, [&](int64_t key) {
      auto cell = cells_.find(key);
      if (cell == cells_.end()) return false;
      for (std::size_t i : cell->second)
        if (boxes_[i].overlaps(box)) return true;
      return false;
    });
  }

 private:
  template <class Visit>
  static bool visit(const PixelBox& box, Visit&& visitor) {
    constexpr double kCell = 64.0;
    auto cell = [](double v) { return static_cast<int64_t>(std::floor(v / kCell)); };
    for (int64_t y = cell(box.y0); y <= cell(box.y1); ++y)
      for (int64_t x = cell(box.x0); x <= cell(box.x1); ++x)
        if (visitor(x * 0x100000000LL + y)) return true;
    return false;
  }
  std::vector<PixelBox> boxes_;
  std::unordered_map<int64_t, std::vector<std::size_t>> cells_;
};

}  // namespace doorstep::scene
