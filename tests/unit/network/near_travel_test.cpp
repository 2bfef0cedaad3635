#include <catch2/catch.hpp>

#include "base/random.h"
#include "network/travel_table.h"
#include "street_town.h"

using namespace doorstep;

namespace {

/// Homes and campuses strewn over a square of `side` metres.
Place strewn(std::size_t homes, std::size_t campuses, double side) {
  Place place;
  RandomStream random(RandomKey(7));
  const auto somewhere = [&] {
    const double x = random.uniform(0, side);
    return Xy{x, random.uniform(0, side)};
  };
  for (std::size_t h = 0; h < homes; ++h)
    place.homes.push_back({"h" + std::to_string(h), somewhere(), {}, {}});
  for (std::size_t c = 0; c < campuses; ++c) {
    Campus campus;
    campus.code = "c" + std::to_string(c);
    campus.at = somewhere();
    place.campuses.push_back(campus);
  }
  return place;
}

/// Every pair of both tables, and what the rows of each say within a few limits.
void check_equal(const Place& place, const TravelTable& near, const TravelTable& all) {
  REQUIRE_FALSE(near.dense());
  REQUIRE(all.dense());
  bool same = true;
  for (HomeId h : place.homes.ids())
    for (CampusId c : place.campuses.ids()) same = same && near.decisec(h, c) == all.decisec(h, c);
  CHECK(same);
  for (uint32_t limit : {0u, 3000u, 12000u, TravelTable::kUnreachable - 1})
    for (HomeId h : place.homes.ids()) {
      std::vector<Way> a, b;
      near.for_ways_within(h, limit, [&](CampusId c, uint32_t ds) { a.push_back({c, ds}); });
      all.for_ways_within(h, limit, [&](CampusId c, uint32_t ds) { b.push_back({c, ds}); });
      same = same && a == b;
    }
  CHECK(same);
}

}  // namespace

TEST_CASE("a large table of straight lines says what a matrix says, near and far") {
  Place place = strewn(60, 25, 6000);
  place.policy.max_minutes = Minutes(20);
  Progress progress;
  const TravelTable near = near_travel(place, progress, nullptr).value;
  check_equal(place, near, compute_travel(place, progress).value);
  CHECK(near.near()->reach_ds == 12000);
  CHECK(near.near()->ways.size() < 60 * 25);  // what is far is worked out, not kept
}

TEST_CASE("a large table without a limit says what a matrix says") {
  Place place = strewn(20, 10, 3000);
  Progress progress;
  check_equal(place, near_travel(place, progress, nullptr).value,
              compute_travel(place, progress).value);
}

TEST_CASE("a large given table keeps its rows, its gaps, and straight lines to what it lacks") {
  Place place = strewn(12, 6, 4000);
  place.policy.max_minutes = Minutes(20);
  place.travel.mode = TravelMode::Table;
  // Campus 5 and home 11 are unknown; home 3 has no row for campus 2; home 1 has one twice.
  for (HomeId h : place.homes.ids())
    for (CampusId c : place.campuses.ids())
      if (c.index != 5 && h.index != 11 && !(h.index == 3 && c.index == 2))
        place.travel.given.push_back({h, c, Minutes(3.0 * (1 + (h.index + 2 * c.index) % 9))});
  place.travel.given.push_back({HomeId(1), CampusId(0), Minutes(1)});
  Progress progress;
  auto [near, findings] = near_travel(place, progress, nullptr);
  auto [all, expected] = compute_travel(place, progress);
  check_equal(place, near, all);
  CHECK_FALSE(near.reachable(HomeId(3), CampusId(2)));
  REQUIRE(findings.items().size() == expected.items().size());
  for (std::size_t i = 0; i < findings.items().size(); ++i)
    CHECK(findings.items()[i].message == expected.items()[i].message);
}

TEST_CASE("a large table on streets says what a matrix says as far as it reaches") {
  constexpr uint32_t kSide = 9;
  std::vector<Xy> nodes;
  for (uint32_t i = 0; i < kSide * kSide; ++i)
    nodes.push_back({i % kSide * 100.0, i / kSide * 100.0});
  test::StreetTown town(nodes);
  for (uint32_t i = 0; i < kSide * kSide; ++i) {
    if (i % kSide + 1 < kSide) i % 3 ? town.both_ways(i, i + 1) : town.one_way(i, i + 1);
    if (i + kSide < kSide * kSide) town.both_ways(i, i + kSide);
  }
  std::vector<Xy> homes, campuses;
  RandomStream random(RandomKey(3));
  for (int i = 0; i < 40; ++i) homes.push_back({random.uniform(0, 800), random.uniform(0, 800)});
  for (int i = 0; i < 12; ++i) campuses.push_back({random.uniform(0, 800), random.uniform(0, 800)});
  Place place = test::place_on(town.build(), homes, campuses);
  place.policy.max_minutes = Minutes(3);
  place.stages.push_back({});
  Catchment far;
  far.stage = StageId(std::size_t{0});
  for (HomeId h : place.homes.ids()) far.homes.push_back(h);
  far.campuses = {CampusId(4)};
  place.catchments.push_back(far);
  Progress progress;
  const TravelTable all = compute_travel(place, progress).value;
  const TravelTable near = near_travel(place, progress, all.router()).value;
  REQUIRE(near.near()->reach_ds == 3600);
  int beyond = 0;
  for (HomeId h : place.homes.ids())
    for (CampusId c : place.campuses.ids()) {
      if (all.decisec(h, c) <= 3600 || c == CampusId(4)) {
        CHECK(near.decisec(h, c) == all.decisec(h, c));
      } else {
        CHECK_FALSE(near.reachable(h, c));
        CHECK(near.beyond(h, c));
        ++beyond;
      }
    }
  CHECK(beyond > 20);
}
