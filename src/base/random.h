#pragma once
// Random numbers keyed by what they are for (seed, code, year, item), never by sequence,
// so that baseline and scenario share their luck and threads do not matter.
// Own distributions: the standard library's differ between implementations.

#include <cstdint>
#include <string_view>

namespace doorstep {

/// A 64-bit key mixed from parts. Combine with `.with(x)`; the order of parts matters.
class RandomKey {
 public:
  explicit RandomKey(uint64_t seed) : state_(mix(seed + 0x9e3779b97f4a7c15ULL)) {}
  [[nodiscard]] RandomKey with(uint64_t part) const;
  [[nodiscard]] RandomKey with(std::string_view part) const;
  [[nodiscard]] uint64_t bits() const { return state_; }
  /// Uniform in [0, 1), 53 bits.
  [[nodiscard]] double uniform() const;

 private:
  static uint64_t mix(uint64_t x);
  uint64_t state_;
};

/// A sequence for generators that draw many numbers in a fixed order (synth).
class RandomStream {
 public:
  explicit RandomStream(RandomKey key) : key_(key) {}
  double uniform() { return key_.with(counter_++).uniform(); }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Uniform integer in [0, n). Pre: n > 0.
  uint64_t below(uint64_t n);
  /// Standard normal by the polar Box-Muller transform.
  double normal();

 private:
  RandomKey key_;
  uint64_t counter_ = 0;
};

}  // namespace doorstep
