#include "geo/polygon.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/random.h"
#include "shapes.h"

using namespace doorstep;

namespace {

// A square of 10 with a hole of 2 in its middle: area 100 - 4.
const Polygon kHoled{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{{4, 4}, {4, 6}, {6, 6}, {6, 4}}}};
// An L: 4x1 along the bottom and 1x4 up the left side share a corner square: area 7.
const MultiPolygon kEll{{{{0, 0}, {4, 0}, {4, 1}, {1, 1}, {1, 4}, {0, 4}}, {}}};

}  // namespace

TEST_CASE("area is positive counter-clockwise and holes are taken off") {
  CHECK(signed_area_m2({{0, 0}, {4, 0}, {0, 3}}) == 6.0);
  CHECK(signed_area_m2({{0, 0}, {0, 3}, {4, 0}}) == -6.0);
  CHECK(signed_area_m2({{0, 0}, {4, 0}}) == 0.0);
  CHECK(area_m2(kHoled) == 96.0);
  CHECK(area_m2({kHoled, box_polygon(20, 0, 21, 1)}) == 97.0);
  CHECK(perimeter_m({kHoled}) == 48.0);
}

TEST_CASE("area keeps its precision far from the origin") {
  Ring far{{40500000, 3500000}, {40500010, 3500000}, {40500010, 3500010}, {40500000, 3500010}};
  CHECK(signed_area_m2(far) == 100.0);
}

TEST_CASE("the centre of gravity of an L is outside its corner's middle") {
  // Squares: 4 along the bottom (centre 2, .5), 3 more up the side (centre .5, 2.5).
  Xy c = centroid(kEll);
  CHECK(c.x == Approx((4 * 2.0 + 3 * 0.5) / 7));
  CHECK(c.y == Approx((4 * 0.5 + 3 * 2.5) / 7));
  CHECK_FALSE(contains(kEll, c));
}

TEST_CASE("a point on the border, also of a hole, is inside") {
  CHECK(contains(kHoled, {1, 1}));
  CHECK(contains(kHoled, {0, 0}));
  CHECK(contains(kHoled, {5, 0}));
  CHECK(contains(kHoled, {10, 10}));
  CHECK(contains(kHoled, {4, 5}));
  CHECK_FALSE(contains(kHoled, {5, 5}));
  CHECK_FALSE(contains(kHoled, {10.001, 5}));
  CHECK_FALSE(contains(kHoled, {-1, 10}));
  CHECK_FALSE(contains(Polygon{}, {0, 0}));
}

TEST_CASE("a ray through a vertex counts it once") {
  Polygon diamond{{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}, {}};
  CHECK(contains(diamond, {0, 0}));
  CHECK_FALSE(contains(diamond, {-2, 0}));
  CHECK_FALSE(contains(diamond, {2, 0}));
}

TEST_CASE("the interior point of a concave shape lies inside it, away from the border") {
  Xy p = interior_point(kEll);
  CHECK(contains(kEll, p));
  // The deepest place of the L is near its corner: 2 - sqrt(2) from all three borders.
  CHECK(distance_to_border_m(kEll, p) > 0.55);
  // A C whose middle is empty, and a ring.
  MultiPolygon cee{{{{0, 0}, {10, 0}, {10, 1}, {1, 1}, {1, 9}, {10, 9}, {10, 10}, {0, 10}}, {}}};
  CHECK(contains(cee, interior_point(cee)));
  CHECK(distance_to_border_m({kHoled}, interior_point({kHoled})) > 2.0);
}

TEST_CASE("the interior point of a sliver on the slant lies inside it") {
  MultiPolygon sliver{{{{0, 0}, {1000, 999}, {1000, 1000}, {0, 1}}, {}}};
  Xy p = interior_point(sliver);
  CHECK(contains(sliver, p));
  CHECK(distance_to_border_m(sliver, p) > 0.3);
}

TEST_CASE("normalising sets orientation and takes out repeats, closings and stray points") {
  Polygon raw{{{0, 0}, {0, 10}, {0, 10}, {10, 10}, {10, 0}, {0, 0}},
              {{{4, 4}, {6, 4}, {6, 6}, {4, 6}, {4, 4}}, {{1, 1}, {2, 2}, {1, 1}}}};
  raw.outer.insert(raw.outer.begin() + 2, {std::nan(""), 5});
  MultiPolygon clean = normalised({raw, {{{0, 0}, {1, 1}}, {}}});
  REQUIRE(clean.size() == 1);
  CHECK(from_lowest(clean[0].outer) == Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}});
  REQUIRE(clean[0].holes.size() == 1);
  CHECK(signed_area_m2(clean[0].holes[0]) == -4.0);
}

TEST_CASE("a valid shape is repaired by doing nothing") {
  auto r = repaired({kHoled});
  CHECK(r.findings.items().empty());
  CHECK(r.value.size() == 1);
  CHECK(r.value[0].outer == kHoled.outer);
}

TEST_CASE("a bow-tie becomes its two triangles") {
  // (0,0) (2,2) (2,0) (0,2): crosses itself at (1,1); each triangle has base 2, height 1.
  MultiPolygon tie{{{{0, 0}, {2, 2}, {2, 0}, {0, 2}}, {}}};
  CHECK_FALSE(why_invalid(normalised(tie)).empty());
  auto r = repaired(tie, {"a.geojson", 3, ""});
  CHECK(r.value.size() == 2);
  CHECK(area_m2(r.value) == Approx(2.0));
  CHECK(why_invalid(r.value).empty());
  REQUIRE(r.findings.items().size() == 1);
  CHECK(r.findings.items()[0].code == "polygon.crossing");
  CHECK(r.findings.items()[0].at.row == 3);
  CHECK(r.findings.items()[0].spot.has_value());
}

TEST_CASE("overlapping parts are merged and counted once") {
  auto r = repaired({box_polygon(0, 0, 2, 2), box_polygon(1, 0, 3, 2)});
  CHECK(area_m2(r.value) == Approx(6.0));
  CHECK(why_invalid(r.value).empty());
  CHECK(r.findings.items().at(0).code == "polygon.overlap");
}

TEST_CASE("a hole outside or across the border takes away only what is inside") {
  Polygon square = box_polygon(0, 0, 10, 10);
  square.holes.push_back({{20, 0}, {21, 0}, {21, 1}, {20, 1}});
  square.holes.push_back({{9, 4}, {12, 4}, {12, 6}, {9, 6}});
  auto r = repaired({square});
  CHECK(area_m2(r.value) == Approx(98.0));
  CHECK(why_invalid(r.value).empty());
}

TEST_CASE("a spike and a ring that touches itself become valid with the same area") {
  MultiPolygon spike{{{{0, 0}, {4, 0}, {8, 0}, {4, 0}, {4, 4}, {0, 4}}, {}}};
  CHECK(area_m2(repaired(spike).value) == Approx(16.0));
  CHECK(why_invalid(repaired(spike).value).empty());
  // A keyhole: outer and hole drawn as one ring over a cut at y = 5.
  MultiPolygon keyhole{{{{0, 0},
                         {10, 0},
                         {10, 10},
                         {0, 10},
                         {0, 5},
                         {4, 5},
                         {4, 6},
                         {6, 6},
                         {6, 4},
                         {4, 4},
                         {4, 5},
                         {0, 5}},
                        {}}};
  auto r = repaired(keyhole);
  CHECK(area_m2(r.value) == Approx(96.0));
  REQUIRE(r.value.size() == 1);
  CHECK(r.value[0].holes.size() == 1);
}

TEST_CASE("random scribbles are always repaired to something valid") {
  for (uint64_t seed = 0; seed < 60; ++seed) {
    RandomStream random{RandomKey(seed)};
    Polygon scribble;
    for (int i = 0; i < 12; ++i)
      scribble.outer.push_back({random.uniform(0, 100), random.uniform(0, 100)});
    MultiPolygon fixed = repaired({scribble}).value;
    INFO("seed " << seed);
    CHECK(why_invalid(fixed) == "");
    CHECK(area_m2(fixed) > 0.0);
  }
}

TEST_CASE("union, intersection and difference of two squares") {
  MultiPolygon a = box_shape(0, 0, 2, 2);
  MultiPolygon b = box_shape(1, 0, 3, 2);
  CHECK(area_m2(united(a, b)) == Approx(6.0));
  CHECK(united(a, b).size() == 1);
  CHECK(area_m2(intersection(a, b)) == Approx(2.0));
  CHECK(area_m2(difference(a, b)) == Approx(2.0));
  CHECK(intersection(a, box_shape(5, 5, 6, 6)).empty());
  CHECK(area_m2(difference(box_shape(0, 0, 10, 10), box_shape(4, 4, 6, 6))) == Approx(96.0));
  CHECK(area_m2(united({a, b, box_shape(5, 5, 6, 6)})) == Approx(7.0));
  CHECK(united(std::vector<MultiPolygon>{}).empty());
}

TEST_CASE("the hull leaves out points inside and on its edges") {
  CHECK(convex_hull({{0, 0}, {2, 0}, {1, 0}, {1, 1}, {2, 2}, {0, 2}, {0, 0}}) ==
        Ring{{0, 0}, {2, 0}, {2, 2}, {0, 2}});
  CHECK(convex_hull({{0, 0}, {1, 1}, {2, 2}}).size() == 2);
}

TEST_CASE("simplifying drops what is nearer than the tolerance and keeps the ends") {
  Polyline line{{0, 0}, {5, 0.4}, {10, 0}, {10, 10}};
  CHECK(simplified(line, 0.5) == Polyline{{0, 0}, {10, 0}, {10, 10}});
  CHECK(simplified(line, 0.3) == line);
  MultiPolygon dented{{{{0, 0}, {5, 0.1}, {10, 0}, {10, 10}, {0, 10}}, {}}};
  CHECK(area_m2(simplified(dented, 0.5)) == 100.0);
  CHECK(area_m2(simplified(box_shape(0, 0, 1, 1), 50.0)) == 1.0);
}

TEST_CASE("a line is cut to the pieces inside a box") {
  Box box{{0, 0}, {10, 10}};
  auto pieces = clipped(Polyline{{-5, 5}, {5, 5}, {5, 15}, {8, 15}, {8, 5}}, box);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0] == Polyline{{0, 5}, {5, 5}, {5, 10}});
  CHECK(pieces[1] == Polyline{{8, 10}, {8, 5}});
  CHECK(clipped(Polyline{{-5, -5}, {-1, 20}}, box).empty());
}

TEST_CASE("a shape is cut to a box") {
  CHECK(area_m2(clipped({kHoled}, Box{{5, 0}, {20, 20}})) == Approx(48.0));
  CHECK(clipped(kEll, Box{{5, 5}, {6, 6}}).empty());
  // A comb cut across its teeth falls into pieces.
  MultiPolygon comb{{{{0, 0}, {5, 0}, {5, 4}, {4, 4}, {4, 1}, {1, 1}, {1, 4}, {0, 4}}, {}}};
  CHECK(clipped(comb, Box{{-1, 2}, {9, 9}}).size() == 2);
}
