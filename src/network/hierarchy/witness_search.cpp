#include "network/hierarchy/witness_search.h"

#include <algorithm>

namespace doorstep {

std::span<const RemainingGraph::Shortcut> WitnessSearch::shortcuts(uint32_t node,
                                                                   uint32_t settle_at_most) {
  const auto& around = graph_.arcs_of(node);
  found_.clear();
  for (std::size_t i = 0; i + 1 < around.size(); ++i) {
    std::size_t first = found_.size();
    for (std::size_t k = i + 1; k < around.size(); ++k) {
      found_.push_back({around[i].node, around[k].node, time_sum(around[i].in_ms, around[k].out_ms),
                        time_sum(around[k].in_ms, around[i].out_ms),
                        around[i].hops + around[k].hops});
    }
    drop_witnessed<Way::Out>(node, around[i].node, first, settle_at_most);
    if (graph_.symmetric()) {
      for (std::size_t s = first; s < found_.size(); ++s) found_[s].in_ms = found_[s].out_ms;
    } else {
      drop_witnessed<Way::Back>(node, around[i].node, first, settle_at_most);
    }
    auto needless = [](const RemainingGraph::Shortcut& s) {
      return s.out_ms == kNoTime && s.in_ms == kNoTime;
    };
    found_.erase(
        std::remove_if(found_.begin() + static_cast<std::ptrdiff_t>(first), found_.end(), needless),
        found_.end());
  }
  return found_;
}

/// Searches only as far as one street short of the farthest target; the last street is looked up
/// from the targets' side, where few end, instead of pushing all that start.
template <WitnessSearch::Way kWay>
void WitnessSearch::drop_witnessed(uint32_t node, uint32_t from, std::size_t first,
                                   uint32_t settle_at_most) {
  constexpr auto kTime =
      kWay == Way::Out ? &RemainingGraph::Shortcut::out_ms : &RemainingGraph::Shortcut::in_ms;
  uint32_t reach = 0;
  bool any = false;
  for (std::size_t s = first; s < found_.size(); ++s) {
    uint32_t via = found_[s].*kTime;
    if (via == kNoTime) continue;
    any = true;
    uint32_t last = graph_.arcs_of(found_[s].b).front().least_ms();
    reach = std::max(reach, via - std::min(via, last));
  }
  if (!any) return;
  search<kWay>(node, from, reach, settle_at_most);
  for (std::size_t s = first; s < found_.size(); ++s) {
    uint32_t& via = found_[s].*kTime;
    if (via != kNoTime && reached<kWay>(found_[s].b, via)) via = kNoTime;
  }
  for (uint32_t n : touched_) ms_[n] = kNoTime;
  touched_.clear();
}

template <WitnessSearch::Way kWay>
bool WitnessSearch::reached(uint32_t target, uint32_t within_ms) const {
  if (ms_[target] <= within_ms) return true;
  for (const RemainingGraph::Arc& arc : graph_.arcs_of(target)) {
    if (arc.least_ms() > within_ms) break;
    uint32_t last = kWay == Way::Out ? arc.in_ms : arc.out_ms;
    if (time_sum(ms_[arc.node], last) <= within_ms) return true;
  }
  return false;
}

template <WitnessSearch::Way kWay>
void WitnessSearch::search(uint32_t node, uint32_t from, uint32_t reach, uint32_t settle_at_most) {
  ms_[from] = 0;
  touched_.push_back(from);
  queue_.push(0, from);
  for (uint32_t settled = 0; !queue_.empty() && settled < settle_at_most;) {
    NodeQueue::Entry top = queue_.pop();
    if (top.ms > ms_[top.node]) continue;
    ++settled;
    for (const RemainingGraph::Arc& arc : graph_.arcs_of(top.node)) {
      if (time_sum(top.ms, arc.least_ms()) > reach) break;
      uint32_t ms = time_sum(top.ms, kWay == Way::Out ? arc.out_ms : arc.in_ms);
      if (ms > reach || ms >= ms_[arc.node] || arc.node == node || barred_[arc.node]) continue;
      if (ms_[arc.node] == kNoTime) touched_.push_back(arc.node);
      ms_[arc.node] = ms;
      queue_.push(ms, arc.node);
    }
  }
  queue_.clear();
}

}  // namespace doorstep
