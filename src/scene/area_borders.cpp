#include "scene/area_borders.h"

#include <map>
#include <tuple>

namespace doorstep::scene {
namespace {

using Edge = std::tuple<double, double, double, double>;

Edge edge_of(Xy a, Xy b) {
  bool forward = std::tie(a.x, a.y) < std::tie(b.x, b.y);
  return forward ? Edge{a.x, a.y, b.x, b.y} : Edge{b.x, b.y, a.x, a.y};
}

/// The two areas along each edge; areas share their borders vertex by vertex.
class EdgeOwners {
 public:
  void add(const Ring& ring, int area) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      auto [at, fresh] = owners_.try_emplace(edge_of(ring[i], ring[(i + 1) % ring.size()]),
                                             std::pair<int, int>{area, -1});
      if (!fresh && at->second.second < 0 && at->second.first != area) at->second.second = area;
    }
  }
  [[nodiscard]] std::pair<int, int> of(Xy a, Xy b) const { return owners_.at(edge_of(a, b)); }

 private:
  std::map<Edge, std::pair<int, int>> owners_;
};

/// Runs of a ring with one neighbour each; those that an earlier area has drawn are left out.
void add_runs(const Ring& ring, int area, const EdgeOwners& owners, std::vector<MapBorder>& out) {
  std::size_t n = ring.size();
  auto neighbour = [&](std::size_t i) { return owners.of(ring[i % n], ring[(i + 1) % n]); };
  std::size_t start = 0;
  while (start < n && neighbour(start) == neighbour(start + n - 1)) ++start;
  if (start == n) start = 0;  // one neighbour all round
  for (std::size_t i = 0; i < n;) {
    std::pair<int, int> pair = neighbour(start + i);
    Polyline line{ring[(start + i) % n]};
    while (i < n && neighbour(start + i) == pair) line.push_back(ring[(start + ++i) % n]);
    if (pair.first == area) out.push_back({area, pair.second, std::move(line)});
  }
}

}  // namespace

std::vector<MapBorder> area_borders(const std::vector<MultiPolygon>& shapes) {
  EdgeOwners owners;
  auto each_ring = [&](auto&& visit) {
    for (std::size_t i = 0; i < shapes.size(); ++i)
      for (const Polygon& p : shapes[i]) {
        visit(p.outer, static_cast<int>(i));
        for (const Ring& hole : p.holes) visit(hole, static_cast<int>(i));
      }
  };
  each_ring([&](const Ring& ring, int area) { owners.add(ring, area); });
  std::vector<MapBorder> out;
  each_ring([&](const Ring& ring, int area) { add_runs(ring, area, owners, out); });
  return out;
}

}  // namespace doorstep::scene
