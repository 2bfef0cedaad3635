#include "place/place.h"

#include <catch2/catch.hpp>

#include "small_place.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("a step holds until the next one, the first also before its year") {
  std::vector<Step> steps{{2026, 100}, {2030, 150}};
  CHECK(value_in(steps, 2020) == 100);
  CHECK(value_in(steps, 2029) == 100);
  CHECK(value_in(steps, 2030) == 150);
  CHECK(value_in({}, 2030) == 0);
}

TEST_CASE("homes belong to the catchment they lie in, and to none outside") {
  Place p = small_place();
  auto of = catchment_of_homes(p, StageId(0), 2025);
  CHECK(of[HomeId(0)] == CatchmentId(0));
  CHECK_FALSE(of[HomeId(1)].valid());
}

TEST_CASE("a list of homes goes before a polygon") {
  Place p = small_place();
  Catchment listed;
  listed.code = "K2";
  listed.stage = StageId(0);
  listed.homes = {HomeId(0), HomeId(1)};
  p.catchments.push_back(listed);
  auto of = catchment_of_homes(p, StageId(0), 2025);
  CHECK(of[HomeId(0)] == CatchmentId(1));
  CHECK(of[HomeId(1)] == CatchmentId(1));
}

TEST_CASE("a catchment that has ended holds no homes, and its successor is found by code") {
  Place p = small_place();
  Catchment next = p.catchments[CatchmentId(0)];
  p.catchments[CatchmentId(0)].until = 2027;
  next.from = 2028;
  p.catchments.push_back(next);
  CHECK(catchment_of_homes(p, StageId(0), 2027)[HomeId(0)] == CatchmentId(0));
  CHECK(catchment_of_homes(p, StageId(0), 2028)[HomeId(0)] == CatchmentId(1));
  CHECK(find_catchment(p, StageId(0), "K1") == CatchmentId(1));
}

TEST_CASE("of two catchments that claim a home the smaller code wins in any row order") {
  Place p = small_place();
  Catchment other = p.catchments[CatchmentId(0)];
  other.code = "K0";
  p.catchments.push_back(other);
  CHECK(catchment_of_homes(p, StageId(0), 2025)[HomeId(0)] == CatchmentId(1));
  std::swap(p.catchments[CatchmentId(0)], p.catchments[CatchmentId(1)]);
  CHECK(catchment_of_homes(p, StageId(0), 2025)[HomeId(0)] == CatchmentId(0));
}

TEST_CASE(
    "a home in a hole is outside, one on the border inside, on a shared one the first code's") {
  Place p = small_place();
  Catchment& k = p.catchments[CatchmentId(0)];
  k.area = {{{{-50, -50}, {50, -50}, {50, 50}, {-50, 50}}, {{{-5, -5}, {-5, 5}, {5, 5}, {5, -5}}}}};
  CHECK_FALSE(catchment_of_homes(p, StageId(0), 2025)[HomeId(0)].valid());
  p.homes[HomeId(0)].at = {50, 0};
  CHECK(catchment_of_homes(p, StageId(0), 2025)[HomeId(0)] == CatchmentId(0));
  Catchment beside = k;
  beside.code = "K0";
  beside.area = {{{{50, -50}, {90, -50}, {90, 50}, {50, 50}}, {}}};
  p.catchments.push_back(beside);
  CHECK(catchment_of_homes(p, StageId(0), 2025)[HomeId(0)] == CatchmentId(1));
}

TEST_CASE("extent covers homes, campuses and catchments") {
  Box box = extent(small_place());
  CHECK(box.min == Xy{-10, -10});
  CHECK(box.max == Xy{100, 10});
}
