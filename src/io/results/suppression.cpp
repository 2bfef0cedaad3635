#include "io/results/suppression.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <tuple>

#include "base/error.h"

namespace doorstep::io {
namespace {

using Arc = CountNetwork::Arc;

/// A step along an arc: with it the count grows, against it the count shrinks.
struct Step {
  uint32_t arc;
  uint32_t to;
  bool against;
};

class Hiding {
 public:
  Hiding(const CountNetwork& network, double min_count)
      : network_(network), min_count_(min_count), withheld_(network.arcs.size()) {
    steps_.resize(network.nodes);
    for (uint32_t a = 0; a < network.arcs.size(); ++a) {
      const Arc& arc = network.arcs[a];
      // A count of nobody stays published: to hide it would only hint at what is not there.
      if (arc.value <= 0) continue;
      steps_[arc.from].push_back({a, arc.to, false});
      // What shrinks by min_count must hold as much.
      if (arc.value >= min_count) steps_[arc.to].push_back({a, arc.from, true});
      withheld_[a] = !arc.unseen && arc.value < min_count;
    }
  }

  std::vector<bool> run() {
    std::vector<uint32_t> small;
    for (uint32_t a = 0; a < withheld_.size(); ++a)
      if (withheld_[a]) small.push_back(a);
    // The largest first: its cycle often hides smaller ones as well.
    std::ranges::stable_sort(small, std::ranges::greater(),
                             [&](uint32_t a) { return network_.arcs[a].value; });
    for (uint32_t a : small) hide(a);
    return std::move(withheld_);
  }

 private:
  [[nodiscard]] double cost(uint32_t arc) const {
    const Arc& a = network_.arcs[arc];
    return withheld_[arc] ? 0.0 : a.weight * (1.0 + a.value);
  }

  /// Withholds the cheapest way from the end of a small count back to its start.
  void hide(uint32_t target) {
    const Arc& arc = network_.arcs[target];
    constexpr double kFar = std::numeric_limits<double>::infinity();
    std::vector<double> far(network_.nodes, kFar);
    std::vector<Step> came(network_.nodes);
    using Entry = std::tuple<double, uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    far[arc.to] = 0.0;
    queue.emplace(0.0, arc.to);
    while (!queue.empty()) {
      auto [length, node] = queue.top();
      queue.pop();
      if (length > far[node]) continue;
      if (node == arc.from) break;
      for (const Step& step : steps_[node]) {
        if (step.arc == target) continue;  // back along itself is no way round
        double next = length + cost(step.arc);
        if (next >= far[step.to]) continue;
        far[step.to] = next;
        came[step.to] = {step.arc, node, step.against};
        queue.emplace(next, step.to);
      }
    }
    if (far[arc.from] == kFar)
      throw Error("counts do not add up to their totals, so small ones cannot be hidden", "",
                  "write the results without --public and look at their findings");
    for (uint32_t node = arc.from; node != arc.to; node = came[node].to)
      withheld_[came[node].arc] = true;
  }

  const CountNetwork& network_;
  double min_count_;
  std::vector<bool> withheld_;
  std::vector<std::vector<Step>> steps_;
};

}  // namespace

std::vector<bool> withheld_arcs(const CountNetwork& network, double min_count) {
  return Hiding(network, min_count).run();
}

}  // namespace doorstep::io
