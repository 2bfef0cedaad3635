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

double part_of_unit(const AdmissionInput& input, const SeatUnit& unit, CampusId campus) {
  return unit.seats > 0.0 ? input.offers[campus].seats / unit.seats
                          : 1.0 / static_cast<double>(unit.campuses.size());
}

void count_turned_away(const AdmissionInput& input, const SeatUnit& unit, double pupils,
                       Ledger& ledger) {
  for (CampusId c : unit.campuses)
    ledger.outcome(c).turned_away += pupils * part_of_unit(input, unit, c);
}

void write_refused(const AdmissionInput& input, const SeatUnit& unit, std::size_t row,
                   double pupils, Ledger& ledger) {
  if (!ledger.refusals() || !(pupils > 0.0)) return;
  for (CampusId c : unit.campuses)
    ledger.refusals()->turned_away.push_back(
        {static_cast<uint32_t>(row), c, pupils * part_of_unit(input, unit, c)});
}

}  // namespace doorstep
