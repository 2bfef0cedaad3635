#include "assign/lottery_whole.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>

#include "assign/clearing_parts.h"
#include "base/platform.h"

namespace doorstep {

namespace {

constexpr uint32_t kTurnBits = 24;
constexpr uint16_t kEnd = 0xFFFF;
constexpr std::size_t kParts = 4;
/// Longest list that is kept at full length for everyone.
constexpr uint32_t kLongestList = 60;
/// Proposals that wait, their lists on the way from memory, before they are made.
constexpr std::size_t kWaiting = 16;
constexpr uint32_t kAhead = 16;

struct Shape {
  uint32_t longest = 0;
  uint32_t tiers = 1;
  uint32_t shift = 0;  ///< a cell is school << shift | tier
};

Shape shape_of(const LotteryLists& lists) {
  Shape out;
  for (std::size_t a = 0; a < lists.applicants(); ++a)
    out.longest = std::max(out.longest, lists.first[a + 1] - lists.first[a]);
  for (uint32_t w : lists.wishes) out.tiers = std::max(out.tiers, (w & 0xFFu) + 1);
  out.shift = static_cast<uint32_t>(std::bit_width(out.tiers - 1));
  return out;
}

/// Applicants by ticket, the earlier of equal ones first: three passes of eleven bits.
std::vector<uint32_t> by_ticket(const std::vector<uint32_t>& ticket) {
  constexpr uint32_t kBits = 11;
  constexpr std::size_t kBuckets = std::size_t{1} << kBits;
  struct Holder {
    uint32_t ticket = 0;
    uint32_t applicant = 0;
  };
  const std::size_t n = ticket.size();
  std::vector<Holder> now(n);
  std::vector<Holder> next(n);
  for (uint32_t a = 0; a < n; ++a) now[a] = {ticket[a], a};
  for (uint32_t low = 0; low < 32; low += kBits) {
    const auto bucket = [low](const Holder& h) { return h.ticket >> low & (kBuckets - 1); };
    std::array<uint32_t, kBuckets + 1> start{};
    for (const Holder& h : now) ++start[bucket(h) + 1];
    for (std::size_t b = 1; b < start.size(); ++b) start[b] += start[b - 1];
    for (const Holder& h : now) next[start[bucket(h)]++] = h;
    now.swap(next);
  }
  std::vector<uint32_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = now[i].applicant;
  return order;
}

/// Pupils stand in order of their tickets, so that a turn is a number; each list is one short line
/// of memory with the next wish in front.
class Exchange {
 public:
  explicit Exchange(const LotteryLists& lists)
      : lists_(lists),
        shape_(shape_of(lists)),
        order_(by_ticket(lists.ticket)),
        stride_((shape_.longest + 2 + 7) / 8 * 8),
        cutoff_(lists.seats.size(), 0xFFFFFFFFu),
        turned_away_(lists.seats.size(), 0),
        held_(lists.seats.size() << shape_.shift) {
    // Who is displaced stands anywhere among the lines.
    line_.reserve(order_.size() * stride_);
    advise_huge_pages(line_.data(), line_.capacity() * sizeof(uint16_t));
    line_.resize(order_.size() * stride_);
    for (double seats : lists.seats) room_.push_back(static_cast<int64_t>(seats + 1e-9));
    write_lines();
  }

  LotteryMatch run() {
    const auto n = static_cast<uint32_t>(order_.size());
    for (uint32_t turn = 0; turn < n; ++turn) {
      propose(turn);
      while (waiting_.size() - next_ > kWaiting) propose(waiting_[next_++]);
      forget_done();
    }
    while (next_ < waiting_.size()) {
      propose(waiting_[next_++]);
      forget_done();
    }
    return written();
  }

 private:
  void write_lines() {
    side_by_side<kParts>(order_.size(), [&](std::size_t, std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        if (i + kAhead < to) fetch_ahead(&lists_.wishes[lists_.first[order_[i + kAhead]]]);
        uint16_t* line = &line_[i * stride_];
        const uint32_t a = order_[i];
        *line++ = 1;
        for (uint32_t k = lists_.first[a]; k < lists_.first[a + 1]; ++k) {
          const uint32_t w = lists_.wishes[k];
          *line++ = static_cast<uint16_t>(LotteryLists::school_of(w) << shape_.shift |
                                          LotteryLists::tier_of(w));
        }
        *line = kEnd;
      }
    });
  }

  /// Goes down its list until a school holds it.
  void propose(uint32_t turn) {
    uint16_t* line = &line_[turn * stride_];
    const uint32_t tier_mask = (1u << shape_.shift) - 1;
    uint32_t at = line[0];
    for (; line[at] != kEnd; ++at) {
      const uint32_t cell = line[at];
      const uint32_t school = cell >> shape_.shift;
      if (((cell & tier_mask) << kTurnBits | turn) >= cutoff_[school]) {
        ++turned_away_[school];
        continue;
      }
      line[0] = static_cast<uint16_t>(at + 1);
      insert(held_[cell], turn);
      if (--room_[school] < 0) displace(school);
      return;
    }
    line[0] = 0;
  }

  static void insert(std::vector<uint32_t>& held, uint32_t turn) {
    if (held.empty() || held.back() < turn)
      held.push_back(turn);
    else
      held.insert(std::upper_bound(held.begin(), held.end(), turn), turn);
  }

  void displace(uint32_t school) {
    for (uint32_t tier = shape_.tiers; tier-- > 0;) {
      auto& held = held_[school << shape_.shift | tier];
      if (held.empty()) continue;
      const uint32_t worst = held.back();
      held.pop_back();
      cutoff_[school] = tier << kTurnBits | worst;
      ++room_[school];
      ++turned_away_[school];
      fetch_ahead(&line_[worst * stride_]);
      waiting_.push_back(worst);
      return;
    }
  }

  void forget_done() {
    if (next_ < 4096) return;
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
  }

  [[nodiscard]] LotteryMatch written() const {
    LotteryMatch out;
    out.wish_of.resize(order_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const uint32_t next = line_[i * stride_];
      out.wish_of[order_[i]] = next < 2 ? LotteryMatch::kNone : next - 2;
    }
    out.turned_away.assign(turned_away_.begin(), turned_away_.end());
    return out;
  }

  const LotteryLists& lists_;
  Shape shape_;
  std::vector<uint32_t> order_;
  std::size_t stride_;
  std::vector<uint16_t> line_;    ///< by turn: position of the next wish, wishes as cells, kEnd
  std::vector<uint32_t> cutoff_;  ///< by school: tier and turn from which it refuses
  std::vector<int64_t> room_;
  std::vector<uint32_t> turned_away_;
  std::vector<std::vector<uint32_t>> held_;  ///< by cell, best first
  std::vector<uint32_t> waiting_;
  std::size_t next_ = 0;
};

}  // namespace

bool whole_lists(const LotteryLists& lists) {
  if (!lists.pupils.empty() || lists.applicants() >= (1u << kTurnBits)) return false;
  for (uint32_t w : lists.wishes)
    if ((w & LotteryLists::kGuaranteed) != 0) return false;
  const Shape shape = shape_of(lists);
  return shape.longest <= kLongestList && (lists.seats.size() << shape.shift) < kEnd;
}

LotteryMatch match_whole(const LotteryLists& lists) { return Exchange(lists).run(); }

}  // namespace doorstep
