#pragma once
// The edit of one campus: its column and seats change, all others stay. Its price is found in one
// dimension (each home says up to which price it would come), which leaves little for the search
// on the campus graph to repair.

#include <span>

#include "assign/live/state.h"

namespace doorstep::live {

/// Makes `campus` the one whose column stands apart; the one before is set down where it is.
/// `keep`: its column is needed as it stands, not only the place for a new one.
void pick_up(State& s, uint32_t campus, bool keep);

/// Gives the campus in hand a new column (kUnreachable or kNoWay where there is no way) and seats,
/// moves pupils in and out, and prices its seats.
void reprice(State& s, std::span<const uint32_t> column, int64_t seats);

}  // namespace doorstep::live
