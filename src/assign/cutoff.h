#pragma once
// A cutoff as people read it: the tier a campus reaches and the share of that tier it lets in.

#include <vector>

#include "assign/eligibility.h"

namespace doorstep {

struct SeatUnits;
class Ledger;

struct Cutoff {
  Tier tier = Tier::Other;
  double share = 1.0;
};

/// From who could apply and whom the lottery lets in, by rank. A tier without applicants never
/// holds the cutoff; where nobody is refused it is (Other, 1).
[[nodiscard]] Cutoff cutoff_of(const PriorityOrder& order, const double* applicants,
                               const double* admitted);

/// Writes the cutoff of every unit to its campuses. Shape: unit × rank, as the market's limits.
void set_cutoffs(const SeatUnits& seats, const PriorityOrder& order,
                 const std::vector<double>& applicants, const std::vector<double>& admitted,
                 Ledger& ledger);

}  // namespace doorstep
