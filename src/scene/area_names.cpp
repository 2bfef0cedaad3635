// Names of areas, where the map is seen from so far off that campuses are dots.
#include <algorithm>
#include <map>

#include "scene/map_layers.h"
#include "scene/pixel_grid.h"

namespace doorstep::scene {
namespace {

constexpr double kSize = 12.0, kLine = 16.0;

/// An area with campuses: the middle of them and how many pupils they have.
struct NamedArea {
  AreaId area;
  Xy at;
  double pupils = 0.0;
};

/// Most pupils first: where two names want the same place, the larger area has it.
std::vector<NamedArea> areas_by_pupils(const LayerContext& map) {
  struct Sum {
    Xy at;
    double campuses = 0.0, pupils = 0.0;
  };
  const Snapshot& s = map.content.shown();
  std::map<uint32_t, Sum> sums;
  for (const CampusSymbol& symbol : map.symbols) {
    const Campus& campus = s.place->campuses[symbol.campus];
    if (!campus.area.valid()) continue;
    Sum& sum = sums[campus.area.index];
    sum.at = sum.at + campus.at;
    sum.campuses += 1.0;
    if (s.run) sum.pupils += s.run->campuses[symbol.campus].enrolment;
  }
  std::vector<NamedArea> out;
  for (const auto& [area, sum] : sums)
    out.push_back({AreaId(area), sum.at * (1.0 / sum.campuses), sum.pupils});
  std::stable_sort(out.begin(), out.end(),
                   [](const NamedArea& a, const NamedArea& b) { return a.pupils > b.pupils; });
  return out;
}

/// "功能区 04(来源未列名)" without what stands in brackets, which tells of the source.
std::string without_brackets(const std::string& name) {
  std::size_t at = std::string::npos;
  for (const char* open : {"(", "\uff08"}) at = std::min(at, name.find(open));
  while (at != std::string::npos && at > 0 && name[at - 1] == ' ') --at;
  return at == std::string::npos || at == 0 ? name : name.substr(0, at);
}

LabelMark name_mark(const LayerContext& map, Xy at, double dy, std::string name) {
  LabelMark mark;
  mark.at = at;
  mark.dy_px = dy;
  mark.anchor = Anchor::Centre;
  mark.text = std::move(name);
  mark.size_px = kSize;
  mark.bold = true;
  mark.ink = map.theme.map_ink;
  mark.halo = faded(map.theme.halo, 0.92);
  mark.halo_px = 2.6;
  return mark;
}

/// Pixels anchored to the map: panning moves no name against its area.
Xy anchored(const LayerContext& map, Xy at) {
  return {at.x / map.view.m_per_px, -at.y / map.view.m_per_px};
}

PixelBox box_of(Xy px, double dy, double half) {
  return {px.x - half, px.y + dy - kLine / 2, px.x + half, px.y + dy + kLine / 2};
}

bool in_frame(const LayerContext& map, Xy at, double dy, double half) {
  if (!map.content.frame) return true;
  const PixelFrame& f = *map.content.frame;
  const PixelBox b = box_of(map.view.to_px(at), dy, half);
  return b.x0 >= f.x && b.x1 <= f.x + f.width && b.y0 >= f.y && b.y1 <= f.y + f.height;
}

}  // namespace

bool names_areas(const LayerContext& map) {
  return seen_from_far(map.symbols.size(), map.campus_factor) &&
         !map.content.shown().place->areas.empty();
}

void draw_area_names(LayerContext& map, std::vector<LabelObstacle>& taken) {
  constexpr double kApart = 3.0, kHalf = 8.0;
  PixelGrid grid;
  for (const LabelObstacle& o : taken) {
    const Xy px = anchored(map, o.at);
    grid.add({px.x - o.half_px, px.y - o.half_px, px.x + o.half_px, px.y + o.half_px});
  }
  for (const NamedArea& named : areas_by_pupils(map)) {
    const std::string name =
        without_brackets(name_of(map.content.shown().place->areas[named.area].name, map.content));
    const double half = map.measure.width_px(name, kSize, true) / 2 + kApart;
    for (double dy : {0.0, -kLine, kLine, -1.3 * kLine, 1.3 * kLine}) {
      const PixelBox box = box_of(anchored(map, named.at), dy, half);
      if (grid.hits(box) || !in_frame(map, named.at, dy, half)) continue;
      grid.add(box);
      const Xy row = named.at - Xy{0.0, dy * map.view.m_per_px};
      for (double x = -half; x <= half; x += kHalf)
        taken.push_back({row + Xy{x * map.view.m_per_px, 0.0}, kHalf});
      map.out.marks.push_back(name_mark(map, named.at, dy, name));
      break;
    }
  }
}

}  // namespace doorstep::scene
