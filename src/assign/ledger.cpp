#include "assign/ledger.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "assign/eligibility.h"

namespace doorstep {

namespace {
/// Share of a row's pupils below which a remainder is rounding, not a child.
constexpr double kDust = 1e-11;
}  // namespace

Ledger::Ledger(const AdmissionInput& input)
    : input_(input), placed_(input.entrants.size(), 0.0), admitted_(input.offers.size(), 0.0) {
  result_.campuses.assign(input.offers.size(), CampusOutcome{});
}

void Ledger::place(std::size_t row, CampusId campus, double pupils) {
  if (pupils <= 0.0) return;
  result_.flows.push_back({static_cast<uint32_t>(row), campus, pupils});
  placed_[row] += pupils;
  admitted_[campus] += pupils;
}

void Ledger::take_placed(std::vector<double> of_rows, const IdVector<CampusId, double>& at) {
  placed_ = std::move(of_rows);
  admitted_ = at;
  elsewhere_ = at;
}

double Ledger::unplaced(std::size_t row) const {
  const double demand = input_.entrants[row].pupils;
  const double left = demand - placed_[row];
  return left > demand * kDust ? left : 0.0;
}

double Ledger::seats_left(CampusId campus) const {
  const Offer& offer = input_.offers[campus];
  return offer.open ? std::max(0.0, offer.seats - admitted_[campus]) : 0.0;
}

void Ledger::set_rounds(int rounds, bool converged) {
  result_.rounds = rounds;
  result_.converged = converged;
}

void merge_by_row_and_campus(std::vector<Flow>& flows) {
  const auto before = [](const Flow& a, const Flow& b) {
    return std::pair(a.entrants, a.campus) < std::pair(b.entrants, b.campus);
  };
  // Written in order but for what was placed afterwards: only that is put in order.
  const auto ordered = std::is_sorted_until(flows.begin(), flows.end(), before);
  std::stable_sort(ordered, flows.end(), before);
  std::inplace_merge(flows.begin(), ordered, flows.end(), before);
  std::size_t kept = 0;
  for (const Flow& flow : flows) {
    const bool same = kept > 0 && flows[kept - 1].entrants == flow.entrants &&
                      flows[kept - 1].campus == flow.campus;
    if (same)
      flows[kept - 1].pupils += flow.pupils;
    else
      flows[kept++] = flow;
  }
  flows.resize(kept);
}

void Ledger::count_entitled() {
  if (input_.catchment_of.empty()) return;
  const auto& catchments = input_.place->catchments;
  IdVector<CatchmentId, double> children(catchments.size(), 0.0);
  for (const Entrants& row : input_.entrants)
    if (const CatchmentId own = input_.catchment_of[row.home]; own.valid())
      children[own] += row.pupils;
  std::vector<CampusId> serving;
  for (auto own : catchments.ids()) {
    if (!(children[own] > 0.0)) continue;
    serving_campuses(input_, catchments[own], serving);
    double seats = 0.0;
    for (CampusId c : serving) seats += input_.offers[c].seats;
    for (CampusId c : serving) {
      const double share =
          seats > 0.0 ? input_.offers[c].seats / seats : 1.0 / static_cast<double>(serving.size());
      result_.campuses[c].entitled += children[own] * share;
    }
  }
}

Admission Ledger::close() {
  merge_by_row_and_campus(result_.flows);
  count_entitled();
  double demand = 0.0;
  double accounted = 0.0;
  result_.unplaced.resize(input_.entrants.size());
  for (std::size_t row = 0; row < input_.entrants.size(); ++row) {
    demand += input_.entrants[row].pupils;
    accounted += result_.unplaced[row] = unplaced(row);
  }
  for (CampusId c : result_.campuses.ids()) result_.campuses[c].admitted = 0.0;
  for (CampusId c : elsewhere_.ids()) accounted += result_.campuses[c].admitted = elsewhere_[c];
  for (const Flow& flow : result_.flows) {
    result_.campuses[flow.campus].admitted += flow.pupils;
    accounted += flow.pupils;
  }
  result_.conservation_error = std::abs(demand - accounted) / std::max(demand, 1.0);
  return std::move(result_);
}

}  // namespace doorstep
