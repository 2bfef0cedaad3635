#include <algorithm>
#include <vector>

#include "assign/eligibility.h"
#include "assign/least_travel.h"
#include "assign/rules.h"
#include "assign/seat_units.h"

namespace doorstep {

namespace {

/// Pupils of one row sent to one unit of seats by their catchment.
struct Sent {
  std::size_t row = 0;
  uint32_t unit = 0;
  int rank = 0;  ///< place of the household class in admission order; 0 where all share a lottery
  double pupils = 0.0;
};

bool reachable(const AdmissionInput& input, HomeId home, const SeatUnit& unit) {
  return std::any_of(unit.campuses.begin(), unit.campuses.end(),
                     [&](CampusId c) { return input.travel->reachable(home, c); });
}

/// The units that serve a home and can be reached, each once.
std::vector<uint32_t> serving_units(const AdmissionInput& input, const SeatUnits& seats,
                                    HomeId home) {
  std::vector<uint32_t> units;
  for (CampusId c : serving_campuses(input, home)) {
    const uint32_t unit = seats.unit_of[c];
    if (std::find(units.begin(), units.end(), unit) != units.end()) continue;
    if (reachable(input, home, seats.units[unit])) units.push_back(unit);
  }
  return units;
}

std::vector<Sent> send(const AdmissionInput& input, const SeatUnits& seats) {
  std::vector<Sent> sent;
  for (std::size_t row = 0; row < input.entrants.size(); ++row) {
    const Entrants& entrants = input.entrants[row];
    if (entrants.pupils <= 0.0) continue;
    const std::vector<uint32_t> units = serving_units(input, seats, entrants.home);
    double total = 0.0;
    for (uint32_t u : units) total += seats.units[u].seats;
    const bool ordered = input.policy.classes_in_order && entrants.household.valid();
    const int rank = ordered ? static_cast<int>(entrants.household.index) : 0;
    for (uint32_t u : units) {
      const double share =
          total > 0.0 ? seats.units[u].seats / total : 1.0 / static_cast<double>(units.size());
      sent.push_back({row, u, rank, entrants.pupils * share});
    }
  }
  return sent;
}

/// The share of each rank that a unit admits: ranks in order until its seats are gone.
std::vector<double> admitted_shares(const SeatUnit& unit, const std::vector<double>& by_rank) {
  std::vector<double> share(by_rank.size(), 1.0);
  if (unit.crowds) return share;
  double left = unit.seats;
  for (std::size_t r = 0; r < by_rank.size(); ++r) {
    if (by_rank[r] > left) share[r] = left / by_rank[r];
    left = std::max(0.0, left - by_rank[r]);
  }
  return share;
}

void report(const SeatUnit& unit, double sent, double admitted, const AdmissionInput& input,
            Ledger& ledger) {
  if (sent <= admitted) return;
  count_turned_away(input, unit, sent - admitted, ledger);
  for (CampusId c : unit.campuses) {
    CampusOutcome& outcome = ledger.outcome(c);
    outcome.cutoff_tier = Tier::Catchment;
    outcome.cutoff_share = admitted / sent;
  }
}

}  // namespace

void assign_by_catchment(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  stop_if_cancelled(progress);
  const SeatUnits seats = seat_units(input);
  const std::vector<Sent> sent = send(input, seats);
  const std::size_t ranks = std::max<std::size_t>(input.place->classes.size(), 1);
  std::vector<std::vector<double>> by_rank(seats.units.size(), std::vector<double>(ranks, 0.0));
  for (const Sent& s : sent) by_rank[s.unit][static_cast<std::size_t>(s.rank)] += s.pupils;

  std::vector<std::vector<double>> share;
  for (std::size_t u = 0; u < seats.units.size(); ++u) {
    share.push_back(admitted_shares(seats.units[u], by_rank[u]));
    double total = 0.0;
    double admitted = 0.0;
    for (std::size_t r = 0; r < ranks; ++r) {
      total += by_rank[u][r];
      admitted += by_rank[u][r] * share[u][r];
    }
    report(seats.units[u], total, admitted, input, ledger);
  }

  std::vector<std::vector<RowPupils>> pooled(seats.units.size());
  for (const Sent& s : sent) {
    const SeatUnit& unit = seats.units[s.unit];
    const double pupils = s.pupils * share[s.unit][static_cast<std::size_t>(s.rank)];
    write_refused(input, unit, s.row, s.pupils - pupils, ledger);
    if (unit.campuses.size() == 1)
      ledger.place(s.row, unit.campuses.front(), pupils);
    else
      pooled[s.unit].push_back({s.row, pupils});
  }
  for (std::size_t u = 0; u < pooled.size(); ++u)
    if (!pooled[u].empty()) spread_in_pool(input, pooled[u], seats.units[u].campuses, ledger);
}

}  // namespace doorstep
