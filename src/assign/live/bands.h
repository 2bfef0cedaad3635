#pragma once
// Bands: the few campuses near a home's value, found by one pass over its row, and the bound that
// excludes all others.

#include "assign/live/state.h"

namespace doorstep::live {

enum class Refresh {
  Rebuild,  ///< forget the campuses that are far now; those with pupils stay
  Widen     ///< forget none while there is room: within one run, so that it comes to an end
};
/// Makes the campuses near the present prices known, and takes a new bound for all others.
void refresh_band(State& s, std::size_t home, Refresh how);

/// min over the band of t + λ, and where. Pre: the band is not empty.
[[nodiscard]] BandEntry* best_entry(State& s, std::size_t home);

/// Looks through the whole row for a campus outside the band that is cheaper than the band's best,
/// tie keys included; makes it known and returns true where there is one.
bool add_cheaper_outside(State& s, std::size_t home);

/// Moves pupils off entries that are not the cheapest of the band; true where any moved.
bool move_to_best(State& s, std::size_t home);

/// Rounds the home's value up into `value`. True where all its pupils are where it is cheapest.
bool renew_value(State& s, std::size_t home);

}  // namespace doorstep::live
