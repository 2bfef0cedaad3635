#pragma once
// How numbers stand in tables: as short as reads back the same, without what rounding leaves
// behind. Internal to io's results.

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace doorstep::io {

/// Sums and differences of shares leave 1e-8 and less where there is nothing; the search for
/// cutoffs stops at 1e-6 of a pupil. Below this a figure is 0.
inline constexpr double kDust = 1e-7;

[[nodiscard]] inline double without_dust(double value) {
  return std::abs(value) < kDust ? 0.0 : value;
}

/// A cell of a table; empty where the figure is undefined.
[[nodiscard]] inline std::string csv_number(double value) {
  return std::isfinite(value) ? fmt::format("{}", without_dust(value)) : "";
}

}  // namespace doorstep::io
