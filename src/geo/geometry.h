#pragma once
// Plain shapes in a plane. Coordinates are metres in the place's own projected system unless a
// declaration says otherwise; degrees live only in LonLat.

#include <algorithm>
#include <cmath>
#include <vector>

namespace doorstep {

/// A point in a plane. Units: metres, x to the east, y to the north.
struct Xy {
  double x = 0.0;
  double y = 0.0;
  bool operator==(const Xy&) const = default;
};

/// Geographic position. Units: degrees.
struct LonLat {
  double lon = 0.0;
  double lat = 0.0;
};

inline Xy operator+(Xy a, Xy b) { return {a.x + b.x, a.y + b.y}; }
inline Xy operator-(Xy a, Xy b) { return {a.x - b.x, a.y - b.y}; }
inline Xy operator*(Xy a, double k) { return {a.x * k, a.y * k}; }
inline double distance_m(Xy a, Xy b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// Closed without repeating the first point; outer rings run counter-clockwise, holes clockwise.
using Ring = std::vector<Xy>;
using Polyline = std::vector<Xy>;

struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
};
using MultiPolygon = std::vector<Polygon>;

/// Axis-aligned box; empty until something is added.
struct Box {
  Xy min{1e300, 1e300};
  Xy max{-1e300, -1e300};

  void add(Xy p) {
    min = {std::min(min.x, p.x), std::min(min.y, p.y)};
    max = {std::max(max.x, p.x), std::max(max.y, p.y)};
  }
  void add(const Box& b) {
    if (!b.empty()) {
      add(b.min);
      add(b.max);
    }
  }
  [[nodiscard]] bool empty() const { return min.x > max.x; }
  [[nodiscard]] double width() const { return empty() ? 0.0 : max.x - min.x; }
  [[nodiscard]] double height() const { return empty() ? 0.0 : max.y - min.y; }
  [[nodiscard]] Xy centre() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
  [[nodiscard]] bool contains(Xy p) const {
    return p.x >= min.x && p.x <= max.x && p.y >= min.y && p.y <= max.y;
  }
  [[nodiscard]] bool overlaps(const Box& b) const {
    return !empty() && !b.empty() && min.x <= b.max.x && b.min.x <= max.x && min.y <= b.max.y &&
           b.min.y <= max.y;
  }
};

[[nodiscard]] inline Box bounds(const Ring& ring) {
  Box box;
  for (Xy p : ring) box.add(p);
  return box;
}
[[nodiscard]] inline Box bounds(const MultiPolygon& shape) {
  Box box;
  for (const Polygon& p : shape) box.add(bounds(p.outer));
  return box;
}

}  // namespace doorstep
