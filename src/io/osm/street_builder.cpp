#include "io/osm/street_builder.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/progress.h"
#include "network/parallel.h"

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
        threads_(options.threads),
        uses_(raw.node_ids.size(), 0) {}

  StreetNet build() {
    find_barriers();
    collect_parts();
    find_lines();
    number_junctions();
    gather_points();
    split_parts();
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
    copies_.push_back(node);
    return static_cast<uint32_t>(uses_.size() + copies_.size() - 1);
  }
  /// The node of the map that a copy stands for.
  uint32_t original(uint32_t n) const { return n < uses_.size() ? n : copies_[n - uses_.size()]; }

  /// Junctions in the order of their OSM ids, so that the graph does not depend on the file's
  /// order; copies after them.
  void number_junctions() {
    junction_.assign(uses_.size(), kNoNode);
    for (uint32_t n = 0; n < uses_.size(); ++n) {
      if (uses_[n] < 2) continue;
      junction_[n] = static_cast<uint32_t>(net_.junctions.size());
      net_.junctions.push_back(raw_.node_at[n]);
    }
    for (uint32_t n : copies_) {
      junction_.push_back(static_cast<uint32_t>(net_.junctions.size()));
      net_.junctions.push_back(raw_.node_at[n]);
    }
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

  uint8_t on_line(uint32_t n) const { return on_line_[original(n)]; }

  template <class Work>
  void in_batches(std::size_t count, std::size_t batch, Work work) {
    Progress progress;
    in_parallel(
        (count + batch - 1) / batch, threads_, "streets", progress,
        [&](std::size_t b, unsigned) { work(b, b * batch, std::min(count, (b + 1) * batch)); });
  }

  void gather_points() {
    net_.points.resize(part_nodes_.size());
    in_batches(part_nodes_.size(), 32768, [&](std::size_t, std::size_t first, std::size_t end) {
      for (std::size_t i = first; i < end; ++i) {
        net_.points[i] = raw_.node_at[original(part_nodes_[i])];
      }
    });
  }

  void split_parts() {
    constexpr std::size_t kBatch = 2048;
    std::vector<std::vector<Stretch>> found((parts_.size() + kBatch - 1) / kBatch);
    in_batches(parts_.size(), kBatch, [&](std::size_t b, std::size_t first, std::size_t end) {
      found[b].reserve(3 * kBatch);
      for (std::size_t i = first; i < end; ++i) split(parts_[i], found[b]);
    });
    std::size_t count = 0;
    for (const auto& batch : found) count += batch.size();
    net_.stretches.reserve(count);
    for (const auto& batch : found) {
      net_.stretches.insert(net_.stretches.end(), batch.begin(), batch.end());
    }
  }

  void split(const Part& part, std::vector<Stretch>& into) const {
    OsmTags tags = raw_.tags_of(raw_.ways[part.way]);
    Stretch base;
    base.road_class = road_class_of(tags[OsmKey::Highway]);
    base.open = rules_.directions(tags);
    base.traits_forward = base.traits_backward = traits_of(tags);
    double speed = rules_.metres_per_min(tags);
    uint8_t own = line_kind(tags);
    Stretch stretch = base;
    MetLines met;
    for (uint32_t i = part.nodes.first; i < part.nodes.first + part.nodes.count; ++i) {
      uint32_t n = part_nodes_[i];
      if (i > part.nodes.first) {
        stretch.length_m += length_between(net_.points[i - 1], net_.points[i]);
        if (junction_[n] == kNoNode) {
          met.between |= on_line(n);
          continue;
        }
        met.back = on_line(n);
        stretch.to = junction_[n];
        stretch.count = i + 1 - stretch.first;
        stretch.minutes_forward = stretch.minutes_backward =
            static_cast<float>(stretch.length_m / speed);
        mark_crossings(met, own, crossings_.same_crossing_m, stretch);
        into.push_back(stretch);
      }
      stretch = base;
      stretch.from = junction_[n];
      stretch.first = i;
      met = {on_line(n), 0, 0};
    }
  }

  const OsmRaw& raw_;
  TravelRules rules_;
  const CrossingRules& crossings_;
  OsmCounts& counts_;
  unsigned threads_;
  StreetNet net_;
  std::vector<uint8_t> uses_;
  std::vector<uint8_t> stops_;      ///< empty: none
  std::vector<uint8_t> on_line_;    ///< StreetTrait bits
  std::vector<uint32_t> copies_;    ///< nodes of which a barrier made a second one
  std::vector<uint32_t> junction_;  ///< by node, then by copy; kNoNode where none
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
