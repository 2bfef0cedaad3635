#pragma once
// Who must move from A to B and how far: pupils of each home matched between the campuses it loses
// and those it gains. Read from two results; nothing is modelled here.

#include <array>
#include <string>
#include <vector>

#include "session/outcome.h"

namespace doorstep::desktop {

/// Pupils who leave one campus. Units: pupils, metres.
struct MoveRow {
  std::string campus;  ///< code, where they are in A
  double pupils = 0.0;
  double nearer = 0.0, farther = 0.0;
  double change_m = 0.0;  ///< mean of their ways, B minus A
};

struct Movers {
  /// Upper bounds of all bins but the last; the middle one is "within 100 m either way".
  static constexpr std::array<double, 6> kBounds{-1000, -500, -100, 100, 500, 1000};
  std::vector<MoveRow> rows;          ///< most pupils first
  std::array<double, 7> by_change{};  ///< pupils by change of their way
  double pupils = 0.0, nearer = 0.0, farther = 0.0;
  double change_m = 0.0;  ///< mean; 0 where nobody moves
};

/// Homes and campuses of A and B are matched by code. What a home loses at one campus is taken to
/// go to those it gains, in proportion; who has no seat in B moves nowhere and is not counted.
[[nodiscard]] Movers movers(const session::Outcome& a, std::size_t year_a,
                            const session::Outcome& b, std::size_t year_b, StageId stage);

}  // namespace doorstep::desktop
