#include "assign/least_travel.h"

#include <algorithm>

#include "assign/eligibility.h"
#include "assign/near_transport.h"
#include "assign/rules.h"
#include "assign/transport.h"
#include "base/random.h"

namespace doorstep {

namespace {

/// Pupils summed by home, and which of them came from which row.
struct HomePupils {
  HomeSupply supply;
  std::vector<std::size_t> source_of;  ///< by position in `pupils`; kNone where it has none
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

HomePupils by_home(const AdmissionInput& input, const std::vector<RowPupils>& pupils) {
  HomePupils out;
  IdVector<HomeId, std::size_t> source(input.place->homes.size(), HomePupils::kNone);
  out.source_of.assign(pupils.size(), HomePupils::kNone);
  for (std::size_t p = 0; p < pupils.size(); ++p) {
    if (pupils[p].pupils <= 0.0) continue;
    const HomeId home = input.entrants[pupils[p].row].home;
    if (source[home] == HomePupils::kNone) {
      source[home] = out.supply.homes.size();
      out.supply.homes.push_back(home);
      out.supply.pupils.push_back(0.0);
    }
    out.source_of[p] = source[home];
    out.supply.pupils[source[home]] += pupils[p].pupils;
  }
  return out;
}

Transport transport_of(const AdmissionInput& input, const HomeSupply& of,
                       const std::vector<CampusSeats>& seats,
                       const std::function<bool(HomeId, CampusId)>& allowed) {
  Transport problem;
  problem.supply = of.pupils;
  for (const CampusSeats& s : seats) {
    problem.capacity.push_back(s.seats);
    problem.sink_key.push_back(RandomKey(0).with(input.place->campuses[s.campus].code).bits());
  }
  for (HomeId home : of.homes) {
    problem.first_arc.push_back(problem.arcs.size());
    problem.source_key.push_back(RandomKey(0).with(input.place->homes[home].code).bits());
    for (uint32_t j = 0; j < seats.size(); ++j) {
      const uint32_t decisec = input.travel->decisec(home, seats[j].campus);
      if (decisec == TravelTable::kUnreachable || seats[j].seats < 0.0) continue;
      if (allowed(home, seats[j].campus)) problem.arcs.push_back({j, decisec});
    }
  }
  problem.first_arc.push_back(problem.arcs.size());
  return problem;
}

/// Planned intake of a campus at the admission's stage; its seats where the place says nothing.
double intake_of(const AdmissionInput& input, CampusId c) {
  const Campus& campus = input.place->campuses[c];
  if (input.stage.index >= campus.stages.size() || !campus.stages[input.stage])
    return input.offers[c].seats;
  const CampusStage& stage = *campus.stages[input.stage];
  return stage.intake.empty()
             ? value_in(stage.seats, input.year) / input.place->stages[input.stage].grades
             : value_in(stage.intake, input.year);
}

/// Room of each campus of a pool: its free seats, and of pupils beyond them a part by planned
/// intake. By free seats alone a campus whose upper grades are full would take none of them, and
/// its neighbour whole years.
std::vector<CampusSeats> room_in_pool(const AdmissionInput& input, double pupils,
                                      const std::vector<CampusId>& campuses) {
  double seats = 0.0;
  double intake = 0.0;
  for (CampusId c : campuses) {
    seats += input.offers[c].seats;
    intake += intake_of(input, c);
  }
  const double over = std::max(0.0, pupils - seats);
  std::vector<CampusSeats> room;
  for (CampusId c : campuses) {
    const double part =
        intake > 0.0 ? intake_of(input, c) / intake : 1.0 / static_cast<double>(campuses.size());
    room.push_back({c, input.offers[c].seats + over * part});
  }
  return room;
}

}  // namespace

void count_passed_over(const AdmissionInput& input, Ledger& ledger) {
  auto count = [&](std::size_t row, uint32_t reached, double pupils) {
    if (reached == 0) return;
    const HomeId home = input.entrants[row].home;
    // A large table is not asked for all ways of who has no seat.
    const NearWays* near = input.travel->near();
    const uint32_t most = near ? std::min(reached - 1, near->reach_ds) : reached - 1;
    input.travel->for_ways_within(home, most, [&](CampusId c, uint32_t decisec) {
      if (!may_apply(input, home, c, decisec)) return;
      ledger.outcome(c).turned_away += pupils;
      if (ledger.refusals())
        ledger.refusals()->turned_away.push_back({static_cast<uint32_t>(row), c, pupils});
    });
  };
  for (const Flow& f : ledger.flows())
    count(f.entrants, input.travel->decisec(input.entrants[f.entrants].home, f.campus), f.pupils);
  for (std::size_t row = 0; row < input.entrants.size(); ++row)
    if (const double left = ledger.unplaced(row); left > 0.0)
      count(row, TravelTable::kUnreachable, left);
}

std::vector<SeatPrice> place_by_least_travel(const AdmissionInput& input,
                                             const std::vector<RowPupils>& pupils,
                                             const std::vector<CampusSeats>& seats,
                                             const std::function<bool(HomeId, CampusId)>& allowed,
                                             Ledger& ledger, uint32_t limit_ds) {
  std::vector<SeatPrice> prices(seats.size());
  const HomePupils homes = by_home(input, pupils);
  const std::size_t sources = homes.supply.homes.size();
  if (sources == 0 || seats.empty()) return prices;
  const TransportPlan plan =
      input.travel->dense() ? solve_transport(transport_of(input, homes.supply, seats, allowed))
                            : solve_near_transport(input, homes.supply, seats, allowed, limit_ds);
  std::vector<std::size_t> first_part(sources + 1, 0);
  for (const auto& part : plan.parts) ++first_part[part.source + 1];
  for (std::size_t i = 0; i < sources; ++i) first_part[i + 1] += first_part[i];
  for (std::size_t p = 0; p < pupils.size(); ++p) {
    const std::size_t source = homes.source_of[p];
    if (source == HomePupils::kNone) continue;
    for (std::size_t k = first_part[source]; k < first_part[source + 1]; ++k)
      ledger.place(pupils[p].row, seats[plan.parts[k].sink].campus,
                   pupils[p].pupils * plan.parts[k].share);
  }
  for (std::size_t j = 0; j < seats.size(); ++j)
    prices[j] = {plan.seat_price[j] / 600.0, plan.places_one_more[j]};
  return prices;
}

void spread_in_pool(const AdmissionInput& input, const std::vector<RowPupils>& pupils,
                    const std::vector<CampusId>& campuses, Ledger& ledger) {
  double total = 0.0;
  for (const RowPupils& p : pupils) total += p.pupils;
  const std::vector<CampusSeats> room = room_in_pool(input, total, campuses);
  std::vector<double> before;
  for (const RowPupils& p : pupils) before.push_back(ledger.unplaced(p.row));
  place_by_least_travel(
      input, pupils, room, [](HomeId, CampusId) { return true; }, ledger);
  // Where some cannot reach the campus that has room, the pool still keeps who it admitted.
  for (std::size_t i = 0; i < pupils.size(); ++i) {
    const auto [row, admitted] = pupils[i];
    const double left = admitted - (before[i] - ledger.unplaced(row));
    if (left <= admitted * 1e-9) continue;
    const HomeId home = input.entrants[row].home;
    const CampusId* nearest = nullptr;
    for (const CampusId& c : campuses)
      if (input.travel->reachable(home, c) &&
          (!nearest || input.travel->decisec(home, c) < input.travel->decisec(home, *nearest)))
        nearest = &c;
    if (nearest) ledger.place(row, *nearest, left);
  }
}

void assign_by_least_travel(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  stop_if_cancelled(progress);
  std::vector<RowPupils> pupils;
  for (std::size_t row = 0; row < input.entrants.size(); ++row)
    pupils.push_back({row, input.entrants[row].pupils});
  std::vector<CampusSeats> seats;
  for (CampusId c : input.offers.ids())
    if (input.offers[c].open) seats.push_back({c, input.offers[c].seats});
  const auto allowed = [&](HomeId h, CampusId c) { return may_apply(input, h, c); };
  const bool own_only =
      input.policy.eligibility == Eligibility::OwnCatchment && !input.policy.private_first;
  const uint32_t limit_ds = own_only ? 0 : limit_decisec(input.policy.max_minutes);
  const auto prices = place_by_least_travel(input, pupils, seats, allowed, ledger, limit_ds);
  for (std::size_t j = 0; j < seats.size(); ++j) {
    CampusOutcome& outcome = ledger.outcome(seats[j].campus);
    outcome.seat_price_min = prices[j].minutes;
    outcome.seat_places_one_more = prices[j].places_one_more;
  }
  count_passed_over(input, ledger);
}

void divert_unplaced(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  stop_if_cancelled(progress);
  std::vector<RowPupils> pupils;
  for (std::size_t row = 0; row < input.entrants.size(); ++row)
    if (const double left = ledger.unplaced(row); left > 0.0) pupils.push_back({row, left});
  std::vector<CampusSeats> seats;
  constexpr double kLeastSeat = 1e-6;  // less than that is rounding at a full campus
  for (CampusId c : input.offers.ids())
    if (input.offers[c].ownership == Ownership::Public && ledger.seats_left(c) > kLeastSeat)
      seats.push_back({c, ledger.seats_left(c)});
  place_by_least_travel(
      input, pupils, seats, [](HomeId, CampusId) { return true; }, ledger);
}

}  // namespace doorstep
