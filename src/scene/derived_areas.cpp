#include "scene/derived_areas.h"

#include <algorithm>
#include <cmath>

#include "geo/polygon.h"
#include "geo/spatial_index.h"
#include "geo/voronoi.h"

namespace doorstep::scene {
namespace {

/// The distance to the nearest other home that nine in ten homes keep to. Units: metres.
double usual_gap_m(const std::vector<Xy>& homes, const PointIndex& index) {
  std::vector<double> gaps;
  for (Xy at : homes)
    for (uint32_t other : index.nearest(at, 2))
      if (double d = distance_m(at, homes[other]); d > 1.0) gaps.push_back(d);
  if (gaps.empty()) return 200.0;
  auto ninth = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() * 9 / 10);
  std::nth_element(gaps.begin(), ninth, gaps.end());
  return *ninth;
}

/// Points that nobody owns, over all land farther than `reach` from any home.
std::vector<Xy> empty_land(const Box& box, double reach, const std::vector<Xy>& homes,
                           const PointIndex& index) {
  constexpr double kMost = 80.0;  // rows or columns
  double step = std::max({reach * 0.5, box.width() / kMost, box.height() / kMost});
  std::vector<Xy> out;
  int row = 0;
  for (double y = box.min.y; y <= box.max.y; y += step * 0.866, ++row)
    for (double x = box.min.x + (row % 2) * step / 2; x <= box.max.x; x += step) {
      int near = index.nearest(Xy{x, y});
      if (near < 0 || distance_m(homes[static_cast<std::size_t>(near)], {x, y}) > reach)
        out.push_back({x, y});
    }
  return out;
}

}  // namespace

std::vector<MultiPolygon> derived_areas(const Place& place, const IdVector<HomeId, int>& owner_of,
                                        std::size_t count) {
  std::vector<Xy> points;
  std::vector<int> owners;
  for (HomeId h : place.homes.ids())
    if (owner_of[h] >= 0) {
      points.push_back(place.homes[h].at);
      owners.push_back(owner_of[h]);
    }
  if (points.empty()) return std::vector<MultiPolygon>(count);
  PointIndex index(points);
  const double reach = derived_reach_m(points);
  Box box;
  for (Xy p : points) box.add(p);
  box.add(box.min - Xy{2 * reach, 2 * reach});
  box.add(box.max + Xy{2 * reach, 2 * reach});
  std::vector<Xy> empty = empty_land(box, reach, points, index);
  points.insert(points.end(), empty.begin(), empty.end());
  owners.resize(points.size(), -1);
  std::vector<MultiPolygon> shapes = dissolve_cells(points, owners, box).shapes;
  shapes.resize(count);
  return shapes;
}

double derived_reach_m(const std::vector<Xy>& homes) {
  constexpr double kReachInGaps = 1.7;
  const Box box = bounds(homes);
  const double size = std::max(box.width(), box.height());
  return std::clamp(kReachInGaps * usual_gap_m(homes, PointIndex(homes)), size / 60 + 50.0,
                    size / 4 + 200.0);
}

}  // namespace doorstep::scene
