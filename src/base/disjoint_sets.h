#pragma once
// Which of n things hang together, as they are joined pair by pair.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace doorstep {

class DisjointSets {
 public:
  explicit DisjointSets(std::size_t n) : head_(n) { std::iota(head_.begin(), head_.end(), 0u); }
  /// The lowest of its set, whatever the order of joining.
  [[nodiscard]] uint32_t head(uint32_t x) {
    while (head_[x] != x) x = head_[x] = head_[head_[x]];
    return x;
  }
  /// Whether they were apart.
  bool join(uint32_t a, uint32_t b) {
    a = head(a);
    b = head(b);
    head_[std::max(a, b)] = std::min(a, b);
    return a != b;
  }

 private:
  std::vector<uint32_t> head_;
};

}  // namespace doorstep
