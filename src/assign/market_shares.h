#pragma once
// What every row of a market gets under its cutoffs, all rows at once.

#include <vector>

#include "assign/clearing.h"

namespace doorstep {

struct MarketShares {
  std::vector<double> share;       ///< by option of the market: of the row's pupils
  std::vector<double> admitted;    ///< by unit. Units: pupils
  std::vector<double> refused;     ///< by unit: who would rather be there. Units: pupils
  std::vector<double> applicants;  ///< by unit × rank. Units: pupils
};

/// Cost: one pass by several threads; sums do not depend on their number.
[[nodiscard]] MarketShares market_shares(const Market& market, const Clearing& clearing);

}  // namespace doorstep
