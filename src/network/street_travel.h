#pragma once
// Fills a travel table from streets (mode Streets), and reports doors far from any street and
// homes or campuses cut off.

#include "base/diagnostics.h"
#include "base/progress.h"
#include "network/lending.h"
#include "network/street_router.h"
#include "network/travel_table.h"

namespace doorstep {

/// Fills the pairs that are not lent. Findings are about homes and campuses not lent.
/// `threads` 0: as many as there are cores; the result does not depend on it. Throws: Cancelled.
void fill_streets(const Place& place, const std::shared_ptr<const StreetRouter>& router,
                  const Lending& lent, unsigned threads, TravelTable& table, Progress& progress,
                  Diagnostics& findings);

/// Says which homes and campuses lie farthest from the streets.
void report_doors(const Place& place, const Lending& lent,
                  const IdVector<HomeId, StreetSnap>& homes,
                  const IdVector<CampusId, StreetSnap>& campuses, Diagnostics& findings);
/// Where all homes meet the streets.
[[nodiscard]] IdVector<HomeId, StreetSnap> snap_homes(const Place& place,
                                                      const StreetRouter& router, unsigned threads,
                                                      Progress& progress);
/// Units: tenths of a second from milliseconds, rounded.
[[nodiscard]] uint32_t rounded_decisec(uint32_t ms);

}  // namespace doorstep
