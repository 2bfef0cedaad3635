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
  void add(uint32_t decisec, double pupils) {
    if (decisec >= by_decisec_.size()) {
      if (decisec == TravelTable::kUnreachable) {
        unreached_ += pupils;
        return;
      }
      make_room(decisec);
    }
    by_decisec_[decisec < kLongest ? decisec : kLongest] += pupils;
    sum_ds_ += pupils * decisec;
    reached_ += pupils;
  }
  void add(const TravelSpread& more);
  /// Fetches what add() will soon be called for.
  void expect([[maybe_unused]] uint32_t decisec) const {
#if defined(__GNUC__)
    if (decisec < by_decisec_.size()) __builtin_prefetch(by_decisec_.data() + decisec, 1);
#endif
  }

  [[nodiscard]] double pupils() const { return reached_ + unreached_; }
  /// NaN where nobody is placed.
  [[nodiscard]] double mean_min() const;
  /// The travel that a share of the pupils do not exceed. Pre: 0 < share <= 1.
  [[nodiscard]] double percentile_min(double share) const;
  /// Share of pupils beyond a limit; one exactly at it is inside, to a decisecond.
  [[nodiscard]] double share_over(Minutes limit) const;

 private:
  /// Longer ways (29 hours) share the last place of the table: far beyond any limit.
  static constexpr uint32_t kLongest = 1u << 20;

  void make_room(uint32_t decisec);

  std::vector<double> by_decisec_;
  double sum_ds_ = 0.0;
  double reached_ = 0.0;
  double unreached_ = 0.0;
};

}  // namespace doorstep
