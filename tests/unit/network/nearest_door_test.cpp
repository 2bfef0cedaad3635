#include "network/nearest_door.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/random.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::StreetTown;

namespace {

/// Eight by eight junctions 100 m apart; some streets are missing, some are one-way.
std::shared_ptr<const Streets> grid_town() {
  std::vector<Xy> nodes;
  for (int i = 0; i < 64; ++i) nodes.push_back({100.0 * (i % 8), 100.0 * (i / 8)});
  StreetTown town(nodes);
  RandomStream random{RandomKey(5)};
  for (uint32_t i = 0; i < 64; ++i)
    for (const uint32_t to : {i + 1, i + 8}) {
      if (to >= 64 || (to == i + 1 && to % 8 == 0)) continue;
      const auto kind = random.below(5);
      if (kind == 0) town.one_way(i, to);
      if (kind > 1) town.both_ways(i, to);
    }
  return town.build();
}

}  // namespace

TEST_CASE("the nearest of several campuses is the least of the ways to each") {
  const StreetRouter router(grid_town());
  const std::vector<Xy> campuses{{130, 40}, {620, 410}, {250, 690}};
  const NearestDoor nearest(router, campuses, 3'600'000);
  RandomStream random{RandomKey(6)};
  int reached = 0;
  for (int i = 0; i < 200; ++i) {
    const double x = random.uniform(-50, 750);
    const StreetSnap home = router.snap({x, random.uniform(-50, 750)});
    uint32_t best = kNoTime;
    for (const Xy at : campuses) {
      SearchSpace space;
      const StreetSnap campus = router.snap(at);
      router.search_to(campus, space);
      best = std::min(best, router.door_to_door_ms(home, campus, space));
    }
    REQUIRE(nearest.ms_from(home) == best);
    reached += best != kNoTime;
  }
  REQUIRE(reached > 150);
}

TEST_CASE("a home in the campus's own street need not pass a junction") {
  StreetTown town({{0, 0}, {1000, 0}});
  const StreetRouter router(town.both_ways(0, 1).build());
  const std::vector<Xy> campus{{400, 0}};
  const NearestDoor nearest(router, campus, 3'600'000);
  REQUIRE(nearest.ms_from(router.snap({450, 0})) == 50'000);  // 50 m at 60 m a minute
}

TEST_CASE("beyond the limit there is no way") {
  StreetTown town({{0, 0}, {600, 0}, {1200, 0}});
  const StreetRouter router(town.both_ways(0, 1).both_ways(1, 2).build());
  const std::vector<Xy> campus{{0, 0}};
  const NearestDoor nearest(router, campus, 700'000);
  REQUIRE(nearest.ms_from(router.snap({600, 0})) == 600'000);
  REQUIRE(nearest.ms_from(router.snap({1200, 0})) == kNoTime);
}
