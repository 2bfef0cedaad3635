// Ties of education groups, core to members.
#include <algorithm>
#include <cmath>
#include <map>

#include "scene/map_layers.h"
#include "scene/tie_style.h"

namespace doorstep::scene {
namespace {

/// The two lines of a double one, half a gap to each side. Units: metres.
std::vector<Polyline> beside(Xy a, Xy b, double offset_m) {
  double length = distance_m(a, b);
  Xy n = length > 0 ? Xy{-(b.y - a.y), b.x - a.x} * (offset_m / length) : Xy{};
  return {{a + n, b + n}, {a - n, b - n}};
}

void add_arrow(LayerContext& map, Xy from, Xy to, Colour colour) {
  double length = distance_m(from, to);
  if (length <= 0) return;
  Xy d = (to - from) * (1.0 / length), n{-d.y, d.x};
  Xy tip = from + (to - from) * 0.6;
  double size = 7.0 * map.view.m_per_px;
  map.out.marks.push_back(
      FillMark{{{{tip, tip - d * size + n * (size * 0.5), tip - d * size - n * (size * 0.5)}, {}}},
               colour,
               {},
               -1});
}

void add_tie(LayerContext& map, Xy core, Xy member, const TieStyle& style, Colour colour) {
  std::vector<Polyline> lines{{core, member}};
  double reach = style.width_px;
  if (style.double_line) {
    lines = beside(core, member, 1.8 * map.view.m_per_px);
    reach += 3.6;
  }
  map.out.marks.push_back(
      LineMark{{{core, member}}, faded(map.theme.halo, 0.6), reach + 1.6, {}, false});
  map.out.marks.push_back(LineMark{std::move(lines), colour, style.width_px, style.dash_px, false});
  if (style.arrow) add_arrow(map, core, member, colour);
}

}  // namespace

TieStyle tie_style(const std::string& form) {
  static const std::map<std::string, TieStyle> kStyles{
      {"merged", {2.4, {}, true, false}},          {"close_knit", {3.4, {}, false, false}},
      {"flagship_new", {2.0, {}, false, true}},    {"branch", {1.8, {10, 4, 2, 4}, false, false}},
      {"entrusted", {1.8, {14, 5}, false, false}}, {"paired", {1.8, {7, 4}, false, false}},
      {"alliance", {2.0, {1, 5}, false, false}},   {"district", {1.8, {2, 3, 8, 3}, false, false}},
      {"university", {1.0, {}, true, false}},
  };
  std::string key = form;
  std::replace(key.begin(), key.end(), '-', '_');
  auto found = kStyles.find(key);
  return found == kStyles.end() ? TieStyle{} : found->second;
}

Colour group_colour(std::size_t group) { return okabe_ito()[group % okabe_ito().size()]; }

void draw_ties(LayerContext& map) {
  const Place& place = *map.content.shown().place;
  for (GroupId g : place.groups.ids()) {
    const Group& group = place.groups[g];
    if (!group.core.valid()) continue;
    for (const Tie& tie : group.ties)
      if (tie.member != group.core && map.content.year >= tie.since &&
          map.content.year <= tie.until)
        add_tie(map, place.campuses[group.core].at, place.campuses[tie.member].at,
                tie_style(tie.form), group_colour(g.index));
  }
}

}  // namespace doorstep::scene
