#include "assign/cutoff.h"

#include "assign/ledger.h"
#include "assign/seat_units.h"

namespace doorstep {

Cutoff cutoff_of(const PriorityOrder& order, const double* applicants, const double* admitted) {
  constexpr double kRounding = 1e-12;
  Cutoff reached;
  bool any = false;
  for (int r = 0; r < order.ranks();) {
    const Tier tier = order.tier(r);
    double wanting = 0.0;
    double in = 0.0;
    for (; r < order.ranks() && order.tier(r) == tier; ++r) {
      wanting += applicants[r];
      in += admitted[r];
    }
    if (wanting <= 0.0) continue;
    const double share = in / wanting;
    if (share >= 1.0 - kRounding) {
      reached = {tier, 1.0};
      any = true;
      continue;
    }
    return share > 0.0 || !any ? Cutoff{tier, share} : reached;
  }
  return {};
}

void set_cutoffs(const SeatUnits& seats, const PriorityOrder& order,
                 const std::vector<double>& applicants, const std::vector<double>& admitted,
                 Ledger& ledger) {
  const auto ranks = static_cast<std::size_t>(order.ranks());
  for (std::size_t unit = 0; unit < seats.units.size(); ++unit) {
    const Cutoff cutoff = cutoff_of(order, &applicants[unit * ranks], &admitted[unit * ranks]);
    for (CampusId c : seats.units[unit].campuses) {
      ledger.outcome(c).cutoff_tier = cutoff.tier;
      ledger.outcome(c).cutoff_share = cutoff.share;
    }
  }
}

}  // namespace doorstep
