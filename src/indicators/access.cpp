#include "indicators/access.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace doorstep {
namespace {

constexpr double kDecisecPerMinute = 600.0;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Whole deciseconds, so that a home exactly at the limit is inside whatever the rounding.
uint32_t limit_of(Minutes limit) {
  const double ds = std::round(limit.value * kDecisecPerMinute);
  return static_cast<uint32_t>(std::clamp(ds, 0.0, TravelTable::kUnreachable - 1.0));
}

}  // namespace

IdVector<HomeId, double> children_at_homes(const StageYear& year) {
  IdVector<HomeId, double> children = year.unplaced_of;
  for (const PupilFlow& f : year.flows) children[f.home] += f.pupils;
  return children;
}

SeatAccess two_step_access(const TravelTable& travel, const StageYear& year,
                           const IdVector<HomeId, double>& children, Minutes limit) {
  DOORSTEP_ASSERT(children.size() == travel.homes());
  const uint32_t limit_ds = limit_of(limit);
  const auto has_seats = [&](CampusId c) {
    return year.campuses[c].open && year.campuses[c].seats > 0;
  };
  IdVector<CampusId, double> demand(year.campuses.size(), 0.0);
  for (auto h : children.ids())
    travel.for_ways_within(h, limit_ds, [&](CampusId c, uint32_t) { demand[c] += children[h]; });
  IdVector<CampusId, double> share(year.campuses.size(), 0.0);
  for (auto c : year.campuses.ids())
    if (has_seats(c) && demand[c] > 0) share[c] = year.campuses[c].seats / demand[c];
  SeatAccess out;
  out.seats_per_child.resize(children.size(), 0.0);
  for (auto h : children.ids())
    travel.for_ways_within(h, limit_ds,
                           [&](CampusId c, uint32_t) { out.seats_per_child[h] += share[c]; });
  double all = 0.0, weighted = 0.0, below = 0.0;
  for (auto h : children.ids()) {
    all += children[h];
    weighted += children[h] * out.seats_per_child[h];
  }
  out.mean = all > 0 ? weighted / all : kNone;
  for (auto h : children.ids())
    if (out.seats_per_child[h] < 0.5 * out.mean) below += children[h];
  out.share_below_half = all > 0 ? below / all : kNone;
  return out;
}

IdVector<HomeId, char> covered_homes(const TravelTable& travel, const StageYear& year,
                                     Metres radius) {
  const uint32_t limit_ds = limit_of(radius / travel.speed());
  IdVector<HomeId, char> out(travel.homes(), 0);
  for (auto h : out.ids())
    travel.for_ways_within(h, limit_ds, [&](CampusId c, uint32_t) {
      if (year.campuses[c].open) out[h] = 1;
    });
  return out;
}

double covered_share(const TravelTable& travel, const StageYear& year,
                     const IdVector<HomeId, double>& children, Metres radius) {
  DOORSTEP_ASSERT(children.size() == travel.homes());
  IdVector<HomeId, char> near = covered_homes(travel, year, radius);
  double all = 0.0, covered = 0.0;
  for (auto h : children.ids()) {
    all += children[h];
    if (near[h]) covered += children[h];
  }
  return all > 0 ? covered / all : kNone;
}

}  // namespace doorstep
