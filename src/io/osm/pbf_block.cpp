#include "io/osm/pbf_block.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <protozero/pbf_reader.hpp>
#include <stdexcept>

namespace doorstep::io {
namespace {

using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

constexpr uint8_t kNotAKey = 0xFF;

[[noreturn]] void damaged(const char* what) { throw std::runtime_error(what); }

/// Numbers of a packed field, one after another.
class Numbers {
 public:
  Numbers() = default;
  explicit Numbers(data_view view) : at_(view.data()), end_(view.data() + view.size()) {}
  [[nodiscard]] bool more() const { return at_ != end_; }
  uint64_t next() { return protozero::decode_varint(&at_, end_); }
  int64_t next_signed() { return protozero::decode_zigzag64(next()); }

 private:
  const char* at_ = nullptr;
  const char* end_ = nullptr;
};

/// Adds as the format does: what overflows wraps around, and is no position or node then.
int64_t plus(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

data_view view_of(pbf_reader& message) {
  if (message.wire_type() != pbf_wire_type::length_delimited) damaged("a field of the wrong kind");
  return message.get_view();
}

uint64_t number_of(pbf_reader& message) {
  if (message.wire_type() != pbf_wire_type::varint) damaged("a field of the wrong kind");
  return message.get_uint64();
}

/// The envelope of a block: strings, groups and how positions are scaled.
class Block {
 public:
  explicit Block(std::string_view bytes) {
    pbf_reader message(bytes.data(), bytes.size());
    while (message.next()) {
      switch (message.tag()) {
        case 1:
          string_table_ = view_of(message);
          break;
        case 2:
          groups_.push_back(view_of(message));
          break;
        case 17:
          granularity_ = static_cast<int64_t>(number_of(message));
          break;
        case 19:
          lat_offset_ = static_cast<int64_t>(number_of(message));
          break;
        case 20:
          lon_offset_ = static_cast<int64_t>(number_of(message));
          break;
        default:
          message.skip();
      }
    }
    if (granularity_ < 1 || granularity_ > 1000000000) damaged("positions of an impossible scale");
    constexpr int64_t kFarthest = 1000000000000;
    if (std::max(std::abs(lat_offset_), std::abs(lon_offset_)) > kFarthest ||
        std::min(lat_offset_, lon_offset_) < -kFarthest) {
      damaged("positions of an impossible offset");
    }
  }

  [[nodiscard]] const std::vector<data_view>& groups() const { return groups_; }

  /// Copies the strings, so that tags outlive the block, and finds the keys among them.
  void keep_strings(PbfHarvest& into) {
    if (into.text) return;
    into.text = std::make_unique_for_overwrite<char[]>(string_table_.size() + 1);
    std::memcpy(into.text.get(), string_table_.data(), string_table_.size());
    pbf_reader message(into.text.get(), string_table_.size());
    while (message.next(1)) {
      data_view text = view_of(message);
      strings_.emplace_back(text.data(), text.size());
      auto key = osm_key(strings_.back());
      keys_.push_back(key ? static_cast<uint8_t>(*key) : kNotAKey);
    }
  }

  /// Adds the tag where its key is one that is looked at.
  void tag(uint64_t key, uint64_t value, std::vector<OsmTag>& into) const {
    if (key >= keys_.size() || value >= strings_.size()) damaged("a tag without its text");
    if (keys_[key] == kNotAKey) return;
    into.push_back({static_cast<OsmKey>(keys_[key]), strings_[value]});
  }

  void tags(Numbers keys, Numbers values, std::vector<OsmTag>& into) const {
    while (keys.more()) {
      if (!values.more()) damaged("keys without values");
      uint64_t key = keys.next();
      tag(key, values.next(), into);
    }
  }

  [[nodiscard]] std::string_view text(uint64_t i) const {
    if (i >= strings_.size()) damaged("a role without its text");
    return strings_[i];
  }

  [[nodiscard]] OsmPosition position(int64_t lon, int64_t lat) const {
    return {fixed(lon, lon_offset_), fixed(lat, lat_offset_)};
  }

 private:
  /// In 1e-7 degrees; 200 degrees for what lies off the globe.
  [[nodiscard]] int32_t fixed(int64_t value, int64_t offset) const {
    constexpr int32_t kOff = 2000000000;
    double nano = static_cast<double>(value) * static_cast<double>(granularity_) +
                  static_cast<double>(offset);
    if (!(std::abs(nano) < 2e11)) return kOff;
    return static_cast<int32_t>((value * granularity_ + offset) / 100);
  }

  data_view string_table_;
  std::vector<data_view> groups_;
  int64_t granularity_ = 100;
  int64_t lat_offset_ = 0;
  int64_t lon_offset_ = 0;
  std::vector<std::string_view> strings_;
  std::vector<uint8_t> keys_;
};

uint32_t size32(std::size_t n) { return static_cast<uint32_t>(n); }

template <class Visit>
void each_in_groups(const Block& block, uint32_t tag, Visit visit) {
  for (data_view group : block.groups()) {
    pbf_reader message(group);
    while (message.next()) {
      if (message.tag() == tag) {
        visit(view_of(message));
      } else {
        message.skip();
      }
    }
  }
}

/// The fields that ways and relations share.
struct Fields {
  int64_t id = 0;
  Numbers keys;
  Numbers values;
  Numbers eighth;  ///< nodes of a way, roles of a relation
  Numbers ninth;
  Numbers tenth;
};

Fields fields_of(data_view object) {
  Fields f;
  pbf_reader message(object);
  while (message.next()) {
    switch (message.tag()) {
      case 1:
        f.id = static_cast<int64_t>(number_of(message));
        break;
      case 2:
        f.keys = Numbers(view_of(message));
        break;
      case 3:
        f.values = Numbers(view_of(message));
        break;
      case 8:
        f.eighth = Numbers(view_of(message));
        break;
      case 9:
        f.ninth = Numbers(view_of(message));
        break;
      case 10:
        f.tenth = Numbers(view_of(message));
        break;
      default:
        message.skip();
    }
  }
  return f;
}

OsmTags tags_since(const std::vector<OsmTag>& tags, std::size_t first) {
  return OsmTags(std::span(tags).subspan(first));
}

void add_point(PbfHarvest& into, int64_t id, std::size_t first_tag, OsmPosition at, uint32_t node) {
  into.points.push_back({id, {size32(first_tag), size32(into.tags.size() - first_tag)}, at, node});
}

/// What reading nodes needs to know, and where it stands.
struct NodeReading {
  Block& block;
  uint32_t number;
  const OsmWanted& wanted;
  NodePlaces& places;
  std::vector<NodePlaces::Again>& again;
  PbfHarvest& into;
  std::size_t near = 0;

  /// Returns the node's number.
  uint32_t place(int64_t id, OsmPosition at) {
    uint32_t node = places.find(id, near);
    if (node != kNoNode) places.put(node, number, at, again);
    return node;
  }
  void tagged(int64_t id, std::size_t first_tag, OsmPosition at, uint32_t node) {
    if (wants_node(wanted, tags_since(into.tags, first_tag))) {
      add_point(into, id, first_tag, at, node);
    } else {
      into.tags.resize(first_tag);
    }
  }
};

void dense_nodes(NodeReading& reading, data_view dense) {
  Numbers ids;
  Numbers lats;
  Numbers lons;
  Numbers tags;
  pbf_reader message(dense);
  while (message.next()) {
    switch (message.tag()) {
      case 1:
        ids = Numbers(view_of(message));
        break;
      case 8:
        lats = Numbers(view_of(message));
        break;
      case 9:
        lons = Numbers(view_of(message));
        break;
      case 10:
        tags = Numbers(view_of(message));
        break;
      default:
        message.skip();
    }
  }
  bool tagged = tags.more();
  if (tagged) reading.block.keep_strings(reading.into);
  int64_t id = 0;
  int64_t lat = 0;
  int64_t lon = 0;
  while (ids.more()) {
    if (!lats.more() || !lons.more()) damaged("nodes without positions");
    id = plus(id, ids.next_signed());
    lat = plus(lat, lats.next_signed());
    lon = plus(lon, lons.next_signed());
    OsmPosition at = reading.block.position(lon, lat);
    uint32_t node = reading.place(id, at);
    if (!tagged) continue;
    std::size_t first_tag = reading.into.tags.size();
    bool any = false;
    for (uint64_t key = tags.next(); key != 0; key = tags.next(), any = true) {
      reading.block.tag(key, tags.next(), reading.into.tags);
    }
    if (any) reading.tagged(id, first_tag, at, node);
  }
}

void plain_node(NodeReading& reading, data_view object) {
  Numbers keys;
  Numbers values;
  int64_t id = 0;
  int64_t lat = 0;
  int64_t lon = 0;
  pbf_reader message(object);
  while (message.next()) {
    switch (message.tag()) {
      case 1:
        id = protozero::decode_zigzag64(number_of(message));
        break;
      case 2:
        keys = Numbers(view_of(message));
        break;
      case 3:
        values = Numbers(view_of(message));
        break;
      case 8:
        lat = protozero::decode_zigzag64(number_of(message));
        break;
      case 9:
        lon = protozero::decode_zigzag64(number_of(message));
        break;
      default:
        message.skip();
    }
  }
  OsmPosition at = reading.block.position(lon, lat);
  uint32_t node = reading.place(id, at);
  if (!keys.more()) return;
  reading.block.keep_strings(reading.into);
  std::size_t first_tag = reading.into.tags.size();
  reading.block.tags(keys, values, reading.into.tags);
  reading.tagged(id, first_tag, at, node);
}

}  // namespace

uint8_t pbf_contents(std::string_view bytes) {
  uint8_t contents = 0;
  Block block(bytes);
  for (data_view group : block.groups()) {
    pbf_reader message(group);
    while (message.next()) {
      if (message.tag() == 1 || message.tag() == 2) contents |= kHoldsNodes;
      if (message.tag() == 3) contents |= kHoldsWays;
      if (message.tag() == 4) contents |= kHoldsRelations;
      message.skip();
    }
  }
  return contents;
}

void harvest_relations(std::string_view bytes, const OsmWanted& wanted, PbfHarvest& into) {
  Block block(bytes);
  block.keep_strings(into);
  each_in_groups(block, 4, [&](data_view object) {
    Fields f = fields_of(object);
    std::size_t first_tag = into.tags.size();
    block.tags(f.keys, f.values, into.tags);
    if (!wants_relation(wanted, tags_since(into.tags, first_tag))) {
      into.tags.resize(first_tag);
      return;
    }
    OsmRelation relation{f.id, {size32(first_tag), size32(into.tags.size() - first_tag)}, {}, {}};
    int64_t member = 0;
    while (f.ninth.more()) {
      if (!f.eighth.more() || !f.tenth.more()) damaged("members without role or kind");
      std::string_view role = block.text(f.eighth.next());
      member = plus(member, f.ninth.next_signed());
      if (f.tenth.next() != 1) continue;
      (role == "inner" ? relation.inner : relation.outer).push_back(member);
    }
    into.relations.push_back(std::move(relation));
  });
}

void harvest_ways(std::string_view bytes, const OsmWanted& wanted, std::span<const int64_t> members,
                  PbfHarvest& into) {
  Block block(bytes);
  block.keep_strings(into);
  each_in_groups(block, 3, [&](data_view object) {
    Fields f = fields_of(object);
    std::size_t first_tag = into.tags.size();
    block.tags(f.keys, f.values, into.tags);
    bool keep = wants_way(wanted, tags_since(into.tags, first_tag)) ||
                std::ranges::binary_search(members, f.id);
    if (!keep) {
      into.tags.resize(first_tag);
      return;
    }
    std::size_t first_ref = into.refs.size();
    int64_t ref = 0;
    while (f.eighth.more()) {
      ref = plus(ref, f.eighth.next_signed());
      into.refs.push_back(ref);
    }
    into.ways.push_back({f.id,
                         {size32(first_tag), size32(into.tags.size() - first_tag)},
                         {size32(first_ref), size32(into.refs.size() - first_ref)}});
  });
}

void harvest_nodes(std::string_view bytes, uint32_t number, const OsmWanted& wanted,
                   NodePlaces& places, std::vector<NodePlaces::Again>& again, PbfHarvest& into) {
  Block block(bytes);
  NodeReading reading{block, number, wanted, places, again, into};
  for (data_view group : block.groups()) {
    pbf_reader message(group);
    while (message.next()) {
      if (message.tag() == 1) {
        plain_node(reading, view_of(message));
      } else if (message.tag() == 2) {
        dense_nodes(reading, view_of(message));
      } else {
        message.skip();
      }
    }
  }
}

NodePlaces::NodePlaces(std::span<const int64_t> ids)
    : ids_(ids),
      positions_(ids.size()),
      owner_(std::make_unique<std::atomic<uint32_t>[]>(ids.size())) {}

uint32_t NodePlaces::find(int64_t id, std::size_t& near) const {
  // Files are nearly always sorted: the next node is a step or a few away.
  bool backward = near > 0 && ids_[near - 1] >= id;
  std::size_t at = near;
  for (int steps = 0; !backward && steps < 8 && at < ids_.size() && ids_[at] < id; ++steps) ++at;
  bool settled = !backward && (at == ids_.size() || ids_[at] >= id);
  if (!settled) {
    auto begin = backward ? ids_.begin() : ids_.begin() + static_cast<std::ptrdiff_t>(at);
    at = static_cast<std::size_t>(std::lower_bound(begin, ids_.end(), id) - ids_.begin());
  }
  near = at;
  return at < ids_.size() && ids_[at] == id ? size32(at) : kNoNode;
}

void NodePlaces::put(uint32_t node, uint32_t block, OsmPosition position,
                     std::vector<Again>& again) {
  uint32_t nobody = 0;
  if (owner_[node].compare_exchange_strong(nobody, block + 1, std::memory_order_relaxed)) {
    positions_[node] = position;
  } else {
    again.push_back({node, block, position});
  }
}

std::size_t NodePlaces::settle(std::span<const std::vector<Again>> again) {
  std::size_t count = 0;
  for (const std::vector<Again>& of_block : again) {
    for (const Again& a : of_block) {
      ++count;
      if (a.block + 1 >= owner_[a.node]) continue;
      owner_[a.node] = a.block + 1;
      positions_[a.node] = a.position;
    }
  }
  return count;
}

}  // namespace doorstep::io
