#pragma once
// Fills a travel table from given rows (mode Table), and straight lines where it knows nothing.

#include "base/diagnostics.h"
#include "base/progress.h"
#include "network/lending.h"
#include "network/near_ways.h"
#include "network/travel_table.h"

namespace doorstep {

/// Fills the pairs that are not lent. A pair of a known home and a known campus without a row stays
/// unreachable; a home or campus without any row, or moved, goes straight at the median of
/// minutes per kilometre over the rows of `reference` (the place whose sites the rows were made
/// for).
void fill_given(const Place& place, const Place& reference, const Lending& lent, TravelTable& table,
                Progress& progress, Diagnostics& findings);

/// The same as rows and straight lines, for a large table.
struct GivenRows {
  std::vector<GivenWay> ways;  ///< ordered by (home, campus)
  FarWays far;
};
[[nodiscard]] GivenRows given_rows(const Place& place, Diagnostics& findings);

}  // namespace doorstep
