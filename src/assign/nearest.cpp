#include <algorithm>

#include "assign/eligibility.h"
#include "assign/rules.h"

namespace doorstep {

namespace {

CampusId nearest_campus(const AdmissionInput& input, HomeId home,
                        const IdVector<CampusId, uint32_t>& code_order) {
  CampusId best;
  uint32_t least = TravelTable::kUnreachable;
  const auto look = [&](CampusId c, uint32_t decisec) {
    if (decisec > least || !may_apply(input, home, c, decisec)) return;
    if (best.valid() && decisec == least && code_order[best] <= code_order[c]) return;
    best = c;
    least = decisec;
  };
  const uint32_t limit = limit_decisec(input.policy.max_minutes);
  const NearWays* near = input.travel->near();
  const uint32_t first = near ? std::min(limit, near->reach_ds) : limit;
  input.travel->for_ways_within(home, first, look);
  if (!best.valid() && first < limit) input.travel->for_ways_within(home, limit, look);
  for (CampusId c : serving_campuses(input, home)) look(c, input.travel->decisec(home, c));
  return best;
}

}  // namespace

void assign_by_nearest(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  stop_if_cancelled(progress);
  const auto code_order = order_by_code(*input.place);
  CampusId best;
  HomeId home;
  for (std::size_t row = 0; row < input.entrants.size(); ++row) {
    const Entrants& entrants = input.entrants[row];
    if (row == 0 || entrants.home != home) best = nearest_campus(input, entrants.home, code_order);
    home = entrants.home;
    if (best.valid()) ledger.place(row, best, entrants.pupils);
  }
}

}  // namespace doorstep
