#pragma once
// The market of `choice` and `micro`: the utility of each campus to each row, its choice set and
// its priority there. Equation: docs/model.md, "One year's admission".

#include "assign/assign.h"
#include "assign/clearing.h"
#include "assign/eligibility.h"
#include "assign/ledger.h"
#include "assign/market_shares.h"
#include "assign/seat_units.h"

namespace doorstep {

/// A market with what its rows and units stand for.
struct ChoiceMarket {
  Market market;
  SeatUnits seats;
  PriorityOrder order;
  std::vector<std::size_t> row_of;  ///< entrant row of each market row
  std::vector<double> reference;    ///< by market row: the V whose weight is 1
};

/// What choice_market is to put down besides.
struct MarketDetail {
  bool every_row = false;  ///< also rows without pupils or without a choice set
};

/// Rows without pupils or without a choice set are left out unless asked for.
/// Throws: Error naming a missing coefficient (choice_pull.h).
[[nodiscard]] ChoiceMarket choice_market(const AdmissionInput& input, MarketDetail detail = {});

/// Writes seats, ranks and guarantees of units to a market without any.
void describe_units(const SeatUnits& seats, const PriorityOrder& order, Market& m);

/// How exactly and how long cutoffs are searched for.
struct ClearingLimits {
  double tolerance = 1e-6;  ///< Units: pupils
  int max_rounds = 1000;
};
/// From choice.tolerance and choice.max_rounds. Throws: Error.
[[nodiscard]] ClearingLimits clearing_limits(const AdmissionInput& input);

/// Finds the market's cutoffs. Throws: Error (coefficients of the search), Cancelled.
[[nodiscard]] Clearing clear_choice(const AdmissionInput& input, Market& market,
                                    const Progress& progress);

/// By unit: the part of those let in who keep their seats. The search for cutoffs stops with at
/// most choice.tolerance pupils too many at a full campus. They are taken off again, so that what
/// is full holds exactly its seats; they count as unplaced.
[[nodiscard]] std::vector<double> share_within_seats(const AdmissionInput& input, const Market& m,
                                                     const MarketShares& shares);

/// Writes whom units turned away, and where the cutoffs lie.
/// `refused` by unit, `applicants` by unit × rank.
void report_clearing(const AdmissionInput& input, const SeatUnits& seats,
                     const PriorityOrder& order, const Clearing& clearing,
                     const std::vector<double>& refused, const std::vector<double>& applicants,
                     Ledger& ledger);

/// Writes to the ledger whom the cutoffs let in where, what they turn away, and the cutoffs.
void place_by_cutoffs(const AdmissionInput& input, const ChoiceMarket& choice,
                      const Clearing& clearing, Ledger& ledger);

}  // namespace doorstep
