#pragma once
// Which class a value falls in, and how that class is drawn and called: utilisation, class size,
// minutes to school, change of pupils, reach, density, change. Intervals are (a, b]: a campus at
// exactly 100 % fits.

#include <string>
#include <vector>

#include "base/words.h"
#include "scene/theme.h"

namespace doorstep::scene {

/// What fills show: seats used, mean class, minutes to school, change of pupils since the first
/// year, how far the nearest school is, pupils by hectare.
enum class FillBy { Utilisation, ClassSize, TravelTime, Decline, Reach, Density };

/// Classes of one measure from low to high.
struct ClassScheme {
  /// Upper bounds of all classes but the last, ascending.
  std::vector<double> breaks;
  std::vector<Colour> colours;
  std::vector<Hatch> hatches;
  std::vector<std::string> labels;
  /// Class below whose upper bound the measure is within its limit; -1: no limit.
  int last_within = -1;
  /// Change: bounds away from zero belong to the outer class (≤ −20, ≥ +20), unlike (a, b].
  bool symmetric = false;

  /// -1 for NaN: there is nothing to show.
  [[nodiscard]] int class_of(double value) const;
  [[nodiscard]] std::size_t size() const { return colours.size(); }
};

/// Units: ratio for utilisation, pupils a class, minutes, percent since the first year, index of
/// the band of reach, pupils a hectare.
[[nodiscard]] ClassScheme scheme_of(FillBy measure, const Theme& theme, const Words& words);
/// Units: percentage points.
[[nodiscard]] ClassScheme change_scheme(const Theme& theme, const Words& words);

/// Whether white dots and marks read better on this class colour.
[[nodiscard]] bool is_dark_fill(Colour c);

}  // namespace doorstep::scene
