#include "assign/cutoff.h"

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

}  // namespace doorstep
