#include "scene/moved_land.h"

#include <cmath>
#include <map>

#include "geo/polygon.h"
#include "geo/spatial_index.h"
#include "geo/voronoi.h"

namespace doorstep::scene {
namespace {

struct Moved {
  HomeId home;
  int from = -1, to = -1;
};

std::vector<Moved> moved_homes(const Place& place, const IdVector<HomeId, int>& owner_of,
                               const std::vector<bool>& given,
                               const std::vector<MultiPolygon>& shapes) {
  std::vector<MultiPolygon> outlines(shapes.size());
  for (std::size_t i = 0; i < shapes.size(); ++i)
    if (given[i]) outlines[i] = shapes[i];
  const PolygonIndex index(outlines);
  std::vector<Moved> out;
  std::vector<uint32_t> holding;
  for (HomeId h : place.homes.ids()) {
    if (owner_of[h] < 0 || !given[static_cast<std::size_t>(owner_of[h])]) continue;
    index.find(place.homes[h].at, holding);
    bool at_home = holding.empty();  // outside all outlines there is no land to give
    for (uint32_t i : holding) at_home = at_home || static_cast<int>(i) == owner_of[h];
    if (!at_home) out.push_back({h, static_cast<int>(holding.front()), owner_of[h]});
  }
  return out;
}

constexpr double kSlit = 1.0;  // metres: cuts and spits narrower than this are rounding

/// Whether the ring turns back on itself at `b`, as at the end of a slit.
bool is_tip(Xy a, Xy b, Xy c) {
  const Xy in = b - a, out = c - b;
  return in.x * out.x + in.y * out.y <= 0.0 &&
         (distance_to_segment_m(c, a, b) < kSlit || distance_to_segment_m(a, b, c) < kSlit);
}

/// Tips taken off one after the other, until no slit is left.
Ring without_tips(Ring ring) {
  std::size_t good = 0;  // corners in a row that are no tips
  for (std::size_t i = 0; ring.size() >= 3 && good < ring.size();) {
    const std::size_t n = ring.size();
    i %= n;
    if (!is_tip(ring[(i + n - 1) % n], ring[i], ring[(i + 1) % n])) {
      ++good;
      ++i;
      continue;
    }
    ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(i));
    good = 0;
    i += n - 2;  // back to the corner before, counted round
  }
  return ring;
}

/// Cells and outlines that should share an edge miss each other by a rounding: without what that
/// leaves, a hairline would be drawn as a border.
MultiPolygon without_slits(const MultiPolygon& shape) {
  auto wide = [](const Ring& ring) {
    return ring.size() >= 3 &&
           std::abs(signed_area_m2(ring)) > kSlit * perimeter_m({{ring, {}}}) / 2;
  };
  MultiPolygon out;
  for (const Polygon& p : shape) {
    Polygon clean{without_tips(p.outer), {}};
    if (!wide(clean.outer)) continue;
    for (const Ring& hole : p.holes)
      if (Ring rest = without_tips(hole); wide(rest)) clean.holes.push_back(std::move(rest));
    out.push_back(std::move(clean));
  }
  return out;
}

}  // namespace

void move_land(const Place& place, const IdVector<HomeId, int>& owner_of,
               const std::vector<bool>& given, std::vector<MultiPolygon>& shapes) {
  const std::vector<Moved> moved = moved_homes(place, owner_of, given, shapes);
  if (moved.empty()) return;
  // Cells are cut among all homes of the outlines that give land, and clipped to those outlines.
  Box box;
  for (const Moved& m : moved) box.add(bounds(shapes[static_cast<std::size_t>(m.from)]));
  std::vector<Xy> points;
  std::vector<int> cell_of_home(place.homes.size(), -1);
  for (HomeId h : place.homes.ids()) {
    if (!box.contains(place.homes[h].at)) continue;
    cell_of_home[h.index] = static_cast<int>(points.size());
    points.push_back(place.homes[h].at);
  }
  const VoronoiCells cells = voronoi_cells(points, box);
  std::map<std::pair<int, int>, std::vector<MultiPolygon>> land;  // (from, to): cells
  for (const Moved& m : moved) {
    const int cell = cell_of_home[m.home.index];
    if (cell < 0 || cells.cells[static_cast<std::size_t>(cell)].empty()) continue;
    land[{m.from, m.to}].push_back(cells.cells[static_cast<std::size_t>(cell)]);
  }
  for (const auto& [pair, pieces] : land) {
    MultiPolygon& from = shapes[static_cast<std::size_t>(pair.first)];
    MultiPolygon& to = shapes[static_cast<std::size_t>(pair.second)];
    const MultiPolygon piece = intersection(united(pieces), from);
    if (piece.empty()) continue;
    from = without_slits(difference(from, piece));
    to = without_slits(united(to, piece));
  }
}

}  // namespace doorstep::scene
