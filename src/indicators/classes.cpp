#include "indicators/classes.h"

#include <algorithm>
#include <cmath>

namespace doorstep {
namespace {

/// Shares of pupils add up to whole classes only within rounding.
constexpr double kRounding = 1e-6;

}  // namespace

int class_count(double pupils, int standard, double rooms) {
  if (pupils <= kRounding || standard <= 0) return 0;
  int wanted = std::max(1, static_cast<int>(std::ceil(pupils / standard - kRounding)));
  int most = static_cast<int>(std::floor(rooms));
  return most > 0 ? std::min(wanted, most) : wanted;
}

int whole_size(double class_size) {
  return static_cast<int>(std::floor(class_size + 0.5 + kRounding));
}

int band_of(double class_size) {
  constexpr std::array<int, 6> kUpTo{25, 30, 35, 45, 55, 65};
  auto band = std::ranges::lower_bound(kUpTo, whole_size(class_size));
  return static_cast<int>(band - kUpTo.begin());
}

}  // namespace doorstep
