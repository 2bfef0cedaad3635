// The one place that knows Boost.Geometry: validity and the set operations of polygon.h.

#include <boost/geometry.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <utility>

#include "base/error.h"
#include "geo/polygon.h"

namespace doorstep {

namespace {

namespace bg = boost::geometry;
using BgPoint = bg::model::d2::point_xy<double>;
using BgPolygon = bg::model::polygon<BgPoint, false, false>;
using BgMulti = bg::model::multi_polygon<BgPolygon>;

BgPolygon::ring_type to_boost(const Ring& ring) {
  BgPolygon::ring_type out;
  out.reserve(ring.size());
  for (Xy p : ring) out.emplace_back(p.x, p.y);
  return out;
}

BgMulti to_boost(const MultiPolygon& shape) {
  BgMulti out;
  for (const Polygon& p : shape) {
    BgPolygon polygon;
    polygon.outer() = to_boost(p.outer);
    for (const Ring& hole : p.holes) polygon.inners().push_back(to_boost(hole));
    out.push_back(std::move(polygon));
  }
  return out;
}

Ring from_boost(const BgPolygon::ring_type& ring) {
  Ring out;
  out.reserve(ring.size());
  for (const BgPoint& p : ring) out.push_back({p.x(), p.y()});
  return out;
}

/// Leftovers of rounding: boundaries that touch leave rings of no width.
constexpr double kSliverM2 = 1e-6;

MultiPolygon from_boost(const BgMulti& shape) {
  MultiPolygon out;
  for (const BgPolygon& p : shape) {
    Polygon polygon{from_boost(p.outer()), {}};
    if (signed_area_m2(polygon.outer) < kSliverM2) continue;
    for (const auto& hole : p.inners()) {
      Ring ring = from_boost(hole);
      if (signed_area_m2(ring) < -kSliverM2) polygon.holes.push_back(std::move(ring));
    }
    out.push_back(std::move(polygon));
  }
  return normalised(out);
}

/// One of the three operations, with Boost's failures as ours.
template <class Operation>
MultiPolygon combined(const MultiPolygon& a, const MultiPolygon& b, Operation operation) {
  try {
    BgMulti result;
    operation(to_boost(a), to_boost(b), result);
    return from_boost(result);
  } catch (const bg::exception& e) {
    throw Error(std::string("polygons cannot be combined: ") + e.what(), "",
                "repair the polygons first");
  }
}

}  // namespace

std::string why_invalid(const MultiPolygon& shape) {
  std::string reason;
  return bg::is_valid(to_boost(shape), reason) ? "" : reason;
}

MultiPolygon united(const MultiPolygon& a, const MultiPolygon& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return combined(a, b, [](const auto& x, const auto& y, auto& r) { bg::union_(x, y, r); });
}

MultiPolygon united(const std::vector<MultiPolygon>& shapes) {
  // In pairs, and pairs of pairs: each vertex is handled log n times rather than n.
  std::vector<MultiPolygon> left = shapes;
  while (left.size() > 1) {
    std::vector<MultiPolygon> next;
    for (std::size_t i = 0; i + 1 < left.size(); i += 2)
      next.push_back(united(left[i], left[i + 1]));
    if (left.size() % 2 == 1) next.push_back(std::move(left.back()));
    left = std::move(next);
  }
  return left.empty() ? MultiPolygon{} : left.front();
}

MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b) {
  if (!bounds(a).overlaps(bounds(b))) return {};
  return combined(a, b, [](const auto& x, const auto& y, auto& r) { bg::intersection(x, y, r); });
}

MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b) {
  if (!bounds(a).overlaps(bounds(b))) return a;
  return combined(a, b, [](const auto& x, const auto& y, auto& r) { bg::difference(x, y, r); });
}

}  // namespace doorstep
