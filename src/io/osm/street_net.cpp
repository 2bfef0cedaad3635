#include "io/osm/street_net.h"

#include <algorithm>
#include <numeric>

namespace doorstep::io {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFFu;

class GraphBuilder {
 public:
  GraphBuilder(StreetNet& net, OsmCounts& counts) : net_(net), counts_(counts) {}

  /// Short pieces of street that connect to nothing, most of them mapping leftovers.
  void leave_out_islands(double least_island_m) {
    parent_.resize(net_.nodes());
    std::iota(parent_.begin(), parent_.end(), 0u);
    for (const Stretch& s : net_.stretches) {
      uint32_t a = root(front(s));
      uint32_t b = root(back(s));
      parent_[std::max(a, b)] = std::min(a, b);
    }
    std::vector<double> length(net_.nodes(), 0.0);
    for (const Stretch& s : net_.stretches) length[root(front(s))] += s.length_m;
    double longest = net_.stretches.empty() ? 0.0 : std::ranges::max(length);
    double least = std::min(least_island_m, longest);
    std::vector<char> used(net_.nodes(), 0);
    for (const Stretch& s : net_.stretches) used[root(front(s))] = 1;
    for (uint32_t n = 0; n < net_.nodes(); ++n) {
      if (!used[n]) continue;
      bool keep = length[n] >= least;
      (keep ? counts_.components : counts_.islands_left_out) += 1;
      (keep ? counts_.street_km : counts_.islands_left_out_km) += length[n] / 1000.0;
    }
    std::erase_if(net_.stretches, [&](const Stretch& s) { return length[root(front(s))] < least; });
  }

  Streets graph(double walking_m_per_min) {
    Streets out;
    number_nodes(out);
    out.speed_m_per_min = walking_m_per_min;
    fill_edges(out);
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

  uint32_t front(const Stretch& s) const { return net_.node_pool[s.first]; }
  uint32_t back(const Stretch& s) const { return net_.node_pool[s.first + s.count - 1]; }

  uint32_t root(uint32_t n) {
    while (parent_[n] != n) n = parent_[n] = parent_[parent_[n]];
    return n;
  }

  void number_nodes(Streets& out) {
    number_.assign(net_.nodes(), kNone);
    for (const Stretch& s : net_.stretches) number_[front(s)] = number_[back(s)] = 0;
    std::vector<uint32_t> size(net_.nodes(), 0);
    for (uint32_t n = 0; n < number_.size(); ++n) {
      if (number_[n] == kNone) continue;
      number_[n] = static_cast<uint32_t>(out.node_at.size());
      out.node_at.push_back(net_.at(n));
      counts_.largest_component = std::max<std::size_t>(counts_.largest_component, ++size[root(n)]);
    }
  }

  /// Edges by the node they leave, those of one node in the order of the stretches.
  std::vector<Directed> sorted_edges(Streets& out) const {
    out.first.assign(out.nodes() + 1, 0);
    for (const Stretch& s : net_.stretches) {
      if (s.open.forward) ++out.first[number_[front(s)] + 1];
      if (s.open.backward) ++out.first[number_[back(s)] + 1];
    }
    std::partial_sum(out.first.begin(), out.first.end(), out.first.begin());
    std::vector<Directed> edges(out.first.back());
    std::vector<uint32_t> next(out.first.begin(), out.first.end() - 1);
    for (uint32_t i = 0; i < net_.stretches.size(); ++i) {
      const Stretch& s = net_.stretches[i];
      if (s.open.forward) edges[next[number_[front(s)]]++] = {i, false};
      if (s.open.backward) edges[next[number_[back(s)]]++] = {i, true};
    }
    return edges;
  }

  void fill_edges(Streets& out) const {
    std::vector<Directed> edges = sorted_edges(out);
    out.head.reserve(edges.size());
    out.length_m.reserve(edges.size());
    out.walk_min.reserve(edges.size());
    out.road_class.reserve(edges.size());
    out.crossing.reserve(edges.size());
    out.shape_first.reserve(edges.size() + 1);
    out.shape_first.push_back(0);
    out.shape.reserve(2 * net_.node_pool.size());
    for (const Directed& e : edges) {
      const Stretch& s = net_.stretches[e.stretch];
      out.head.push_back(number_[e.reversed ? front(s) : back(s)]);
      out.length_m.push_back(static_cast<float>(s.length_m));
      out.walk_min.push_back(
          static_cast<float>(e.reversed ? s.minutes_backward : s.minutes_forward));
      out.road_class.push_back(s.road_class);
      out.crossing.push_back(e.reversed ? s.traits_backward : s.traits_forward);
      std::span<const uint32_t> nodes = net_.nodes_of(s);
      for (std::size_t k = 1; k + 1 < nodes.size(); ++k) {
        out.shape.push_back(net_.at(nodes[e.reversed ? nodes.size() - 1 - k : k]));
      }
      out.shape_first.push_back(static_cast<uint32_t>(out.shape.size()));
    }
    out.shape.shrink_to_fit();
  }

  StreetNet& net_;
  OsmCounts& counts_;
  std::vector<uint32_t> parent_;
  std::vector<uint32_t> number_;
};

}  // namespace

void mark_crossings(const StreetNet& net, const LineKinds& on_line, uint8_t own,
                    double same_crossing_m, Stretch& stretch) {
  std::span<const uint32_t> nodes = net.nodes_of(stretch);
  auto kinds = [&](uint32_t n) { return n < on_line.size() ? on_line[n] : uint8_t{0}; };
  uint8_t between = 0;
  for (std::size_t k = 1; k + 1 < nodes.size(); ++k) between |= kinds(nodes[k]);
  uint8_t at_front = kinds(nodes.front());
  uint8_t at_back = kinds(nodes.back());
  auto bits = [&](uint8_t tail, uint8_t head) {
    auto met = static_cast<uint8_t>(between | head);
    // From one carriageway or track to the next: the same crossing, counted on arrival.
    if (stretch.length_m < same_crossing_m) met &= static_cast<uint8_t>(~tail);
    return static_cast<uint8_t>(met & ~own);
  };
  stretch.traits_forward |= bits(at_front, at_back);
  stretch.traits_backward |= bits(at_back, at_front);
}

Streets graph_of(StreetNet net, double least_island_m, double walking_m_per_min,
                 OsmCounts& counts) {
  GraphBuilder builder(net, counts);
  builder.leave_out_islands(least_island_m);
  return builder.graph(walking_m_per_min);
}

}  // namespace doorstep::io
