#include "place/catchments.h"

#include <algorithm>
#include <tuple>

namespace doorstep {
namespace {

bool ring_contains(const Ring& ring, Xy p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Xy &a = ring[i], &b = ring[j];
    if ((a.y > p.y) == (b.y > p.y)) continue;
    if (p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

}  // namespace

bool shape_contains(const MultiPolygon& shape, Xy p) {
  for (const Polygon& polygon : shape) {
    if (polygon.outer.empty() || !ring_contains(polygon.outer, p)) continue;
    bool in_hole = std::ranges::any_of(
        polygon.holes, [p](const Ring& h) { return !h.empty() && ring_contains(h, p); });
    if (!in_hole) return true;
  }
  return false;
}

std::vector<HomeId> homes_inside(const Place& place, const MultiPolygon& shape) {
  std::vector<HomeId> inside;
  Box box = bounds(shape);
  for (auto h : place.homes.ids()) {
    Xy at = place.homes[h].at;
    if (box.contains(at) && shape_contains(shape, at)) inside.push_back(h);
  }
  return inside;
}

std::vector<Membership> memberships(const Place& place, StageId stage, Year year) {
  std::vector<Membership> found;
  for (auto id : place.catchments.ids()) {
    const Catchment& c = place.catchments[id];
    if (c.stage != stage || !c.holds_in(year)) continue;
    for (HomeId h : c.homes)
      if (h.index < place.homes.size()) found.push_back({h, id, true});
    for (HomeId h : homes_inside(place, c.area)) found.push_back({h, id, false});
  }
  auto key = [&](const Membership& m) {
    return std::tuple(m.home, m.listed ? 0 : 1,
                      std::string_view(place.catchments[m.catchment].code), m.catchment);
  };
  std::ranges::sort(found, {}, key);
  // A home both listed in and inside one catchment is one member, not two.
  std::vector<Membership> once;
  for (const Membership& m : found) {
    bool again = false;
    for (std::size_t i = once.size(); i-- > 0 && once[i].home == m.home;)
      again = again || once[i].catchment == m.catchment;
    if (!again) once.push_back(m);
  }
  return once;
}

IdVector<HomeId, CatchmentId> catchment_of_homes(const Place& place, StageId stage, Year year) {
  IdVector<HomeId, CatchmentId> of(place.homes.size());
  for (const Membership& m : memberships(place, stage, year))
    if (!of[m.home].valid()) of[m.home] = m.catchment;
  return of;
}

}  // namespace doorstep
