#pragma once
// Travel from every home to one campus that is being moved, exact as far as it can matter and
// bounded beyond: who would not come anyway need not be known to the decisecond. Figures are those
// of HomeSweep. Decides nothing about what matters.

#include <cstdint>
#include <memory>
#include <span>

#include "network/home_sweep.h"

namespace doorstep {

class HomeReach {
 public:
  ~HomeReach();

  /// The campus stands here now; ds() is not valid until within() or complete().
  void start(const StreetSnap& campus);
  /// Afterwards every home whose way is at most limit[i] − less is exact; elsewhere ds() is a
  /// bound above that, no more than the way. May be asked for more until the next start.
  /// Shape: homes. Units: deciseconds.
  void within(std::span<const uint32_t> limit, uint32_t less);
  /// One home exact. Pre: within() was called since start().
  void settle(std::size_t home);
  /// All exact.
  void complete();

  /// Shape: homes. Units: deciseconds; `nowhere` where there is no way.
  [[nodiscard]] std::span<const uint32_t> ds() const;
  [[nodiscard]] bool exact(std::size_t home) const;
  [[nodiscard]] std::size_t homes_exact() const;

 private:
  friend class HomeSweep;
  struct Kept;
  explicit HomeReach(std::unique_ptr<Kept> kept);
  std::unique_ptr<Kept> kept_;
};

}  // namespace doorstep
