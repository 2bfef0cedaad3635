#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>

#include "bench/peers.h"

namespace doorstep::bench {
namespace {

/// One node more than the streets have: the campus, with an arc to each of its street's ends.
class BoostDijkstra final : public PeerSearch {
 public:
  explicit BoostDijkstra(const StreetGraph& graph) : campus_(graph.nodes()) {
    std::vector<std::pair<uint32_t, uint32_t>> arcs;
    for (uint32_t p = 0; p < graph.nodes(); ++p) {
      for (const StreetGraph::Back* b = graph.back_begin(p); b != graph.back_end(p); ++b) {
        arcs.emplace_back(graph.node_at_position(p), graph.node_at_position(b->tail));
        weights_.push_back(b->ms);
      }
    }
    // The campus's own arcs come last in row order; which ends they lead to is set by each search.
    for (uint32_t k = 0; k < kMostEnds; ++k) {
      arcs.emplace_back(campus_, 0);
      weights_.push_back(0);
    }
    graph_ = Graph(boost::edges_are_unsorted_multi_pass, arcs.begin(), arcs.end(), weights_.begin(),
                   graph.nodes() + 1);
    ms_.resize(graph.nodes() + 1);
  }

  [[nodiscard]] std::string name() const override { return "Boost.Graph 1.74 Dijkstra"; }

  void search(const std::vector<StreetRouter::End>& seeds, std::vector<uint32_t>& ms) override {
    std::size_t first = graph_.m_forward.m_rowstart[campus_];
    for (std::size_t k = 0; k < kMostEnds; ++k) {
      const StreetRouter::End& end = seeds[std::min(k, seeds.size() - 1)];
      graph_.m_forward.m_column[first + k] = end.node;
      graph_[edge(first + k)] = end.ms;
    }
    boost::dijkstra_shortest_paths_no_color_map(
        graph_, campus_,
        boost::weight_map(boost::get(boost::edge_bundle, graph_))
            .distance_map(boost::make_iterator_property_map(
                ms_.begin(), boost::get(boost::vertex_index, graph_)))
            .distance_inf(kNoTime));
    ms.assign(ms_.begin(), ms_.end() - 1);
  }

 private:
  static constexpr uint32_t kMostEnds = 2;
  using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, uint32_t>;
  [[nodiscard]] boost::graph_traits<Graph>::edge_descriptor edge(std::size_t index) const {
    return {campus_, index};
  }

  std::size_t campus_;
  std::vector<uint32_t> weights_;
  Graph graph_;
  std::vector<uint32_t> ms_;
};

}  // namespace

std::unique_ptr<PeerSearch> boost_dijkstra(const StreetGraph& graph) {
  return std::make_unique<BoostDijkstra>(graph);
}

}  // namespace doorstep::bench
