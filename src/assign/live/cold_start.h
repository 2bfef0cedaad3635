#pragma once
// The optimum from nothing: prices from a sample of the homes, solved the same way, then everyone.

#include "assign/live/state.h"

namespace doorstep::live {

/// Prepares a state whose case is set (matrix, supply, capacity, keys): block minima, the width of
/// the bands.
void prepare(State& s);

/// Sets starting prices, fills the bands and sends every home to its cheapest campus. What campuses
/// hold beyond their seats is left to repair().
void start_cold(State& s);

}  // namespace doorstep::live
