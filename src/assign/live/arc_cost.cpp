#include "assign/live/arc_cost.h"

#include <algorithm>
#include <bit>

#include "base/error.h"

namespace doorstep::live {

ArcCost::ArcCost(std::size_t campuses, uint32_t most_ds) {
  DOORSTEP_ASSERT(fits(campuses, most_ds));
  unplaced_ds_ = static_cast<uint32_t>(unplaced_ds(campuses, most_ds));
  // Costs and prices up to twice the cost of the unplaced stay below 2⁶².
  shift_ = 61 - static_cast<int>(std::bit_width(uint64_t{unplaced_ds_}));
  // A chain of moves adds and subtracts at most one key a campus, rounding halves what is left.
  const int chain = static_cast<int>(std::bit_width(campuses + 2)) + 2;
  key_bits_ = std::clamp(shift_ - chain, 1, 31);
  shift_ = std::min(shift_, key_bits_ + chain);
}

}  // namespace doorstep::live
