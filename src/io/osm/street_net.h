#pragma once
// Stretches of street between junctions, and how they become a graph: what an OpenStreetMap extract
// and a plain line layer have in common once each has been read. Internal to io.

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.h"
#include "io/osm/streets.h"

namespace doorstep::io {

/// A street between two junctions. Traits as Streets::crossing, one for each direction.
struct Stretch {
  uint32_t first = 0;  ///< in StreetNet::node_pool
  uint32_t count = 0;
  double length_m = 0.0;
  double minutes_forward = 0.0;
  double minutes_backward = 0.0;
  uint8_t road_class = 0;
  OpenWays open;
  uint8_t traits_forward = 0;
  uint8_t traits_backward = 0;
};

struct StreetNet {
  std::span<const Xy> node_at;
  /// Nodes after those of node_at: second copies of a place where a barrier parts a street.
  std::vector<Xy> copies;
  std::vector<uint32_t> node_pool;
  std::vector<Stretch> stretches;

  [[nodiscard]] std::size_t nodes() const { return node_at.size() + copies.size(); }
  [[nodiscard]] Xy at(uint32_t n) const {
    return n < node_at.size() ? node_at[n] : copies[n - node_at.size()];
  }
  [[nodiscard]] std::span<const uint32_t> nodes_of(const Stretch& s) const {
    return std::span(node_pool).subspan(s.first, s.count);
  }
};

/// Which kinds of line a node lies on, as StreetTrait bits kCrossesTrunk and kCrossesRail.
using LineKinds = std::vector<uint8_t>;

/// Sets the crossing bits of a stretch that is itself part of `own` kinds of line.
void mark_crossings(const StreetNet& net, const LineKinds& on_line, uint8_t own,
                    double same_crossing_m, Stretch& stretch);

/// Leaves out connected parts shorter than `least_island_m` in all (the longest always stays) and
/// numbers the rest, in the order of its nodes. Counts what it does.
[[nodiscard]] Streets graph_of(StreetNet net, double least_island_m, double walking_m_per_min,
                               OsmCounts& counts);

}  // namespace doorstep::io
