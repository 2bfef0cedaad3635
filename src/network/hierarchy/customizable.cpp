#include "network/hierarchy/customizable.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace doorstep {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFFu;

}  // namespace

CustomizableHierarchy::CustomizableHierarchy(const StreetGraph& graph, std::vector<uint32_t> order)
    : order_(std::move(order)), rank_(graph.nodes()) {
  DOORSTEP_ASSERT(order_.size() == graph.nodes());
  for (uint32_t r = 0; r < order_.size(); ++r) rank_[order_[r]] = r;
  settle_shortcuts(graph);
}

/// A node's higher neighbours become its first one's, which is contracted next among them.
void CustomizableHierarchy::settle_shortcuts(const StreetGraph& graph) {
  std::vector<std::vector<uint32_t>> higher(graph.nodes());
  for (uint32_t p = 0; p < graph.nodes(); ++p) {
    for (const StreetGraph::Back* b = graph.back_begin(p); b != graph.back_end(p); ++b) {
      uint32_t r = rank_[p], s = rank_[b->tail];
      if (r != s) higher[std::min(r, s)].push_back(std::max(r, s));
    }
  }
  first_.assign(1, 0);
  head_.clear();
  for (uint32_t r = 0; r < higher.size(); ++r) {
    std::vector<uint32_t>& own = higher[r];
    std::ranges::sort(own);
    own.erase(std::unique(own.begin(), own.end()), own.end());
    if (!own.empty()) {
      std::vector<uint32_t>& next = higher[own.front()];
      next.insert(next.end(), own.begin() + 1, own.end());
    }
    head_.insert(head_.end(), own.begin(), own.end());
    first_.push_back(static_cast<uint32_t>(head_.size()));
    own = {};
  }
}

uint32_t CustomizableHierarchy::arc_between(uint32_t lower, uint32_t higher) const {
  auto begin = head_.begin() + first_[lower], end = head_.begin() + first_[lower + 1];
  auto found = std::lower_bound(begin, end, higher);
  return found == end || *found != higher ? kNone : static_cast<uint32_t>(found - head_.begin());
}

bool CustomizableHierarchy::put_times(const StreetGraph& graph) {
  up_ms_.assign(head_.size(), kNoTime);
  down_ms_.assign(head_.size(), kNoTime);
  for (uint32_t p = 0; p < graph.nodes(); ++p) {
    for (const StreetGraph::Back* b = graph.back_begin(p); b != graph.back_end(p); ++b) {
      uint32_t r = rank_[p], s = rank_[b->tail];
      if (r == s) continue;
      uint32_t arc = arc_between(std::min(r, s), std::max(r, s));
      if (arc == kNone) return false;
      uint32_t& ms = r < s ? up_ms_[arc] : down_ms_[arc];
      ms = std::min(ms, b->ms);
    }
  }
  return true;
}

/// From below: the way between two higher neighbours may be shorter over this node. The arcs of
/// such a pair hang at the lower of the two, in the same order as this node's.
void CustomizableHierarchy::relax_triangles() {
  for (std::size_t r = 0; r + 1 < first_.size(); ++r) {
    for (uint32_t i = first_[r]; i < first_[r + 1]; ++i) {
      uint32_t arc = first_[head_[i]];
      for (uint32_t k = i + 1; k < first_[r + 1]; ++k) {
        while (head_[arc] != head_[k]) ++arc;
        up_ms_[arc] = std::min(up_ms_[arc], time_sum(down_ms_[i], up_ms_[k]));
        down_ms_[arc] = std::min(down_ms_[arc], time_sum(down_ms_[k], up_ms_[i]));
      }
    }
  }
}

/// Numbers run from the last contracted downwards along the tree of first higher neighbours.
Hierarchy CustomizableHierarchy::lay_out() const {
  std::size_t n = order_.size();
  std::vector<uint32_t> below(n, 1), number(n), free(n);
  auto parent = [&](std::size_t r) { return first_[r] < first_[r + 1] ? head_[first_[r]] : kNone; };
  for (std::size_t r = 0; r < n; ++r) {
    if (parent(r) != kNone) below[parent(r)] += below[r];
  }
  uint32_t roots_end = 0;
  for (std::size_t r = n; r-- > 0;) {
    uint32_t& next = parent(r) == kNone ? roots_end : free[parent(r)];
    number[r] = next;
    next += below[r];
    free[r] = number[r] + 1;
  }
  Hierarchy out;
  out.number.resize(n);
  out.rank.resize(n);
  for (std::size_t r = 0; r < n; ++r) {
    out.number[order_[r]] = number[r];
    out.rank[number[r]] = static_cast<uint32_t>(r);
  }
  out.up_first.push_back(0);
  out.down_first.push_back(0);
  for (uint32_t r : out.rank) {
    for (uint32_t k = first_[r]; k < first_[r + 1]; ++k) {
      if (up_ms_[k] != kNoTime) out.up.push_back({number[head_[k]], up_ms_[k]});
      if (down_ms_[k] != kNoTime) out.down.push_back({number[head_[k]], down_ms_[k]});
    }
    out.up_first.push_back(static_cast<uint32_t>(out.up.size()));
    out.down_first.push_back(static_cast<uint32_t>(out.down.size()));
  }
  return out;
}

Hierarchy CustomizableHierarchy::customize(const StreetGraph& graph) {
  DOORSTEP_ASSERT(graph.nodes() == order_.size());
  if (!put_times(graph)) {
    settle_shortcuts(graph);
    bool foreseen = put_times(graph);
    DOORSTEP_ASSERT(foreseen);
  }
  relax_triangles();
  return lay_out();
}

}  // namespace doorstep
