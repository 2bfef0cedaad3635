#include <algorithm>
#include <cmath>

#include "assign/choice_market.h"
#include "assign/cutoff.h"
#include "assign/least_travel.h"
#include "assign/market_shares.h"
#include "assign/rules.h"
#include "base/error.h"

namespace doorstep {

ClearingLimits clearing_limits(const AdmissionInput& input) {
  const double tolerance = input.coefficients->value("choice.tolerance");
  const double max_rounds = input.coefficients->value("choice.max_rounds");
  if (!(tolerance > 0.0))
    throw Error("the tolerance must be above 0 pupils", "choice.tolerance", "1e-6 is usual");
  if (!(max_rounds >= 1.0))
    throw Error("at least one round is needed", "choice.max_rounds", "1000 is usual");
  return {tolerance, static_cast<int>(std::min(max_rounds, 1e9))};
}

Clearing clear_choice(const AdmissionInput& input, Market& market, const Progress& progress) {
  const ClearingLimits limits = clearing_limits(input);
  return clear_market(market, limits.tolerance, limits.max_rounds, progress);
}

std::vector<double> share_within_seats(const AdmissionInput& input, const Market& m,
                                       const MarketShares& shares) {
  const double tolerance = input.coefficients->value("choice.tolerance");
  std::vector<double> kept(m.seats.size(), 1.0);
  for (std::size_t unit = 0; unit < kept.size(); ++unit) {
    const double over = shares.admitted[unit] - m.seats[unit];
    if (over > 0.0 && over <= tolerance) kept[unit] = m.seats[unit] / shares.admitted[unit];
  }
  return kept;
}

void report_clearing(const AdmissionInput& input, const SeatUnits& seats,
                     const PriorityOrder& order, const Clearing& clearing,
                     const std::vector<double>& refused, const std::vector<double>& applicants,
                     Ledger& ledger) {
  ledger.set_rounds(clearing.rounds, clearing.converged);
  for (std::size_t unit = 0; unit < seats.units.size(); ++unit)
    count_turned_away(input, seats.units[unit], refused[unit], ledger);
  std::vector<double> admitted(applicants.size());
  for (std::size_t cell = 0; cell < admitted.size(); ++cell)
    admitted[cell] = applicants[cell] * clearing.limit[cell];
  set_cutoffs(seats, order, applicants, admitted, ledger);
}

void assign_by_choice(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  ChoiceMarket choice = choice_market(input);
  place_by_cutoffs(input, choice, clear_choice(input, choice.market, progress), ledger);
}

namespace {

/// Row by row whom the units refused that the row would rather be at.
void write_refusals(const AdmissionInput& input, const ChoiceMarket& choice,
                    const Clearing& clearing, Ledger& ledger) {
  const Market& m = choice.market;
  RowShares of_row;
  for (std::size_t row = 0; row < m.rows(); ++row) {
    row_shares(m, clearing, row, of_row);
    for (std::size_t i = m.first_option[row]; i < m.first_option[row + 1]; ++i)
      write_refused(input, choice.seats.units[m.unit(i)], choice.row_of[row],
                    m.pupils[row] * of_row.refused[i - m.first_option[row]], ledger);
  }
}

}  // namespace

void place_by_cutoffs(const AdmissionInput& input, const ChoiceMarket& choice,
                      const Clearing& clearing, Ledger& ledger) {
  const Market& m = choice.market;
  const MarketShares shares = market_shares(m, clearing);
  const std::vector<double> kept = share_within_seats(input, m, shares);
  std::vector<std::vector<RowPupils>> pooled(m.seats.size());
  for (std::size_t row = 0; row < m.rows(); ++row) {
    for (std::size_t i = m.first_option[row]; i < m.first_option[row + 1]; ++i) {
      const uint32_t unit = m.unit(i);
      const auto& campuses = choice.seats.units[unit].campuses;
      const double pupils = m.pupils[row] * shares.share[i] * kept[unit];
      if (campuses.size() == 1)
        ledger.place(choice.row_of[row], campuses.front(), pupils);
      else if (pupils > 0.0)
        pooled[unit].push_back({choice.row_of[row], pupils});
    }
  }
  for (std::size_t unit = 0; unit < m.seats.size(); ++unit)
    if (!pooled[unit].empty())
      spread_in_pool(input, pooled[unit], choice.seats.units[unit].campuses, ledger);
  report_clearing(input, choice.seats, choice.order, clearing, shares.refused, shares.applicants,
                  ledger);
  if (ledger.refusals()) write_refusals(input, choice, clearing, ledger);
}

}  // namespace doorstep
