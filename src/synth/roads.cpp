// Streets: lattices in the core and the towns, lanes between villages (Gabriel & Sokal 1969,
// "A new statistical approach to geographic variation analysis"), main roads from the core to every
// town. River and railway are crossed only at bridges.

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <queue>

#include "base/disjoint_sets.h"
#include "geo/polygon.h"
#include "geo/spatial_index.h"
#include "synth/plan.h"

namespace doorstep::synth {
namespace {

constexpr double kCountryStepM = 700.0;  // between bends of a country road

class RoadBuilder {
 public:
  explicit RoadBuilder(Plan& plan) : plan_(plan), random_(plan.key("roads")) {}

  void build() {
    add_lattice(plan_.centre, plan_.recipe.core_radius_km * 1000.0, plan_.recipe.block_m, 0, 4);
    for (std::size_t t = 0; t < plan_.towns.size(); ++t) {
      const PlannedTown& town = plan_.towns[t];
      if (town.recipe.urban != UrbanClass::City)
        add_lattice(town.at, town.radius_m, std::max(220.0, plan_.recipe.block_m * 0.8),
                    static_cast<int>(t) + 1, 3);
    }
    for (std::size_t t = 0; t < plan_.towns.size(); ++t)
      if (plan_.towns[t].recipe.urban != UrbanClass::City) add_country_road(t);
    for (const PlannedHome& h : plan_.homes)
      if (h.zone == Zone::Village) add_node(h.at, -1);
    add_lanes();
    join_what_is_apart();
    mark_main_roads();
  }

 private:
  uint32_t add_node(Xy at, int settlement) {
    plan_.nodes.push_back(at);
    settlement_.push_back(settlement);
    return static_cast<uint32_t>(plan_.nodes.size() - 1);
  }

  /// The node of a settlement nearest to a point; UINT32_MAX where it has none.
  [[nodiscard]] uint32_t nearest_of(int settlement, Xy at) const {
    uint32_t best = UINT32_MAX;
    for (uint32_t n = 0; n < plan_.nodes.size(); ++n)
      if (settlement_[n] == settlement &&
          (best == UINT32_MAX ||
           distance_m(plan_.nodes[n], at) < distance_m(plan_.nodes[best], at)))
        best = n;
    return best;
  }

  /// A gently bent main road to a town, from the core or from a town on the way to it.
  void add_country_road(std::size_t town) {
    Xy to = plan_.towns[town].at;
    double reach = plan_.from_core_m(to);
    int origin = 0;
    Xy from = plan_.centre;
    double best = reach - plan_.recipe.core_radius_km * 1000.0;
    for (std::size_t other = 0; other < plan_.towns.size(); ++other) {
      const PlannedTown& nearer = plan_.towns[other];
      if (nearer.recipe.urban == UrbanClass::City || plan_.from_core_m(nearer.at) >= reach ||
          distance_m(nearer.at, to) >= 0.8 * best)
        continue;
      best = distance_m(nearer.at, to);
      origin = static_cast<int>(other) + 1;
      from = nearer.at;
    }
    uint32_t last =
        nearest_of(origin, origin == 0 ? from + (to - from) * ((reach - best) / reach) : from);
    uint32_t end = nearest_of(static_cast<int>(town) + 1, to);
    if (last == UINT32_MAX || end == UINT32_MAX) return;
    Xy start = plan_.nodes[last];
    Xy way = plan_.nodes[end] - start;
    double length = distance_m(start, plan_.nodes[end]);
    double bend = random_.uniform(-0.07, 0.07);
    int steps = std::max(1, static_cast<int>(length / kCountryStepM));
    for (int i = 1; i < steps; ++i) {
      double t = static_cast<double>(i) / steps;
      double aside =
          bend * std::sin(t * std::numbers::pi) + 0.02 * std::sin(t * 3.0 * std::numbers::pi);
      uint32_t next = add_node(start + way * t + Xy{-way.y, way.x} * aside, -1);
      offer(last, next, RoadClass::Arterial);
      last = next;
    }
    offer(last, end, RoadClass::Arterial);
  }

  void add_lattice(Xy centre, double radius_m, double block_m, int settlement, int main_every) {
    int steps = static_cast<int>(std::ceil(radius_m / block_m)) + 1;
    std::map<std::pair<int, int>, uint32_t> node_at;
    for (int row = -steps; row <= steps; ++row)
      for (int column = -steps; column <= steps; ++column) {
        Xy at = centre + Xy{(column + 0.5 + random_.uniform(-0.13, 0.13)) * block_m,
                            (row + 0.5 + random_.uniform(-0.13, 0.13)) * block_m};
        if (distance_m(at, centre) > radius_m + 0.4 * block_m || !contains(plan_.outline, at))
          continue;
        node_at[{row, column}] = static_cast<uint32_t>(plan_.nodes.size());
        add_node(at, settlement);
      }
    // Main roads of a country town are those that lead there.
    RoadClass main = settlement == 0 ? RoadClass::Arterial : RoadClass::Collector;
    auto road_of = [&](int line) {
      return line % main_every == 0 ? main
             : line % 2 == 0        ? RoadClass::Collector
                                    : RoadClass::Street;
    };
    for (const auto& [cell, node] : node_at) {
      auto right = node_at.find({cell.first, cell.second + 1});
      auto up = node_at.find({cell.first + 1, cell.second});
      if (right != node_at.end()) offer(node, right->second, road_of(cell.first));
      if (up != node_at.end()) offer(node, up->second, road_of(cell.second));
    }
  }

  /// Keeps a link unless it would cross water or rails without a bridge; small streets have gaps.
  void offer(uint32_t a, uint32_t b, RoadClass road) {
    bool wet = crosses(plan_.nodes[a], plan_.nodes[b], plan_.river);
    bool rails = crosses(plan_.nodes[a], plan_.nodes[b], plan_.railway);
    bool gap = road == RoadClass::Street && random_.uniform() < 0.12;
    PlannedRoad link{a, b, road, wet || rails};
    bool bridge_allowed = road == RoadClass::Arterial;
    if (gap || ((wet || rails) && !bridge_allowed))
      left_out_.push_back(link);
    else
      plan_.roads.push_back(link);
  }

  void add_lanes() {
    PointIndex index(plan_.nodes);
    for (uint32_t a = 0; a < plan_.nodes.size(); ++a) {
      for (uint32_t b : index.nearest(plan_.nodes[a], 14)) {
        bool same = settlement_[a] >= 0 && settlement_[a] == settlement_[b];
        if (b <= a || same || !is_gabriel(index, a, b)) continue;
        offer(a, b, RoadClass::Collector);
      }
    }
  }

  bool is_gabriel(const PointIndex& index, uint32_t a, uint32_t b) const {
    Xy middle = (plan_.nodes[a] + plan_.nodes[b]) * 0.5;
    double radius = distance_m(plan_.nodes[a], plan_.nodes[b]) / 2.0;
    for (uint32_t other : index.within(middle, radius))
      if (other != a && other != b && distance_m(plan_.nodes[other], middle) < radius * 0.999)
        return false;
    return true;
  }

  /// Every node must be reached from every other: the shortest links left out are built, as bridges
  /// where they cross, and where there are none the shortest new one.
  void join_what_is_apart() {
    DisjointSets parts(plan_.nodes.size());
    for (const PlannedRoad& r : plan_.roads) parts.join(r.from, r.to);
    std::ranges::stable_sort(left_out_, {}, [&](const PlannedRoad& r) {
      return distance_m(plan_.nodes[r.from], plan_.nodes[r.to]);
    });
    for (const PlannedRoad& r : left_out_)
      if (parts.join(r.from, r.to)) plan_.roads.push_back(r);
    for (bool apart = true; apart;) {
      apart = false;
      std::vector<Xy> main;
      std::vector<uint32_t> main_nodes;
      for (uint32_t n = 0; n < plan_.nodes.size(); ++n)
        if (parts.head(n) == parts.head(0)) {
          main.push_back(plan_.nodes[n]);
          main_nodes.push_back(n);
        }
      PointIndex index(main);
      for (uint32_t n = 0; n < plan_.nodes.size() && !apart; ++n) {
        if (parts.head(n) == parts.head(0)) continue;
        auto to = main_nodes[static_cast<std::size_t>(index.nearest(plan_.nodes[n]))];
        parts.join(n, to);
        plan_.roads.push_back(
            {n, to, RoadClass::Collector, crosses(plan_.nodes[n], plan_.nodes[to], plan_.river)});
        apart = true;
      }
    }
  }

  /// The shortest ways from the core's centre to the towns become main roads.
  void mark_main_roads() {
    std::vector<std::vector<uint32_t>> roads_of(plan_.nodes.size());
    for (uint32_t r = 0; r < plan_.roads.size(); ++r) {
      roads_of[plan_.roads[r].from].push_back(r);
      roads_of[plan_.roads[r].to].push_back(r);
    }
    PointIndex index(plan_.nodes);
    auto start = static_cast<uint32_t>(index.nearest(plan_.centre));
    std::vector<double> best(plan_.nodes.size(), 1e300);
    std::vector<uint32_t> via(plan_.nodes.size(), UINT32_MAX);
    using Entry = std::pair<double, uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    best[start] = 0.0;
    queue.emplace(0.0, start);
    while (!queue.empty()) {
      auto [length, node] = queue.top();
      queue.pop();
      if (length > best[node]) continue;
      for (uint32_t r : roads_of[node]) {
        uint32_t other = plan_.roads[r].from == node ? plan_.roads[r].to : plan_.roads[r].from;
        double factor = plan_.roads[r].road == RoadClass::Arterial ? 0.7 : 1.0;
        double next = length + factor * distance_m(plan_.nodes[node], plan_.nodes[other]);
        if (next >= best[other]) continue;
        best[other] = next;
        via[other] = r;
        queue.emplace(next, other);
      }
    }
    for (const PlannedTown& town : plan_.towns) {
      if (town.recipe.urban == UrbanClass::City) continue;
      auto node = static_cast<uint32_t>(index.nearest(town.at));
      while (via[node] != UINT32_MAX) {
        PlannedRoad& road = plan_.roads[via[node]];
        road.road = RoadClass::Arterial;
        node = road.from == node ? road.to : road.from;
      }
    }
  }

  Plan& plan_;
  RandomStream random_;
  std::vector<int> settlement_;  ///< by node: 0 the core, 1 + town, -1 a village
  std::vector<PlannedRoad> left_out_;
};

}  // namespace

void plan_roads(Plan& plan) { RoadBuilder(plan).build(); }

}  // namespace doorstep::synth
