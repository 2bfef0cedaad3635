#include "network/travel_table.h"

#include <cmath>

#include "base/error.h"
#include "network/given_travel.h"
#include "network/lending.h"
#include "network/street_router.h"
#include "network/street_travel.h"

namespace doorstep {
namespace {

constexpr std::size_t kHomesPerStep = 1024;
/// Pairs of a matrix that still fits beside everything else: 268 MB. Straight lines lose nothing in
/// rows, and rows of what is near are quicker to read from a quarter of that.
constexpr std::size_t kDensePairs = std::size_t{1} << 26;
constexpr std::size_t kDenseStraightPairs = std::size_t{1} << 24;

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

/// The router that the lending table was made with, where the streets are the same; else a new one.
std::shared_ptr<const StreetRouter> router_for(const Place& place, const TravelTable* from) {
  if (!place.travel.streets) {
    throw Error("travel is by streets, but the place has none", place.code,
                "name a street file under [travel], or use mode straight or table");
  }
  const Streets* streets = place.travel.streets.get();
  if (from != nullptr && from->router() && &from->router()->streets() == streets) {
    return from->router();
  }
  return std::make_shared<const StreetRouter>(place.travel.streets);
}

/// The speed behind the minutes: that of the streets where they have one of their own.
MetresPerMinute speed_of(const Travel& travel) {
  bool by_streets = travel.mode == TravelMode::Streets && travel.streets;
  return by_streets ? MetresPerMinute(travel.streets->speed_m_per_min) : travel.speed;
}

}  // namespace

void TravelTable::set(HomeId h, CampusId c, Minutes m) {
  DOORSTEP_ASSERT(m.value >= 0.0 && m.value * 600.0 < static_cast<double>(kUnreachable));
  set_decisec(h, c, static_cast<uint32_t>(std::llround(m.value * 600.0)));
}

uint32_t TravelTable::looked_up(HomeId h, CampusId c) const {
  if (const Way* way = near_->find(h, c)) return way->decisec;
  return far_ && !far_->lacks(h, c) ? far_->decisec(h, c) : kUnreachable;
}

Loaded<TravelTable> compute_travel(const Place& place, Progress& progress, const Place* from_place,
                                   const TravelTable* from) {
  const std::size_t pairs = place.homes.size() * place.campuses.size();
  const bool straight = place.travel.mode == TravelMode::Straight;
  if (pairs > (straight ? kDenseStraightPairs : kDensePairs)) {
    bool streets = place.travel.mode == TravelMode::Streets;
    return near_travel(place, progress, streets ? router_for(place, from) : nullptr);
  }
  bool lends = from_place != nullptr && from != nullptr && from->dense();
  Lending lent = lends ? Lending(place, *from_place) : Lending(place);
  Loaded<TravelTable> out{
      TravelTable(place.homes.size(), place.campuses.size(), speed_of(place.travel)), {}};
  if (lends) lent.copy(*from, out.value);
  switch (place.travel.mode) {
    case TravelMode::Straight:
      fill_straight(place, lent, out.value, progress);
      break;
    case TravelMode::Table:
      fill_given(place, lends ? *from_place : place, lent, out.value, progress, out.findings);
      break;
    case TravelMode::Streets: {
      std::shared_ptr<const StreetRouter> router = router_for(place, lends ? from : nullptr);
      fill_streets(place, router, lent, 0, out.value, progress, out.findings);
      out.value.set_router(router);
      break;
    }
  }
  progress.step("travel", 1.0);
  return out;
}

}  // namespace doorstep
