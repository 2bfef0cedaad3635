#pragma once
// The common case of a match by lottery, quickly: whole pupils, nobody guaranteed, lists of like
// length. Internal to match_by_lottery.

#include "assign/lottery_match.h"

namespace doorstep {

/// Whether the lists are of that kind.
[[nodiscard]] bool whole_lists(const LotteryLists& lists);

/// The same match as match_by_lottery. Pre: whole_lists(lists).
[[nodiscard]] LotteryMatch match_whole(const LotteryLists& lists);

}  // namespace doorstep
