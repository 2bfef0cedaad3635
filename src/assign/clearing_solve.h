#pragma once
// Solves the linear system of one round of clearing.

#include <vector>

namespace doorstep {

/// Solves A x = b in place, A dense by rows. Pre: A is a matrix with non-positive entries off the
/// diagonal whose columns are diagonally dominant (loosening one cutoff never lowers how many are
/// placed), so that elimination needs no pivoting. Where dominance holds only just, the pivot is
/// raised: the answer is then a step towards it. Returns whether no pivot was raised.
/// Unknowns that meet fewest others go first, so that what is sparse stays so.
/// Cost: n³/3, a tenth of that where each campus shares applicants with some twenty others.
[[nodiscard]] bool solve_in_place(std::vector<double>& a, std::vector<double>& b);

}  // namespace doorstep
