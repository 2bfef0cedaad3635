#include "network/crossings.h"

#include <catch2/catch.hpp>

#include "network/street_router.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::StreetTown;

namespace {

/// home side | trunk at node 1 | railway at node 2 | school side, a street of 300 m:
///
///   0 ── 1 ── 2 ── 3
///
/// A street crosses what stands at its head, so 0→1 meets the trunk and 1→2 the railway; the other
/// way 3→2 meets the railway and 2→1 the trunk.
std::shared_ptr<const Streets> crossed_street() {
  auto built = StreetTown({{0, 0}, {100, 0}, {200, 0}, {300, 0}})
                   .both_ways(0, 1)
                   .both_ways(1, 2)
                   .both_ways(2, 3)
                   .build();
  auto streets = std::make_shared<Streets>(*built);
  streets->crossing.assign(streets->edges(), 0);
  for (uint32_t n = 0; n < 4; ++n) {
    for (uint32_t e = streets->first[n]; e < streets->first[n + 1]; ++e) {
      if (streets->head[e] == 1) streets->crossing[e] = kCrossesTrunk;
      if (streets->head[e] == 2) streets->crossing[e] = kCrossesRail;
    }
  }
  return streets;
}

}  // namespace

TEST_CASE("a way counts the trunk road and the railway that it crosses") {
  StreetRouter router(crossed_street());
  CHECK(router.way({0, 0}, {300, 0})->crossings == Crossings{1, 1});
  CHECK(router.way({40, 0}, {300, 0})->crossings == Crossings{1, 1});
  CHECK(router.way({140, 0}, {300, 0})->crossings == Crossings{0, 1});
  CHECK(router.way({250, 0}, {300, 0})->crossings == Crossings{0, 0});
  CHECK(router.way({300, 0}, {0, 0})->crossings == Crossings{1, 1});
}

TEST_CASE("crossings to the nearest campus are those of the way there") {
  StreetRouter router(crossed_street());
  std::vector<StreetSnap> homes, campuses{router.snap({0, 0}), router.snap({290, 0})};
  for (double x : {20.0, 110.0, 160.0, 240.0}) homes.push_back(router.snap({x, 0}));
  CHECK(crossings_to_nearest(router, homes, campuses) ==
        std::vector<Crossings>{{0, 0}, {1, 0}, {0, 1}, {0, 0}});
}

TEST_CASE("streets that know no crossings count none") {
  auto streets = std::make_shared<Streets>(*crossed_street());
  streets->crossing.clear();
  StreetRouter router(streets);
  CHECK(router.way({0, 0}, {300, 0})->crossings == Crossings{});
}
