#include "assign/private_stage.h"

#include <algorithm>
#include <cmath>

#include "assign/choice_market.h"
#include "assign/least_travel.h"
#include "assign/row_key.h"
#include "assign/rules.h"

namespace doorstep {

namespace {

/// What one row wants first: the odds of each private option, and of none of them.
struct FirstWish {
  std::vector<std::size_t> option;  ///< private options of the row, in the market's order
  std::vector<double> share;        ///< of the row that applies there
};

class PrivateRound {
 public:
  PrivateRound(const AdmissionInput& input, Ledger& ledger)
      : input_(input),
        ledger_(ledger),
        choice_(choice_market(input)),
        m_(choice_.market),
        public_bonus_(std::exp(input.coefficients->value("choice.public_bonus"))),
        rest_(input.entrants.size()),
        lost_(input.entrants.size(), 0.0),
        applied_(m_.seats.size(), 0.0),
        admitted_(m_.seats.size(), 0.0),
        pooled_(m_.seats.size()) {
    for (std::size_t i = 0; i < rest_.size(); ++i) rest_[i] = input.entrants[i].pupils;
    for (const SeatUnit& unit : choice_.seats.units)
      private_.push_back(input.offers[unit.campuses.front()].ownership == Ownership::Private);
  }

  PublicStage run(Progress& progress) {
    stop_if_cancelled(progress);
    if (input_.policy.rule == Rule::Micro)
      draw();
    else
      share_out();
    for (std::size_t unit = 0; unit < pooled_.size(); ++unit)
      if (!pooled_[unit].empty())
        spread_in_pool(input_, pooled_[unit], choice_.seats.units[unit].campuses, ledger_);
    report();
    return public_stage();
  }

 private:
  [[nodiscard]] FirstWish first_wish(std::size_t row) const {
    FirstWish wish;
    double none = 0.0;
    double all = 0.0;
    for (std::size_t i = m_.first_option[row]; i < m_.first_option[row + 1]; ++i) {
      if (!private_[m_.unit(i)]) {
        none += m_.weight[i];
        continue;
      }
      wish.option.push_back(i);
      all += m_.weight[i];
    }
    all += none * public_bonus_;
    for (std::size_t i : wish.option) wish.share.push_back(m_.weight[i] / all);
    return wish;
  }

  /// All in where there are seats for all, else lots: the same share of every row.
  void share_out() {
    std::vector<FirstWish> wishes;
    for (std::size_t row = 0; row < m_.rows(); ++row) {
      wishes.push_back(first_wish(row));
      const FirstWish& w = wishes.back();
      for (std::size_t k = 0; k < w.option.size(); ++k)
        applied_[m_.unit(w.option[k])] += m_.pupils[row] * w.share[k];
    }
    for (std::size_t row = 0; row < m_.rows(); ++row)
      for (std::size_t k = 0; k < wishes[row].option.size(); ++k) {
        const uint32_t unit = m_.unit(wishes[row].option[k]);
        const double applied = m_.pupils[row] * wishes[row].share[k];
        const double in =
            applied_[unit] > m_.seats[unit] ? applied * (m_.seats[unit] / applied_[unit]) : applied;
        settle(row, unit, applied, in);
      }
  }

  /// A pupil, or a part of one, with its ticket in one school's lottery.
  struct Ticket {
    uint64_t number = 0;
    std::size_t row = 0;
    double pupils = 0.0;
  };

  void draw() {
    std::vector<std::vector<Ticket>> tickets(m_.seats.size());
    for (std::size_t row = 0; row < m_.rows(); ++row) {
      const FirstWish wish = first_wish(row);
      const RandomKey key =
          key_of_row(input_, input_.entrants[choice_.row_of[row]]).with("private");
      for (uint64_t n = 0; static_cast<double>(n) < m_.pupils[row]; ++n) {
        const RandomKey pupil = key.with(n);
        double u = pupil.with("wish").uniform();
        std::size_t k = 0;
        while (k < wish.share.size() && u >= wish.share[k]) u -= wish.share[k++];
        if (k == wish.share.size()) continue;
        const double part = std::min(1.0, m_.pupils[row] - static_cast<double>(n));
        const uint32_t unit = m_.unit(wish.option[k]);
        tickets[unit].push_back({pupil.with("lottery").bits(), row, part});
        applied_[unit] += part;
      }
    }
    for (std::size_t unit = 0; unit < tickets.size(); ++unit) hold_lottery(unit, tickets[unit]);
  }

  /// Best tickets first; whom the last seat would hold in part only is refused, and who comes
  /// after.
  void hold_lottery(std::size_t unit, std::vector<Ticket>& tickets) {
    std::stable_sort(tickets.begin(), tickets.end(),
                     [](const Ticket& a, const Ticket& b) { return a.number < b.number; });
    double left = m_.seats[unit];
    for (const Ticket& t : tickets) {
      if (t.pupils > left) left = 0.0;
      settle(t.row, static_cast<uint32_t>(unit), t.pupils, left > 0.0 ? t.pupils : 0.0);
      left -= std::min(left, t.pupils);
    }
  }

  void settle(std::size_t row, uint32_t unit, double applied, double in) {
    const std::size_t entrants = choice_.row_of[row];
    rest_[entrants] -= applied;
    lost_[entrants] += applied - in;
    admitted_[unit] += in;
    const SeatUnit& u = choice_.seats.units[unit];
    write_refused(input_, u, entrants, applied - in, ledger_);
    if (Refusals* to = ledger_.refusals())
      for (CampusId c : u.campuses)
        to->applied.push_back(
            {static_cast<uint32_t>(entrants), c, applied * part_of_unit(input_, u, c)});
    if (!(in > 0.0)) return;
    const auto& campuses = choice_.seats.units[unit].campuses;
    if (campuses.size() == 1)
      ledger_.place(entrants, campuses.front(), in);
    else if (!pooled_[unit].empty() && pooled_[unit].back().row == entrants)
      pooled_[unit].back().pupils += in;
    else
      pooled_[unit].push_back({entrants, in});
  }

  void report() {
    for (std::size_t unit = 0; unit < m_.seats.size(); ++unit) {
      if (!private_[unit]) continue;
      const SeatUnit& u = choice_.seats.units[unit];
      count_turned_away(input_, u, applied_[unit] - admitted_[unit], ledger_);
      for (CampusId c : u.campuses) {
        CampusOutcome& outcome = ledger_.outcome(c);
        outcome.applied = applied_[unit] * part_of_unit(input_, u, c);
        outcome.cutoff_share = applied_[unit] > 0.0 ? admitted_[unit] / applied_[unit] : 1.0;
      }
    }
  }

  [[nodiscard]] PublicStage public_stage() const {
    PublicStage stage{input_, {}};
    stage.input.entrants.clear();
    for (Offer& o : stage.input.offers)
      if (o.ownership == Ownership::Private) o.open = false;
    const bool apart = input_.policy.private_losers == LotteryLosers::Last;
    for (std::size_t row = 0; row < rest_.size(); ++row) {
      add(stage, row, rest_[row] + (apart ? 0.0 : lost_[row]), false);
      if (apart) add(stage, row, lost_[row], true);
    }
    return stage;
  }

  /// Rounding of a row whose every pupil holds a private seat is no pupil.
  void add(PublicStage& stage, std::size_t row, double pupils, bool last) const {
    constexpr double kDust = 1e-11;
    if (!(pupils > input_.entrants[row].pupils * kDust)) return;
    Entrants e = input_.entrants[row];
    e.pupils = pupils;
    e.last = last;
    stage.input.entrants.push_back(e);
    stage.row_of.push_back(row);
  }

  const AdmissionInput& input_;
  Ledger& ledger_;
  ChoiceMarket choice_;
  const Market& m_;
  double public_bonus_;
  std::vector<char> private_;
  std::vector<double> rest_;  ///< by entrant row: who did not apply
  std::vector<double> lost_;  ///< by entrant row: who applied and drew no seat
  std::vector<double> applied_;
  std::vector<double> admitted_;
  std::vector<std::vector<RowPupils>> pooled_;
};

}  // namespace

bool has_private_stage(const AdmissionInput& input) {
  return input.policy.private_first && input.grade == 0 &&
         std::any_of(input.offers.begin(), input.offers.end(),
                     [](const Offer& o) { return o.open && o.ownership == Ownership::Private; });
}

PublicStage admit_to_private(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  return PrivateRound(input, ledger).run(progress);
}

void take_over(const PublicStage& stage, const Admission& result, Ledger& ledger) {
  for (const Flow& f : result.flows) ledger.place(stage.row_of[f.entrants], f.campus, f.pupils);
  for (CampusId c : result.campuses.ids())
    if (stage.input.offers[c].open) ledger.outcome(c) = result.campuses[c];
  for (CampusId c : result.campuses.ids()) ledger.outcome(c).entitled = 0.0;  // counted on closing
  ledger.set_rounds(result.rounds, result.converged);
}

}  // namespace doorstep
