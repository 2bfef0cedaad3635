#pragma once
// Areas of an extract: closed ways, and relations whose member ways close end to end. Internal to
// io.

#include <cstdint>
#include <vector>

#include "io/osm/raw.h"

namespace doorstep::io {

using NodeChain = std::vector<uint32_t>;

/// Closed chains of a relation, and what of its outer shore does not close.
struct AssembledArea {
  MultiPolygon area;
  std::vector<NodeChain> open;
  bool complete = true;  ///< every member is in the file and closes
};

/// The area of a closed way; empty where it is not closed, or a node of it is missing.
[[nodiscard]] MultiPolygon area_of(const OsmRaw& raw, const OsmWay& way);
/// Joins the member ways end to end. A hole goes to the outer ring that contains it.
[[nodiscard]] AssembledArea area_of(const OsmRaw& raw, const OsmRelation& relation);

[[nodiscard]] Polyline line_of(const OsmRaw& raw, std::span<const uint32_t> nodes);
/// A point inside, half-way along the widest cut through the middle of the largest ring; the first
/// point where it has no width. Pre: not empty.
[[nodiscard]] Xy point_inside(const MultiPolygon& area);

}  // namespace doorstep::io
