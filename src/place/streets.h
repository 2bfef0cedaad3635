#pragma once
// Streets as given: nodes and directed edges with length and minutes, read by `io`, routed by
// `network`. Immutable, shared between a place and its scenario copies.

#include <cstdint>
#include <vector>

#include "geo/geometry.h"

namespace doorstep {

/// Bits of Streets::crossing.
enum StreetTrait : uint8_t {
  kCrossesTrunk = 1,  ///< meets a trunk road at grade
  kCrossesRail = 2,   ///< meets a railway at grade
  kOnBridge = 4,
  kInTunnel = 8,
  kBySteps = 16,
  kByFerry = 32,
};

/// A routable graph in forward-star order: edges of node n are first[n] … first[n+1]-1.
/// One-ways are edges in one direction only.
struct Streets {
  std::vector<Xy> node_at;
  std::vector<uint32_t> first;
  std::vector<uint32_t> head;
  std::vector<float> length_m;
  std::vector<float> walk_min;
  /// OSM-like class for drawing and for crossings: 0 path … 5 trunk.
  std::vector<uint8_t> road_class;
  /// StreetTrait bits of edge e. kCrossesTrunk and kCrossesRail stand on an edge that passes, or
  /// arrives at its head on, such a line at grade without being part of it; the second carriageway
  /// of a divided road is not counted again. So the crossings of a path are the number of its
  /// edges with the bit. A bridge or a tunnel shares no node with what it passes: no crossing.
  /// Empty: not known.
  std::vector<uint8_t> crossing;
  /// Points between the ends of edge e, for snapping and drawing:
  /// shape[shape_first[e]] … shape[shape_first[e+1]-1]. Both empty: every edge is straight.
  std::vector<uint32_t> shape_first;
  std::vector<Xy> shape;
  /// Walking speed used for walk_min and for the legs off the network. Units: metres per minute.
  double speed_m_per_min = 80.0;

  [[nodiscard]] std::size_t nodes() const { return node_at.size(); }
  [[nodiscard]] std::size_t edges() const { return head.size(); }
};

}  // namespace doorstep
