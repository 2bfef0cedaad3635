#pragma once
// Deferred acceptance for many pupils whose priorities are tiers and one lottery: the same match as
// deferred_acceptance, fast. Lists lie side by side in arrays of whole numbers.

#include <cstdint>
#include <vector>

namespace doorstep {

struct LotteryLists {
  static constexpr uint32_t kGuaranteed = 0x80u;

  std::vector<uint32_t> first;  ///< applicants + 1 entries
  /// In order of preference: school << 8 | kGuaranteed where never refused | tier, 0 is best.
  std::vector<uint32_t> wishes;
  std::vector<uint32_t> ticket;  ///< by applicant: less is better; ties fall to the earlier one
  std::vector<double> pupils;    ///< by applicant; empty: 1 each
  std::vector<double> seats;     ///< by school

  [[nodiscard]] static constexpr uint32_t wish(uint32_t school, uint32_t tier, bool guaranteed) {
    return school << 8 | (guaranteed ? kGuaranteed : 0u) | tier;
  }
  [[nodiscard]] static constexpr uint32_t school_of(uint32_t wish) { return wish >> 8; }
  [[nodiscard]] static constexpr uint32_t tier_of(uint32_t wish) { return wish & 0x7Fu; }
  [[nodiscard]] std::size_t applicants() const { return ticket.size(); }
};

struct LotteryMatch {
  static constexpr uint32_t kNone = 0xFFFFFFFFu;
  std::vector<uint32_t> wish_of;    ///< by applicant: the position on its list, or kNone
  std::vector<double> turned_away;  ///< by school: pupils who proposed there and ended elsewhere
};

/// Pupils propose in order of their tickets, so that a school nearly always holds in front whom it
/// holds for good; who is displaced proposes on at once.
/// Pre: fewer than 2^24 applicants and schools, tiers < 128. Cost: about a list's cache line each.
/// Source: McVitie & Wilson 1971, Communications of the ACM 14(7): one proposal at a time, in any
/// order, gives the same match.
[[nodiscard]] LotteryMatch match_by_lottery(const LotteryLists& lists);

}  // namespace doorstep
