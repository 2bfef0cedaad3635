#include "io/osm/street_builder.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace doorstep::io {
namespace {

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

uint8_t traits_of(const OsmTags& tags) {
  uint8_t traits = 0;
  if (tags.says(OsmKey::Bridge)) traits |= kOnBridge;
  if (tags.says(OsmKey::Tunnel)) traits |= kInTunnel;
  if (tags.is(OsmKey::Highway, "steps")) traits |= kBySteps;
  if (!tags.has(OsmKey::Highway)) traits |= kByFerry;
  return traits;
}

double length_between(Xy a, Xy b) {
  double dx = a.x - b.x;
  double dy = a.y - b.y;
  return std::sqrt(dx * dx + dy * dy);
}

class NetBuilder {
 public:
  NetBuilder(const OsmRaw& raw, const OsmOptions& options, const CrossingRules& crossings,
             OsmCounts& counts)
      : raw_(raw),
        rules_(options.profile),
        crossings_(crossings),
        counts_(counts),
        uses_(raw.node_ids.size(), 0) {
    net_.node_at = raw.node_at;
  }

  StreetNet build() {
    find_barriers();
    collect_parts();
    find_lines();
    net_.stretches.reserve(parts_.size() * 2);
    net_.node_pool.reserve(part_nodes_.size() + parts_.size() * 2);
    for (const Part& part : parts_) split(part);
    return std::move(net_);
  }

 private:
  struct Part {
    uint32_t way;
    OsmRange nodes;  ///< in part_nodes_
  };

  void find_barriers() {
    for (const OsmPoint& p : raw_.points) {
      if (p.node == kNoNode || !rules_.stops(raw_.tags_of(p))) continue;
      if (stops_.empty()) stops_.assign(raw_.node_ids.size(), 0);
      stops_[p.node] = 1;
    }
  }

  void use(uint32_t n, int times) {
    if (n < uses_.size()) uses_[n] = static_cast<uint8_t>(std::min(2, uses_[n] + times));
  }

  void collect_parts() {
    part_nodes_.reserve(raw_.node_pool.size());
    std::vector<uint32_t> nodes;
    for (uint32_t w = 0; w < raw_.ways.size(); ++w) {
      OsmTags tags = raw_.tags_of(raw_.ways[w]);
      TravelRules::Answer answer = rules_.way(tags);
      if (answer == TravelRules::Answer::NotAStreet) {
        if (!tags.has(OsmKey::Highway) && tags.is(OsmKey::Route, "ferry")) ++counts_.ferries_unused;
        continue;
      }
      if (answer == TravelRules::Answer::Closed) {
        ++counts_.closed_to_traveller;
        continue;
      }
      ++counts_.street_ways;
      each_unbroken_part(raw_, raw_.ways[w], nodes, [&](auto& part) { add_part(w, part); });
    }
  }

  /// Parts a street at barriers: each side ends at a copy of the node of its own.
  void add_part(uint32_t way, const std::vector<uint32_t>& nodes) {
    auto first = static_cast<uint32_t>(part_nodes_.size());
    auto finish = [&] {
      auto count = static_cast<uint32_t>(part_nodes_.size()) - first;
      parts_.push_back({way, {first, count}});
      for (uint32_t k = first; k < first + count; ++k) use(part_nodes_[k], 1);
      use(part_nodes_[first], 2);
      use(part_nodes_.back(), 2);
      first += count;
    };
    for (std::size_t k = 0; k < nodes.size(); ++k) {
      bool stop = !stops_.empty() && stops_[nodes[k]] != 0;
      part_nodes_.push_back(stop ? copy_of(nodes[k]) : nodes[k]);
      if (!stop) continue;
      ++counts_.barriers;
      if (k == 0 || k + 1 == nodes.size()) continue;
      finish();
      part_nodes_.push_back(copy_of(nodes[k]));
    }
    finish();
  }

  uint32_t copy_of(uint32_t node) {
    net_.copies.push_back(raw_.node_at[node]);
    return static_cast<uint32_t>(net_.nodes() - 1);
  }

  /// Nodes of trunk roads and railways, whoever may use these.
  void find_lines() {
    on_line_.assign(raw_.node_ids.size(), 0);
    for (const OsmWay& way : raw_.ways) {
      uint8_t kind = line_kind(raw_.tags_of(way));
      if (kind == 0) continue;
      for (uint32_t n : raw_.nodes_of(way)) on_line_[n] |= kind;
    }
    for (const OsmPoint& p : raw_.points) {
      if (p.node == kNoNode) continue;
      if (holds(crossings_.rail_nodes, raw_.tags_of(p)[OsmKey::Railway])) {
        on_line_[p.node] |= kCrossesRail;
      }
    }
  }

  uint8_t line_kind(const OsmTags& tags) const {
    uint8_t kind = 0;
    std::string_view highway = tags[OsmKey::Highway];
    std::string_view railway = tags[OsmKey::Railway];
    if (!highway.empty() && holds(crossings_.trunk, highway)) kind |= kCrossesTrunk;
    if (!railway.empty() && holds(crossings_.rail, railway)) kind |= kCrossesRail;
    return kind;
  }

  void split(const Part& part) {
    OsmTags tags = raw_.tags_of(raw_.ways[part.way]);
    Stretch base;
    base.road_class = road_class_of(tags[OsmKey::Highway]);
    base.open = rules_.directions(tags);
    base.traits_forward = base.traits_backward = traits_of(tags);
    double speed = rules_.metres_per_min(tags);
    uint8_t own = line_kind(tags);
    std::span<const uint32_t> nodes =
        std::span(part_nodes_).subspan(part.nodes.first, part.nodes.count);
    Stretch stretch = base;
    stretch.first = static_cast<uint32_t>(net_.node_pool.size());
    net_.node_pool.push_back(nodes[0]);
    for (std::size_t k = 1; k < nodes.size(); ++k) {
      stretch.length_m += length_between(net_.at(nodes[k - 1]), net_.at(nodes[k]));
      net_.node_pool.push_back(nodes[k]);
      bool copied = nodes[k] >= uses_.size();
      if (!copied && uses_[nodes[k]] < 2) continue;
      stretch.count = static_cast<uint32_t>(net_.node_pool.size()) - stretch.first;
      stretch.minutes_forward = stretch.minutes_backward = stretch.length_m / speed;
      mark_crossings(net_, on_line_, own, crossings_.same_crossing_m, stretch);
      net_.stretches.push_back(stretch);
      stretch = base;
      if (k + 1 == nodes.size()) break;
      stretch.first = static_cast<uint32_t>(net_.node_pool.size());
      net_.node_pool.push_back(nodes[k]);
    }
  }

  const OsmRaw& raw_;
  TravelRules rules_;
  const CrossingRules& crossings_;
  OsmCounts& counts_;
  StreetNet net_;
  std::vector<uint8_t> uses_;
  std::vector<uint8_t> stops_;  ///< empty: none
  LineKinds on_line_;
  std::vector<Part> parts_;
  std::vector<uint32_t> part_nodes_;
};

}  // namespace

uint8_t road_class_of(std::string_view highway) {
  static const std::map<std::string_view, uint8_t> kClasses{
      {"motorway", 5}, {"motorway_link", 5}, {"trunk", 5},        {"trunk_link", 5},
      {"primary", 4},  {"primary_link", 4},  {"secondary", 4},    {"secondary_link", 4},
      {"tertiary", 3}, {"tertiary_link", 3}, {"unclassified", 2}, {"residential", 2},
      {"road", 2},     {"living_street", 2}, {"service", 1},      {"track", 1}};
  auto found = kClasses.find(highway);
  return found == kClasses.end() ? uint8_t{0} : found->second;
}

StreetNet street_net(const OsmRaw& raw, const OsmOptions& options, const CrossingRules& crossings,
                     OsmCounts& counts) {
  return NetBuilder(raw, options, crossings, counts).build();
}

}  // namespace doorstep::io
