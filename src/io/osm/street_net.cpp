#include "io/osm/street_net.h"

#include <algorithm>
#include <numeric>

#include "base/progress.h"
#include "network/parallel.h"

namespace doorstep::io {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFFu;

class GraphBuilder {
 public:
  GraphBuilder(StreetNet& net, OsmCounts& counts) : net_(net), counts_(counts) {}

  /// Short pieces of street that connect to nothing, most of them mapping leftovers.
  void leave_out_islands(double least_island_m) {
    parent_.resize(net_.junctions.size());
    std::iota(parent_.begin(), parent_.end(), 0u);
    for (const Stretch& s : net_.stretches) {
      uint32_t a = root(s.from);
      uint32_t b = root(s.to);
      parent_[std::max(a, b)] = std::min(a, b);
    }
    std::vector<double> length(net_.junctions.size(), 0.0);
    for (const Stretch& s : net_.stretches) length[root(s.from)] += s.length_m;
    double longest = net_.stretches.empty() ? 0.0 : std::ranges::max(length);
    double least = std::min(least_island_m, longest);
    std::vector<char> used(net_.junctions.size(), 0);
    for (const Stretch& s : net_.stretches) used[root(s.from)] = 1;
    for (uint32_t n = 0; n < net_.junctions.size(); ++n) {
      if (!used[n]) continue;
      bool keep = length[n] >= least;
      (keep ? counts_.components : counts_.islands_left_out) += 1;
      (keep ? counts_.street_km : counts_.islands_left_out_km) += length[n] / 1000.0;
    }
    std::erase_if(net_.stretches, [&](const Stretch& s) { return length[root(s.from)] < least; });
  }

  Streets graph(double walking_m_per_min, unsigned threads) {
    Streets out;
    number_nodes(out);
    out.speed_m_per_min = walking_m_per_min;
    fill_edges(out, threads);
    counts_.nodes = out.nodes();
    counts_.directed_edges = out.edges();
    for (uint8_t traits : out.crossing) {
      counts_.trunk_crossings += (traits & kCrossesTrunk) != 0;
      counts_.rail_crossings += (traits & kCrossesRail) != 0;
    }
    return out;
  }

 private:
  struct Directed {
    uint32_t stretch;
    bool reversed;
  };

  uint32_t root(uint32_t n) {
    while (parent_[n] != n) n = parent_[n] = parent_[parent_[n]];
    return n;
  }

  void number_nodes(Streets& out) {
    number_.assign(net_.junctions.size(), kNone);
    for (const Stretch& s : net_.stretches) number_[s.from] = number_[s.to] = 0;
    std::vector<uint32_t> size(net_.junctions.size(), 0);
    for (uint32_t n = 0; n < number_.size(); ++n) {
      if (number_[n] == kNone) continue;
      number_[n] = static_cast<uint32_t>(out.node_at.size());
      out.node_at.push_back(net_.junctions[n]);
      counts_.largest_component = std::max<std::size_t>(counts_.largest_component, ++size[root(n)]);
    }
  }

  /// Edges by the node they leave, those of one node in the order of the stretches.
  std::vector<Directed> sorted_edges(Streets& out) const {
    out.first.assign(out.nodes() + 1, 0);
    for (const Stretch& s : net_.stretches) {
      if (s.open.forward) ++out.first[number_[s.from] + 1];
      if (s.open.backward) ++out.first[number_[s.to] + 1];
    }
    std::partial_sum(out.first.begin(), out.first.end(), out.first.begin());
    std::vector<Directed> edges(out.first.back());
    std::vector<uint32_t> next(out.first.begin(), out.first.end() - 1);
    for (uint32_t i = 0; i < net_.stretches.size(); ++i) {
      const Stretch& s = net_.stretches[i];
      if (s.open.forward) edges[next[number_[s.from]]++] = {i, false};
      if (s.open.backward) edges[next[number_[s.to]]++] = {i, true};
    }
    return edges;
  }

  /// Where the points between the ends of each edge go.
  void place_shapes(const std::vector<Directed>& edges, Streets& out) const {
    out.shape_first.resize(edges.size() + 1);
    uint32_t sum = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      out.shape_first[i] = sum;
      sum += net_.stretches[edges[i].stretch].count - 2;
    }
    out.shape_first.back() = sum;
    out.shape.resize(sum);
  }

  void fill_edges(Streets& out, unsigned threads) const {
    std::vector<Directed> edges = sorted_edges(out);
    out.head.resize(edges.size());
    out.length_m.resize(edges.size());
    out.walk_min.resize(edges.size());
    out.road_class.resize(edges.size());
    out.crossing.resize(edges.size());
    place_shapes(edges, out);
    constexpr std::size_t kBatch = 16384;
    Progress progress;
    in_parallel((edges.size() + kBatch - 1) / kBatch, threads, "streets", progress,
                [&](std::size_t batch, unsigned) {
                  std::size_t end = std::min(edges.size(), (batch + 1) * kBatch);
                  for (std::size_t i = batch * kBatch; i < end; ++i) fill_edge(edges[i], i, out);
                });
  }

  void fill_edge(Directed e, std::size_t i, Streets& out) const {
    const Stretch& s = net_.stretches[e.stretch];
    out.head[i] = number_[e.reversed ? s.from : s.to];
    out.length_m[i] = static_cast<float>(s.length_m);
    out.walk_min[i] = e.reversed ? s.minutes_backward : s.minutes_forward;
    out.road_class[i] = s.road_class;
    out.crossing[i] = e.reversed ? s.traits_backward : s.traits_forward;
    std::span<const Xy> between = net_.points_of(s).subspan(1, s.count - 2);
    auto to = out.shape.begin() + out.shape_first[i];
    if (e.reversed) {
      std::copy(between.rbegin(), between.rend(), to);
    } else {
      std::copy(between.begin(), between.end(), to);
    }
  }

  StreetNet& net_;
  OsmCounts& counts_;
  std::vector<uint32_t> parent_;
  std::vector<uint32_t> number_;
};

}  // namespace

void mark_crossings(MetLines met, uint8_t own, double same_crossing_m, Stretch& stretch) {
  auto bits = [&](uint8_t tail, uint8_t head) {
    auto crossed = static_cast<uint8_t>(met.between | head);
    // From one carriageway or track to the next: the same crossing, counted on arrival.
    if (stretch.length_m < same_crossing_m) crossed &= static_cast<uint8_t>(~tail);
    return static_cast<uint8_t>(crossed & ~own);
  };
  stretch.traits_forward |= bits(met.front, met.back);
  stretch.traits_backward |= bits(met.back, met.front);
}

Streets graph_of(StreetNet net, double least_island_m, double walking_m_per_min, unsigned threads,
                 OsmCounts& counts) {
  GraphBuilder builder(net, counts);
  builder.leave_out_islands(least_island_m);
  return builder.graph(walking_m_per_min, threads);
}

}  // namespace doorstep::io
