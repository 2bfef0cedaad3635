// The group map: ties from core to members, campuses of one school joined, rings that say whose
// group a campus is of, and campuses of other stages that a tie leads to.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "scene/group_map.h"
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

void add_arrow(LayerContext& map, Xy from, Xy to, Colour colour, double factor) {
  double length = distance_m(from, to);
  if (length <= 0) return;
  Xy d = (to - from) * (1.0 / length), n{-d.y, d.x};
  Xy tip = from + (to - from) * 0.6;
  double size = 7.0 * factor * map.view.m_per_px;
  map.out.marks.push_back(
      FillMark{{{{tip, tip - d * size + n * (size * 0.5), tip - d * size - n * (size * 0.5)}, {}}},
               colour,
               {},
               -1});
}

/// Whether a group's colour would be lost on light fills: the yellow of the palette.
bool is_pale(const LayerContext& map, Colour colour) {
  constexpr double kPale = 0.6;
  return luminance(colour) > kPale && luminance(map.theme.halo) > kPale;
}

/// What pale lines and rings are edged with.
Colour casing(const LayerContext& map) { return faded(map.theme.map_ink, 0.55); }

/// Lines grow thinner with the circles, so that a whole province of ties stays legible.
double line_factor(const LayerContext& map) { return std::clamp(map.campus_factor, 0.45, 1.0); }

void add_tie(LayerContext& map, Xy core, Xy member, const TieStyle& style, Colour colour) {
  const double factor = line_factor(map), width = style.width_px * factor;
  std::vector<Polyline> lines{{core, member}};
  double reach = width;
  if (style.double_line) {
    lines = beside(core, member, 1.8 * factor * map.view.m_per_px);
    reach += 3.6 * factor;
  }
  if (is_pale(map, colour))
    map.out.marks.push_back(
        LineMark{{{core, member}}, casing(map), reach + 1.4, style.dash_px, false});
  else
    map.out.marks.push_back(
        LineMark{{{core, member}}, faded(map.theme.halo, 0.6), reach + 1.6, {}, false});
  map.out.marks.push_back(LineMark{std::move(lines), colour, width, style.dash_px, false});
  if (style.arrow) add_arrow(map, core, member, colour, factor);
}

/// The shortest lines that join all points (Prim 1957); few campuses to a school, so squared is
/// fine.
std::vector<Polyline> joined(const std::vector<Xy>& sites) {
  std::vector<Polyline> out;
  std::vector<double> way(sites.size(), std::numeric_limits<double>::infinity());
  std::vector<std::size_t> from(sites.size(), 0);
  std::vector<bool> in(sites.size(), false);
  std::size_t last = 0;
  for (std::size_t n = 1; n < sites.size(); ++n) {
    in[last] = true;
    std::size_t next = sites.size();
    for (std::size_t i = 0; i < sites.size(); ++i) {
      if (in[i]) continue;
      if (const double d = distance_m(sites[last], sites[i]); d < way[i]) {
        way[i] = d;
        from[i] = last;
      }
      if (next == sites.size() || way[i] < way[next]) next = i;
    }
    out.push_back({sites[from[next]], sites[next]});
    last = next;
  }
  return out;
}

/// One band for all campuses of a school 一校多区: not a tie, one legal person.
void draw_schools(LayerContext& map) {
  constexpr double kBand = 7.0;
  LineMark band{{}, faded(map.theme.ink2, 0.45), kBand * line_factor(map), {}, false};
  for (const auto& sites : schools_of_several_sites(map.content)) {
    std::vector<Xy> at;
    for (CampusId c : sites) at.push_back(map.content.shown().place->campuses[c].at);
    std::ranges::move(joined(at), std::back_inserter(band.lines));
  }
  if (!band.lines.empty()) map.out.marks.push_back(std::move(band));
}

/// Rings round the campuses of groups, a bold one round the core.
void draw_rings(LayerContext& map, const std::vector<GroupPart>& parts) {
  std::map<uint32_t, double> radius;
  for (const CampusSymbol& s : map.symbols) radius[s.campus.index] = s.radius_px;
  for (const GroupPart& part : parts) {
    const Colour colour = group_colour(part.group.index);
    const Xy at = map.content.shown().place->campuses[part.campus].at;
    auto found = radius.find(part.campus.index);
    if (found == radius.end()) {  // of another stage: a dot that the tie can end at
      map.out.marks.push_back(CircleMark{at, part.core ? 4.5 : 3.2,
                                         part.core ? colour : map.theme.raised, colour, 1.6, -1});
      continue;
    }
    const double ring = found->second + (part.core ? 4.2 : 3.4), width = part.core ? 3.4 : 1.8;
    const Colour nothing{0, 0, 0, 0};
    if (is_pale(map, colour))
      map.out.marks.push_back(CircleMark{at, ring, nothing, casing(map), width + 1.4, -1});
    map.out.marks.push_back(CircleMark{at, ring, nothing, colour, width, -1});
  }
}

}  // namespace

TieStyle tie_style(const std::string& form) {
  static const std::map<std::string, TieStyle> kStyles{
      {"merged", {2.4, {}, true, false}},          {"close_knit", {3.4, {}, false, false}},
      {"flagship_new", {2.0, {}, false, true}},    {"branch", {1.8, {10, 4, 2, 4}, false, false}},
      {"entrusted", {1.8, {14, 5}, false, false}}, {"paired", {1.8, {7, 4}, false, false}},
      {"alliance", {2.0, {1, 5}, false, false}},   {"district", {1.8, {2, 3, 8, 3}, false, false}},
      {"university", {1.0, {}, true, false}},      {"online", {1.4, {4, 4}, false, false}},
  };
  std::string key = form;
  std::replace(key.begin(), key.end(), '-', '_');
  auto found = kStyles.find(key);
  return found == kStyles.end() ? TieStyle{} : found->second;
}

Colour group_colour(std::size_t group) { return okabe_ito()[group % okabe_ito().size()]; }

void draw_ties(LayerContext& map) {
  const Place& place = *map.content.shown().place;
  draw_schools(map);
  for (GroupId g : place.groups.ids()) {
    const Group& group = place.groups[g];
    if (!group.core.valid() || !group_shown(map.content, group)) continue;
    for (const Tie& tie : group.ties)
      if (tie.member != group.core && map.content.year >= tie.since &&
          map.content.year <= tie.until)
        add_tie(map, place.campuses[group.core].at, place.campuses[tie.member].at,
                tie_style(tie.form), group_colour(g.index));
  }
  draw_rings(map, group_parts(map.content));
}

}  // namespace doorstep::scene
