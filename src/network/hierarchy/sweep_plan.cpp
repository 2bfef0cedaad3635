#include "network/hierarchy/sweep_plan.h"

#include <algorithm>

#include "network/street_graph.h"

namespace doorstep {
namespace {

constexpr uint32_t kOpen = kNoPlace - 1;  // on the stack, not placed yet

/// Depth first over arcs, calling place(node) after all that the node leads to.
template <class ArcsOf, class Place>
void after_all_it_leads_to(uint32_t start, std::vector<uint32_t>& place_of,
                           std::vector<std::pair<uint32_t, uint32_t>>& stack, ArcsOf arcs_of,
                           Place place) {
  if (place_of[start] != kNoPlace) return;
  stack.assign(1, {start, 0});
  place_of[start] = kOpen;
  while (!stack.empty()) {
    auto [n, k] = stack.back();
    std::span<const HierarchyArc> arcs = arcs_of(n);
    if (k == arcs.size()) {
      place(n);
      stack.pop_back();
      continue;
    }
    ++stack.back().second;
    uint32_t next = arcs[k].node;
    if (place_of[next] != kNoPlace) continue;
    place_of[next] = kOpen;
    stack.emplace_back(next, 0);
  }
}

/// The targets and all above them, each after those it reads; the nodes that only pass times on are
/// then taken out again, the last first, where that leaves fewer arcs and places to sweep.
class Thinning {
 public:
  Thinning(const Hierarchy& hierarchy, std::span<const uint32_t> targets)
      : place_(hierarchy.nodes(), kNoPlace) {
    std::vector<std::pair<uint32_t, uint32_t>> stack;
    for (uint32_t target : targets) {
      after_all_it_leads_to(
          target, place_, stack, [&](uint32_t n) { return hierarchy.down_of(n); },
          [&](uint32_t n) {
            place_[n] = static_cast<uint32_t>(node_.size());
            node_.push_back(n);
          });
    }
    keep_.assign(node_.size(), 0);
    for (uint32_t target : targets) keep_[place_[target]] = 1;
    reads_.resize(node_.size());
    readers_.resize(node_.size());
    for (uint32_t p = 0; p < node_.size(); ++p) {
      reads_[p].reserve(hierarchy.down_of(node_[p]).size());
      for (const HierarchyArc& arc : hierarchy.down_of(node_[p])) {
        reads_[p].push_back({place_[arc.node], arc.ms});
        readers_[place_[arc.node]].push_back(p);
      }
    }
  }

  SweepPlan run() {
    for (uint32_t p = static_cast<uint32_t>(node_.size()); p-- > 0;) {
      if (keep_[p] || !worth_leaving_out(p)) {
        keep_[p] = 1;
      } else {
        leave_out(p);
      }
    }
    return lay_out();
  }

 private:
  using Arc = SweepPlan::Arc;
  static constexpr std::size_t kMostPairs = 64;

  /// Gives the memory back: the lists of a large city's places are as much as its plan.
  template <class List>
  static void let_go(List& list) {
    List().swap(list);
  }

  [[nodiscard]] bool worth_leaving_out(uint32_t p) const {
    if (readers_[p].size() * reads_[p].size() > kMostPairs) return false;
    std::size_t more = 0;
    for (uint32_t reader : readers_[p]) {
      for (const Arc& arc : reads_[p]) {
        more += std::ranges::find(reads_[reader], arc.from, &Arc::from) == reads_[reader].end();
      }
    }
    return more <= readers_[p].size() + reads_[p].size() + 1;  // a place costs about an arc
  }

  void leave_out(uint32_t p) {
    for (uint32_t reader : readers_[p]) {
      std::vector<Arc>& list = reads_[reader];
      auto own = std::ranges::find(list, p, &Arc::from);
      relays_.push_back({reader, own->ms});
      uint32_t over = own->ms;
      list.erase(own);
      for (const Arc& arc : reads_[p]) {
        uint32_t ms = time_sum(arc.ms, over);
        auto same = std::ranges::find(list, arc.from, &Arc::from);
        if (same != list.end()) {
          same->ms = std::min(same->ms, ms);
        } else {
          list.push_back({arc.from, ms});
          readers_[arc.from].push_back(reader);
        }
      }
    }
    for (const Arc& arc : reads_[p]) {
      std::vector<uint32_t>& list = readers_[arc.from];
      list.erase(std::ranges::find(list, p));
    }
    let_go(reads_[p]);
    let_go(readers_[p]);
    relay_of_.push_back(p);
    relay_end_.push_back(static_cast<uint32_t>(relays_.size()));
  }

  SweepPlan lay_out() {
    SweepPlan plan;
    let_go(readers_);
    std::vector<uint32_t> now(node_.size());  // places once what was left out is gone
    uint32_t places = 0;
    std::size_t arcs = 0;
    for (uint32_t p = 0; p < node_.size(); ++p) {
      if (keep_[p]) now[p] = places++;
      arcs += reads_[p].size();
    }
    plan.first.reserve(places + 1);
    plan.arcs.reserve(arcs);
    plan.first.push_back(0);
    for (uint32_t p = 0; p < node_.size(); ++p) {
      if (!keep_[p]) continue;
      std::ranges::sort(reads_[p], {}, &Arc::from);
      for (const Arc& arc : reads_[p]) plan.arcs.push_back({now[arc.from], arc.ms});
      let_go(reads_[p]);
      plan.first.push_back(static_cast<uint32_t>(plan.arcs.size()));
      place_[node_[p]] = now[p];
    }
    plan.relay_first.push_back(0);
    for (std::size_t r = 0; r < relay_of_.size(); ++r) {
      place_[node_[relay_of_[r]]] = SweepPlan::kRelay + static_cast<uint32_t>(r);
      plan.relay_first.push_back(relay_end_[r]);
    }
    plan.relays.reserve(relays_.size());
    for (const Arc& relay : relays_) plan.relays.push_back({now[relay.from], relay.ms});
    plan.place = std::move(place_);
    return plan;
  }

  std::vector<uint32_t> place_;  // of each node, what is left out counted
  std::vector<uint32_t> node_;   // of each place
  std::vector<char> keep_;
  std::vector<std::vector<Arc>> reads_;
  std::vector<std::vector<uint32_t>> readers_;
  std::vector<uint32_t> relay_of_;
  std::vector<uint32_t> relay_end_;
  std::vector<Arc> relays_;
};

}  // namespace

SweepPlan plan_sweep(const Hierarchy& hierarchy, std::span<const uint32_t> targets) {
  return Thinning(hierarchy, targets).run();
}

Climb::Climb(const Hierarchy& hierarchy)
    : hierarchy_(&hierarchy), step_(hierarchy.nodes(), kNoPlace) {}

void Climb::reach(std::span<const uint32_t> starts) {
  for (uint32_t n : nodes_) step_[n] = kNoPlace;
  nodes_.clear();
  first_.clear();
  arcs_.clear();
  for (uint32_t start : starts) visit(start);
  std::ranges::reverse(nodes_);
  for (uint32_t s = 0; s < nodes_.size(); ++s) step_[nodes_[s]] = s;
  first_.push_back(0);
  for (uint32_t n : nodes_) {
    for (const HierarchyArc& arc : hierarchy_->up_of(n)) arcs_.push_back({step_[arc.node], arc.ms});
    first_.push_back(static_cast<uint32_t>(arcs_.size()));
  }
}

void Climb::visit(uint32_t start) {
  after_all_it_leads_to(
      start, step_, stack_, [&](uint32_t n) { return hierarchy_->up_of(n); },
      [&](uint32_t n) { nodes_.push_back(n); });
}

}  // namespace doorstep
