#include <algorithm>
#include <cmath>
#include <numeric>

#include "assign/choice_market.h"
#include "assign/cutoff.h"
#include "assign/least_travel.h"
#include "assign/lottery_match.h"
#include "assign/row_key.h"
#include "assign/rules.h"
#include "base/random.h"

namespace doorstep {

namespace {

/// Standard Gumbel: the largest of V + Gumbel over a choice set is a logit draw, and the whole
/// order the ranking that `choice` takes the mean of.
double gumbel(RandomKey key) {
  constexpr double kLeast = 0x1.0p-54;  // uniform() may be 0
  return -std::log(-std::log(std::max(key.uniform(), kLeast)));
}

/// Draws the pupils of a choice market one by one.
class PupilDraw {
 public:
  PupilDraw(const AdmissionInput& input, const ChoiceMarket& choice)
      : input_(input), choice_(choice) {
    lists.first.push_back(0);
    lists.seats = choice.market.seats;
    for (const SeatUnit& unit : choice.seats.units)
      unit_key_.push_back(
          RandomKey(0).with(input.place->campuses[unit.campuses.front()].code).bits());
  }

  /// Whole pupils, and one part of a pupil where a row holds a fraction.
  void add_row(std::size_t row) {
    const double pupils = choice_.market.pupils[row];
    const RandomKey key = key_of_row(input_, input_.entrants[choice_.row_of[row]]);
    for (uint64_t n = 0; static_cast<double>(n) < pupils; ++n) {
      draw(row, key.with(n));
      lists.pupils.push_back(std::min(1.0, pupils - static_cast<double>(n)));
      row_of.push_back(row);
    }
  }

  LotteryLists lists;
  std::vector<std::size_t> row_of;  ///< market row of each applicant

 private:
  void draw(std::size_t row, RandomKey pupil) {
    const Market& m = choice_.market;
    const std::size_t first = m.first_option[row];
    const std::size_t n = m.first_option[row + 1] - first;
    lists.ticket.push_back(static_cast<uint32_t>(pupil.with("lottery").uniform() * 0x1p32));
    const RandomKey taste = pupil.with("taste");
    liking_.resize(n);
    order_.resize(n);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    for (std::size_t i = 0; i < n; ++i)
      liking_[i] = std::log(m.weight[first + i]) + gumbel(taste.with(unit_key_[m.unit(first + i)]));
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return liking_[a] != liking_[b] ? liking_[a] > liking_[b] : a < b;
    });
    if (input_.policy.list_length > 0)
      order_.resize(std::min(n, static_cast<std::size_t>(input_.policy.list_length)));
    for (std::size_t i : order_)
      lists.wishes.push_back(LotteryLists::wish(m.unit(first + i), m.rank(first + i),
                                                m.guaranteed[m.index_of(m.cell[first + i])] != 0));
    lists.first.push_back(static_cast<uint32_t>(lists.wishes.size()));
  }

  const AdmissionInput& input_;
  const ChoiceMarket& choice_;
  std::vector<uint64_t> unit_key_;
  std::vector<double> liking_;      ///< scratch
  std::vector<std::size_t> order_;  ///< scratch
};

/// Whom each unit would have let in under the worst number it admitted, by rank: the cutoff as the
/// continuum knows it, read off the draw.
void report_cutoffs(const ChoiceMarket& choice, const PupilDraw& draw, const LotteryMatch& match,
                    Ledger& ledger) {
  const Market& m = choice.market;
  const LotteryLists& lists = draw.lists;
  const auto priority = [&](std::size_t a, uint32_t wish) {
    return uint64_t{LotteryLists::tier_of(wish)} << 32 | lists.ticket[a];
  };
  std::vector<uint64_t> strictest(m.seats.size(), ~uint64_t{0});
  for (std::size_t a = 0; a < lists.applicants(); ++a) {
    const uint32_t size = lists.first[a + 1] - lists.first[a];
    const uint32_t proposed = std::min(match.wish_of[a], size);
    for (uint32_t i = lists.first[a]; i < lists.first[a] + proposed; ++i) {
      uint64_t& least = strictest[LotteryLists::school_of(lists.wishes[i])];
      least = std::min(least, priority(a, lists.wishes[i]));
    }
  }
  std::vector<double> applicants(m.seats.size() * m.ranks, 0.0);
  std::vector<double> admitted(applicants.size(), 0.0);
  for (std::size_t a = 0; a < lists.applicants(); ++a)
    for (uint32_t i = lists.first[a]; i < lists.first[a + 1]; ++i) {
      const uint32_t wish = lists.wishes[i];
      const uint32_t school = LotteryLists::school_of(wish);
      const std::size_t cell = school * m.ranks + LotteryLists::tier_of(wish);
      applicants[cell] += lists.pupils[a];
      if ((wish & LotteryLists::kGuaranteed) != 0 || priority(a, wish) < strictest[school])
        admitted[cell] += lists.pupils[a];
    }
  set_cutoffs(choice.seats, choice.order, applicants, admitted, ledger);
}

/// Every school before the one that holds a pupil has refused it.
void write_refusals(const AdmissionInput& input, const ChoiceMarket& choice, const PupilDraw& draw,
                    const LotteryMatch& match, Ledger& ledger) {
  const LotteryLists& lists = draw.lists;
  for (std::size_t a = 0; a < lists.applicants(); ++a) {
    const uint32_t size = lists.first[a + 1] - lists.first[a];
    for (uint32_t i = 0; i < std::min(match.wish_of[a], size); ++i)
      write_refused(input,
                    choice.seats.units[LotteryLists::school_of(lists.wishes[lists.first[a] + i])],
                    choice.row_of[draw.row_of[a]], lists.pupils[a], ledger);
  }
}

}  // namespace

void assign_by_micro(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  const ChoiceMarket choice = choice_market(input);
  const Market& m = choice.market;
  PupilDraw draw(input, choice);
  for (std::size_t row = 0; row < m.rows(); ++row) {
    if (row % 256 == 0) stop_if_cancelled(progress);
    draw.add_row(row);
  }
  stop_if_cancelled(progress);
  const LotteryMatch match = match_by_lottery(draw.lists);
  std::vector<std::vector<RowPupils>> pooled(m.seats.size());
  for (std::size_t a = 0; a < draw.lists.applicants(); ++a) {
    if (match.wish_of[a] == LotteryMatch::kNone) continue;
    const double pupils = draw.lists.pupils[a];
    const uint32_t unit =
        LotteryLists::school_of(draw.lists.wishes[draw.lists.first[a] + match.wish_of[a]]);
    const std::size_t row = choice.row_of[draw.row_of[a]];
    auto& pool = pooled[unit];
    if (choice.seats.units[unit].campuses.size() == 1)
      ledger.place(row, choice.seats.units[unit].campuses.front(), pupils);
    else if (!pool.empty() && pool.back().row == row)
      pool.back().pupils += pupils;
    else
      pool.push_back({row, pupils});
  }
  for (std::size_t unit = 0; unit < m.seats.size(); ++unit) {
    if (!pooled[unit].empty())
      spread_in_pool(input, pooled[unit], choice.seats.units[unit].campuses, ledger);
    count_turned_away(input, choice.seats.units[unit], match.turned_away[unit], ledger);
  }
  report_cutoffs(choice, draw, match, ledger);
  if (ledger.refusals()) write_refusals(input, choice, draw, match, ledger);
}

}  // namespace doorstep
