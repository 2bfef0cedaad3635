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

/// Fills `grid` and `out` (their memory is used again). A unit that the search left over its seats
/// by at most `tolerance` pupils is scaled down to them, as share_within_seats does; clearing.load
/// says so. `tell`: also writes who is refused and who applied; else both stay 0.
/// Pre: clearing.load is there. Cost: one pass over the slots and rows, by several threads; sums do
/// not depend on their number.
void place_at_sites(const SiteMarket& market, const Clearing& clearing, double tolerance, bool tell,
                    SlotGrid& grid, SitePlacing& out);

}  // namespace doorstep
