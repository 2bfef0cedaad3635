#pragma once
// What is kept of an OSM file before it becomes streets and background: ways with the tags that
// matter, water and park relations, and node positions. Internal to io.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/geometry.h"
#include "io/osm/streets.h"

namespace doorstep::io {

/// The tags that matter, in the order of the file.
struct OsmTags {
  std::vector<std::pair<std::string, std::string>> items;
  /// "" where the key is absent.
  [[nodiscard]] std::string_view operator[](std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return !(*this)[key].empty(); }
};

struct OsmWay {
  int64_t id = 0;
  OsmTags tags;
  /// Positions in OsmRaw::node_ids.
  std::vector<uint32_t> nodes;
};

/// A multipolygon of water or park: its member ways.
struct OsmRelation {
  int64_t id = 0;
  OsmTags tags;
  std::vector<int64_t> outer;
  std::vector<int64_t> inner;
};

struct OsmRaw {
  std::vector<OsmWay> ways;            ///< by id, each once
  std::vector<OsmRelation> relations;  ///< by id
  std::vector<int64_t> node_ids;       ///< nodes that ways name, ascending
  std::vector<Xy> node_at;             ///< NaN where the file lacks the node
  [[nodiscard]] bool known(uint32_t node) const { return node_at[node].x == node_at[node].x; }
};

/// Reads the file in three passes, counting what is amiss. Throws: Error.
[[nodiscard]] OsmRaw read_osm_raw(const std::filesystem::path& path, const Projection& project,
                                  OsmCounts& counts);

/// The parts of a way between missing nodes, each of at least two different nodes.
[[nodiscard]] std::vector<std::vector<uint32_t>> unbroken_parts(const OsmRaw& raw,
                                                                const OsmWay& way);

/// Water, rivers, railways, main roads, streets and parks as drawn, one entry a kind and name.
[[nodiscard]] std::vector<Backdrop> backdrop_of(const OsmRaw& raw);

}  // namespace doorstep::io
