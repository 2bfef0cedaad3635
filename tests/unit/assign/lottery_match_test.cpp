#include "assign/lottery_match.h"

#include <catch2/catch.hpp>

#include "assign/deferred_acceptance.h"
#include "base/random.h"

using namespace doorstep;

namespace {

struct Kind {
  std::size_t applicants = 60;
  std::size_t schools = 6;
  uint32_t tiers = 3;
  bool parts = false;       ///< some are parts of a pupil
  double guaranteed = 0.0;  ///< share of wishes
  uint64_t tickets = 1ULL << 32;
};

LotteryLists drawn(uint64_t number, const Kind& kind) {
  RandomStream draw(RandomKey(number).with("lists"));
  LotteryLists out;
  out.first.push_back(0);
  for (std::size_t a = 0; a < kind.applicants; ++a) {
    for (uint32_t s = 0; s < kind.schools; ++s)
      if (draw.uniform() < 0.7)
        out.wishes.push_back(LotteryLists::wish(s, static_cast<uint32_t>(draw.below(kind.tiers)),
                                                draw.uniform() < kind.guaranteed));
    for (std::size_t i = out.wishes.size(); i > out.first.back() + 1; --i)
      std::swap(out.wishes[i - 1], out.wishes[out.first.back() + draw.below(i - out.first.back())]);
    out.first.push_back(static_cast<uint32_t>(out.wishes.size()));
    out.ticket.push_back(static_cast<uint32_t>(draw.below(kind.tickets)));
    if (kind.parts) out.pupils.push_back(draw.uniform() < 0.5 ? 1.0 : 0.25);
  }
  for (std::size_t s = 0; s < kind.schools; ++s)
    out.seats.push_back(std::floor(2.0 * static_cast<double>(kind.applicants) /
                                   static_cast<double>(kind.schools) * draw.uniform()));
  return out;
}

/// The same lists for the simple version, pupil by pupil.
Matching simple(const LotteryLists& lists) {
  std::vector<Applicant> applicants;
  for (std::size_t a = 0; a < lists.applicants(); ++a) {
    applicants.emplace_back();
    if (!lists.pupils.empty()) applicants.back().pupils = lists.pupils[a];
    for (uint32_t i = lists.first[a]; i < lists.first[a + 1]; ++i) {
      const uint32_t w = lists.wishes[i];
      applicants.back().wishes.push_back(
          {w >> 8, (w & 0x7Fu) + lists.ticket[a] * 0x1p-32, (w & LotteryLists::kGuaranteed) != 0});
    }
  }
  return deferred_acceptance(applicants, lists.seats);
}

void check_same(const LotteryLists& lists) {
  const LotteryMatch fast = match_by_lottery(lists);
  const Matching slow = simple(lists);
  for (std::size_t a = 0; a < lists.applicants(); ++a) {
    const bool none = slow.wish_of[a] == Matching::kNone;
    REQUIRE(fast.wish_of[a] ==
            (none ? LotteryMatch::kNone : static_cast<uint32_t>(slow.wish_of[a])));
  }
  for (std::size_t s = 0; s < lists.seats.size(); ++s)
    REQUIRE(fast.turned_away[s] == Approx(slow.turned_away[s]));
}

}  // namespace

TEST_CASE("the match by lottery is that of deferred acceptance pupil by pupil") {
  for (uint64_t n = 0; n < 100; ++n)
    for (uint32_t tiers : {1u, 3u})
      for (bool parts : {false, true})
        for (double guaranteed : {0.0, 0.1}) {
          Kind kind;
          kind.tiers = tiers;
          kind.parts = parts;
          kind.guaranteed = guaranteed;
          check_same(drawn(n, kind));
        }
}

TEST_CASE("equal tickets fall to the earlier applicant") {
  Kind kind;
  kind.tickets = 4;
  for (uint64_t n = 0; n < 50; ++n) check_same(drawn(n, kind));
  LotteryLists two;
  two.first = {0, 1, 2};
  two.wishes = {LotteryLists::wish(0, 0, false), LotteryLists::wish(0, 0, false)};
  two.ticket = {9, 9};
  two.seats = {1};
  CHECK(match_by_lottery(two).wish_of == std::vector<uint32_t>{0, LotteryMatch::kNone});
}

TEST_CASE("a match by lottery of thousands, some displaced again and again") {
  Kind kind;
  kind.applicants = 5000;
  kind.schools = 20;
  kind.tiers = 5;
  check_same(drawn(1, kind));
}

TEST_CASE("nobody and nowhere, by lottery") {
  LotteryLists lists;
  lists.first = {0};
  lists.seats = {3};
  CHECK(match_by_lottery(lists).wish_of.empty());
  lists.first = {0, 0};
  lists.ticket = {5};
  CHECK(match_by_lottery(lists).wish_of[0] == LotteryMatch::kNone);
}
