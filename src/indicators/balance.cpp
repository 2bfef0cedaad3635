#include <cmath>
#include <limits>

#include "base/error.h"
#include "indicators/indicators.h"

namespace doorstep {

double balance_coefficient(const std::vector<double>& pupils,
                           const std::vector<double>& resources) {
  DOORSTEP_ASSERT(pupils.size() == resources.size());
  double all_pupils = 0.0, all_resources = 0.0;
  for (std::size_t i = 0; i < pupils.size(); ++i) {
    if (!(pupils[i] > 0)) continue;  // nothing per pupil where there is none
    all_pupils += pupils[i];
    all_resources += resources[i];
  }
  double mean = all_resources / all_pupils;
  if (!(all_pupils > 0) || !(mean > 0)) return std::numeric_limits<double>::quiet_NaN();
  double variance = 0.0;
  for (std::size_t i = 0; i < pupils.size(); ++i) {
    if (!(pupils[i] > 0)) continue;
    double apart = resources[i] / pupils[i] - mean;
    variance += pupils[i] / all_pupils * apart * apart;
  }
  return std::sqrt(variance) / mean;
}

double composite_balance(const std::vector<double>& coefficients) {
  double sum = 0.0;
  for (double c : coefficients) sum += c;
  return coefficients.empty() ? std::numeric_limits<double>::quiet_NaN()
                              : sum / static_cast<double>(coefficients.size());
}

}  // namespace doorstep
