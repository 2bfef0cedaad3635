#pragma once
// One integer for the cost of an arc: whole deciseconds above, a fixed tie-breaking key below. The
// key depends on home and campus alone, so that the optimum is unique in practice, whatever the
// order of rows and however the solver got there.

#include <cstdint>
#include <vector>

namespace doorstep::live {

/// Keyed costs: cost = ds · 2^shift + key. Keys are so small that the keys of a whole chain of
/// moves through every campus never reach one decisecond; leaving a pupil unplaced costs more than
/// any such chain. The order (unplaced, travel, key) is therefore lexicographic in one integer.
class ArcCost {
 public:
  /// Pre: fits(campuses, most_ds).
  ArcCost(std::size_t campuses, uint32_t most_ds);

  /// Whether prices stay below 2³⁰ deciseconds, as the 32-bit passes over rows need.
  [[nodiscard]] static bool fits(std::size_t campuses, uint32_t most_ds) {
    return unplaced_ds(campuses, most_ds) < (1ULL << 30);
  }

  [[nodiscard]] int64_t of(uint32_t ds, uint64_t home_key, uint64_t campus_key) const {
    return (static_cast<int64_t>(ds) << shift_) +
           static_cast<int64_t>(tie_bits(home_key, campus_key) >> (64 - key_bits_));
  }
  /// 64 bits that tell the arcs of a case apart.
  [[nodiscard]] static uint64_t tie_bits(uint64_t home_key, uint64_t campus_key) {
    uint64_t x = (home_key ^ campus_key) * 0x9e3779b97f4a7c15ULL;
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93ULL;
    return x ^ x >> 32;
  }
  /// The cost of a pupil without a seat.
  [[nodiscard]] int64_t unplaced() const { return static_cast<int64_t>(unplaced_ds_) << shift_; }
  [[nodiscard]] uint32_t unplaced_ds() const { return unplaced_ds_; }

  [[nodiscard]] uint32_t floor_ds(int64_t cost) const {
    return static_cast<uint32_t>(cost >> shift_);
  }
  [[nodiscard]] uint32_t ceil_ds(int64_t cost) const {
    return static_cast<uint32_t>((cost + (int64_t{1} << shift_) - 1) >> shift_);
  }
  /// Rounding to whole deciseconds takes the keys of a chain out again.
  [[nodiscard]] int64_t round_ds(int64_t cost) const {
    return (cost + (int64_t{1} << (shift_ - 1))) >> shift_;
  }
  [[nodiscard]] int64_t from_ds(uint32_t ds) const { return static_cast<int64_t>(ds) << shift_; }
  [[nodiscard]] int key_bits() const { return key_bits_; }

 private:
  [[nodiscard]] static uint64_t unplaced_ds(std::size_t campuses, uint32_t most_ds) {
    return (campuses + 2) * (uint64_t{most_ds} + 1);
  }
  uint32_t unplaced_ds_ = 0;
  int shift_ = 0;
  int key_bits_ = 0;
};

}  // namespace doorstep::live
