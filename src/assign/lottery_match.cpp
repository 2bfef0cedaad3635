#include "assign/lottery_match.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "assign/clearing_parts.h"
#include "assign/lottery_whole.h"
#include "base/error.h"

namespace doorstep {

namespace {

constexpr uint32_t kIdBits = 24;
constexpr std::size_t kAhead = 24;  ///< applicants whose lists are fetched before their turn
/// Sums of fractions of pupils may exceed whole seats by rounding.
constexpr double kRounding = 1e-9;

/// Applicants roughly by ticket: exact order inside a bucket is not needed, only that most come in
/// turn.
std::vector<uint32_t> roughly_by_ticket(const std::vector<uint32_t>& ticket) {
  constexpr uint32_t kBits = 11;
  std::array<uint32_t, (1u << kBits) + 1> start{};
  for (uint32_t t : ticket) ++start[(t >> (32 - kBits)) + 1];
  for (std::size_t b = 1; b < start.size(); ++b) start[b] += start[b - 1];
  std::vector<uint32_t> order(ticket.size());
  for (uint32_t a = 0; a < ticket.size(); ++a) order[start[ticket[a] >> (32 - kBits)]++] = a;
  return order;
}

class Exchange {
 public:
  explicit Exchange(const LotteryLists& lists) : lists_(lists) {
    for (uint32_t w : lists.wishes) tiers_ = std::max(tiers_, LotteryLists::tier_of(w) + 1);
    const std::size_t schools = lists.seats.size();
    cutoff_.assign(schools, ~uint64_t{0});
    room_.resize(schools);
    for (std::size_t s = 0; s < schools; ++s) room_[s] = lists.seats[s] + kRounding;
    held_.resize(schools * tiers_);
    match_.wish_of.assign(lists.applicants(), LotteryMatch::kNone);
    match_.turned_away.assign(schools, 0.0);
  }

  LotteryMatch run() {
    const std::vector<uint32_t> order = roughly_by_ticket(lists_.ticket);
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i + 2 * kAhead < order.size()) fetch_ahead(&lists_.first[order[i + 2 * kAhead]]);
      if (i + kAhead < order.size()) fetch_ahead(&lists_.wishes[lists_.first[order[i + kAhead]]]);
      free_.push_back({order[i], 0});
      while (!free_.empty()) {
        const Free next = free_.back();
        free_.pop_back();
        propose(next.applicant, next.wish);
      }
    }
    return std::move(match_);
  }

 private:
  [[nodiscard]] double pupils(uint32_t a) const {
    return lists_.pupils.empty() ? 1.0 : lists_.pupils[a];
  }
  /// Ticket, then number: who is behind whom inside a tier.
  [[nodiscard]] uint64_t turn(uint32_t a) const {
    return uint64_t{lists_.ticket[a]} << kIdBits | a;
  }

  /// Goes down its list from `wish` until a school holds it.
  void propose(uint32_t a, uint32_t wish) {
    const uint32_t first = lists_.first[a];
    const uint32_t size = lists_.first[a + 1] - first;
    const uint64_t mine = turn(a);
    const double weight = pupils(a);
    for (; wish < size; ++wish) {
      const uint32_t w = lists_.wishes[first + wish];
      const uint32_t school = LotteryLists::school_of(w);
      const bool sure = (w & LotteryLists::kGuaranteed) != 0;
      if (!sure && (uint64_t{LotteryLists::tier_of(w)} << 56 | mine) >= cutoff_[school]) {
        match_.turned_away[school] += weight;
        continue;
      }
      match_.wish_of[a] = wish;
      room_[school] -= weight;
      if (!sure) insert(held_[school * tiers_ + LotteryLists::tier_of(w)], mine);
      if (room_[school] < 0.0) displace(school);
      return;
    }
  }

  static void insert(std::vector<uint64_t>& held, uint64_t turn) {
    if (held.empty() || held.back() < turn)
      held.push_back(turn);
    else
      held.insert(std::upper_bound(held.begin(), held.end(), turn), turn);
  }

  /// Sends away the worst held until the rest fits.
  void displace(uint32_t school) {
    for (uint32_t tier = tiers_; tier-- > 0;) {
      auto& held = held_[school * tiers_ + tier];
      while (!held.empty() && room_[school] < 0.0) {
        const uint64_t worst = held.back();
        held.pop_back();
        const auto out = static_cast<uint32_t>(worst & ((1u << kIdBits) - 1));
        cutoff_[school] = uint64_t{tier} << 56 | worst;
        room_[school] += pupils(out);
        match_.turned_away[school] += pupils(out);
        free_.push_back({out, match_.wish_of[out] + 1});
        match_.wish_of[out] = LotteryMatch::kNone;
      }
    }
  }

  const LotteryLists& lists_;
  uint32_t tiers_ = 1;
  std::vector<uint64_t> cutoff_;             ///< by school: who comes at or behind it is refused
  std::vector<double> room_;                 ///< by school
  std::vector<std::vector<uint64_t>> held_;  ///< by school and tier, best first
  struct Free {
    uint32_t applicant = 0;
    uint32_t wish = 0;
  };
  std::vector<Free> free_;
  LotteryMatch match_;
};

}  // namespace

LotteryMatch match_by_lottery(const LotteryLists& lists) {
  DOORSTEP_ASSERT(lists.applicants() < (1u << kIdBits));
  return whole_lists(lists) ? match_whole(lists) : Exchange(lists).run();
}

}  // namespace doorstep
