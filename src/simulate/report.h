#pragma once
// A year's figures from where the pupils are. Internal to `simulate`.

#include "simulate/admission_round.h"

namespace doorstep {

/// Placed, unplaced, flows and campuses of one stage. `entry` is the admission to its first grade.
/// Flows of the first grade alone are left out where nobody will ask for them. `memory`: of flows
/// no longer needed, to be used again.
[[nodiscard]] StageYear stage_year(const RoundContext& context, StageId stage,
                                   const StageState& state, const Admission& entry,
                                   const GradeOffer& entry_offer, bool with_first_grade = true,
                                   PupilFlows memory = {});

}  // namespace doorstep
