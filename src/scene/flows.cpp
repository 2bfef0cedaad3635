#include "scene/flows.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

namespace doorstep::scene {
namespace {

/// Side of the square of homes that are bundled. Anchored to the map and a power of two, so that
/// bundles keep while panning and split at whole steps of zoom. Units: metres.
double cluster_m(double m_per_px) {
  constexpr double kClusterPx = 96.0;
  constexpr double kCityMetresPerPx = 7.0;
  if (m_per_px >= kCityMetresPerPx) return 1e9;  // one bundle a pair of areas
  return std::exp2(std::round(std::log2(kClusterPx * m_per_px)));
}

bool serves(const AreaGeometry& areas, int area, CampusId campus) {
  if (area < 0) return false;
  const auto& own = areas.areas[static_cast<std::size_t>(area)].campuses;
  return std::find(own.begin(), own.end(), campus) != own.end();
}

using Key = std::tuple<int, uint32_t, long, long>;

struct KeyHash {
  std::size_t operator()(const Key& k) const {
    auto mix = [](uint64_t h, uint64_t v) { return (h ^ v) * 0x9E3779B97F4A7C15ULL; };
    uint64_t h = mix(static_cast<uint64_t>(std::get<0>(k) + 1), std::get<1>(k));
    h = mix(h ^ (h >> 29), static_cast<uint64_t>(std::get<2>(k)));
    return mix(h ^ (h >> 29), static_cast<uint64_t>(std::get<3>(k)));
  }
};

struct Sum {
  double pupils = 0.0, x = 0.0, y = 0.0;
  void add(Xy at, double n) {
    pupils += n;
    x += n * at.x;
    y += n * at.y;
  }
};

using Sums = std::unordered_map<Key, Sum, KeyHash>;

/// Largest first; equal ones in the order of their keys, whatever the hash map's.
std::vector<FlowBundle> bundled(const Sums& unordered, bool selected) {
  std::vector<std::pair<Key, Sum>> sums(unordered.begin(), unordered.end());
  std::sort(sums.begin(), sums.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<FlowBundle> out;
  for (const auto& [key, sum] : sums)
    out.push_back({std::get<0>(key),
                   CampusId(std::get<1>(key)),
                   {sum.x / sum.pupils, sum.y / sum.pupils},
                   sum.pupils,
                   selected});
  std::stable_sort(out.begin(), out.end(),
                   [](const FlowBundle& a, const FlowBundle& b) { return a.pupils > b.pupils; });
  return out;
}

/// Keeps the largest until the share or the number is reached.
void keep_largest(std::vector<FlowBundle>& bundles, double total) {
  double shown = 0.0;
  std::size_t kept = 0;
  while (kept < bundles.size() && kept < kMostBundles && shown < kFlowShare * total)
    shown += bundles[kept++].pupils;
  bundles.resize(kept);
}

}  // namespace

FlowSelection select_flows(const MapContent& content, const Viewport& view) {
  FlowSelection out;
  const Snapshot& s = content.shown();
  if (!s.run || !s.geometry || !s.geometry->areas) return out;
  const AreaGeometry& areas = *s.geometry->areas;
  const MapItem& chosen = content.selection;
  const double cell = cluster_m(view.m_per_px);
  const double near_cell = std::min(cell, std::exp2(std::round(std::log2(64 * view.m_per_px))));
  Sums across, selected;
  for (const PupilFlow& flow : s.run->flows) {
    if (flow.pupils <= 0.0) continue;
    Xy at = s.place->homes[flow.home].at;
    int area = flow.home.index < areas.area_of_home.size() ? areas.area_of_home[flow.home] : -1;
    bool is_chosen = (chosen.kind == MapItem::Kind::Campus && chosen.campus == flow.campus) ||
                     (chosen.kind == MapItem::Kind::Area && chosen.area == area) ||
                     (chosen.kind == MapItem::Kind::Home && chosen.home == flow.home);
    bool is_across = !serves(areas, area, flow.campus);
    if (!is_chosen && !is_across) continue;
    double side = is_chosen ? near_cell : cell;
    Key key{area, flow.campus.index, std::lround(std::floor(at.x / side)),
            std::lround(std::floor(at.y / side))};
    (is_chosen ? selected : across)[key].add(at, flow.pupils);
  }
  std::vector<FlowBundle> rest = bundled(across, false), own = bundled(selected, true);
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
