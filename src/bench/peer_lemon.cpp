#include <lemon/dijkstra.h>
#include <lemon/static_graph.h>

#include "bench/peers.h"

namespace doorstep::bench {
namespace {

class LemonDijkstra final : public PeerSearch {
 public:
  explicit LemonDijkstra(const StreetGraph& graph) {
    std::vector<std::pair<int, int>> arcs;
    std::vector<uint32_t> weights;
    // LEMON wants arcs by tail: rows in the order of nodes.
    for (uint32_t n = 0; n < graph.nodes(); ++n) {
      uint32_t p = graph.position(n);
      for (const StreetGraph::Back* b = graph.back_begin(p); b != graph.back_end(p); ++b) {
        arcs.emplace_back(static_cast<int>(n), static_cast<int>(graph.node_at_position(b->tail)));
        weights.push_back(b->ms);
      }
    }
    graph_.build(static_cast<int>(graph.nodes()), arcs.begin(), arcs.end());
    length_ = std::make_unique<Length>(graph_);
    for (std::size_t a = 0; a < arcs.size(); ++a) {
      (*length_)[graph_.arc(static_cast<int>(a))] = weights[a];
    }
    search_ = std::make_unique<Search>(graph_, *length_);
    search_->predMap(no_ways_);
  }

  [[nodiscard]] std::string name() const override { return "LEMON 1.3.1 Dijkstra"; }

  void search(const std::vector<StreetRouter::End>& seeds, std::vector<uint32_t>& ms) override {
    search_->init();
    for (const StreetRouter::End& end : seeds) {
      search_->addSource(graph_.node(static_cast<int>(end.node)), end.ms);
    }
    search_->start();
    ms.resize(static_cast<std::size_t>(graph_.nodeNum()));
    for (int n = 0; n < graph_.nodeNum(); ++n) {
      auto node = graph_.node(n);
      ms[static_cast<std::size_t>(n)] = search_->reached(node) ? search_->dist(node) : kNoTime;
    }
  }

 private:
  using Length = lemon::StaticDigraph::ArcMap<uint32_t>;
  // Nobody asks for ways here; LEMON's map of arcs does not compile as C++20 either.
  using NoWays = lemon::NullMap<lemon::StaticDigraph::Node, lemon::StaticDigraph::Arc>;
  using Search = lemon::Dijkstra<lemon::StaticDigraph, Length>::SetPredMap<NoWays>::Create;
  lemon::StaticDigraph graph_;
  std::unique_ptr<Length> length_;
  NoWays no_ways_;
  std::unique_ptr<Search> search_;
};

}  // namespace

std::unique_ptr<PeerSearch> lemon_dijkstra(const StreetGraph& graph) {
  return std::make_unique<LemonDijkstra>(graph);
}

}  // namespace doorstep::bench
