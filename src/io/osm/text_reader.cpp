// The one file that knows libosmium: the text formats, whose writers are many and whose sizes are
// small. It reads the packed format too, which the tests hold our own reader against.

#include <algorithm>
#include <cctype>
#include <cstring>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/opl_input.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm.hpp>

#include "base/error.h"
#include "io/osm/number_ids.h"
#include "io/osm/raw.h"

namespace doorstep::io {
namespace {

template <class Visit>
void each_object(const std::filesystem::path& path, osmium::osm_entity_bits::type kinds,
                 Visit visit) {
  osmium::io::Reader reader(osmium::io::File(path.string()), kinds, osmium::io::read_meta::no);
  while (osmium::memory::Buffer buffer = reader.read()) {
    for (auto& item : buffer.template select<osmium::OSMObject>()) visit(item);
  }
  reader.close();
}

class TextReading {
 public:
  TextReading(const std::filesystem::path& path, const OsmWanted& wanted)
      : path_(path), wanted_(wanted) {}

  OsmRaw read(OsmCounts& counts) {
    if (wanted_.backdrop || wanted_.features) read_relations();
    read_ways(counts);
    read_nodes(counts);
    return std::move(raw_);
  }

 private:
  /// Adds the tags that matter, to be dropped again by drop_tags.
  OsmRange take_tags(const osmium::TagList& list) {
    auto first = static_cast<uint32_t>(raw_.tag_pool.size());
    for (const osmium::Tag& tag : list) {
      if (auto key = osm_key(tag.key())) raw_.tag_pool.push_back({*key, tag.value()});
    }
    return {first, static_cast<uint32_t>(raw_.tag_pool.size()) - first};
  }
  void drop_tags(OsmRange tags) { raw_.tag_pool.resize(tags.first); }
  /// Copies the texts, which the buffer of libosmium holds only for now.
  void keep_tags(OsmRange tags) {
    for (uint32_t i = tags.first; i < tags.first + tags.count; ++i) {
      std::string_view& value = raw_.tag_pool[i].value;
      if (room_ < value.size()) {
        room_ = std::max<std::size_t>(1 << 16, value.size());
        raw_.texts.push_back(std::make_unique_for_overwrite<char[]>(room_));
        at_ = raw_.texts.back().get();
      }
      std::memcpy(at_, value.data(), value.size());
      value = {at_, value.size()};
      at_ += value.size();
      room_ -= value.size();
    }
  }

  void read_relations() {
    each_object(path_, osmium::osm_entity_bits::relation, [&](const osmium::OSMObject& object) {
      const auto& relation = static_cast<const osmium::Relation&>(object);
      OsmRange tags = take_tags(relation.tags());
      if (!wants_relation(wanted_, raw_.tags(tags))) return drop_tags(tags);
      keep_tags(tags);
      OsmRelation kept{relation.id(), tags, {}, {}};
      for (const osmium::RelationMember& member : relation.members()) {
        if (member.type() != osmium::item_type::way) continue;
        bool inner = std::strcmp(member.role(), "inner") == 0;
        (inner ? kept.inner : kept.outer).push_back(member.ref());
      }
      raw_.relations.push_back(std::move(kept));
    });
    keep_first_of_each_id(raw_.relations);
  }

  void read_ways(OsmCounts& counts) {
    const std::vector<int64_t> members = member_ways(raw_.relations);
    std::vector<int64_t> all;
    each_object(path_, osmium::osm_entity_bits::way, [&](const osmium::OSMObject& object) {
      const auto& way = static_cast<const osmium::Way&>(object);
      OsmRange tags = take_tags(way.tags());
      bool keep =
          wants_way(wanted_, raw_.tags(tags)) || std::ranges::binary_search(members, way.id());
      if (!keep) return drop_tags(tags);
      keep_tags(tags);
      raw_.ways.push_back(
          {way.id(),
           tags,
           {static_cast<uint32_t>(all.size()), static_cast<uint32_t>(way.nodes().size())}});
      for (const osmium::NodeRef& ref : way.nodes()) all.push_back(ref.ref());
    });
    counts.duplicate_ways = keep_first_of_each_id(raw_.ways);
    std::vector<int64_t> refs;
    refs.reserve(all.size());
    for (OsmWay& way : raw_.ways) {
      auto begin = all.begin() + way.nodes.first;
      way.nodes.first = static_cast<uint32_t>(refs.size());
      refs.insert(refs.end(), begin, begin + way.nodes.count);
    }
    NumberedIds numbered = number_ids(refs);
    raw_.node_ids = std::move(numbered.ids);
    raw_.node_pool = std::move(numbered.number_of);
  }

  void read_nodes(OsmCounts& counts) {
    raw_.positions.assign(raw_.node_ids.size(), {});
    auto near = raw_.node_ids.begin();  // files are nearly always sorted
    each_object(path_, osmium::osm_entity_bits::node, [&](const osmium::OSMObject& object) {
      const auto& node = static_cast<const osmium::Node&>(object);
      OsmPosition at{2000000000, 2000000000};
      if (node.location().valid()) at = {node.location().x(), node.location().y()};
      if (near == raw_.node_ids.end() || *near != node.id()) {
        near = std::ranges::lower_bound(raw_.node_ids, node.id());
      }
      uint32_t number = kNoNode;
      if (near != raw_.node_ids.end() && *near == node.id()) {
        number = static_cast<uint32_t>(near - raw_.node_ids.begin());
        ++near;
        if (raw_.positions[number].known()) {
          ++counts.duplicate_nodes;
        } else {
          raw_.positions[number] = at;
        }
      }
      if (node.tags().empty()) return;
      OsmRange tags = take_tags(node.tags());
      if (!wants_node(wanted_, raw_.tags(tags))) return drop_tags(tags);
      keep_tags(tags);
      raw_.points.push_back({node.id(), tags, at, number});
    });
    keep_first_of_each_id(raw_.points);
  }

  const std::filesystem::path& path_;
  const OsmWanted& wanted_;
  OsmRaw raw_;
  char* at_ = nullptr;
  std::size_t room_ = 0;
};

}  // namespace

OsmRaw read_osm_by_libosmium(const std::filesystem::path& path, const OsmReading& reading,
                             OsmCounts& counts) {
  try {
    return TextReading(path, reading.wanted).read(counts);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& e) {
    throw Error(std::string("is not an OSM file that can be read: ") + e.what(), path.string(),
                "use an extract in .osm.pbf");
  }
}

OsmRaw read_osm_raw(const std::filesystem::path& path, const OsmReading& reading,
                    OsmCounts& counts) {
  if (!std::filesystem::is_regular_file(path)) {
    throw Error("there is no such file", path.string(), "check the path of the OSM extract");
  }
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  OsmRaw raw = ending == ".pbf" ? read_osm_pbf(path, reading, counts)
                                : read_osm_by_libosmium(path, reading, counts);
  counts.missing_nodes = static_cast<std::size_t>(
      std::ranges::count_if(raw.positions, [](OsmPosition p) { return !p.known(); }));
  return raw;
}

std::vector<int64_t> member_ways(std::span<const OsmRelation> relations) {
  std::vector<int64_t> ways;
  for (const OsmRelation& r : relations) {
    ways.insert(ways.end(), r.outer.begin(), r.outer.end());
    ways.insert(ways.end(), r.inner.begin(), r.inner.end());
  }
  std::ranges::sort(ways);
  return ways;
}

void OsmRaw::set_coordinates(std::vector<Xy> at) {
  node_at = std::move(at);
  absent.clear();
  auto missing = [](Xy p) { return p.x != p.x; };
  if (std::ranges::none_of(node_at, missing)) return;
  absent.resize(node_at.size());
  std::ranges::transform(node_at, absent.begin(), missing);
}

const OsmWay* OsmRaw::find_way(int64_t id) const {
  auto found = std::ranges::lower_bound(ways, id, {}, &OsmWay::id);
  return found != ways.end() && found->id == id ? &*found : nullptr;
}

}  // namespace doorstep::io
