#pragma once
// Pupils as whole units, and units sent back as shares of a source: what both engines of the
// transport problem have in common.

#include <cstdint>
#include <vector>

#include "assign/transport.h"

namespace doorstep {

/// Pupils are counted in units of 1e-9, since rows may hold fractions of pupils.
[[nodiscard]] std::vector<int64_t> in_pupil_units(const std::vector<double>& pupils);

struct UnitsSent {
  uint32_t source = 0;
  uint32_t sink = 0;
  int64_t units = 0;
};

/// Shares of each source's supply; `sent` ordered by source. Up to one unit a source left over is
/// rounding, no child without a seat: it goes with the others of its source.
[[nodiscard]] std::vector<TransportPlan::Part> shares_of(const Transport& problem,
                                                         const std::vector<UnitsSent>& sent,
                                                         int64_t unplaced);

}  // namespace doorstep
