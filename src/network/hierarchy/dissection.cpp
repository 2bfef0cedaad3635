#include "network/hierarchy/dissection.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace doorstep {
namespace {

constexpr std::size_t kSmallCell = 6;  // fewer nodes are not cut further
constexpr double kLeastShare = 0.3;    // of a cell's nodes on the smaller side
constexpr Xy kDirections[] = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

class Dissection {
 public:
  explicit Dissection(const StreetGraph& graph)
      : at_(graph.nodes()), around_(graph.nodes()), place_(graph.nodes(), kOutside) {
    for (uint32_t p = 0; p < graph.nodes(); ++p) {
      at_[p] = graph.streets().node_at[graph.node_at_position(p)];
      for (const StreetGraph::Back* b = graph.back_begin(p); b != graph.back_end(p); ++b) {
        around_[p].push_back(b->tail);
        around_[b->tail].push_back(p);
      }
    }
    for (auto& list : around_) {
      std::ranges::sort(list);
      list.erase(std::unique(list.begin(), list.end()), list.end());
    }
  }

  std::vector<uint32_t> run() {
    std::vector<uint32_t> all(at_.size());
    std::iota(all.begin(), all.end(), 0u);
    // Cells still to be cut; written from the back of the order, so that cuts go last.
    std::vector<std::vector<uint32_t>> cells;
    cells.push_back(std::move(all));
    while (!cells.empty()) {
      std::vector<uint32_t> cell = std::move(cells.back());
      cells.pop_back();
      if (cell.size() <= kSmallCell) {
        reversed_.insert(reversed_.end(), cell.begin(), cell.end());
        continue;
      }
      auto [low, high] = cut(cell);
      cells.push_back(std::move(low));
      cells.push_back(std::move(high));
    }
    std::ranges::reverse(reversed_);
    return std::move(reversed_);
  }

 private:
  static constexpr uint32_t kOutside = 0xFFFFFFFFu;
  struct Cut {
    std::size_t crossing = SIZE_MAX;
    std::size_t size_low = 0;
    std::vector<uint32_t> sorted;
  };

  /// Puts the nodes at the best cut into the order and gives the two halves without them.
  std::pair<std::vector<uint32_t>, std::vector<uint32_t>> cut(const std::vector<uint32_t>& cell) {
    Cut best;
    for (Xy direction : kDirections) try_direction(cell, direction, best);
    for (std::size_t i = 0; i < best.sorted.size(); ++i) {
      place_[best.sorted[i]] = static_cast<uint32_t>(i);
    }
    std::vector<uint32_t> low_edge = edge_of(best, 0, best.size_low);
    std::vector<uint32_t> high_edge = edge_of(best, best.size_low, best.sorted.size());
    const std::vector<uint32_t>& separator =
        low_edge.size() <= high_edge.size() ? low_edge : high_edge;
    for (uint32_t n : best.sorted) place_[n] = kOutside;
    for (uint32_t n : separator) place_[n] = 0;
    std::pair<std::vector<uint32_t>, std::vector<uint32_t>> halves;
    for (std::size_t i = 0; i < best.sorted.size(); ++i) {
      uint32_t n = best.sorted[i];
      if (place_[n] == kOutside) (i < best.size_low ? halves.first : halves.second).push_back(n);
      place_[n] = kOutside;
    }
    reversed_.insert(reversed_.end(), separator.begin(), separator.end());
    return halves;
  }

  /// The split between the least shares that fewest streets cross, along one direction.
  void try_direction(const std::vector<uint32_t>& cell, Xy direction, Cut& best) {
    std::vector<std::pair<double, uint32_t>> along;
    for (uint32_t n : cell) along.emplace_back(at_[n].x * direction.x + at_[n].y * direction.y, n);
    std::ranges::sort(along);
    for (std::size_t i = 0; i < along.size(); ++i)
      place_[along[i].second] = static_cast<uint32_t>(i);
    auto least = static_cast<std::size_t>(kLeastShare * static_cast<double>(cell.size()));
    std::size_t crossing = 0;
    bool better = false;
    for (std::size_t i = 0; i + 1 < along.size(); ++i) {
      for (uint32_t m : around_[along[i].second]) {
        if (place_[m] == kOutside) continue;
        place_[m] > i ? ++crossing : --crossing;
      }
      bool balanced = i + 1 >= std::max<std::size_t>(least, 1) && i + 1 + least <= along.size();
      if (!balanced || crossing >= best.crossing) continue;
      best.crossing = crossing;
      best.size_low = i + 1;
      better = true;
    }
    for (auto& [key, n] : along) place_[n] = kOutside;
    if (!better) return;
    best.sorted.clear();
    for (auto& [key, n] : along) best.sorted.push_back(n);
  }

  /// Nodes of [begin, end) with a street across the split. Pre: place_ is set.
  [[nodiscard]] std::vector<uint32_t> edge_of(const Cut& cut, std::size_t begin,
                                              std::size_t end) const {
    std::vector<uint32_t> out;
    for (std::size_t i = begin; i < end; ++i) {
      bool crosses = std::ranges::any_of(around_[cut.sorted[i]], [&](uint32_t m) {
        return place_[m] != kOutside && (place_[m] < cut.size_low) != (i < cut.size_low);
      });
      if (crosses) out.push_back(cut.sorted[i]);
    }
    return out;
  }

  std::vector<Xy> at_;
  std::vector<std::vector<uint32_t>> around_;
  std::vector<uint32_t> place_;  // within the cell at hand
  std::vector<uint32_t> reversed_;
};

}  // namespace

std::vector<uint32_t> dissection_order(const StreetGraph& graph) { return Dissection(graph).run(); }

}  // namespace doorstep
