#pragma once
// What is wrong with catchments: who serves them, where their campuses lie, which homes they claim.

#include "place/place.h"

namespace doorstep {

void check_catchments(const Place& place, Diagnostics& out);

}  // namespace doorstep
