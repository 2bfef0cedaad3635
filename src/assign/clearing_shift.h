#pragma once
// A change of cutoffs on its way: where units will stand, and which of them change places.

#include <utility>
#include <vector>

#include "assign/clearing_state.h"

namespace doorstep {

struct ClearingState::Shift {
  std::vector<uint32_t> reach;
  std::vector<uint8_t> moving;
  std::vector<double> limit;
  std::vector<uint32_t> order;
  /// Pairs that moved before and move now, in the same rank, and changed places.
  std::vector<std::pair<uint32_t, uint32_t>> swapped;

  explicit Shift(const Cutoffs& now) : reach(now.reach), moving(now.moving), limit(now.limit) {}

  /// Finds `order` and `swapped`. Limits that differ by rounding only keep their places.
  void sort(const Cutoffs& now);
};

}  // namespace doorstep
