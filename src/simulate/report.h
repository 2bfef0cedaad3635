#pragma once
// A year's figures from where the pupils are. Internal to `simulate`.

#include "simulate/admission_round.h"

namespace doorstep {

/// Placed, unplaced, flows and campuses of one stage. `entry` is the admission to its first grade.
[[nodiscard]] StageYear stage_year(const RoundContext& context, StageId stage,
                                   const StageState& state, const Admission& entry,
                                   const GradeOffer& entry_offer);

}  // namespace doorstep
