// The one file that knows libosmium.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <osmium/io/opl_input.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/osm.hpp>

#include "base/error.h"
#include "io/osm/raw.h"

namespace doorstep::io {
namespace {

/// Keys that make a way worth keeping.
constexpr std::array<const char*, 6> kFeatureKeys{"highway", "waterway", "railway",
                                                  "natural", "landuse",  "leisure"};
/// Keys looked at on ways that are kept.
constexpr std::array<const char*, 17> kOtherKeys{
    "name",        "name:zh", "name:en", "foot",          "access",   "oneway",
    "oneway:foot", "bicycle", "vehicle", "motor_vehicle", "motorcar", "oneway:bicycle",
    "junction",    "tunnel",  "area",    "motorroad",     "service"};

OsmTags tags_of(const osmium::TagList& list) {
  OsmTags tags;
  auto keep = [&](const char* key) {
    if (const char* value = list[key]) tags.items.emplace_back(key, value);
  };
  for (const char* key : kFeatureKeys) keep(key);
  for (const char* key : kOtherKeys) keep(key);
  return tags;
}

bool is_feature(const osmium::TagList& list) {
  return std::ranges::any_of(kFeatureKeys, [&](const char* key) { return list.has_key(key); });
}

bool is_drawn_area(const osmium::TagList& list) {
  return list.has_tag("type", "multipolygon") &&
         (list.has_tag("natural", "water") || list.has_tag("waterway", "riverbank") ||
          list.has_tag("landuse", "reservoir") || list.has_tag("leisure", "park"));
}

template <class Visit>
void each_object(const std::filesystem::path& path, osmium::osm_entity_bits::type kinds,
                 Visit visit) {
  osmium::io::Reader reader(osmium::io::File(path.string()), kinds, osmium::io::read_meta::no);
  while (osmium::memory::Buffer buffer = reader.read()) {
    for (auto& item : buffer.template select<osmium::OSMObject>()) visit(item);
  }
  reader.close();
}

/// Sorted by id; of objects with one id the first stays. Returns how many went.
template <class Item>
std::size_t keep_first_of_each_id(std::vector<Item>& items) {
  std::ranges::stable_sort(items, {}, &Item::id);
  auto rest = std::ranges::unique(items, {}, &Item::id);
  std::size_t gone = rest.size();
  items.erase(rest.begin(), rest.end());
  return gone;
}

void read_relations(const std::filesystem::path& path, OsmRaw& raw) {
  each_object(path, osmium::osm_entity_bits::relation, [&](const osmium::OSMObject& object) {
    const auto& relation = static_cast<const osmium::Relation&>(object);
    if (!is_drawn_area(relation.tags())) return;
    OsmRelation kept{relation.id(), tags_of(relation.tags()), {}, {}};
    for (const osmium::RelationMember& member : relation.members()) {
      if (member.type() != osmium::item_type::way) continue;
      bool inner = std::string_view(member.role()) == "inner";
      (inner ? kept.inner : kept.outer).push_back(member.ref());
    }
    raw.relations.push_back(std::move(kept));
  });
  keep_first_of_each_id(raw.relations);
}

struct WayWithIds {
  int64_t id;
  OsmTags tags;
  std::vector<int64_t> nodes;
};

std::vector<WayWithIds> read_ways(const std::filesystem::path& path, const OsmRaw& raw,
                                  OsmCounts& counts) {
  std::vector<int64_t> members;
  for (const OsmRelation& r : raw.relations) {
    members.insert(members.end(), r.outer.begin(), r.outer.end());
    members.insert(members.end(), r.inner.begin(), r.inner.end());
  }
  std::ranges::sort(members);
  std::vector<WayWithIds> ways;
  each_object(path, osmium::osm_entity_bits::way, [&](const osmium::OSMObject& object) {
    const auto& way = static_cast<const osmium::Way&>(object);
    if (!is_feature(way.tags()) && !std::ranges::binary_search(members, way.id())) return;
    WayWithIds kept{way.id(), tags_of(way.tags()), {}};
    kept.nodes.reserve(way.nodes().size());
    for (const osmium::NodeRef& ref : way.nodes()) kept.nodes.push_back(ref.ref());
    ways.push_back(std::move(kept));
  });
  counts.duplicate_ways = keep_first_of_each_id(ways);
  return ways;
}

void number_nodes(std::vector<WayWithIds>& ways, OsmRaw& raw) {
  for (const WayWithIds& way : ways) {
    raw.node_ids.insert(raw.node_ids.end(), way.nodes.begin(), way.nodes.end());
  }
  std::ranges::sort(raw.node_ids);
  raw.node_ids.erase(std::ranges::unique(raw.node_ids).begin(), raw.node_ids.end());
  raw.node_ids.shrink_to_fit();
  for (WayWithIds& way : ways) {
    OsmWay numbered{way.id, std::move(way.tags), {}};
    numbered.nodes.reserve(way.nodes.size());
    for (int64_t id : way.nodes) {
      auto found = std::ranges::lower_bound(raw.node_ids, id);
      numbered.nodes.push_back(static_cast<uint32_t>(found - raw.node_ids.begin()));
    }
    raw.ways.push_back(std::move(numbered));
  }
}

void read_nodes(const std::filesystem::path& path, const Projection& project, OsmRaw& raw,
                OsmCounts& counts) {
  double nan = std::numeric_limits<double>::quiet_NaN();
  raw.node_at.assign(raw.node_ids.size(), Xy{nan, nan});
  std::vector<char> seen(raw.node_ids.size(), 0);
  auto guess = raw.node_ids.begin();  // files are nearly always sorted
  each_object(path, osmium::osm_entity_bits::node, [&](const osmium::OSMObject& object) {
    const auto& node = static_cast<const osmium::Node&>(object);
    if (guess == raw.node_ids.end() || *guess != node.id()) {
      guess = std::ranges::lower_bound(raw.node_ids, node.id());
      if (guess == raw.node_ids.end() || *guess != node.id()) return;
    }
    auto index = static_cast<std::size_t>(guess - raw.node_ids.begin());
    ++guess;
    if (seen[index]) {
      ++counts.duplicate_nodes;
      return;
    }
    seen[index] = 1;
    Xy at{nan, nan};
    if (node.location().valid()) at = project({node.location().lon(), node.location().lat()});
    if (std::isfinite(at.x) && std::isfinite(at.y)) {
      raw.node_at[index] = at;
    } else {
      ++counts.bad_positions;
    }
  });
  counts.missing_nodes = static_cast<std::size_t>(std::ranges::count(seen, 0));
}

}  // namespace

OsmRaw read_osm_raw(const std::filesystem::path& path, const Projection& project,
                    OsmCounts& counts) {
  if (!std::filesystem::is_regular_file(path)) {
    throw Error("there is no such file", path.string(), "check the path of the OSM extract");
  }
  try {
    OsmRaw raw;
    read_relations(path, raw);
    auto ways = read_ways(path, raw, counts);
    number_nodes(ways, raw);
    read_nodes(path, project, raw, counts);
    return raw;
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {
    throw Error(std::string("is not an OSM file that can be read: ") + e.what(), path.string(),
                "use an extract in .osm.pbf");
  }
}

}  // namespace doorstep::io
