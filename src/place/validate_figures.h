#pragma once
// Figures that should agree and do not: seats and classes, stated totals and what the layers hold,
// years that cannot be meant, campuses on one spot. Internal to place.

#include "place/place.h"

namespace doorstep {

void check_figures(const Place& place, Diagnostics& out);

/// What the layers of a place hold of what a total counts; nothing where they do not say (pupils
/// without enrolment, a total of parts alone).
[[nodiscard]] std::optional<double> counted(const Place& place, const StatedTotal& total);

}  // namespace doorstep
