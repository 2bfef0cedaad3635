#pragma once
// What is kept of an OSM file before it becomes streets, background and features: ways and
// relations with the tags that matter, and where their nodes lie. Internal to io.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/geometry.h"
#include "io/osm/streets.h"
#include "io/osm/tags.h"

namespace doorstep::io {

constexpr uint32_t kNoNode = 0xFFFFFFFFu;

/// A run of entries in one of OsmRaw's pools.
struct OsmRange {
  uint32_t first = 0;
  uint32_t count = 0;
};

struct OsmWay {
  int64_t id = 0;
  OsmRange tags;
  OsmRange nodes;
};

/// A multipolygon or boundary: its member ways.
struct OsmRelation {
  int64_t id = 0;
  OsmRange tags;
  std::vector<int64_t> outer;
  std::vector<int64_t> inner;
};

/// A position as files hold it. Units: 1e-7 degrees.
struct OsmPosition {
  int32_t lon = kNowhere;
  int32_t lat = kNowhere;
  static constexpr int32_t kNowhere = std::numeric_limits<int32_t>::max();
  [[nodiscard]] bool known() const { return lon != kNowhere; }
  [[nodiscard]] bool on_globe() const {
    return lon >= -1800000000 && lon <= 1800000000 && lat >= -900000000 && lat <= 900000000;
  }
  [[nodiscard]] LonLat degrees() const { return {lon / 1e7, lat / 1e7}; }
};

/// A node with tags of its own.
struct OsmPoint {
  int64_t id = 0;
  OsmRange tags;
  OsmPosition position;
  /// Its number in OsmRaw::node_ids, or kNoNode where no way that is kept names it.
  uint32_t node = kNoNode;
};

struct OsmRaw {
  std::vector<OsmWay> ways;            ///< by id, each once
  std::vector<OsmRelation> relations;  ///< by id, each once
  std::vector<OsmPoint> points;        ///< by id, each once
  std::vector<int64_t> node_ids;       ///< nodes that ways name, ascending
  std::vector<OsmPosition> positions;  ///< of node_ids
  std::vector<Xy> node_at;             ///< in the place's system; NaN where absent
  std::vector<uint8_t> absent;         ///< nodes the file lacks or misplaces; empty: none

  std::vector<OsmTag> tag_pool;
  std::vector<uint32_t> node_pool;  ///< numbers in node_ids
  /// The text that tags refer to.
  std::vector<std::unique_ptr<char[]>> texts;

  [[nodiscard]] bool known(uint32_t node) const { return absent.empty() || absent[node] == 0; }
  /// Takes node_at and notes which are not numbers.
  void set_coordinates(std::vector<Xy> at);
  [[nodiscard]] OsmTags tags(OsmRange r) const {
    return OsmTags(std::span(tag_pool).subspan(r.first, r.count));
  }
  template <class Object>
  [[nodiscard]] OsmTags tags_of(const Object& object) const {
    return tags(object.tags);
  }
  [[nodiscard]] std::span<const uint32_t> nodes_of(const OsmWay& way) const {
    return std::span(node_pool).subspan(way.nodes.first, way.nodes.count);
  }
  /// nullptr where it was not kept. Cost: a binary search.
  [[nodiscard]] const OsmWay* find_way(int64_t id) const;
};

/// How a file is read.
struct OsmReading {
  OsmWanted wanted;
  unsigned threads = 0;  ///< 0: as many as there are cores; results are the same
};

/// Reads ways, relations and node positions; leaves node_at empty. Counts what is amiss.
/// Throws: Error where the file is missing, no OSM file or damaged.
[[nodiscard]] OsmRaw read_osm_raw(const std::filesystem::path& path, const OsmReading& reading,
                                  OsmCounts& counts);
/// The same by libosmium: text formats, and the oracle of the tests.
[[nodiscard]] OsmRaw read_osm_by_libosmium(const std::filesystem::path& path,
                                           const OsmReading& reading, OsmCounts& counts);
/// The packed format, by our own reader.
[[nodiscard]] OsmRaw read_osm_pbf(const std::filesystem::path& path, const OsmReading& reading,
                                  OsmCounts& counts);

/// Orders by id; of objects with one id the first of the file stays. Returns how many went.
/// Cost: one pass where they stand in order, as in nearly every file.
template <class Object>
std::size_t keep_first_of_each_id(std::vector<Object>& objects) {
  auto greater = [](const Object& a, const Object& b) { return a.id >= b.id; };
  if (std::ranges::adjacent_find(objects, greater) == objects.end()) return 0;
  std::ranges::stable_sort(objects, {}, &Object::id);
  auto rest = std::ranges::unique(objects, {}, &Object::id);
  std::size_t gone = rest.size();
  objects.erase(rest.begin(), rest.end());
  return gone;
}
/// The ways that relations are made of, ascending.
[[nodiscard]] std::vector<int64_t> member_ways(std::span<const OsmRelation> relations);

/// Calls `visit(part)` for the parts of a way between missing nodes, each of at least two nodes,
/// none twice in a row. `part` is reused.
template <class Visit>
void each_unbroken_part(const OsmRaw& raw, const OsmWay& way, std::vector<uint32_t>& part,
                        Visit visit) {
  part.clear();
  for (uint32_t n : raw.nodes_of(way)) {
    if (!raw.known(n)) {
      if (part.size() >= 2) visit(part);
      part.clear();
    } else if (part.empty() || part.back() != n) {
      part.push_back(n);
    }
  }
  if (part.size() >= 2) visit(part);
}

/// Water, rivers, railways, main roads, streets and parks as drawn, one entry a kind and name.
[[nodiscard]] std::vector<Backdrop> backdrop_of(const OsmRaw& raw);

}  // namespace doorstep::io
