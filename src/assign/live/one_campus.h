#pragma once
// The edit of one campus: its column and seats change, all others stay. Its price is found in one
// dimension (each home says up to which price it would come), which leaves little for the search
// on the campus graph to repair.

#include <functional>
#include <memory>
#include <span>

#include "assign/live/state.h"

namespace doorstep::live {

/// Makes `campus` the one whose column stands apart; the one before is set down where it is.
/// `keep`: its column is needed as it stands, not only the place for a new one.
void pick_up(State& s, uint32_t campus, bool keep);

/// The campus in hand has these ways from now on (kUnreachable or kNoWay where there is none).
void put_column(State& s, std::span<const uint32_t> ways);
void put_column(State& s, std::shared_ptr<Column> column);

/// Takes its pupils out of the campus in hand, lets `put` give it another column, or leave it as it
/// is, and seats, moves pupils in and out, and prices its seats.
void reprice(State& s, const std::function<void()>& put, int64_t seats);

}  // namespace doorstep::live
