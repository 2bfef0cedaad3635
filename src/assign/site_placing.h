#pragma once
// Who is let in where by the cutoffs of a market by sites: pupils by slot, and what campuses turn
// away. Internal to slot_grid.

#include "assign/site_market.h"

namespace doorstep {

struct SitePlacing {
  std::vector<double> placed;      ///< by row
  std::vector<double> refused;     ///< by unit: who would rather be there. Units: pupils
  std::vector<double> applicants;  ///< by unit × rank; only at units that refuse someone
};

/// Fills `grid` (its memory is used again). A unit that the search left over its seats by at most
/// `tolerance` pupils is scaled down to them, as share_within_seats does. Pre: clearing.load is
/// there. Cost: one pass over the slots and rows, by several threads; sums do not depend on their
/// number.
[[nodiscard]] SitePlacing place_at_sites(const SiteMarket& market, const Clearing& clearing,
                                         double tolerance, SlotGrid& grid);

}  // namespace doorstep
