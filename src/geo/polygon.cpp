#include "geo/polygon.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <queue>
#include <utility>

namespace doorstep {

namespace {

double cross(Xy a, Xy b) { return a.x * b.y - a.y * b.x; }
double dot(Xy a, Xy b) { return a.x * b.x + a.y * b.y; }

enum class Side { Outside, Border, Inside };

/// Crossing number over one ring; the half-open rule counts a vertex on the ray once.
Side side_of(const Ring& ring, Xy p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    Xy a = ring[j];
    Xy b = ring[i];
    double turn = cross(b - a, p - a);
    if (turn == 0.0 && p.x >= std::min(a.x, b.x) && p.x <= std::max(a.x, b.x) &&
        p.y >= std::min(a.y, b.y) && p.y <= std::max(a.y, b.y))
      return Side::Border;
    if ((a.y > p.y) != (b.y > p.y) && (turn > 0.0) == (b.y > a.y)) inside = !inside;
  }
  return inside ? Side::Inside : Side::Outside;
}

double distance_to_ring_m(const Ring& ring, Xy p) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++)
    best = std::min(best, distance_to_segment_m(p, ring[j], ring[i]));
  return best;
}

double distance_to_border_m(const Polygon& polygon, Xy p) {
  double best = distance_to_ring_m(polygon.outer, p);
  for (const Ring& hole : polygon.holes) best = std::min(best, distance_to_ring_m(hole, p));
  return best;
}

/// Area and first moments of a ring about an origin near it, for the precision.
struct Moments {
  double area = 0.0;
  double x = 0.0;
  double y = 0.0;
};
Moments moments(const Ring& ring, Xy origin) {
  Moments m;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    Xy a = ring[j] - origin;
    Xy b = ring[i] - origin;
    double w = cross(a, b);
    m.area += w / 2.0;
    m.x += w * (a.x + b.x) / 6.0;
    m.y += w * (a.y + b.y) / 6.0;
  }
  return m;
}

Ring normalised_ring(const Ring& ring, bool counter_clockwise) {
  Ring out;
  for (Xy p : ring)
    if (std::isfinite(p.x) && std::isfinite(p.y) && (out.empty() || !(out.back() == p)))
      out.push_back(p);
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  if (out.size() < 3) return {};
  if ((signed_area_m2(out) > 0.0) != counter_clockwise) std::reverse(out.begin(), out.end());
  return out;
}

/// A square of the search for the interior point; the farthest inside comes first.
struct Cell {
  Xy centre;
  double half;
  double depth;
  double best_possible;
  bool operator<(const Cell& o) const { return best_possible < o.best_possible; }
};

Cell cell_at(const Polygon& polygon, Xy centre, double half) {
  double depth = distance_to_border_m(polygon, centre);
  if (!contains(polygon, centre)) depth = -depth;
  return {centre, half, depth, depth + half * std::numbers::sqrt2};
}

}  // namespace

double signed_area_m2(const Ring& ring) {
  return ring.size() < 3 ? 0.0 : moments(ring, ring.front()).area;
}

double area_m2(const Polygon& polygon) {
  double area = std::abs(signed_area_m2(polygon.outer));
  for (const Ring& hole : polygon.holes) area -= std::abs(signed_area_m2(hole));
  return area;
}

double area_m2(const MultiPolygon& shape) {
  double area = 0.0;
  for (const Polygon& p : shape) area += area_m2(p);
  return area;
}

double length_m(const Polyline& line) {
  double sum = 0.0;
  for (std::size_t i = 1; i < line.size(); ++i) sum += distance_m(line[i - 1], line[i]);
  return sum;
}

double perimeter_m(const MultiPolygon& shape) {
  double sum = 0.0;
  auto add = [&](const Ring& r) {
    if (!r.empty()) sum += length_m(r) + distance_m(r.back(), r.front());
  };
  for (const Polygon& p : shape) {
    add(p.outer);
    for (const Ring& hole : p.holes) add(hole);
  }
  return sum;
}

Xy centroid(const MultiPolygon& shape) {
  Moments sum;
  Xy mean;
  double vertices = 0.0;
  Xy origin = bounds(shape).centre();
  auto add = [&](const Ring& ring, double sign) {
    if (ring.empty()) return;
    Moments m = moments(ring, origin);
    double k = m.area < 0.0 ? -sign : sign;
    sum = {sum.area + k * m.area, sum.x + k * m.x, sum.y + k * m.y};
    for (Xy p : ring) mean = mean + (p - origin);
    vertices += static_cast<double>(ring.size());
  };
  for (const Polygon& p : shape) {
    add(p.outer, 1.0);
    for (const Ring& hole : p.holes) add(hole, -1.0);
  }
  if (sum.area > 0.0) return origin + Xy{sum.x / sum.area, sum.y / sum.area};
  return origin + mean * (1.0 / std::max(vertices, 1.0));
}

Xy interior_point(const MultiPolygon& shape) {
  const Polygon* largest = nullptr;
  for (const Polygon& p : shape)
    if (!largest || area_m2(p) > area_m2(*largest)) largest = &p;
  if (!largest || largest->outer.empty()) return {};
  Box box = bounds(largest->outer);
  double size = std::min(box.width(), box.height());
  if (size <= 0.0) return box.centre();
  double precision = size / 100.0;
  std::priority_queue<Cell> open;
  double half = size / 2.0;
  for (double x = box.min.x + half; x - half < box.max.x; x += size)
    for (double y = box.min.y + half; y - half < box.max.y; y += size)
      open.push(cell_at(*largest, {x, y}, half));
  Cell best = cell_at(*largest, centroid({*largest}), 0.0);
  for (int visited = 0; !open.empty() && visited < 20000; ++visited) {
    Cell cell = open.top();
    open.pop();
    if (cell.depth > best.depth) best = cell;
    // A thin shape may be missed by every centre at first: go on until one is inside.
    if (cell.best_possible - best.depth <= precision && best.depth > 0.0) break;
    double h = cell.half / 2.0;
    for (Xy d : {Xy{-h, -h}, Xy{h, -h}, Xy{-h, h}, Xy{h, h}})
      open.push(cell_at(*largest, cell.centre + d, h));
  }
  return best.centre;
}

bool contains(const Polygon& polygon, Xy p) {
  if (polygon.outer.size() < 3) return false;
  Side side = side_of(polygon.outer, p);
  if (side != Side::Inside) return side == Side::Border;
  for (const Ring& hole : polygon.holes) {
    if (hole.size() < 3) continue;
    side = side_of(hole, p);
    if (side != Side::Outside) return side == Side::Border;
  }
  return true;
}

bool contains(const MultiPolygon& shape, Xy p) {
  for (const Polygon& part : shape)
    if (bounds(part.outer).contains(p) && contains(part, p)) return true;
  return false;
}

double distance_to_segment_m(Xy p, Xy a, Xy b) {
  Xy d = b - a;
  double length2 = dot(d, d);
  double t = length2 > 0.0 ? std::clamp(dot(p - a, d) / length2, 0.0, 1.0) : 0.0;
  return distance_m(p, a + d * t);
}

double distance_to_border_m(const MultiPolygon& shape, Xy p) {
  double best = std::numeric_limits<double>::infinity();
  for (const Polygon& part : shape) best = std::min(best, distance_to_border_m(part, p));
  return best;
}

MultiPolygon normalised(const MultiPolygon& shape) {
  MultiPolygon out;
  for (const Polygon& p : shape) {
    Polygon clean;
    clean.outer = normalised_ring(p.outer, true);
    if (clean.outer.empty()) continue;
    for (const Ring& hole : p.holes) {
      Ring ring = normalised_ring(hole, false);
      if (!ring.empty()) clean.holes.push_back(std::move(ring));
    }
    out.push_back(std::move(clean));
  }
  return out;
}

Polygon rectangle(const Box& box) {
  return {{box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}}, {}};
}

Ring convex_hull(std::vector<Xy> points) {
  auto before = [](Xy a, Xy b) { return a.x < b.x || (a.x == b.x && a.y < b.y); };
  std::sort(points.begin(), points.end(), before);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3) return points;
  Ring hull;
  auto half = [&](auto from, auto to) {
    std::size_t start = hull.size();
    for (auto it = from; it != to; ++it) {
      while (hull.size() >= start + 2 &&
             cross(hull.back() - hull[hull.size() - 2], *it - hull.back()) <= 0.0)
        hull.pop_back();
      hull.push_back(*it);
    }
    hull.pop_back();
  };
  half(points.begin(), points.end());
  half(points.rbegin(), points.rend());
  return hull;
}

Polyline simplified(const Polyline& line, double tolerance_m) {
  if (line.size() < 3) return line;
  std::vector<bool> keep(line.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
  while (!open.empty()) {
    auto [a, b] = open.back();
    open.pop_back();
    double farthest = tolerance_m;
    std::size_t at = a;
    for (std::size_t i = a + 1; i < b; ++i) {
      double d = distance_to_segment_m(line[i], line[a], line[b]);
      if (d > farthest) {
        farthest = d;
        at = i;
      }
    }
    if (at == a) continue;
    keep[at] = true;
    open.push_back({a, at});
    open.push_back({at, b});
  }
  Polyline out;
  for (std::size_t i = 0; i < line.size(); ++i)
    if (keep[i]) out.push_back(line[i]);
  return out;
}

namespace {

/// A ring is cut at its first point and at the point farthest from it, so that the result does
/// not collapse onto one chord.
Ring simplified_ring(const Ring& ring, double tolerance_m) {
  std::size_t far = 0;
  for (std::size_t i = 1; i < ring.size(); ++i)
    if (distance_m(ring[0], ring[i]) > distance_m(ring[0], ring[far])) far = i;
  auto cut = ring.begin() + static_cast<std::ptrdiff_t>(far);
  Polyline there = simplified(Polyline(ring.begin(), cut + 1), tolerance_m);
  Polyline back(cut, ring.end());
  back.push_back(ring.front());
  back = simplified(back, tolerance_m);
  there.insert(there.end(), back.begin() + 1, back.end() - 1);
  return there.size() < 3 ? Ring{} : there;
}

}  // namespace

MultiPolygon simplified(const MultiPolygon& shape, double tolerance_m) {
  MultiPolygon out;
  for (const Polygon& p : shape) {
    if (p.outer.size() < 3) continue;
    Polygon simple{simplified_ring(p.outer, tolerance_m), {}};
    if (simple.outer.empty()) continue;
    for (const Ring& hole : p.holes) {
      Ring ring = hole.size() < 3 ? Ring{} : simplified_ring(hole, tolerance_m);
      if (!ring.empty()) simple.holes.push_back(std::move(ring));
    }
    out.push_back(std::move(simple));
  }
  return out.empty() ? shape : out;
}

std::vector<Polyline> clipped(const Polyline& line, const Box& box) {
  std::vector<Polyline> pieces;
  for (std::size_t i = 1; i < line.size(); ++i) {
    Xy a = line[i - 1];
    Xy d = line[i] - a;
    double enter = 0.0;
    double leave = 1.0;
    // Liang and Barsky (1984): the part of the segment inside each of four half-planes.
    auto within = [&](double speed, double room) {
      if (speed == 0.0) return room >= 0.0;
      if (speed < 0.0) enter = std::max(enter, room / speed);
      if (speed > 0.0) leave = std::min(leave, room / speed);
      return enter <= leave;
    };
    if (!within(-d.x, a.x - box.min.x) || !within(d.x, box.max.x - a.x) ||
        !within(-d.y, a.y - box.min.y) || !within(d.y, box.max.y - a.y))
      continue;
    Xy from = enter == 0.0 ? a : a + d * enter;
    Xy to = leave == 1.0 ? line[i] : a + d * leave;
    bool goes_on = enter == 0.0 && !pieces.empty() && pieces.back().back() == from;
    if (!goes_on) pieces.push_back({from});
    if (!(from == to)) pieces.back().push_back(to);
  }
  std::erase_if(pieces, [](const Polyline& piece) { return piece.size() < 2; });
  return pieces;
}

MultiPolygon clipped(const MultiPolygon& shape, const Box& box) {
  Box all = bounds(shape);
  if (!all.overlaps(box)) return {};
  if (box.contains(all.min) && box.contains(all.max)) return shape;
  return intersection(shape, {rectangle(box)});
}

}  // namespace doorstep
