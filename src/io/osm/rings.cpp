#include "io/osm/rings.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace doorstep::io {
namespace {

double twice_area(const Ring& ring) {
  double sum = 0.0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    // From the first point, so that large coordinates do not eat the digits of small rings.
    Xy a = ring[i] - ring[0];
    Xy b = ring[(i + 1) % ring.size()] - ring[0];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

bool inside(const Ring& ring, Xy p) {
  bool in = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    Xy a = ring[i];
    Xy b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
      in = !in;
    }
  }
  return in;
}

/// Whether a hole lies in a ring: a shared corner says nothing, so the first that is no corner of
/// the ring decides.
bool contains(const Ring& ring, const Ring& hole) {
  for (Xy p : hole) {
    if (std::ranges::find(ring, p) == ring.end()) return inside(ring, p);
  }
  Xy middle = (hole[0] + hole[1]) * 0.5;
  return inside(ring, middle);
}

/// Joins pieces into closed chains. Pieces that meet at a node are found by it; at a node where
/// several meet the first of the relation is taken.
class ChainJoiner {
 public:
  explicit ChainJoiner(std::vector<NodeChain> pieces)
      : pieces_(std::move(pieces)), used_(pieces_.size(), 0) {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      ends_[pieces_[i].front()].push_back(i);
      if (pieces_[i].back() != pieces_[i].front()) ends_[pieces_[i].back()].push_back(i);
    }
  }

  std::vector<NodeChain> closed(std::vector<NodeChain>& open) {
    std::vector<NodeChain> rings;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (used_[i]) continue;
      used_[i] = 1;
      NodeChain chain = pieces_[i];
      while (chain.front() != chain.back() && extend(chain)) {
      }
      bool ring = chain.front() == chain.back() && chain.size() >= 4;
      (ring ? rings : open).push_back(std::move(chain));
    }
    return rings;
  }

 private:
  bool extend(NodeChain& chain) {
    for (std::size_t i : ends_[chain.back()]) {
      if (used_[i]) continue;
      const NodeChain& piece = pieces_[i];
      if (piece.front() == chain.back()) {
        chain.insert(chain.end(), piece.begin() + 1, piece.end());
      } else {
        chain.insert(chain.end(), piece.rbegin() + 1, piece.rend());
      }
      used_[i] = 1;
      return true;
    }
    return false;
  }

  std::vector<NodeChain> pieces_;
  std::vector<char> used_;
  std::map<uint32_t, std::vector<std::size_t>> ends_;
};

std::vector<NodeChain> pieces_of(const OsmRaw& raw, const std::vector<int64_t>& members) {
  std::vector<NodeChain> pieces;
  NodeChain part;
  for (int64_t id : members) {
    const OsmWay* way = raw.find_way(id);
    if (way == nullptr) continue;
    each_unbroken_part(raw, *way, part, [&](const NodeChain& p) { pieces.push_back(p); });
  }
  return pieces;
}

Ring ring_of(const OsmRaw& raw, const NodeChain& chain, bool counter_clockwise) {
  Ring ring = line_of(raw, std::span(chain).first(chain.size() - 1));  // without the closing node
  if ((twice_area(ring) > 0.0) != counter_clockwise) std::ranges::reverse(ring);
  return ring;
}

}  // namespace

Polyline line_of(const OsmRaw& raw, std::span<const uint32_t> nodes) {
  Polyline line;
  line.reserve(nodes.size());
  for (uint32_t n : nodes) line.push_back(raw.node_at[n]);
  return line;
}

MultiPolygon area_of(const OsmRaw& raw, const OsmWay& way) {
  std::span<const uint32_t> nodes = raw.nodes_of(way);
  if (nodes.size() < 4 || nodes.front() != nodes.back()) return {};
  if (!std::ranges::all_of(nodes, [&](uint32_t n) { return raw.known(n); })) return {};
  NodeChain chain(nodes.begin(), nodes.end());
  chain.erase(std::ranges::unique(chain).begin(), chain.end());
  if (chain.size() < 4) return {};
  return {Polygon{ring_of(raw, chain, true), {}}};
}

AssembledArea area_of(const OsmRaw& raw, const OsmRelation& relation) {
  AssembledArea out;
  for (const NodeChain& chain : ChainJoiner(pieces_of(raw, relation.outer)).closed(out.open)) {
    out.area.push_back({ring_of(raw, chain, true), {}});
  }
  out.complete = out.open.empty() && std::ranges::all_of(relation.outer, [&](int64_t id) {
                   return raw.find_way(id) != nullptr;
                 });
  std::vector<NodeChain> ignored;
  for (const NodeChain& chain : ChainJoiner(pieces_of(raw, relation.inner)).closed(ignored)) {
    Ring hole = ring_of(raw, chain, false);
    for (Polygon& polygon : out.area) {
      if (!contains(polygon.outer, hole)) continue;
      polygon.holes.push_back(std::move(hole));
      break;
    }
  }
  return out;
}

Xy point_inside(const MultiPolygon& area) {
  const Polygon* largest = &area[0];
  for (const Polygon& p : area) {
    if (std::abs(twice_area(p.outer)) > std::abs(twice_area(largest->outer))) largest = &p;
  }
  Box box = bounds(largest->outer);
  double y = box.centre().y;
  std::vector<double> cuts;
  auto cut = [&](const Ring& ring) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      Xy a = ring[i];
      Xy b = ring[j];
      if ((a.y > y) != (b.y > y)) cuts.push_back((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
    }
  };
  cut(largest->outer);
  for (const Ring& hole : largest->holes) cut(hole);
  std::ranges::sort(cuts);
  Xy best = largest->outer[0];
  double widest = 0.0;
  for (std::size_t i = 0; i + 1 < cuts.size(); i += 2) {
    if (cuts[i + 1] - cuts[i] <= widest) continue;
    widest = cuts[i + 1] - cuts[i];
    best = {(cuts[i] + cuts[i + 1]) / 2, y};
  }
  return best;
}

}  // namespace doorstep::io
