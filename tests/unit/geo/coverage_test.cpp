#include "geo/coverage.h"

#include <catch2/catch.hpp>

#include "geo/polygon.h"
#include "shapes.h"

using namespace doorstep;
using Kind = CoverageFaultKind;
using Ids = std::vector<uint32_t>;

TEST_CASE("squares that meet along an edge or a corner have no fault") {
  std::vector<MultiPolygon> town{box_shape(0, 0, 100, 100), box_shape(100, 0, 200, 100),
                                 box_shape(200, 100, 300, 200)};
  CHECK(coverage_faults(town).empty());
  CHECK(coverage_faults({}).empty());
  CHECK(coverage_faults(std::vector<MultiPolygon>{{}}).empty());
}

TEST_CASE("an overlap is named with both shapes, its area, its width and a point in it") {
  std::vector<MultiPolygon> town{box_shape(0, 0, 100, 100), box_shape(90, 0, 200, 100)};
  auto faults = coverage_faults(town);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == Kind::Overlap);
  CHECK(faults[0].shapes == Ids{0, 1});
  CHECK(faults[0].area_m2 == Approx(1000.0));
  CHECK(faults[0].width_m == Approx(2.0 * 1000.0 / 220.0));
  CHECK(contains(box_polygon(90, 0, 100, 100), faults[0].at));
}

TEST_CASE("shapes that overlap twice have two faults, the larger first, and the gap between") {
  // A comb of two teeth over a bar: teeth 10 and 20 wide reach 5 m into it.
  MultiPolygon bar = box_shape(0, 0, 100, 20);
  MultiPolygon comb{
      {{{10, 15}, {20, 15}, {20, 30}, {60, 30}, {60, 15}, {80, 15}, {80, 40}, {10, 40}}, {}}};
  auto faults = coverage_faults(std::vector<MultiPolygon>{comb, bar});
  REQUIRE(faults.size() == 3);
  CHECK(faults[0].area_m2 == Approx(100.0));
  CHECK(faults[1].area_m2 == Approx(50.0));
  CHECK(faults[2].kind == Kind::Gap);  // between the teeth, 40 by 10 m
  CHECK(faults[2].area_m2 == Approx(400.0));
  CHECK(faults[2].shapes == Ids{0, 1});
}

TEST_CASE("a gap among shapes is named with those around it") {
  // A ring of four boxes leaves 20 by 20 m open in the middle; the fifth lies apart.
  std::vector<MultiPolygon> town{box_shape(0, 0, 60, 40), box_shape(60, 0, 100, 60),
                                 box_shape(40, 60, 100, 100), box_shape(0, 40, 40, 100),
                                 box_shape(500, 500, 600, 600)};
  auto faults = coverage_faults(town);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == Kind::Gap);
  CHECK(faults[0].shapes == Ids{0, 1, 2, 3});
  CHECK(faults[0].area_m2 == Approx(400.0));
  CHECK(contains(box_polygon(40, 40, 60, 60), faults[0].at));
  CoverageSettings lakes;
  lakes.largest_gap_m2 = 300.0;
  CHECK(coverage_faults(town, lakes).empty());
}

TEST_CASE("a shape in the hole of another fills it, and what it leaves is the gap") {
  MultiPolygon around = box_shape(0, 0, 100, 100);
  around[0].holes.push_back({{40, 40}, {40, 60}, {60, 60}, {60, 40}});
  CHECK(coverage_faults(std::vector<MultiPolygon>{around, box_shape(40, 40, 60, 60)}).empty());
  auto faults = coverage_faults(std::vector<MultiPolygon>{around, box_shape(45, 45, 55, 55)});
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == Kind::Gap);
  CHECK(faults[0].area_m2 == Approx(300.0));
  CHECK(faults[0].shapes == Ids{0});
}

TEST_CASE("the same area twice is a duplicate, not an overlap") {
  std::vector<MultiPolygon> town{box_shape(0, 0, 100, 100), box_shape(200, 0, 300, 100),
                                 box_shape(0, 0, 100, 100.05)};
  auto faults = coverage_faults(town);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == Kind::Duplicate);
  CHECK(faults[0].shapes == Ids{0, 2});
}

TEST_CASE("a strip left over from tracing is a sliver") {
  MultiPolygon shape = box_shape(0, 0, 100, 100);
  shape.push_back(box_polygon(150, 0, 150.4, 100));
  auto faults = coverage_faults(std::vector<MultiPolygon>{shape});
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].kind == Kind::Sliver);
  CHECK(faults[0].area_m2 == Approx(40.0));
  CHECK(faults[0].width_m == Approx(80.0 / 200.8));
}

TEST_CASE("what rounding leaves is no fault") {
  std::vector<MultiPolygon> town{box_shape(0, 0, 100, 100), box_shape(99.995, 0, 200, 100)};
  CHECK(coverage_faults(town).empty());
}

TEST_CASE("the order of the faults does not depend on the order of the sweep") {
  std::vector<MultiPolygon> town{box_shape(200, 0, 310, 100), box_shape(100, 0, 210, 100),
                                 box_shape(0, 0, 110, 100)};
  auto faults = coverage_faults(town);
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].shapes == Ids{0, 1});
  CHECK(faults[1].shapes == Ids{1, 2});
}
