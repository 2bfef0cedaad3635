#pragma once
// Columns of what each campus has, for places that are to show the reviews of balance. Synthetic as
// the campuses themselves.

#include <string>

#include "synth/plan.h"

namespace doorstep::synth {

/// ",primary_books,…" of the stages that [resources] names; "" without it.
[[nodiscard]] std::string resource_header(const Recipe& recipe);
/// The cells of one campus under resource_header; empty for stages that it does not teach.
[[nodiscard]] std::string resource_cells(const Plan& plan, const PlannedCampus& campus);
/// [campuses.stage.resources] of place.toml; "" where the stage has none.
[[nodiscard]] std::string resource_fields(const Recipe& recipe, const std::string& stage);

}  // namespace doorstep::synth
