#pragma once
// Whether the children of a place and the seats of its schools can be of the same town: a list of
// schools that is not whole, or a count of children that is, shows in totals first.

#include "place/place.h"

namespace doorstep::io {

/// Warns of stages with far more children than seats or far more seats than children, and of stages
/// into which the years to come send far more children than are in it now, or far fewer.
void check_demand(const Place& place, Diagnostics& out);

}  // namespace doorstep::io
