#include "network/travel_table.h"

#include <cmath>

#include "base/error.h"
#include "network/given_travel.h"
#include "network/lending.h"

namespace doorstep {
namespace {

constexpr std::size_t kHomesPerStep = 1024;

void fill_straight(const Place& place, const Lending& lent, TravelTable& table,
                   Progress& progress) {
  MetresPerMinute speed = place.travel.speed;
  for (HomeId h : place.homes.ids()) {
    if (h.index % kHomesPerStep == 0) {
      progress.step("straight lines", static_cast<double>(h.index) / double(place.homes.size()));
    }
    for (CampusId c : place.campuses.ids()) {
      if (lent.has(h, c)) continue;
      Metres straight(distance_m(place.homes[h].at, place.campuses[c].at));
      table.set(h, c, straight * place.travel.detour / speed);
    }
  }
}

}  // namespace

void TravelTable::set(HomeId h, CampusId c, Minutes m) {
  DOORSTEP_ASSERT(m.value >= 0.0 && m.value * 600.0 < static_cast<double>(kUnreachable));
  set_decisec(h, c, static_cast<uint32_t>(std::llround(m.value * 600.0)));
}

Loaded<TravelTable> compute_travel(const Place& place, Progress& progress, const Place* from_place,
                                   const TravelTable* from) {
  bool lends = from_place != nullptr && from != nullptr;
  Lending lent = lends ? Lending(place, *from_place) : Lending(place);
  Loaded<TravelTable> out{
      TravelTable(place.homes.size(), place.campuses.size(), place.travel.speed), {}};
  if (lends) lent.copy(*from, out.value);
  switch (place.travel.mode) {
    case TravelMode::Straight:
      fill_straight(place, lent, out.value, progress);
      break;
    case TravelMode::Table:
      fill_given(place, lends ? *from_place : place, lent, out.value, progress, out.findings);
      break;
    case TravelMode::Streets:
      throw Error("travel by streets is not available", place.code, "use straight or table");
  }
  progress.step("travel", 1.0);
  return out;
}

}  // namespace doorstep
