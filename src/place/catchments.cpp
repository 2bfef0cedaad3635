#include "place/catchments.h"

#include <algorithm>
#include <tuple>

#include "geo/polygon.h"
#include "geo/spatial_index.h"

namespace doorstep {
std::vector<HomeId> homes_inside(const Place& place, const MultiPolygon& shape) {
  std::vector<HomeId> inside;
  Box box = bounds(shape);
  for (auto h : place.homes.ids()) {
    Xy at = place.homes[h].at;
    if (box.contains(at) && contains(shape, at)) inside.push_back(h);
  }
  return inside;
}

namespace {

/// By home; within one, lists before outlines, then by code. Homes are many and members of one few.
void order_by_home(const Place& place, std::vector<Membership>& members) {
  std::vector<std::size_t> next(place.homes.size() + 1, 0);
  for (const Membership& m : members) ++next[m.home.index + 1];
  for (std::size_t h = 0; h < place.homes.size(); ++h) next[h + 1] += next[h];
  std::vector<Membership> ordered(members.size());
  for (const Membership& m : members) ordered[next[m.home.index]++] = m;
  const auto before = [&](const Membership& a, const Membership& b) {
    const auto key = [&](const Membership& m) {
      return std::tuple(m.listed ? 0 : 1, std::string_view(place.catchments[m.catchment].code),
                        m.catchment);
    };
    return key(a) < key(b);
  };
  for (auto first = ordered.begin(); first != ordered.end();) {
    const auto last = std::find_if(first, ordered.end(),
                                   [&](const Membership& m) { return m.home != first->home; });
    if (last - first > 1) std::sort(first, last, before);
    first = last;
  }
  members = std::move(ordered);
}

}  // namespace

std::vector<Membership> memberships(const Place& place, StageId stage, Year year) {
  std::vector<Membership> found;
  std::vector<MultiPolygon> shapes;
  std::vector<CatchmentId> shape_of;
  for (auto id : place.catchments.ids()) {
    const Catchment& c = place.catchments[id];
    if (c.stage != stage || !c.holds_in(year)) continue;
    for (HomeId h : c.homes)
      if (h.index < place.homes.size()) found.push_back({h, id, true});
    if (c.area.empty()) continue;
    shapes.push_back(c.area);
    shape_of.push_back(id);
  }
  PolygonIndex index(shapes);
  std::vector<uint32_t> inside;
  for (auto h : place.homes.ids()) {
    if (shapes.empty()) break;
    index.find(place.homes[h].at, inside);
    for (uint32_t i : inside) found.push_back({h, shape_of[i], false});
  }
  order_by_home(place, found);
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
