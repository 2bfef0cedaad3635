#pragma once
// Ways on streets as rows of what is near, for places too large for a matrix of all pairs.

#include <memory>

#include "base/diagnostics.h"
#include "base/progress.h"
#include "network/travel_table.h"

namespace doorstep {

/// Rows reach twice as far as the policy's `max_minutes`, and to the campuses of the own catchment
/// however far. Each campus searches the streets around it; times are those of a matrix.
/// Throws: Cancelled.
[[nodiscard]] Loaded<TravelTable> near_streets(const Place& place,
                                               std::shared_ptr<const StreetRouter> router,
                                               Progress& progress);

}  // namespace doorstep
