#include "scene/pick.h"

#include <algorithm>

#include "geo/polygon.h"
#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

constexpr double kSlack = 3.0;      // pixels beside a symbol that still count
constexpr double kHomesFrom = 3.0;  // metres a pixel
constexpr double kHomeReach = 6.0;  // pixels

double distance_px(Xy a, Xy b) { return distance_m(a, b); }

template <class Id>
struct Near {
  double px;
  Id id;
};

template <class Id>
void sort_near(std::vector<Near<Id>>& found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const Near<Id>& a, const Near<Id>& b) { return a.px < b.px; });
}

void add_campuses(const MapContent& content, const Viewport& view, Xy px,
                  std::vector<MapItem>& out) {
  const Snapshot& s = content.shown();
  std::vector<Near<CampusId>> found;
  double factor = campus_factor(content, view);
  for (CampusId c : open_campuses(s, content.stage)) {
    double radius = campus_radius_px(s.run ? s.run->campuses[c].enrolment : 0.0, factor);
    double d = distance_px(view.to_px(s.place->campuses[c].at), px);
    if (d <= radius + kSlack) found.push_back({d, c});
  }
  sort_near(found);
  for (const auto& near : found) {
    MapItem item;
    item.kind = MapItem::Kind::Campus;
    item.campus = near.id;
    out.push_back(item);
  }
}

void add_homes(const MapContent& content, const Viewport& view, Xy px, std::vector<MapItem>& out) {
  if (!content.layers.homes || view.m_per_px > kHomesFrom) return;
  const Place& place = *content.shown().place;
  std::vector<Near<HomeId>> found;
  for (HomeId h : place.homes.ids()) {
    double d = distance_px(view.to_px(place.homes[h].at), px);
    if (d <= kHomeReach) found.push_back({d, h});
  }
  sort_near(found);
  for (const auto& near : found) {
    MapItem item;
    item.kind = MapItem::Kind::Home;
    item.home = near.id;
    out.push_back(item);
  }
}

}  // namespace

std::vector<MapItem> pick_all(const MapContent& content, const Viewport& view, Xy px) {
  std::vector<MapItem> out;
  if (content.layers.campuses) add_campuses(content, view, px, out);
  add_homes(content, view, px, out);
  const Snapshot& s = content.shown();
  if (!s.geometry || !s.geometry->areas) return out;
  Xy at = view.to_map(px);
  const auto& areas = s.geometry->areas->areas;
  for (std::size_t i = 0; i < areas.size(); ++i)
    if (areas[i].box.contains(at) && contains(areas[i].shape, at)) {
      MapItem item;
      item.kind = MapItem::Kind::Area;
      item.area = static_cast<int>(i);
      item.catchment = areas[i].catchment;
      out.push_back(item);
    }
  return out;
}

MapItem pick(const MapContent& content, const Viewport& view, Xy px) {
  std::vector<MapItem> found = pick_all(content, view, px);
  return found.empty() ? MapItem{} : found.front();
}

}  // namespace doorstep::scene
