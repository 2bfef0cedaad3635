#pragma once
// The market of `choice` and `micro`: the utility of each campus to each row, its choice set and
// its priority there. Equation: docs/model.md, "One year's admission".

#include "assign/assign.h"
#include "assign/clearing.h"
#include "assign/eligibility.h"
#include "assign/seat_units.h"

namespace doorstep {

/// A market with what its rows and units stand for.
struct ChoiceMarket {
  Market market;
  SeatUnits seats;
  PriorityOrder order;
  std::vector<std::size_t> row_of;  ///< entrant row of each market row
};

/// Coefficients: choice.a_quality, choice.b_distance (each also by household class, ".CODE"),
/// choice.kappa_km, choice.group_bonus. Rows without pupils or without a choice set are left out.
/// Throws: Error naming a missing coefficient.
[[nodiscard]] ChoiceMarket choice_market(const AdmissionInput& input);

}  // namespace doorstep
