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
  uint32_t from = 0;  ///< in StreetNet::junctions
  uint32_t to = 0;
  uint32_t first = 0;  ///< in StreetNet::points, both ends included
  uint32_t count = 0;
  double length_m = 0.0;
  float minutes_forward = 0.0f;
  float minutes_backward = 0.0f;
  uint8_t road_class = 0;
  OpenWays open;
  uint8_t traits_forward = 0;
  uint8_t traits_backward = 0;
};

struct StreetNet {
  std::vector<Xy> junctions;
  std::vector<Xy> points;  ///< stretches that follow each other share the point between
  std::vector<Stretch> stretches;

  [[nodiscard]] std::span<const Xy> points_of(const Stretch& s) const {
    return std::span(points).subspan(s.first, s.count);
  }
};

/// Trunk roads and railways that a stretch meets, as StreetTrait bits: at its begin, at points
/// between, at its end.
struct MetLines {
  uint8_t front = 0;
  uint8_t between = 0;
  uint8_t back = 0;
};

/// Sets the crossing bits of a stretch that is itself part of `own` kinds of line.
void mark_crossings(MetLines met, uint8_t own, double same_crossing_m, Stretch& stretch);

/// Leaves out connected parts shorter than `least_island_m` in all (the longest always stays) and
/// numbers the junctions left, in their order. Counts what it does.
[[nodiscard]] Streets graph_of(StreetNet net, double least_island_m, double walking_m_per_min,
                               unsigned threads, OsmCounts& counts);

}  // namespace doorstep::io
