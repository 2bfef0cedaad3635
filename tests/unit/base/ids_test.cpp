#include "base/ids.h"

#include <catch2/catch.hpp>

#include <type_traits>

#include "base/quantity.h"

using namespace doorstep;

namespace {
using HomeId = StrongId<struct HomeTag>;
using CampusId = StrongId<struct CampusTag>;
}  // namespace

TEST_CASE("an id made from nothing is none") {
  CHECK_FALSE(HomeId().valid());
  CHECK(HomeId(0).valid());
  CHECK(HomeId(1) < HomeId(2));
  CHECK(HomeId(3) == HomeId(3));
}

TEST_CASE("a home is never taken for a campus") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<HomeId, CampusId>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::size_t, HomeId>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<Metres, Minutes>);
}

TEST_CASE("a vector gives the ids it is indexed by, in order") {
  IdVector<HomeId, int> pupils;
  HomeId a = pupils.push_back(10);
  HomeId b = pupils.push_back(20);
  CHECK(pupils[b] - pupils[a] == 10);
  int sum = 0;
  for (HomeId h : pupils.ids()) sum = sum * 100 + pupils[h];
  CHECK(sum == 1020);
}

TEST_CASE("metres over speed are minutes") {
  CHECK((Metres(800) / MetresPerMinute(80)).value == 10.0);
  CHECK((MetresPerMinute(80) * Minutes(2.5)).value == 200.0);
  CHECK(Metres(500) / Metres(250) == 2.0);
}
