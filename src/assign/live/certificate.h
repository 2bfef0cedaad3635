#pragma once
// The proof of an answer: that no arc, in a band or outside, is cheaper than the one used.

#include <cstddef>
#include <vector>

#include "assign/live/state.h"

namespace doorstep::live {

/// Brings values and bounds up to the present prices.
void bring_up_to_date(State& s);

/// Brings values and bounds up to the present prices and checks every home against every campus. A
/// home that fails has its band rebuilt and its pupils moved to the cheapest campus. Returns how
/// many homes were moved: with 0, and loads as they should be, the answer is optimal.
std::size_t certify(State& s);

/// Renews the bounds of some homes, those first whose bounds have fallen furthest, so that they do
/// not expire all at once; writes loose columns on into the matrix.
void renew_some(State& s, std::size_t homes);

/// A lower bound of the optimum, whatever the state of the search: Σ supply · u − Σ capacity · λ
/// with values valid over all arcs. Units: pupils × deciseconds.
[[nodiscard]] double dual_bound(State& s);

}  // namespace doorstep::live
