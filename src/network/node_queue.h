#pragma once
// The queue of Dijkstra's search: a 4-ary heap of (time, node), smallest first, ties by node.
// Entries are never moved up in place; a node may be queued again and its stale entries skipped.

#include <cstdint>
#include <vector>

namespace doorstep {

class NodeQueue {
 public:
  struct Entry {
    uint32_t ms;
    uint32_t node;
  };

  [[nodiscard]] bool empty() const { return keys_.empty(); }
  void clear() { keys_.clear(); }

  void push(uint32_t ms, uint32_t node) {
    uint64_t key = (uint64_t{ms} << 32) | node;
    std::size_t at = keys_.size();
    keys_.push_back(key);
    while (at > 0) {
      std::size_t parent = (at - 1) / 4;
      if (keys_[parent] <= key) break;
      keys_[at] = keys_[parent];
      at = parent;
    }
    keys_[at] = key;
  }

  /// Pre: not empty.
  Entry pop() {
    uint64_t top = keys_.front();
    uint64_t last = keys_.back();
    keys_.pop_back();
    if (!keys_.empty()) sink(last);
    return {static_cast<uint32_t>(top >> 32), static_cast<uint32_t>(top)};
  }

 private:
  void sink(uint64_t key) {
    std::size_t n = keys_.size();
    std::size_t at = 0;
    for (std::size_t child = 1; child < n; child = 4 * at + 1) {
      std::size_t end = child + 4 < n ? child + 4 : n;
      std::size_t least = child;
      for (std::size_t c = child + 1; c < end; ++c) least = keys_[c] < keys_[least] ? c : least;
      if (keys_[least] >= key) break;
      keys_[at] = keys_[least];
      at = least;
    }
    keys_[at] = key;
  }

  std::vector<uint64_t> keys_;  // time in the high half, node in the low
};

}  // namespace doorstep
