#pragma once
// Weighted figures of travel over flows. Internal to `indicators`.

#include <cstdint>
#include <vector>

#include "indicators/indicators.h"

namespace doorstep {

/// Pupils by minutes of travel, in whole deciseconds: order of adding does not matter for what
/// lies where. Pupils without a way are counted apart.
class TravelSpread {
 public:
  void add(uint32_t decisec, double pupils);

  [[nodiscard]] double pupils() const { return reached_ + unreached_; }
  /// NaN where nobody is placed.
  [[nodiscard]] double mean_min() const;
  /// The travel that a share of the pupils do not exceed. Pre: 0 < share <= 1.
  [[nodiscard]] double percentile_min(double share) const;
  /// Share of pupils beyond a limit; one exactly at it is inside, to a decisecond.
  [[nodiscard]] double share_over(Minutes limit) const;

 private:
  std::vector<double> by_decisec_;
  double sum_ds_ = 0.0;
  double reached_ = 0.0;
  double unreached_ = 0.0;
};

}  // namespace doorstep
