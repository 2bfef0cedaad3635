#pragma once
// The market of `choice` and `micro`: the utility of each campus to each row, its choice set and
// its priority there. Equation: docs/model.md, "One year's admission".

#include "assign/assign.h"
#include "assign/clearing.h"
#include "assign/eligibility.h"
#include "assign/ledger.h"
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

/// Rows without pupils or without a choice set are left out unless `every_row`.
/// Throws: Error naming a missing coefficient (choice_pull.h).
[[nodiscard]] ChoiceMarket choice_market(const AdmissionInput& input, bool every_row = false);

/// Writes to the ledger whom the cutoffs let in where, what they turn away, and the cutoffs.
void place_by_cutoffs(const AdmissionInput& input, const ChoiceMarket& choice,
                      const Clearing& clearing, Ledger& ledger);

}  // namespace doorstep
