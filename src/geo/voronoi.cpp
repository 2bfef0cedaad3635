#include "geo/voronoi.h"

#include <algorithm>
#include <boost/polygon/voronoi.hpp>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "geo/arrangement.h"
#include "geo/polygon.h"
#include "geo/spatial_index.h"

namespace doorstep {

namespace {

constexpr double kUnitsPerMetre = 100.0;
/// A half of what 32-bit coordinates hold at this scale, with the outposts at four radii.
constexpr double kGreatestRadiusM = 5.0e6;
/// The owner of land beyond all points; below any owner of a point.
constexpr int kNobody = -2;

struct Site {
  int x;
  int y;
};

/// The points on a centimetre grid about the middle of everything.
class Sites {
 public:
  Sites(std::span<const Xy> points, const Box& clip) {
    Box box = clip;
    for (Xy p : points) box.add(p);
    origin_ = box.centre();
    radius_m_ = std::hypot(box.width(), box.height()) / 2.0 + 1.0;
    if (!(radius_m_ < kGreatestRadiusM))
      throw Error("points lie too far apart for their cells to be drawn", "",
                  "check the coordinate system: coordinates must be metres");
    std::vector<Site> all;
    for (Xy p : points) all.push_back(on_grid(p));
    find_firsts(all);
    for (uint32_t i = 0; i < all.size(); ++i)
      if (first_of[i] == i) {
        sites.push_back(all[i]);
        point_of.push_back(i);
      }
    add_outposts();
  }

  [[nodiscard]] Xy in_metres(double x, double y) const {
    return origin_ + Xy{x / kUnitsPerMetre, y / kUnitsPerMetre};
  }

  std::vector<Site> sites;         ///< distinct points, then four outposts
  std::vector<uint32_t> point_of;  ///< of each site but the outposts
  std::vector<uint32_t> first_of;  ///< of each point: the first at its place

 private:
  [[nodiscard]] Site on_grid(Xy p) const {
    return {static_cast<int>(std::lround((p.x - origin_.x) * kUnitsPerMetre)),
            static_cast<int>(std::lround((p.y - origin_.y) * kUnitsPerMetre))};
  }

  void find_firsts(const std::vector<Site>& all) {
    std::vector<uint32_t> order(all.size());
    std::iota(order.begin(), order.end(), 0U);
    auto key = [&](uint32_t i) { return std::pair(all[i].x, all[i].y); };
    std::sort(order.begin(), order.end(),
              [&](uint32_t a, uint32_t b) { return key(a) != key(b) ? key(a) < key(b) : a < b; });
    first_of.resize(all.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      first_of[order[i]] =
          i > 0 && key(order[i]) == key(order[i - 1]) ? first_of[order[i - 1]] : order[i];
  }

  /// Four sites so far out that every cell of a point is bounded, while nothing within the radius
  /// is nearer to an outpost (three radii at least) than to a point (two at most).
  void add_outposts() {
    int far = static_cast<int>(4.0 * radius_m_ * kUnitsPerMetre);
    for (auto [x, y] : {std::pair(-1, -1), {1, -1}, {1, 1}, {-1, 1}})
      sites.push_back({x * far, y * far});
  }

  Xy origin_;
  double radius_m_ = 0.0;
};

/// The Voronoi borders between owners, and the rings of the clip, in one arrangement.
class CellMap {
 public:
  CellMap(const Sites& sites, std::vector<int> owner_of_site, const MultiPolygon& clip)
      : sites_(sites), owner_of_site_(std::move(owner_of_site)), clip_(clip) {
    add_borders();
    borders_ = segments_.size();
    add_clip();
  }

  [[nodiscard]] std::vector<MultiPolygon> shapes(std::size_t count) {
    Arrangement plane(segments_);
    build_indices();
    std::vector<int> label(plane.loops(), -1);
    for (std::size_t loop = 0; loop < plane.loops(); ++loop)
      label[loop] = std::max(-1, label_of(plane, plane.halves_of(loop)));
    return plane.shapes(label, count);
  }

 private:
  void add_borders() {
    boost::polygon::voronoi_builder<int> builder;
    for (const Site& s : sites_.sites) builder.insert_point(s.x, s.y);
    boost::polygon::voronoi_diagram<double> diagram;
    builder.construct(&diagram);
    for (const auto& edge : diagram.edges()) {
      // Each edge once, and of the two the one that comes first in the diagram.
      if (!edge.is_finite() || &edge > edge.twin()) continue;
      int left = owner_of_site_[edge.cell()->source_index()];
      int right = owner_of_site_[edge.twin()->cell()->source_index()];
      if (left == right) continue;
      segments_.push_back({sites_.in_metres(edge.vertex0()->x(), edge.vertex0()->y()),
                           sites_.in_metres(edge.vertex1()->x(), edge.vertex1()->y())});
      sides_.push_back({left, right});
    }
    drop_far_borders();
  }

  /// What lies beyond the clip only costs time, and borders towards the outposts would stretch
  /// the grid: they end a metre outside.
  void drop_far_borders() {
    Box box = bounds(clip_);
    Box room{box.min - Xy{1.0, 1.0}, box.max + Xy{1.0, 1.0}};
    std::size_t kept = 0;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      Segment s = segments_[i];
      if (!room.contains(s.from) || !room.contains(s.to)) {
        auto inside = clipped(Polyline{s.from, s.to}, room);
        if (inside.empty()) continue;
        s = {inside[0].front(), inside[0].back()};
      }
      segments_[kept] = s;
      sides_[kept++] = sides_[i];
    }
    segments_.resize(kept);
    sides_.resize(kept);
  }

  void add_clip() {
    auto add = [&](const Ring& ring) {
      for (std::size_t i = 0; i < ring.size(); ++i)
        segments_.push_back({ring[i], ring[(i + 1) % ring.size()]});
    };
    for (const Polygon& p : clip_) {
      add(p.outer);
      for (const Ring& hole : p.holes) add(hole);
    }
  }

  void build_indices() {
    std::vector<Xy> at;
    for (const Site& s : sites_.sites) at.push_back(sites_.in_metres(s.x, s.y));
    nearest_ = PointIndex(at);
    inside_ = PolygonIndex(std::span<const MultiPolygon>(&clip_, 1));
  }

  /// The longest half-edges of a face decide: its longest piece of border says whose it is, its
  /// longest piece of the clip whether it is inside. Where a face has none of a kind, no line of
  /// that kind crosses it, and any place on its rim will do.
  [[nodiscard]] int label_of(const Arrangement& plane, const std::vector<uint32_t>& halves) const {
    int owner = kNobody;
    bool inside = false;
    double border_m = -1.0;
    double clip_m = -1.0;
    double longest_m = -1.0;
    Xy middle;
    for (uint32_t h : halves) {
      double length = distance_m(plane.origin(h), plane.target(h));
      if (length > longest_m) {
        longest_m = length;
        middle = (plane.origin(h) + plane.target(h)) * 0.5;
      }
      for (const auto& s : plane.sources(h)) {
        bool along = Arrangement::along(h, s);
        if (s.segment < borders_ && length > border_m) {
          border_m = length;
          owner = along ? sides_[s.segment].first : sides_[s.segment].second;
        } else if (s.segment >= borders_ && length > clip_m) {
          clip_m = length;
          inside = along;
        }
      }
    }
    if (clip_m < 0.0) inside = inside_.first(middle) >= 0;
    if (!inside) return kNobody;
    if (border_m < 0.0) owner = owner_of_site_[static_cast<std::size_t>(nearest_.nearest(middle))];
    return owner;
  }

  const Sites& sites_;
  std::vector<int> owner_of_site_;
  const MultiPolygon& clip_;
  std::vector<Segment> segments_;
  std::vector<std::pair<int, int>> sides_;
  std::size_t borders_ = 0;
  PointIndex nearest_;
  PolygonIndex inside_;
};

MultiPolygon valid(const MultiPolygon& clip) { return repaired(clip).value; }

std::vector<MultiPolygon> shapes_of_owners(const Sites& sites, std::span<const int> owner_of,
                                           const MultiPolygon& clip, std::size_t count) {
  if (sites.point_of.empty() || clip.empty()) return std::vector<MultiPolygon>(count);
  std::vector<int> owner_of_site;
  for (uint32_t point : sites.point_of) owner_of_site.push_back(owner_of[point]);
  owner_of_site.resize(sites.sites.size(), kNobody);
  return CellMap(sites, std::move(owner_of_site), clip).shapes(count);
}

}  // namespace

VoronoiCells voronoi_cells(std::span<const Xy> points, const MultiPolygon& clip) {
  MultiPolygon land = valid(clip);
  Sites sites(points, bounds(land));
  std::vector<int> own(points.size());
  std::iota(own.begin(), own.end(), 0);
  VoronoiCells out;
  out.cells = shapes_of_owners(sites, own, land, points.size());
  for (uint32_t i = 0; i < points.size(); ++i)
    if (sites.first_of[i] != i) out.duplicates.push_back({i, sites.first_of[i]});
  return out;
}

VoronoiCells voronoi_cells(std::span<const Xy> points, const Box& clip) {
  return voronoi_cells(points, MultiPolygon{rectangle(clip)});
}

DissolvedCells dissolve_cells(std::span<const Xy> points, std::span<const int> owner_of,
                              const MultiPolygon& clip) {
  DOORSTEP_ASSERT(points.size() == owner_of.size());
  MultiPolygon land = valid(clip);
  Sites sites(points, bounds(land));
  int highest = -1;
  for (int owner : owner_of) highest = std::max(highest, owner);
  DissolvedCells out;
  out.shapes = shapes_of_owners(sites, owner_of, land, static_cast<std::size_t>(highest + 1));
  for (uint32_t i = 0; i < points.size(); ++i)
    if (owner_of[i] != owner_of[sites.first_of[i]]) out.conflicts.push_back({i, sites.first_of[i]});
  return out;
}

DissolvedCells dissolve_cells(std::span<const Xy> points, std::span<const int> owner_of,
                              const Box& clip) {
  return dissolve_cells(points, owner_of, MultiPolygon{rectangle(clip)});
}

}  // namespace doorstep
