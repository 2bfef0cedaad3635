#include "indicators/travel_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace doorstep {
namespace {

constexpr double kDecisecPerMinute = 600.0;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void TravelSpread::make_room(uint32_t decisec) {
  const std::size_t at = std::min(decisec, kLongest);
  if (at >= by_decisec_.size())
    by_decisec_.resize(std::max<std::size_t>(at + 1, 2 * by_decisec_.size()), 0.0);
}

void TravelSpread::add(const TravelSpread& more) {
  by_decisec_.resize(std::max(by_decisec_.size(), more.by_decisec_.size()), 0.0);
  for (std::size_t ds = 0; ds < more.by_decisec_.size(); ++ds)
    by_decisec_[ds] += more.by_decisec_[ds];
  sum_ds_ += more.sum_ds_;
  reached_ += more.reached_;
  unreached_ += more.unreached_;
}

double TravelSpread::mean_min() const {
  return reached_ > 0 ? sum_ds_ / reached_ / kDecisecPerMinute : kNone;
}

double TravelSpread::percentile_min(double share) const {
  if (!(reached_ > 0)) return kNone;
  // Sums of shares may fall short of a whole by rounding: half of 10 is reached at 5 - 1e-12.
  double wanted = share * reached_ * (1.0 - 1e-12);
  double sum = 0.0;
  std::size_t last = 0;
  for (std::size_t ds = 0; ds < by_decisec_.size(); ++ds) {
    if (!(by_decisec_[ds] > 0)) continue;
    sum += by_decisec_[ds];
    last = ds;
    if (sum >= wanted) break;
  }
  return static_cast<double>(last) / kDecisecPerMinute;
}

double TravelSpread::share_over(Minutes limit) const {
  double all = reached_ + unreached_;
  if (!(all > 0)) return 0.0;
  double over = unreached_;
  double limit_ds = std::round(limit.value * kDecisecPerMinute);
  for (std::size_t ds = by_decisec_.size(); ds-- > 0 && static_cast<double>(ds) > limit_ds;)
    over += by_decisec_[ds];
  return over / all;
}

}  // namespace doorstep
