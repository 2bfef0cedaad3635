#include "network/home_sweep.h"

#include <catch2/catch.hpp>

#include "base/random.h"
#include "network/travel_table.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::StreetTown;

namespace {

std::vector<StreetSnap> snaps_of(const StreetRouter& router, const std::vector<Xy>& doors) {
  std::vector<StreetSnap> out;
  for (Xy door : doors) out.push_back(router.snap(door));
  return out;
}

std::vector<Xy> random_doors(std::size_t count, RandomStream& random) {
  std::vector<Xy> out;
  for (std::size_t i = 0; i < count; ++i) {
    double x = random.uniform(-100, 2100);
    out.push_back({x, random.uniform(-100, 2100)});
  }
  return out;
}

/// A lattice of streets 100 m apart with every seventh of them one way and every ninth missing.
std::shared_ptr<const Streets> lattice(uint32_t side) {
  std::vector<Xy> nodes;
  for (uint32_t y = 0; y < side; ++y) {
    for (uint32_t x = 0; x < side; ++x) nodes.push_back({x * 100.0 + (y % 3) * 7.0, y * 100.0});
  }
  StreetTown town(nodes);
  auto street = [&](uint32_t a, uint32_t b) {
    uint32_t kind = a * 31 + b * 17;
    if (kind % 9 == 0) return;
    if (kind % 7 == 0) town.one_way(a, b);
    if (kind % 7 != 0) town.both_ways(a, b);
  };
  for (uint32_t y = 0; y < side; ++y) {
    for (uint32_t x = 0; x < side; ++x) {
      if (x + 1 < side) street(y * side + x, y * side + x + 1);
      if (y + 1 < side) street(y * side + x, (y + 1) * side + x);
    }
  }
  return town.build();
}

}  // namespace

TEST_CASE("a sweep counts a one-way as the children meet it") {
  // 0 (0,0) → 1 (600,0) one way; back only by 2 (300,-800)
  auto streets = StreetTown({{0, 0}, {600, 0}, {300, -800}})
                     .one_way(0, 1)
                     .both_ways(1, 2)
                     .both_ways(2, 0)
                     .build();
  auto router = std::make_shared<const StreetRouter>(streets);
  HomeSweep sweep(router, snaps_of(*router, {{0, 0}, {600, 0}, {300, 0}}), 1);
  std::vector<uint32_t> ds(3);
  sweep.to_campus(router->snap({600, 0}), ds);
  CHECK(ds == std::vector<uint32_t>{6000, 0, 3000});
  sweep.to_campus(router->snap({0, 0}), ds);
  // 600 m → (300,-800) → (0,0): 854.4 m twice; from the middle 300 m on first
  CHECK(ds == std::vector<uint32_t>{0, 17088, 20088});
}

TEST_CASE("a home with no way to the campus is unreachable, not far") {
  auto streets =
      StreetTown({{0, 0}, {100, 0}, {0, 900}, {100, 900}}).both_ways(0, 1).both_ways(2, 3).build();
  auto router = std::make_shared<const StreetRouter>(streets);
  HomeSweep sweep(router, snaps_of(*router, {{50, 0}, {50, 900}}), 2);
  std::vector<uint32_t> ds(2);
  sweep.to_campus(router->snap({100, 0}), ds);
  CHECK(ds == std::vector<uint32_t>{500, TravelTable::kUnreachable});
}

TEST_CASE("sweeps give the travel table's figures, for every campus and number of threads") {
  auto streets = lattice(21);
  auto router = std::make_shared<const StreetRouter>(streets);
  RandomStream random{RandomKey(5)};
  auto homes = random_doors(300, random);
  auto campuses = random_doors(37, random);
  homes[0] = campuses[0];  // a campus next door, on the same street
  Place place = test::place_on(streets, homes, campuses);
  Progress progress;
  TravelTable table = compute_travel(place, progress).value;
  for (unsigned threads : {1u, 2u, 5u}) {
    HomeSweep sweep(router, snaps_of(*router, homes), threads);
    std::vector<uint32_t> ds(homes.size() * campuses.size());
    std::vector<uint32_t> row(homes.size());
    sweep.to_campuses(snaps_of(*router, campuses), ds);
    for (std::size_t c = 0; c < campuses.size(); ++c) {
      sweep.to_campus(router->snap(campuses[c]), row);
      for (std::size_t h = 0; h < homes.size(); ++h) {
        REQUIRE(ds[c * homes.size() + h] == table.decisec(HomeId(h), CampusId(c)));
        REQUIRE(row[h] == ds[c * homes.size() + h]);
      }
    }
  }
}

TEST_CASE("a table of many campuses, made by sweeps, is that of one search for each") {
  auto streets = lattice(15);
  RandomStream random{RandomKey(6)};
  auto homes = random_doors(60, random);
  auto campuses = random_doors(140, random);  // enough for sweeps to pay
  Place place = test::place_on(streets, homes, campuses);
  Progress progress;
  TravelTable table = compute_travel(place, progress).value;
  REQUIRE(table.router()->has_hierarchy());
  StreetRouter router(streets);
  SearchSpace space;
  for (CampusId c : place.campuses.ids()) {
    StreetSnap campus = router.snap(campuses[c.index]);
    router.search_to(campus, space);
    for (HomeId h : place.homes.ids()) {
      uint32_t ms = router.door_to_door_ms(router.snap(homes[h.index]), campus, space);
      uint32_t right = ms == kNoTime ? TravelTable::kUnreachable
                                     : static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
      REQUIRE(table.decisec(h, c) == right);
    }
  }
}
