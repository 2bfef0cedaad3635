#include "network/hierarchy/hierarchy.h"

#include <algorithm>
#include <numeric>

#include "network/hierarchy/remaining_graph.h"
#include "network/hierarchy/witness_search.h"
#include "network/parallel.h"
#include "network/street_graph.h"

namespace doorstep {
namespace {

constexpr uint32_t kSettleToJudge = 4;      // a priority may be a little wrong
constexpr uint32_t kSettleToContract = 40;  // a shortcut too many stays for ever
constexpr uint32_t kNone = 0xFFFFFFFFu;
constexpr std::size_t kBlock = 64;  // nodes a worker takes at a time

/// A scrambled node number: ties of priority fall all over the map.
uint64_t scrambled(uint32_t node) {
  uint64_t x = (uint64_t{node} + 1) * 0x9e3779b97f4a7c15ULL;
  x ^= x >> 29;
  return (x * 0xbf58476d1ce4e5b9ULL) >> 32;
}

/// Contracts in rounds: all nodes that come before their neighbours go at once, judged on the graph
/// as the round finds it, so that rounds are the same for any number of threads.
class Contraction {
 public:
  Contraction(const StreetGraph& graph, unsigned threads, Progress& progress)
      : graph_(graph), threads_(threads), progress_(progress), barred_(graph.nodes(), 0) {
    for (unsigned w = 0; w < workers_for(graph.nodes(), threads); ++w) {
      searches_.emplace_back(graph_, barred_);
    }
    rank_.assign(graph.nodes(), 0);
    kept_.resize(graph.nodes());
    level_.assign(graph.nodes(), 0);
    key_.resize(graph.nodes());
    left_.resize(graph.nodes());
    std::iota(left_.begin(), left_.end(), 0u);
  }

  Hierarchy run() {
    judge(left_);
    while (!left_.empty()) {
      progress_.step("street hierarchy",
                     static_cast<double>(contracted_) / static_cast<double>(graph_.nodes()));
      choose();
      find_shortcuts();
      contract();
      judge(touched_);
    }
    lay_out();
    return std::move(out_);
  }

 private:
  using Arc = RemainingGraph::Arc;

  template <class Work>
  void for_blocks(std::size_t count, Work work) {
    std::size_t blocks = (count + kBlock - 1) / kBlock;
    unsigned threads = blocks < 4 ? 1 : threads_;
    in_parallel(blocks, threads, "street hierarchy", silent_,
                [&](std::size_t block, unsigned worker) {
                  std::size_t end = std::min((block + 1) * kBlock, count);
                  for (std::size_t i = block * kBlock; i < end; ++i) work(i, worker);
                });
  }

  /// Nodes that add few shortcuts, stand for few streets and lie apart from those contracted go
  /// first.
  void judge(const std::vector<uint32_t>& nodes) {
    for_blocks(nodes.size(), [&](std::size_t i, unsigned worker) {
      uint32_t n = nodes[i];
      uint64_t added = 0, added_hops = 0, removed = 1, removed_hops = 1;
      for (const RemainingGraph::Shortcut& s : searches_[worker].shortcuts(n, kSettleToJudge)) {
        ++added;
        added_hops += s.hops;
      }
      for (const Arc& arc : graph_.arcs_of(n)) {
        ++removed;
        removed_hops += arc.hops;
      }
      uint64_t priority =
          1000 * level_[n] + 1000 * added / removed + 1000 * added_hops / removed_hops;
      key_[n] = (std::min<uint64_t>(priority, 0xFFFFFFFFu) << 32) | scrambled(n);
    });
  }

  /// All that come before every neighbour of theirs.
  void choose() {
    is_first_.assign(left_.size(), 0);
    for_blocks(left_.size(), [&](std::size_t i, unsigned) {
      uint32_t n = left_[i];
      is_first_[i] = std::ranges::all_of(graph_.arcs_of(n),
                                         [&](const Arc& arc) { return before(n, arc.node); });
    });
    chosen_.clear();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      if (is_first_[i]) {
        chosen_.push_back(left_[i]);
        barred_[left_[i]] = 1;
      } else {
        left_[kept++] = left_[i];
      }
    }
    left_.resize(kept);
  }
  [[nodiscard]] bool before(uint32_t a, uint32_t b) const {
    return key_[a] != key_[b] ? key_[a] < key_[b] : a < b;
  }

  void find_shortcuts() {
    shortcuts_.resize(chosen_.size());
    for_blocks(chosen_.size(), [&](std::size_t i, unsigned worker) {
      auto found = searches_[worker].shortcuts(chosen_[i], kSettleToContract);
      shortcuts_[i].assign(found.begin(), found.end());
    });
  }

  void contract() {
    touched_.clear();
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      uint32_t n = chosen_[i];
      rank_[n] = contracted_++;
      kept_[n] = graph_.take_out(n);
      for (const Arc& arc : kept_[n]) {
        level_[arc.node] = std::max(level_[arc.node], level_[n] + 1);
        touched_.push_back(arc.node);
      }
      for (const RemainingGraph::Shortcut& s : shortcuts_[i]) graph_.add(s);
    }
    std::ranges::sort(touched_);
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  }

  /// Each node hangs below the first contracted of its neighbours when it went itself.
  [[nodiscard]] std::vector<uint32_t> parents() const {
    std::vector<uint32_t> parent(kept_.size(), kNone);
    for (std::size_t n = 0; n < kept_.size(); ++n) {
      for (const Arc& arc : kept_[n]) {
        if (parent[n] == kNone || rank_[arc.node] < rank_[parent[n]]) parent[n] = arc.node;
      }
    }
    return parent;
  }

  /// Numbers from above: a node, then all below its heaviest child, then its other children. A
  /// climb leaves such a run only a few times.
  void number_nodes() {
    std::size_t n = kept_.size();
    std::vector<uint32_t> by_rank(n), parent = parents(), below(n, 1), heaviest(n, kNone);
    for (uint32_t v = 0; v < n; ++v) by_rank[rank_[v]] = v;
    for (uint32_t v : by_rank) {
      uint32_t p = parent[v];
      if (p == kNone) continue;
      below[p] += below[v];
      if (heaviest[p] == kNone || below[v] > below[heaviest[p]]) heaviest[p] = v;
    }
    out_.number.assign(n, 0);
    std::vector<uint32_t> free(n);  // next number for a child that is not the heaviest
    uint32_t roots_end = 0;
    for (auto v = by_rank.rbegin(); v != by_rank.rend(); ++v) {
      uint32_t p = parent[*v];
      bool first = p != kNone && heaviest[p] == *v;
      uint32_t& next = p == kNone ? roots_end : free[p];
      uint32_t number = first ? out_.number[p] + 1 : next;
      if (!first) next += below[*v];
      out_.number[*v] = number;
      free[*v] = number + 1 + (heaviest[*v] == kNone ? 0 : below[heaviest[*v]]);
    }
  }

  void lay_out() {
    number_nodes();
    std::vector<uint32_t> node_of(kept_.size());
    for (uint32_t v = 0; v < kept_.size(); ++v) node_of[out_.number[v]] = v;
    out_.up_first.push_back(0);
    out_.down_first.push_back(0);
    for (uint32_t v : node_of) {
      out_.rank.push_back(rank_[v]);
      auto& arcs = kept_[v];
      std::ranges::sort(arcs, {}, [&](const Arc& arc) { return rank_[arc.node]; });
      for (const Arc& arc : arcs) {
        if (arc.out_ms != kNoTime) out_.up.push_back({out_.number[arc.node], arc.out_ms});
        if (arc.in_ms != kNoTime) out_.down.push_back({out_.number[arc.node], arc.in_ms});
      }
      out_.up_first.push_back(static_cast<uint32_t>(out_.up.size()));
      out_.down_first.push_back(static_cast<uint32_t>(out_.down.size()));
    }
  }

  RemainingGraph graph_;
  unsigned threads_;
  Progress& progress_;
  Progress silent_;
  Hierarchy out_;
  std::vector<WitnessSearch> searches_;
  std::vector<uint32_t> rank_;          // when each node went
  std::vector<std::vector<Arc>> kept_;  // of each node when it went
  std::vector<uint32_t> level_;
  std::vector<uint64_t> key_;
  std::vector<uint32_t> left_;
  std::vector<char> is_first_;
  std::vector<char> barred_;  // chosen in this round or gone
  std::vector<uint32_t> chosen_;
  std::vector<std::vector<RemainingGraph::Shortcut>> shortcuts_;
  std::vector<uint32_t> touched_;
  uint32_t contracted_ = 0;
};

}  // namespace

Hierarchy build_hierarchy(const StreetGraph& graph, unsigned threads, Progress& progress) {
  return Contraction(graph, threads, progress).run();
}

}  // namespace doorstep
