#include "scene/flows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace doorstep::scene {
namespace {

constexpr double kWhole = 1e9;  // metres: all homes of an area are one square

long square_of(double metres, double side) {
  return side >= kWhole ? 0 : std::lround(std::floor(metres / side));
}

/// Side of the square of homes that are bundled. Anchored to the map and a power of two, so that
/// bundles keep while panning and split at whole steps of zoom. Units: metres.
double cluster_m(double m_per_px) {
  constexpr double kClusterPx = 96.0;
  constexpr double kCityMetresPerPx = 7.0;
  if (m_per_px >= kCityMetresPerPx) return kWhole;  // one bundle a pair of areas
  return std::exp2(std::round(std::log2(kClusterPx * m_per_px)));
}

bool serves(const AreaGeometry& areas, int area, CampusId campus) {
  if (area < 0) return false;
  const auto& own = areas.areas[static_cast<std::size_t>(area)].campuses;
  return std::find(own.begin(), own.end(), campus) != own.end();
}

using Key = std::tuple<int, uint32_t, long, long>;

struct Sum {
  double pupils = 0.0, x = 0.0, y = 0.0;
  void add(Xy at, double n) {
    pupils += n;
    x += n * at.x;
    y += n * at.y;
  }
};

/// A square of homes of one area: what is bundled.
struct Cluster {
  int area;
  long column, row;
  HomeId home;
  [[nodiscard]] auto square() const { return std::tuple(area, column, row); }
};

/// In the order of their areas, those of none first; within an area as they were.
std::vector<Cluster> by_area(const std::vector<Cluster>& homes, std::size_t areas) {
  std::vector<std::size_t> next(areas + 2, 0);
  for (const Cluster& c : homes) ++next[static_cast<std::size_t>(c.area + 1) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<Cluster> out(homes.size(), Cluster{-1, 0, 0, {}});
  for (const Cluster& c : homes) out[next[static_cast<std::size_t>(c.area + 1)]++] = c;
  return out;
}

/// The homes that `counts`, with an equal square beside each other, homes in their order within.
template <class Counts>
std::vector<Cluster> clusters(const Snapshot& s, const AreaGeometry& areas, double side,
                              const Counts& counts) {
  std::vector<Cluster> out;
  for (HomeId h : s.place->homes.ids()) {
    int area = h.index < areas.area_of_home.size() ? areas.area_of_home[h] : -1;
    Cluster cluster{area, 0, 0, h};
    if (!counts(cluster)) continue;
    if (side < kWhole) {  // else homes are not even looked at: a million lie all over memory
      const Xy at = s.place->homes[h].at;
      cluster.column = square_of(at.x, side);
      cluster.row = square_of(at.y, side);
    }
    out.push_back(cluster);
  }
  if (side >= kWhole) return by_area(out, areas.areas.size());
  std::stable_sort(out.begin(), out.end(),
                   [](const Cluster& a, const Cluster& b) { return a.square() < b.square(); });
  return out;
}

/// Bundles of the flows that `wanted` picks, by square and campus.
template <class Wanted>
std::vector<FlowBundle> bundled(const Snapshot& s, const AreaGeometry& areas, double side,
                                bool selected, const Wanted& wanted) {
  std::vector<FlowBundle> out;
  // Most pupils stay in their area: only homes with a flow to draw are put in order.
  std::vector<Cluster> homes = clusters(s, areas, side, [&](const Cluster& cluster) {
    for (const PupilFlow& flow : s.run->flows.of(cluster.home))
      if (flow.pupils > 0.0 && wanted(cluster, flow)) return true;
    return false;
  });
  IdVector<CampusId, Sum> sums(s.place->campuses.size());
  for (std::size_t i = 0; i < homes.size();) {
    const Cluster& cluster = homes[i];
    for (; i < homes.size() && homes[i].square() == cluster.square(); ++i)
      for (const PupilFlow& flow : s.run->flows.of(homes[i].home))
        if (flow.pupils > 0.0 && wanted(cluster, flow))
          sums[flow.campus].add(s.place->homes[flow.home].at, flow.pupils);
    for (CampusId c : sums.ids())
      if (Sum& sum = sums[c]; sum.pupils > 0.0) {
        out.push_back({cluster.area,
                       c,
                       {sum.x / sum.pupils, sum.y / sum.pupils},
                       sum.pupils,
                       selected,
                       false});
        sum = {};
      }
  }
  return out;
}

struct Change {
  double pupils = 0.0;
  Sum weight;  ///< of the homes where something changes
};

/// The campus of the current place that a campus of the baseline is.
CampusId current_campus(const MapContent& content, CampusId old) {
  const Place& now = *content.current.place;
  const std::string& code = content.baseline.place->campuses[old].code;
  if (old.index < now.campuses.size() && now.campuses[old].code == code) return old;
  return find_campus(now, code);
}

/// Scenarios copy the place and add homes at the end: the same position is the same home.
bool same_home(const MapContent& content, HomeId h) {
  const auto& now = content.current.place->homes;
  return h.index < now.size() && now[h].code == content.baseline.place->homes[h].code;
}

bool is_selected(const MapItem& chosen, int area, HomeId home, CampusId campus) {
  return (chosen.kind == MapItem::Kind::Campus && chosen.campus == campus) ||
         (chosen.kind == MapItem::Kind::Area && chosen.area == area) ||
         (chosen.kind == MapItem::Kind::Home && chosen.home == home);
}

Key key_of(int area, CampusId campus, Xy at, double side) {
  return {area, campus.index, square_of(at.x, side), square_of(at.y, side)};
}

/// Pupils of one home at one campus that the plan has more (or fewer) than the baseline.
struct Move {
  HomeId home;
  CampusId campus;
  double pupils;
  [[nodiscard]] bool before(const Move& o) const {
    return std::pair(home, campus) < std::pair(o.home, o.campus);
  }
  [[nodiscard]] bool same_way(const Move& o) const { return home == o.home && campus == o.campus; }
};

/// Ordered by home and campus, a way once or twice: as in the plan, and less as in the baseline.
std::vector<Move> moves(const MapContent& content) {
  std::vector<Move> out;
  auto before = [](const Move& a, const Move& b) { return a.before(b); };
  for (const PupilFlow& f : content.current.run->flows) out.push_back({f.home, f.campus, f.pupils});
  auto middle = static_cast<std::ptrdiff_t>(out.size());
  for (const PupilFlow& f : content.baseline.run->flows)
    if (CampusId campus = current_campus(content, f.campus);
        campus.valid() && same_home(content, f.home))
      out.push_back({f.home, campus, -f.pupils});
  for (auto [first, last] :
       {std::pair(out.begin(), out.begin() + middle), std::pair(out.begin() + middle, out.end())})
    if (!std::is_sorted(first, last, before)) std::stable_sort(first, last, before);
  std::inplace_merge(out.begin(), out.begin() + middle, out.end(), before);
  return out;
}

/// By cluster and campus; by home first, for what only moves within a cluster is a change too.
std::map<Key, Change> changes(const MapContent& content, const AreaGeometry& areas, double side) {
  std::map<Key, Change> out;
  constexpr double kRounding = 1e-6;
  std::vector<Move> all = moves(content);
  for (std::size_t i = 0; i < all.size();) {
    const Move& way = all[i];
    double pupils = 0.0;
    for (; i < all.size() && all[i].same_way(way); ++i) pupils += all[i].pupils;
    if (std::abs(pupils) < kRounding) continue;
    Xy at = content.current.place->homes[way.home].at;
    int area = way.home.index < areas.area_of_home.size() ? areas.area_of_home[way.home] : -1;
    Change& change = out[key_of(area, way.campus, at, side)];
    change.pupils += pupils;
    change.weight.add(at, std::abs(pupils));
  }
  return out;
}

/// Keeps the largest until the share or the number is reached, largest first; of equal ones the
/// earlier.
void keep_largest(std::vector<FlowBundle>& bundles, double total) {
  std::vector<std::size_t> order(bundles.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto middle = order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), kMostBundles));
  std::partial_sort(order.begin(), middle, order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(-bundles[a].pupils, a) < std::pair(-bundles[b].pupils, b);
  });
  std::vector<FlowBundle> kept;
  double shown = 0.0;
  for (auto at = order.begin(); at != middle && shown < kFlowShare * total; ++at) {
    kept.push_back(bundles[*at]);
    shown += bundles[*at].pupils;
  }
  bundles = std::move(kept);
}

FlowSelection changed_flows(const MapContent& content, const Viewport& view) {
  constexpr double kLeastPupils = 0.5;  // else nobody to speak of
  FlowSelection out;
  const AreaGeometry& areas = *content.current.geometry->areas;
  for (const auto& [key, change] : changes(content, areas, cluster_m(view.m_per_px))) {
    if (std::abs(change.pupils) < kLeastPupils) continue;
    const Sum& at = change.weight;
    FlowBundle b{std::get<0>(key),
                 CampusId(std::get<1>(key)),
                 {at.x / at.pupils, at.y / at.pupils},
                 std::abs(change.pupils)};
    b.selected = is_selected(content.selection, b.area, HomeId{}, b.campus);
    b.lost = change.pupils < 0;
    out.bundles.push_back(b);
    out.pupils_total += b.pupils;
  }
  out.total = static_cast<int>(out.bundles.size());
  keep_largest(out.bundles, out.pupils_total);
  for (const FlowBundle& b : out.bundles) out.pupils_shown += b.pupils;
  return out;
}

}  // namespace

FlowSelection select_flows(const MapContent& content, const Viewport& view) {
  FlowSelection out;
  const Snapshot& s = content.shown();
  if (!s.run || !s.geometry || !s.geometry->areas) return out;
  if (content.mode == MapMode::Difference && content.compares())
    return changed_flows(content, view);
  const AreaGeometry& areas = *s.geometry->areas;
  const MapItem& chosen = content.selection;
  const double cell = cluster_m(view.m_per_px);
  const double near_cell = std::min(cell, std::exp2(std::round(std::log2(64 * view.m_per_px))));
  auto is_chosen = [&](const Cluster& from, const PupilFlow& flow) {
    return is_selected(chosen, from.area, flow.home, flow.campus);
  };
  std::vector<FlowBundle> rest =
      bundled(s, areas, cell, false, [&](const Cluster& from, const PupilFlow& flow) {
        return !serves(areas, from.area, flow.campus) && !is_chosen(from, flow);
      });
  std::vector<FlowBundle> own;
  if (chosen.kind != MapItem::Kind::None) own = bundled(s, areas, near_cell, true, is_chosen);
  out.total = static_cast<int>(rest.size() + own.size());
  double rest_total = 0.0, own_total = 0.0;
  for (const FlowBundle& b : rest) rest_total += b.pupils;
  for (const FlowBundle& b : own) own_total += b.pupils;
  keep_largest(rest, rest_total);
  keep_largest(own, own_total);
  out.pupils_total = rest_total + own_total;
  out.bundles = std::move(rest);
  out.bundles.insert(out.bundles.end(), own.begin(), own.end());
  for (const FlowBundle& b : out.bundles) out.pupils_shown += b.pupils;
  return out;
}

double flow_width_px(double pupils, double m_per_px) {
  double factor = std::clamp(1.3 - 0.18 * std::log2(std::max(m_per_px, 0.1) / 2.0), 0.8, 1.3);
  return std::max(0.8, 0.8 * std::sqrt(std::max(0.0, pupils)) * factor);
}

}  // namespace doorstep::scene
