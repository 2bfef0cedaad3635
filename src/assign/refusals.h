#pragma once
// Who was turned away from where, row by row: what the outcome of a campus only counts.

#include <vector>

#include "assign/assign.h"

namespace doorstep {

/// Both ordered by (entrants, campus), each key once; pupils > 0.
struct Refusals {
  std::vector<Flow> turned_away;  ///< adds up to CampusOutcome::turned_away
  std::vector<Flow> applied;      ///< under 公民同招; adds up to CampusOutcome::applied
};

/// Holds the admission once more and writes down whom each campus refused.
/// Throws: as assign_pupils. Cost: one admission.
[[nodiscard]] Refusals refusals_of(const AdmissionInput& input, Progress& progress);

}  // namespace doorstep
