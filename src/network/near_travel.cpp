// Travel of places so large that a matrix of all pairs would not fit.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "network/given_travel.h"
#include "network/near_streets.h"
#include "network/travel_table.h"

namespace doorstep {
namespace {

/// Ways that rows may hold: 8 bytes each.
constexpr double kMostWays = 2.5e8;
constexpr std::size_t kSampledHomes = 500;

void put_sites(const Place& place, FarWays& far) {
  far.homes.reserve(place.homes.size());
  for (const Home& h : place.homes) far.homes.push_back(h.at);
  for (const Campus& c : place.campuses) far.campuses.push_back(c.at);
}

/// The mean row of a few homes spread over all.
double mean_row(const FarWays& far, uint32_t reach_ds) {
  const std::size_t step = std::max<std::size_t>(1, far.homes.size() / kSampledHomes);
  double homes = 0.0, ways = 0.0;
  for (std::size_t h = 0; h < far.homes.size(); h += step) {
    homes += 1.0;
    for (std::size_t c = 0; c < far.campuses.size(); ++c)
      ways += far.decisec(HomeId(h), CampusId(c)) <= reach_ds;
  }
  return homes > 0.0 ? ways / homes : 0.0;
}

Loaded<TravelTable> straight_table(const Place& place, FarWays far,
                                   const std::vector<GivenWay>& given, Progress& progress) {
  Loaded<TravelTable> out;
  put_sites(place, far);
  uint32_t reach_ds = limit_decisec(place.policy.max_minutes);
  const double row = mean_row(far, reach_ds);
  if (row * static_cast<double>(place.homes.size()) > kMostWays) {
    out.findings.warning(
        "travel.limit_too_wide",
        fmt::format("some {:.0f} campuses lie within reach of each home: ways are worked out "
                    "again at each use, which takes time",
                    row),
        {}, "set max_minutes under [policy] to how far children go");
    reach_ds = 0;
  }
  auto near = std::make_shared<NearWays>(near_ways(far, given, reach_ds, progress));
  out.value = TravelTable(place.homes.size(), place.campuses.size(), place.travel.speed,
                          std::move(near), std::make_shared<FarWays>(std::move(far)));
  return out;
}

}  // namespace

Loaded<TravelTable> near_travel(const Place& place, Progress& progress,
                                const std::shared_ptr<const StreetRouter>& router) {
  if (place.travel.mode == TravelMode::Streets) return near_streets(place, router, progress);
  Diagnostics findings;
  GivenRows rows;
  rows.far.detour = place.travel.detour;
  rows.far.speed = place.travel.speed;
  if (place.travel.mode == TravelMode::Table) rows = given_rows(place, findings);
  Loaded<TravelTable> out = straight_table(place, std::move(rows.far), rows.ways, progress);
  out.findings.append(findings);
  progress.step("travel", 1.0);
  return out;
}

}  // namespace doorstep
