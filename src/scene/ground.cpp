#include "scene/ground.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

#include "base/random.h"
#include "geo/polygon.h"
#include "geo/spatial_index.h"
#include "network/nearest_door.h"
#include "scene/iso_bands.h"

namespace doorstep::scene {
namespace {

/// Campuses that ways are measured to.
struct Doors {
  std::vector<CampusId> campuses;
  bool without_private = false;
};

Doors doors_of(const GroundRequest& q) {
  Doors out;
  if (q.only.valid()) return {{q.only}, false};
  std::vector<CampusId> privates;
  for (CampusId c : q.run->campuses.ids()) {
    if (!q.run->campuses[c].open || c.index >= q.place->campuses.size()) continue;
    const Campus& campus = q.place->campuses[c];
    const bool is_private =
        campus.school.valid() && q.place->schools[campus.school].ownership == Ownership::Private;
    (is_private ? privates : out.campuses).push_back(c);
  }
  // Who must pay is not served; where all must, they are all there is.
  out.without_private = !out.campuses.empty() && !privates.empty();
  if (out.campuses.empty()) out.campuses = std::move(privates);
  return out;
}

/// Minutes at each limit, rising.
std::array<double, 3> limits_min(const TravelTable& travel) {
  const double speed = travel.speed().value;
  const double near = kReachMetres[0] / speed, far = kReachMetres[1] / speed;
  return {near, far, std::max(far, kReachMinutes)};
}

/// The grid over the view: anchored to the map, so that panning keeps its corners.
SurfaceGrid grid_over(const Box& view, double m_per_px) {
  constexpr double kCellPx = 4.0, kMargin = 0.3;
  constexpr int kStep = 32;  // cells that the grid moves by
  SurfaceGrid grid;
  grid.cell_m = std::exp2(std::ceil(std::log2(std::max(1.0, kCellPx * m_per_px))));
  const double side = kStep * grid.cell_m;
  const double mx = kMargin * view.width(), my = kMargin * view.height();
  auto below = [&](double v) { return std::floor(v / side) * side; };
  grid.origin = {below(view.min.x - mx), below(view.min.y - my)};
  const Xy end{below(view.max.x + mx) + side, below(view.max.y + my) + side};
  grid.columns = static_cast<int>(std::lround((end.x - grid.origin.x) / grid.cell_m)) + 1;
  grid.rows = static_cast<int>(std::lround((end.y - grid.origin.y) / grid.cell_m)) + 1;
  return grid;
}

void measure_ways(const GroundRequest& q, const std::vector<Xy>& doors, SurfaceGrid& grid) {
  const std::array<double, 3> limits = limits_min(*q.travel);
  const double beyond = 1.5 * limits[2];
  const double speed = q.travel->speed().value;
  grid.values.assign(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows),
                     beyond);
  if (doors.empty()) return;
  const PointIndex index(doors);
  const StreetRouter* router = q.travel->router().get();
  std::optional<NearestDoor> nearest;
  constexpr double kMsPerMinute = 60000.0;
  if (router != nullptr)
    nearest.emplace(*router, doors, static_cast<uint32_t>(beyond * kMsPerMinute));
  std::size_t i = 0;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column, ++i) {
      const Xy at = grid.at(column, row);
      const double straight =
          distance_m(at, doors[static_cast<std::size_t>(index.nearest(at))]) / speed;
      if (straight > beyond) continue;  // no way is shorter
      if (nearest) {
        const uint32_t ms = nearest->ms_from(router->snap(at));
        if (ms != kNoTime) grid.values[i] = std::min(beyond, ms / kMsPerMinute);
      } else {
        grid.values[i] = std::min(beyond, straight * q.place->travel.detour);
      }
    }
}

Ring around(const Box& box, double by) {
  return {{box.min.x - by, box.min.y - by},
          {box.max.x + by, box.min.y - by},
          {box.max.x + by, box.max.y + by},
          {box.min.x - by, box.max.y + by}};
}

/// A box round everything with the areas cut out of it.
MultiPolygon outside_of(const AreaGeometry* areas, const Box& grid) {
  if (areas == nullptr || areas->areas.empty()) return {};
  std::vector<MultiPolygon> shapes;
  Box box = grid;
  for (const MapArea& area : areas->areas) {
    shapes.push_back(normalised(area.shape));
    box.add(area.box);
  }
  const MultiPolygon land = united(shapes);
  MultiPolygon out{{around(box, 2 * std::max(box.width(), box.height())), {}}};
  for (const Polygon& part : land) {
    Ring hole = part.outer;
    std::reverse(hole.begin(), hole.end());
    out[0].holes.push_back(std::move(hole));
    for (const Ring& lake : part.holes) {
      Ring island = lake;
      std::reverse(island.begin(), island.end());
      out.push_back({std::move(island), {}});
    }
  }
  return out;
}

GroundShapes reach_shapes(const GroundRequest& q, const std::vector<Xy>& doors, SurfaceGrid grid,
                          const AreaGeometry* areas) {
  GroundShapes out;
  measure_ways(q, doors, grid);
  Box box;
  box.add(grid.origin);
  box.add(grid.at(grid.columns - 1, grid.rows - 1));
  std::vector<Ring> inner;
  for (const double limit : limits_min(*q.travel)) {
    std::vector<Ring> rings = contour(grid, limit);
    // A spot of a cell or two is where the grid happens to fall, not a place to go to.
    std::erase_if(rings, [&](const Ring& ring) {
      return std::abs(signed_area_m2(ring)) < grid.cell_m * grid.cell_m;
    });
    std::vector<Ring> both = rings;
    both.insert(both.end(), inner.begin(), inner.end());
    out.bands.push_back(between(std::move(both)));
    out.levels.push_back(rings);
    inner = std::move(rings);
  }
  out.outside = outside_of(areas, box);
  MultiPolygon beyond;
  if (!out.outside.empty()) {
    inner.push_back(around(box, grid.cell_m));
    beyond = between(std::move(inner));
  }
  out.bands.push_back(std::move(beyond));
  return out;
}

std::string reach_signature(const GroundRequest& q, const std::vector<Xy>& doors,
                            const SurfaceGrid& grid, const AreaGeometry* areas) {
  uint64_t key = RandomKey(doors.size()).bits();
  auto add = [&](double v) {
    key = RandomKey(key).with(static_cast<uint64_t>(std::llround(v * 8) + (1LL << 40))).bits();
  };
  for (Xy at : doors) {
    add(at.x);
    add(at.y);
  }
  for (double v : {grid.origin.x, grid.origin.y, grid.cell_m, q.travel->speed().value}) add(v);
  add(grid.columns);
  add(grid.rows);
  return "reach" + std::to_string(key) + (areas ? areas->signature : "");
}

void count_reach(const GroundRequest& q, const std::vector<CampusId>& campuses, Ground& out) {
  const std::array<double, 3> limits = limits_min(*q.travel);
  constexpr double kDsPerMinute = 600.0;
  std::vector<char> counted(q.place->campuses.size(), 0);
  for (CampusId c : campuses) counted[c.index] = 1;
  out.pupils.assign(4, 0.0);
  const auto limit_ds = static_cast<uint32_t>(std::lround(limits[2] * kDsPerMinute));
  for (HomeId h : q.geometry->pupils_of_home.ids()) {
    const double pupils = q.geometry->pupils_of_home[h];
    if (pupils <= 0) continue;
    uint32_t best = TravelTable::kUnreachable;
    if (h.index < q.travel->homes())
      q.travel->for_ways_within(h, limit_ds, [&](CampusId c, uint32_t ds) {
        if (c.index < counted.size() && counted[c.index]) best = std::min(best, ds);
      });
    std::size_t band = 0;
    while (band < 3 &&
           (best == TravelTable::kUnreachable || best > std::lround(limits[band] * kDsPerMinute)))
      ++band;
    out.pupils[band] += pupils;
    out.total += pupils;
  }
}

/// 1, 2 or 5 times a power of ten, at least `value`.
double round_above(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (double k : {1.0, 2.0, 5.0})
    if (k * power >= value * 0.999) return k * power;
  return 10 * power;
}

double hexagon_m(const GroundRequest& q) {
  Box box;
  std::size_t lived_in = 0;
  for (HomeId h : q.place->homes.ids())
    if (h.index < q.geometry->pupils_of_home.size() && q.geometry->pupils_of_home[h] > 0) {
      box.add(q.place->homes[h].at);
      ++lived_in;
    }
  if (lived_in == 0) return 0.0;
  // As wide as a few homes lie apart: finer, and every home would be an island. Of the place alone,
  // so that pictures of any size and zoom count the same.
  const double apart =
      std::sqrt(std::max(1e4, box.width() * box.height()) / static_cast<double>(lived_in));
  return round_above(apart);
}

using Hexagon = std::pair<int, int>;  ///< column and row of a grid with its points to the north

Hexagon hexagon_at(Xy p, double across) {
  const double size = across / std::numbers::sqrt3;
  const double column = (p.x * std::numbers::sqrt3 / 3 - p.y / 3) / size, row = p.y * 2 / 3 / size;
  const double third = -column - row;
  double c = std::round(column), r = std::round(row);
  const double t = std::round(third);
  const double dc = std::abs(c - column), dr = std::abs(r - row), dt = std::abs(t - third);
  if (dc > dr && dc > dt)
    c = -r - t;
  else if (dr > dt)
    r = -c - t;
  return {static_cast<int>(c), static_cast<int>(r)};
}

Polygon shape_of(Hexagon hexagon, double across) {
  constexpr double kInset = 0.94;  // neighbours stay apart by a line
  const double size = across / std::numbers::sqrt3;
  const Xy middle{size * std::numbers::sqrt3 * (hexagon.first + hexagon.second / 2.0),
                  size * 1.5 * hexagon.second};
  Polygon out;
  for (int i = 0; i < 6; ++i) {
    const double angle = std::numbers::pi * (60.0 * i - 30.0) / 180.0;
    out.outer.push_back(middle + Xy{std::cos(angle), std::sin(angle)} * (size * kInset));
  }
  return out;
}

std::shared_ptr<Ground> density(const GroundRequest& q) {
  auto out = std::make_shared<Ground>();
  out->fill = FillBy::Density;
  const ClassScheme scheme = scheme_of(FillBy::Density, theme(ThemeKind::Light), Words());
  auto shapes = std::make_shared<GroundShapes>();
  shapes->bands.resize(scheme.size());
  out->pupils.assign(scheme.size(), 0.0);
  out->hex_m = hexagon_m(q);
  std::map<Hexagon, double> pupils;
  for (HomeId h : q.geometry->pupils_of_home.ids()) {
    const double n = q.geometry->pupils_of_home[h];
    if (n <= 0 || h.index >= q.place->homes.size()) continue;
    // A home stands for the land round it: a border of hexagons does not take all of it or none.
    constexpr int kSpots = 6;
    const Xy at = q.place->homes[h].at;
    pupils[hexagon_at(at, out->hex_m)] += n / (kSpots + 1);
    for (int i = 0; i < kSpots; ++i) {
      const double angle = 2 * std::numbers::pi * i / kSpots;
      const Xy spot = at + Xy{std::cos(angle), std::sin(angle)} * (out->hex_m * 0.4);
      pupils[hexagon_at(spot, out->hex_m)] += n / (kSpots + 1);
    }
  }
  const double hectares = std::numbers::sqrt3 / 2 * out->hex_m * out->hex_m / 1e4;
  for (const auto& [hexagon, n] : pupils) {
    const double value = n / hectares;
    const auto k = static_cast<std::size_t>(scheme.class_of(value));
    out->pupils[k] += n;
    out->total += n;
    out->most = std::max(out->most, value);
    shapes->bands[k].push_back(shape_of(hexagon, out->hex_m));
  }
  Box box;
  for (const Home& home : q.place->homes) box.add(home.at);
  shapes->outside = outside_of(q.geometry->areas.get(), box);
  shapes->signature = "density" + std::to_string(out->hex_m);
  out->shapes = std::move(shapes);
  return out;
}

std::shared_ptr<Ground> reach(const GroundRequest& q, const Ground* previous) {
  const Doors doors = doors_of(q);
  std::vector<Xy> at;
  for (CampusId c : doors.campuses) at.push_back(q.place->campuses[c].at);
  const SurfaceGrid grid = grid_over(q.view, q.m_per_px);
  const AreaGeometry* areas = q.geometry->areas.get();
  const std::string signature = reach_signature(q, at, grid, areas);
  auto out = std::make_shared<Ground>();
  if (previous && previous->shapes && previous->shapes->signature == signature) {
    out->shapes = previous->shapes;
    if (previous->run == q.run) {
      *out = *previous;
      return out;
    }
  } else {
    auto shapes = std::make_shared<GroundShapes>(reach_shapes(q, at, grid, areas));
    shapes->signature = signature;
    out->shapes = std::move(shapes);
  }
  out->only = q.only;
  out->without_private = doors.without_private;
  count_reach(q, doors.campuses, *out);
  return out;
}

}  // namespace

std::shared_ptr<const Ground> build_ground(FillBy fill, const GroundRequest& q,
                                           const std::shared_ptr<const Ground>& previous) {
  if (!by_ground(fill)) return nullptr;
  const bool same = previous && previous->fill == fill && previous->run == q.run &&
                    previous->geometry == q.geometry;
  std::shared_ptr<Ground> out;
  if (fill == FillBy::Density) {
    if (same && previous->hex_m == hexagon_m(q)) return previous;
    out = density(q);
  } else {
    const Ground* lends = previous && previous->fill == fill ? previous.get() : nullptr;
    out = reach(q, lends);
    if (same && out->shapes == previous->shapes && out->only == previous->only) return previous;
  }
  out->fill = fill;
  out->run = q.run;
  out->geometry = q.geometry;
  return out;
}

}  // namespace doorstep::scene
