#include "assign/eligibility.h"
#include "assign/rules.h"

namespace doorstep {

namespace {

CampusId nearest_campus(const AdmissionInput& input, HomeId home,
                        const IdVector<CampusId, uint32_t>& code_order) {
  CampusId best;
  for (CampusId c : input.offers.ids()) {
    if (!may_apply(input, home, c)) continue;
    const uint32_t decisec = input.travel->decisec(home, c);
    const bool nearer =
        !best.valid() || decisec < input.travel->decisec(home, best) ||
        (decisec == input.travel->decisec(home, best) && code_order[c] < code_order[best]);
    if (nearer) best = c;
  }
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
