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
bool within(const TravelTable& travel, HomeId h, CampusId c, double limit_ds) {
  uint32_t ds = travel.decisec(h, c);
  return ds != TravelTable::kUnreachable && ds <= limit_ds;
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
  const double limit_ds = std::round(limit.value * kDecisecPerMinute);
  SeatAccess out;
  out.seats_per_child.resize(children.size(), 0.0);
  for (auto c : year.campuses.ids()) {
    if (!year.campuses[c].open || !(year.campuses[c].seats > 0)) continue;
    double demand = 0.0;
    for (auto h : children.ids())
      if (within(travel, h, c, limit_ds)) demand += children[h];
    if (!(demand > 0)) continue;
    double share = year.campuses[c].seats / demand;
    for (auto h : children.ids())
      if (within(travel, h, c, limit_ds)) out.seats_per_child[h] += share;
  }
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
  const double limit_ds = std::round((radius / travel.speed()).value * kDecisecPerMinute);
  IdVector<HomeId, char> out(travel.homes(), 0);
  for (auto h : out.ids())
    out[h] = std::ranges::any_of(year.campuses.ids(), [&](CampusId c) {
      return year.campuses[c].open && within(travel, h, c, limit_ds);
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
