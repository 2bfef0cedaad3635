#include "scene/iso_bands.h"

#include <cstdint>
#include <unordered_map>

#include "geo/polygon.h"

namespace doorstep::scene {
namespace {

/// Marching squares over a grid with a margin of one row that is beyond every level.
class Contour {
 public:
  Contour(const SurfaceGrid& grid, double level) : grid_(grid), level_(level) {
    for (int row = -1; row < grid.rows; ++row)
      for (int column = -1; column < grid.columns; ++column) square(column, row);
  }

  std::vector<Ring> rings() {
    std::vector<Ring> out;
    for (const uint64_t first : order_) {
      if (next_.find(first) == next_.end()) continue;
      Ring ring;
      uint64_t at = first;
      for (auto step = next_.find(at); step != next_.end(); step = next_.find(at)) {
        ring.push_back(point(at));
        const uint64_t to = step->second;
        next_.erase(step);
        at = to;
      }
      if (ring.size() >= 3) out.push_back(std::move(ring));
    }
    return out;
  }

 private:
  [[nodiscard]] double value(int column, int row) const {
    const bool inside = column >= 0 && row >= 0 && column < grid_.columns && row < grid_.rows;
    return inside ? grid_.value(column, row) : 1e12;
  }
  /// An edge of the grid: from a corner to the east (0) or to the north (1).
  [[nodiscard]] uint64_t edge(int column, int row, int way) const {
    const auto width = static_cast<uint64_t>(grid_.columns + 2);
    return ((static_cast<uint64_t>(row + 1) * width + static_cast<uint64_t>(column + 1)) << 1) |
           static_cast<uint64_t>(way);
  }
  [[nodiscard]] Xy point(uint64_t edge) const {
    const auto width = static_cast<uint64_t>(grid_.columns + 2);
    const int column = static_cast<int>((edge >> 1) % width) - 1;
    const int row = static_cast<int>((edge >> 1) / width) - 1;
    const bool north = (edge & 1) != 0;
    const double a = value(column, row), b = value(column + !north, row + north);
    // At the margin the line stays close to the last value.
    const double share = std::clamp((level_ - a) / (b - a), 0.02, 0.98);
    const Xy from = grid_.at(column, row), to = grid_.at(column + !north, row + north);
    return from + (to - from) * share;
  }
  void join(uint64_t from, uint64_t to) {
    if (next_.emplace(from, to).second) order_.push_back(from);
  }

  void square(int c, int r) {
    const double sw = value(c, r), se = value(c + 1, r), ne = value(c + 1, r + 1),
                 nw = value(c, r + 1);
    const int inside =
        (sw <= level_) | (se <= level_) << 1 | (ne <= level_) << 2 | (nw <= level_) << 3;
    const uint64_t south = edge(c, r, 0), east = edge(c + 1, r, 1), north = edge(c, r + 1, 0),
                   west = edge(c, r, 1);
    const bool joined = (sw + se + ne + nw) / 4 <= level_;
    switch (inside) {  // the land lies to the left of every step
      case 1:
        return join(south, west);
      case 2:
        return join(east, south);
      case 3:
        return join(east, west);
      case 4:
        return join(north, east);
      case 6:
        return join(north, south);
      case 7:
        return join(north, west);
      case 8:
        return join(west, north);
      case 9:
        return join(south, north);
      case 11:
        return join(east, north);
      case 12:
        return join(west, east);
      case 13:
        return join(south, east);
      case 14:
        return join(west, south);
      case 5:
        join(south, joined ? east : west);
        return join(north, joined ? west : east);
      case 10:
        join(east, joined ? north : south);
        return join(west, joined ? south : north);
      default:
        return;
    }
  }

  const SurfaceGrid& grid_;
  double level_;
  std::unordered_map<uint64_t, uint64_t> next_;
  std::vector<uint64_t> order_;  ///< of the steps, so that rings come in the same order always
};

}  // namespace

std::vector<Ring> contour(const SurfaceGrid& grid, double level) {
  return Contour(grid, level).rings();
}

MultiPolygon between(std::vector<Ring> rings) {
  auto area = [](const Ring& ring) { return std::abs(signed_area_m2(ring)); };
  std::stable_sort(rings.begin(), rings.end(),
                   [&](const Ring& a, const Ring& b) { return area(a) > area(b); });
  MultiPolygon out;
  std::vector<Box> boxes;
  std::vector<int> depth, part_of;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    boxes.push_back(bounds(rings[i]));
    int parent = -1;
    for (std::size_t j = i; j-- > 0 && parent < 0;)
      if (boxes[j].contains(rings[i][0]) && contains(Polygon{rings[j], {}}, rings[i][0]))
        parent = static_cast<int>(j);
    const auto above = static_cast<std::size_t>(parent);
    depth.push_back(parent < 0 ? 0 : depth[above] + 1);
    const bool outer = depth.back() % 2 == 0;
    part_of.push_back(outer ? static_cast<int>(out.size()) : part_of[above]);
    Ring ring = rings[i];
    if ((signed_area_m2(ring) > 0) != outer) std::reverse(ring.begin(), ring.end());
    if (outer)
      out.push_back({std::move(ring), {}});
    else
      out[static_cast<std::size_t>(part_of.back())].holes.push_back(std::move(ring));
  }
  return out;
}

}  // namespace doorstep::scene
