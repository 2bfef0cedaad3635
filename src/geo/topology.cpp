#include "geo/topology.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "geo/polygon.h"
#include "geo/spatial_index.h"

namespace doorstep {

namespace {

constexpr uint32_t kNone = 0xFFFFFFFFU;
/// How near a vertex must lie to an edge to be on it where no tolerance is given: what rounding of
/// coordinates of some 10^7 m leaves.
constexpr double kOnEdgeM = 1e-6;

/// Vertices that stand for all vertices within the tolerance of them.
class Welder {
 public:
  Welder(std::span<const MultiPolygon> shapes, double tolerance_m) {
    std::vector<Xy> all;
    for_each_ring(shapes, [&](uint32_t, const Ring& ring) {
      all.insert(all.end(), ring.begin(), ring.end());
    });
    PointIndex index(all);
    vertex_of_.assign(all.size(), kNone);
    for (uint32_t i = 0; i < all.size(); ++i) {
      if (vertex_of_[i] != kNone) continue;
      auto vertex = static_cast<uint32_t>(at.size());
      at.push_back(all[i]);
      for (uint32_t j : index.within(all[i], tolerance_m))
        if (vertex_of_[j] == kNone) vertex_of_[j] = vertex;
    }
  }

  template <class Visit>
  static void for_each_ring(std::span<const MultiPolygon> shapes, Visit visit) {
    for (uint32_t s = 0; s < shapes.size(); ++s)
      for (const Polygon& p : shapes[s]) {
        visit(s, p.outer);
        for (const Ring& hole : p.holes) visit(s, hole);
      }
  }
  /// The vertex of the n-th ring vertex, in the order of for_each_ring.
  [[nodiscard]] uint32_t vertex_of(std::size_t n) const { return vertex_of_[n]; }

  std::vector<Xy> at;

 private:
  std::vector<uint32_t> vertex_of_;
};

/// A directed piece of ring, its shape on the left.
struct Piece {
  uint32_t from, to, shape;
};

/// An undirected edge in the direction in which it was met first.
struct Edge {
  uint32_t from, to;
  int left = -1;
  int right = -1;
};

class Deriver {
 public:
  Deriver(std::span<const MultiPolygon> shapes, double tolerance_m)
      : welder_(shapes, tolerance_m),
        on_edge_m_(std::max(tolerance_m, kOnEdgeM)),
        index_(welder_.at) {
    std::size_t n = 0;
    Welder::for_each_ring(shapes, [&](uint32_t shape, const Ring& ring) {
      for (std::size_t i = 0; i < ring.size(); ++i)
        split(welder_.vertex_of(n + i), welder_.vertex_of(n + (i + 1) % ring.size()), shape);
      n += ring.size();
    });
    merge();
    link();
    out_.arcs_of.resize(shapes.size());
    out_.neighbours.resize(shapes.size());
  }

  Topology derive() {
    std::vector<bool> done(edges_.size(), false);
    // Open arcs first from their ends; what is left then are closed ones without a branching.
    for (uint32_t e = 0; e < edges_.size(); ++e) {
      if (done[e]) continue;
      if (branches(edges_[e].from))
        walk(e, true, done);
      else if (branches(edges_[e].to))
        walk(e, false, done);
    }
    for (uint32_t e = 0; e < edges_.size(); ++e)
      if (!done[e]) walk(e, true, done);
    note_sides();
    return std::move(out_);
  }

 private:
  /// Cuts an edge at the vertices of others that lie on it.
  void split(uint32_t from, uint32_t to, uint32_t shape) {
    if (from == to) return;
    Xy a = welder_.at[from];
    Xy b = welder_.at[to];
    double length = distance_m(a, b);
    Box box;
    box.add(a);
    box.add(b);
    box = {box.min - Xy{on_edge_m_, on_edge_m_}, box.max + Xy{on_edge_m_, on_edge_m_}};
    std::vector<std::pair<double, uint32_t>> between;
    for (uint32_t v : index_.within(box)) {
      Xy p = welder_.at[v];
      double t = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (length * length);
      if (v != from && v != to && t > 0.0 && t < 1.0 &&
          distance_to_segment_m(p, a, b) <= on_edge_m_)
        between.push_back({t, v});
    }
    std::sort(between.begin(), between.end());
    for (auto [t, v] : between) {
      pieces_.push_back({from, v, shape});
      from = v;
    }
    pieces_.push_back({from, to, shape});
  }

  /// Pieces between the same two vertices become one edge.
  void merge() {
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> edge_at;
    for (const Piece& p : pieces_) {
      auto key = std::minmax(p.from, p.to);
      auto [it, is_new] = edge_at.try_emplace(key, static_cast<uint32_t>(edges_.size()));
      if (is_new) edges_.push_back({p.from, p.to});
      Edge& edge = edges_[it->second];
      int& side = edge.from == p.from ? edge.left : edge.right;
      auto shape = static_cast<int>(p.shape);
      if (side >= 0 && side != shape)
        out_.contested_m += distance_m(welder_.at[p.from], welder_.at[p.to]);
      side = side < 0 ? shape : std::min(side, shape);
    }
    // Both sides the same shape: a fold that welding closed, no border any more.
    std::erase_if(edges_, [](const Edge& e) { return e.left == e.right; });
  }

  void link() {
    edges_at_.assign(welder_.at.size(), {});
    for (uint32_t e = 0; e < edges_.size(); ++e) {
      edges_at_[edges_[e].from].push_back(e);
      edges_at_[edges_[e].to].push_back(e);
    }
  }

  /// The sides of an edge as seen when leaving a vertex along it.
  [[nodiscard]] std::pair<int, int> sides_from(uint32_t vertex, uint32_t e) const {
    const Edge& edge = edges_[e];
    return edge.from == vertex ? std::pair(edge.left, edge.right)
                               : std::pair(edge.right, edge.left);
  }

  /// Whether arcs end at a vertex: anything but two edges with the same shapes on their sides.
  [[nodiscard]] bool branches(uint32_t vertex) const {
    const auto& edges = edges_at_[vertex];
    if (edges.size() != 2) return true;
    auto [left, right] = sides_from(vertex, edges[0]);
    return sides_from(vertex, edges[1]) != std::pair(right, left);
  }

  void walk(uint32_t first, bool forward, std::vector<bool>& done) {
    uint32_t vertex = forward ? edges_[first].from : edges_[first].to;
    uint32_t start = vertex;
    Arc arc;
    std::tie(arc.left, arc.right) = sides_from(vertex, first);
    arc.line.push_back(welder_.at[vertex]);
    for (uint32_t e = first;;) {
      done[e] = true;
      vertex = edges_[e].from == vertex ? edges_[e].to : edges_[e].from;
      arc.line.push_back(welder_.at[vertex]);
      if (vertex == start || branches(vertex)) break;
      const auto& edges = edges_at_[vertex];
      e = edges[0] == e ? edges[1] : edges[0];
    }
    out_.arcs.push_back(std::move(arc));
  }

  void note_sides() {
    std::vector<std::set<uint32_t>> neighbours(out_.neighbours.size());
    for (uint32_t i = 0; i < out_.arcs.size(); ++i) {
      const Arc& arc = out_.arcs[i];
      for (auto [own, other] : {std::pair(arc.left, arc.right), {arc.right, arc.left}}) {
        if (own < 0) continue;
        out_.arcs_of[static_cast<std::size_t>(own)].push_back(i);
        if (other >= 0)
          neighbours[static_cast<std::size_t>(own)].insert(static_cast<uint32_t>(other));
      }
    }
    for (std::size_t s = 0; s < neighbours.size(); ++s)
      out_.neighbours[s].assign(neighbours[s].begin(), neighbours[s].end());
  }

  Welder welder_;
  double on_edge_m_;
  PointIndex index_;
  std::vector<Piece> pieces_;
  std::vector<Edge> edges_;
  std::vector<std::vector<uint32_t>> edges_at_;
  Topology out_;
};

}  // namespace

Topology derive_topology(std::span<const MultiPolygon> shapes, double tolerance_m) {
  return Deriver(shapes, tolerance_m).derive();
}

}  // namespace doorstep
