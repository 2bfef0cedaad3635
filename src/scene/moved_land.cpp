#include "scene/moved_land.h"

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
    from = difference(from, piece);
    to = united(to, piece);
  }
}

}  // namespace doorstep::scene
