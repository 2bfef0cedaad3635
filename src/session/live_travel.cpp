#include "session/live_travel.h"

#include <algorithm>
#include <cmath>

namespace doorstep::session {

namespace {

/// Interleaved bits of a point inside a box: homes near each other get positions near each other.
uint64_t along_curve(Xy p, Xy low, double size) {
  auto cell = [&](double v, double from) {
    return static_cast<uint32_t>(std::clamp((v - from) / std::max(size, 1.0), 0.0, 1.0) * 1048575);
  };
  uint64_t code = 0;
  const uint32_t x = cell(p.x, low.x);
  const uint32_t y = cell(p.y, low.y);
  for (int b = 0; b < 20; ++b)
    code |= (uint64_t{x} >> b & 1) << (2 * b) | (uint64_t{y} >> b & 1) << (2 * b + 1);
  return code;
}

void order_along_curve(const Place& place, std::vector<HomeId>& homes) {
  Xy low{1e300, 1e300};
  Xy high{-1e300, -1e300};
  for (HomeId h : homes) {
    const Xy at = place.homes[h].at;
    low = {std::min(low.x, at.x), std::min(low.y, at.y)};
    high = {std::max(high.x, at.x), std::max(high.y, at.y)};
  }
  const double size = std::max(high.x - low.x, high.y - low.y);
  std::stable_sort(homes.begin(), homes.end(), [&](HomeId a, HomeId b) {
    return along_curve(place.homes[a].at, low, size) < along_curve(place.homes[b].at, low, size);
  });
}

}  // namespace

LiveTravel::LiveTravel(std::shared_ptr<const Outcome> outcome, std::vector<HomeId> homes,
                       unsigned threads)
    : outcome_(std::move(outcome)), homes_(std::move(homes)) {
  const Place& place = outcome_->place;
  const bool by_streets = place.travel.mode == TravelMode::Streets;
  if (!by_streets) order_along_curve(place, homes_);
  std::vector<StreetSnap> snaps = by_streets ? snap_in_order() : std::vector<StreetSnap>();
  row_of_ = IdVector<HomeId, uint32_t>(place.homes.size(), kNone);
  for (uint32_t i = 0; i < homes_.size(); ++i) row_of_[homes_[i]] = i;
  if (by_streets) sweep_.emplace(outcome_->travel.router(), snaps, threads);
}

/// In the order in which the sweep works the homes out; neighbours are together there as well.
std::vector<StreetSnap> LiveTravel::snap_in_order() {
  const auto& router = outcome_->travel.router();
  std::vector<StreetSnap> snaps;
  for (HomeId h : homes_) snaps.push_back(router->snap(outcome_->place.homes[h].at));
  std::vector<HomeId> homes;
  std::vector<StreetSnap> sorted;
  for (uint32_t i : HomeSweep::order_of(snaps)) {
    homes.push_back(homes_[i]);
    sorted.push_back(snaps[i]);
  }
  homes_ = std::move(homes);
  return sorted;
}

bool LiveTravel::possible(const Outcome& outcome) {
  const TravelMode mode = outcome.place.travel.mode;
  if (!outcome.travel.dense()) return false;
  return mode == TravelMode::Straight || (mode == TravelMode::Streets && outcome.travel.router());
}

void LiveTravel::to(Xy at, std::vector<uint32_t>& ds) const {
  ds.resize(homes_.size());
  if (sweep_) return sweep_->to_campus(sweep_->router().snap(at), ds);
  for (std::size_t i = 0; i < homes_.size(); ++i)
    ds[i] = straight(outcome_->place.homes[homes_[i]].at, at);
}

void LiveTravel::of(CampusId campus, std::vector<uint32_t>& ds) const {
  ds.resize(homes_.size());
  for (std::size_t i = 0; i < homes_.size(); ++i)
    ds[i] = outcome_->travel.decisec(homes_[i], campus);
}

std::vector<uint32_t> LiveTravel::by_home(std::span<const uint32_t> ds) const {
  std::vector<uint32_t> out(row_of_.size(), TravelTable::kUnreachable);
  for (std::size_t i = 0; i < ds.size(); ++i) out[homes_[i].index] = ds[i];
  return out;
}

uint32_t LiveTravel::straight(Xy home, Xy campus) const {
  const auto& travel = outcome_->place.travel;
  const Minutes m = Metres(distance_m(home, campus)) * travel.detour / travel.speed;
  return static_cast<uint32_t>(std::llround(m.value * 600.0));
}

}  // namespace doorstep::session
