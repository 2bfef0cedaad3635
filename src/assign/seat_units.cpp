#include "assign/seat_units.h"

#include <map>

namespace doorstep {

SeatUnits seat_units(const AdmissionInput& input) {
  SeatUnits out;
  out.unit_of.assign(input.offers.size(), SeatUnits::kNone);
  std::map<int, uint32_t> unit_of_pool;
  for (CampusId c : input.offers.ids()) {
    const Offer& offer = input.offers[c];
    if (!offer.open) continue;
    uint32_t unit = static_cast<uint32_t>(out.units.size());
    if (offer.pool >= 0) unit = unit_of_pool.emplace(offer.pool, unit).first->second;
    if (unit == out.units.size()) out.units.emplace_back();
    SeatUnit& u = out.units[unit];
    u.campuses.push_back(c);
    u.seats += offer.seats;
    u.crowds = u.crowds || offer.overflow == Overflow::Crowd;
    out.unit_of[c] = unit;
  }
  return out;
}

void count_turned_away(const AdmissionInput& input, const SeatUnit& unit, double pupils,
                       Ledger& ledger) {
  for (CampusId c : unit.campuses) {
    const double part = unit.seats > 0.0 ? input.offers[c].seats / unit.seats
                                         : 1.0 / static_cast<double>(unit.campuses.size());
    ledger.outcome(c).turned_away += pupils * part;
  }
}

}  // namespace doorstep
