#include "scene/map_geometry.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/random.h"
#include "geo/polygon.h"
#include "scene/area_borders.h"
#include "scene/derived_areas.h"
#include "scene/moved_land.h"

namespace doorstep::scene {
namespace {

std::vector<CatchmentId> catchments_in_force(const Place& place, StageId stage, Year year) {
  std::vector<CatchmentId> out;
  for (CatchmentId c : place.catchments.ids())
    if (place.catchments[c].stage == stage && place.catchments[c].holds_in(year)) out.push_back(c);
  return out;
}

/// The campus most pupils of each home attend; ties go to the earlier campus.
IdVector<HomeId, CampusId> main_campus(const Place& place, const StageYear& run) {
  IdVector<HomeId, CampusId> out(place.homes.size());
  IdVector<HomeId, double> most(place.homes.size(), 0.0);
  for (const PupilFlow& f : run.flows)
    if (f.pupils > most[f.home] + 1e-9) {
      most[f.home] = f.pupils;
      out[f.home] = f.campus;
    }
  return out;
}

/// Enough to tell whether an earlier shape still holds: who owns what, not every coordinate.
std::string signature_of(const Place& place, const std::vector<CatchmentId>& catchments,
                         const IdVector<HomeId, int>& owner_of, bool derived) {
  std::string out = derived ? "homes" : "given";
  for (CatchmentId c : catchments) {
    const Catchment& catchment = place.catchments[c];
    out += "|" + catchment.code + ":" + std::to_string(c.index);
    for (CampusId campus : catchment.campuses) out += "," + std::to_string(campus.index);
    for (const Polygon& p : catchment.area) {
      double sum = 0.0;
      for (Xy at : p.outer) sum += at.x + 3 * at.y;
      out += "/" + std::to_string(p.outer.size()) + "@" + std::to_string(sum);
    }
  }
  uint64_t key = RandomKey(owner_of.size()).bits();
  for (int owner : owner_of) key = RandomKey(key).with(static_cast<uint64_t>(owner + 1)).bits();
  return out + "#" + std::to_string(key);
}

struct Ownership {
  bool derived = false;
  std::vector<CatchmentId> catchments;          ///< by area, where areas are catchments
  std::vector<std::vector<CampusId>> campuses;  ///< by area
  IdVector<HomeId, int> of_home;
};

Ownership ownership_of(const Place& place, StageId stage, Year year, const StageYear* run) {
  Ownership out;
  out.of_home.assign(place.homes.size(), -1);
  out.catchments = catchments_in_force(place, stage, year);
  if (!out.catchments.empty()) {
    std::map<CatchmentId, int> area_of;
    for (CatchmentId c : out.catchments) {
      area_of[c] = static_cast<int>(out.campuses.size());
      out.campuses.push_back(place.catchments[c].campuses);
      out.derived = out.derived || place.catchments[c].area.empty();
    }
    IdVector<HomeId, CatchmentId> of = catchment_of_homes(place, stage, year);
    for (HomeId h : place.homes.ids())
      if (of[h].valid()) out.of_home[h] = area_of[of[h]];
    return out;
  }
  if (!run) return out;
  out.derived = true;
  std::map<CampusId, int> area_of;
  IdVector<HomeId, CampusId> of = main_campus(place, *run);
  for (CampusId c : of)
    if (c.valid()) area_of.emplace(c, 0);
  for (auto& [campus, area] : area_of) {
    area = static_cast<int>(out.campuses.size());
    out.campuses.push_back({campus});
  }
  for (HomeId h : place.homes.ids())
    if (of[h].valid()) out.of_home[h] = area_of[of[h]];
  return out;
}

/// Given polygons stand as they are; land made from homes yields to them.
void keep_given(const Place& place, const std::vector<CatchmentId>& catchments,
                std::vector<MultiPolygon>& shapes) {
  for (std::size_t i = 0; i < catchments.size(); ++i) {
    const MultiPolygon& area = place.catchments[catchments[i]].area;
    if (!area.empty()) {
      shapes[i] = area;
      continue;
    }
    for (CatchmentId c : catchments)  // one by one: together they may not unite cleanly
      if (const MultiPolygon& given = place.catchments[c].area; !given.empty())
        shapes[i] = difference(shapes[i], given);
  }
}

std::shared_ptr<const AreaGeometry> areas_of(const Place& place, const Ownership& own,
                                             const MapGeometry* previous) {
  std::string signature = signature_of(place, own.catchments, own.of_home, own.derived);
  if (previous && previous->areas && previous->areas->signature == signature)
    return previous->areas;
  auto out = std::make_shared<AreaGeometry>();
  out->signature = std::move(signature);
  out->derived = own.derived;
  out->area_of_home = own.of_home;
  std::vector<MultiPolygon> shapes;
  if (own.derived) shapes = derived_areas(place, own.of_home, own.campuses.size());
  shapes.resize(own.campuses.size());
  keep_given(place, own.catchments, shapes);
  std::vector<bool> given_shape(shapes.size(), false);
  for (std::size_t i = 0; i < own.catchments.size(); ++i)
    given_shape[i] = !place.catchments[own.catchments[i]].area.empty();
  move_land(place, own.of_home, given_shape, shapes);
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    MapArea area;
    if (i < own.catchments.size()) area.catchment = own.catchments[i];
    area.campuses = own.campuses[i];
    area.shape = shapes[i];
    bool given = area.catchment.valid() && !place.catchments[area.catchment].area.empty();
    out->from_homes += !given;
    area.box = bounds(shapes[i]);
    out->areas.push_back(std::move(area));
  }
  out->borders = area_borders(shapes);
  return out;
}

/// Both directions of a street are one line: from the lower node, or the only direction.
bool first_of_pair(const Streets& s, uint32_t from, uint32_t to) {
  if (from <= to) return from < to;
  for (uint32_t e = s.first[to]; e < s.first[to + 1]; ++e)
    if (s.head[e] == from) return false;
  return true;
}

std::shared_ptr<const StreetLines> street_lines(const Place& place) {
  if (!place.travel.streets) return nullptr;
  constexpr int kArterial = 4, kDrawn = 2;  // Streets::road_class
  const Streets& s = *place.travel.streets;
  auto out = std::make_shared<StreetLines>();
  for (uint32_t n = 0; n + 1 < s.first.size(); ++n)
    for (uint32_t e = s.first[n]; e < s.first[n + 1]; ++e) {
      uint32_t m = s.head[e];
      if (!first_of_pair(s, n, m) || e >= s.road_class.size() || s.road_class[e] < kDrawn) continue;
      auto& lines = s.road_class[e] >= kArterial ? out->arterials : out->streets;
      lines.push_back({s.node_at[n], s.node_at[m]});
    }
  return out;
}

}  // namespace

MapGeometry build_geometry(const Place& place, StageId stage, Year year, const StageYear* run,
                           const MapGeometry* previous) {
  MapGeometry g;
  g.stage = stage;
  g.year = year;
  g.areas = areas_of(place, ownership_of(place, stage, year, run), previous);
  g.streets = previous ? previous->streets : street_lines(place);
  g.pupils_of_home.assign(place.homes.size(), 0.0);
  if (run) {
    for (const PupilFlow& f : run->flows) g.pupils_of_home[f.home] += f.pupils;
    for (HomeId h : run->unplaced_of.ids())
      if (h.index < place.homes.size()) g.pupils_of_home[h] += run->unplaced_of[h];
    g.dots = home_dots(place, g.areas, g.pupils_of_home, previous ? previous->dots : nullptr);
  }
  return g;
}

}  // namespace doorstep::scene
