#include "network/hierarchy/remaining_graph.h"

#include <algorithm>

namespace doorstep {

RemainingGraph::RemainingGraph(const StreetGraph& graph) : arcs_(graph.nodes()) {
  for (uint32_t p = 0; p < graph.nodes(); ++p) {
    for (const StreetGraph::Back* b = graph.back_begin(p); b != graph.back_end(p); ++b) {
      if (b->tail != p) add({p, b->tail, b->ms, kNoTime, 1});
    }
  }
  for (const auto& list : arcs_) {
    symmetric_ =
        symmetric_ && std::ranges::all_of(list, [](const Arc& a) { return a.out_ms == a.in_ms; });
  }
}

std::vector<RemainingGraph::Arc> RemainingGraph::take_out(uint32_t n) {
  for (const Arc& arc : arcs_[n]) {
    std::vector<Arc>& list = arcs_[arc.node];
    list.erase(std::ranges::find(list, n, &Arc::node));
  }
  return std::move(arcs_[n]);
}

void RemainingGraph::add(const Shortcut& s) {
  add_half(s.a, {s.b, s.out_ms, s.in_ms, s.hops});
  add_half(s.b, {s.a, s.in_ms, s.out_ms, s.hops});
}

void RemainingGraph::add_half(uint32_t at, Arc arc) {
  std::vector<Arc>& list = arcs_[at];
  auto same = std::ranges::find(list, arc.node, &Arc::node);
  if (same != list.end()) {
    bool shorter = arc.out_ms < same->out_ms || arc.in_ms < same->in_ms;
    if (!shorter) return;
    arc.out_ms = std::min(same->out_ms, arc.out_ms);
    arc.in_ms = std::min(same->in_ms, arc.in_ms);
    list.erase(same);
  }
  list.insert(std::ranges::upper_bound(list, arc.least_ms(), {}, &Arc::least_ms), arc);
}

}  // namespace doorstep
