#include "scene/map_geometry.h"

#include <catch2/catch.hpp>

#include "geo/polygon.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;
using Catch::Matchers::WithinRel;

TEST_CASE("a border that two catchments share is there once") {
  test::Town town = test::two_catchments();
  const AreaGeometry& areas = *town.geometry.areas;
  REQUIRE(areas.areas.size() == 2);
  CHECK_FALSE(areas.derived);
  double shared = 0.0, outer = 0.0;
  for (const MapBorder& b : areas.borders)
    (b.left >= 0 && b.right >= 0 ? shared : outer) += length_m(b.line);
  CHECK_THAT(shared, WithinRel(1000.0, 1e-9));
  CHECK_THAT(outer, WithinRel(6000.0, 1e-9));
}

TEST_CASE("catchments given as lists of homes get the land nearest to those homes") {
  test::Town town = test::two_catchments();
  for (Catchment& c : town.place.catchments) c.area.clear();
  MapGeometry g = build_geometry(town.place, StageId(0), 2026, &town.run);
  REQUIRE(g.areas->areas.size() == 2);
  CHECK(g.areas->derived);
  CHECK(contains(g.areas->areas[0].shape, {200, 800}));
  CHECK(contains(g.areas->areas[0].shape, {800, 200}));
  CHECK(contains(g.areas->areas[1].shape, {1800, 800}));
  CHECK_FALSE(contains(g.areas->areas[0].shape, {1800, 800}));
}

TEST_CASE("a catchment without a polygon takes no land from one that has one") {
  test::Town town = test::two_catchments();
  town.place.catchments[CatchmentId(1)].area.clear();
  MapGeometry g = build_geometry(town.place, StageId(0), 2026, &town.run);
  CHECK(area_m2(g.areas->areas[0].shape) == 1e6);
  CHECK(contains(g.areas->areas[1].shape, {1800, 800}));
  CHECK(area_m2(intersection(g.areas->areas[0].shape, g.areas->areas[1].shape)) < 1.0);
}

TEST_CASE("without any catchment a home belongs to the campus most of its pupils attend") {
  test::Town town = test::two_catchments();
  town.place.catchments = {};
  auto flows = town.run.flows.listed();
  flows[1].pupils = 20;  // h1: 20 to W, 30 to E
  town.run.flows = flows;
  MapGeometry g = build_geometry(town.place, StageId(0), 2026, &town.run);
  REQUIRE(g.areas->areas.size() == 2);
  CHECK(g.areas->areas[0].campuses == std::vector<CampusId>{CampusId(0)});
  CHECK(g.areas->area_of_home[HomeId(0)] == 0);
  CHECK(g.areas->area_of_home[HomeId(1)] == 1);
}

TEST_CASE("a year with the same catchments borrows the shapes of the last") {
  test::Town town = test::two_catchments();
  MapGeometry next = build_geometry(town.place, StageId(0), 2027, &town.run, &town.geometry);
  CHECK(next.areas == town.geometry.areas);
  town.place.catchments[CatchmentId(0)].area[0].outer[0].x = 10;
  MapGeometry moved = build_geometry(town.place, StageId(0), 2027, &town.run, &town.geometry);
  CHECK(moved.areas != town.geometry.areas);
}

TEST_CASE("a dot is five pupils and lies in the area of its home") {
  test::Town town = test::large_town();
  const HomeDots& dots = *town.geometry.dots;
  CHECK(dots.pupils_per_dot == 5.0);
  CHECK_THAT(static_cast<double>(dots.at.size()), WithinRel(town.run.pupils / 5.0, 0.05));
  const auto& areas = town.geometry.areas->areas;
  int inside = 0;
  for (std::size_t i = 0; i < dots.at.size(); ++i)
    inside += contains(areas[static_cast<std::size_t>(dots.area[i])].shape, dots.at[i]);
  CHECK(inside >= static_cast<int>(0.97 * static_cast<double>(dots.at.size())));
}

TEST_CASE("dots stand for more pupils where there would be over 400,000") {
  test::Town town = test::two_catchments();
  auto flows = town.run.flows.listed();
  for (PupilFlow& f : flows) f.pupils *= 20000;
  town.run.flows = flows;
  MapGeometry g = build_geometry(town.place, StageId(0), 2026, &town.run);
  CHECK(g.dots->pupils_per_dot == 20.0);  // 4,200,000 pupils
  CHECK(g.dots->at.size() <= 400000);
}

TEST_CASE(
    "dots are lent on while homes, areas and pupils stay, and made anew where pupils change") {
  test::Town town = test::two_catchments();
  MapGeometry same = build_geometry(town.place, StageId(0), 2027, &town.run, &town.geometry);
  CHECK(same.dots == town.geometry.dots);
  auto flows = town.run.flows.listed();
  flows[0].pupils += 50;
  town.run.flows = flows;
  MapGeometry more = build_geometry(town.place, StageId(0), 2027, &town.run, &town.geometry);
  MapGeometry anew = build_geometry(town.place, StageId(0), 2027, &town.run);
  CHECK(more.dots->at.size() == town.geometry.dots->at.size() + 10);
  CHECK(more.dots->at == anew.dots->at);  // what was lent changes nothing
}

TEST_CASE("dots that would cover the fills are thinned, and the fewer the farther off") {
  HomeDots dots;
  for (int i = 0; i < 100; ++i)  // 100 dots on one square of 100 m
    dots.at.push_back({i % 10 * 10.0, i / 10 * 10.0});
  CHECK(dot_step(dots, 1.0) == 1);
  // All in one cell of 24 pixels: 100 / 576 = 0.17 dots a square pixel; 0.12 may be.
  CHECK(dot_step(dots, 10.0) == 2);
  CHECK(dot_step({}, 10.0) == 1);
}

TEST_CASE("pupils without a seat live somewhere too") {
  test::Town town = test::two_catchments();
  town.run.unplaced_of[HomeId(2)] = 7;
  MapGeometry g = build_geometry(town.place, StageId(0), 2026, &town.run);
  CHECK(g.pupils_of_home[HomeId(2)] == 57);
}

TEST_CASE("a home moved to another catchment takes its land along, and no land is lost") {
  test::Town town = test::two_catchments();
  // The second home stands in the first one's outline.
  town.place.catchments[CatchmentId(0)].homes = {HomeId(0)};
  town.place.catchments[CatchmentId(1)].homes = {HomeId(1), HomeId(2), HomeId(3)};
  MapGeometry g = build_geometry(town.place, StageId(0), 2026, &town.run);
  const Xy at = town.place.homes[HomeId(1)].at;
  CHECK_FALSE(contains(g.areas->areas[0].shape, at));
  CHECK(contains(g.areas->areas[1].shape, at));
  CHECK(contains(g.areas->areas[0].shape, town.place.homes[HomeId(0)].at));
  CHECK(area_m2(g.areas->areas[0].shape) + area_m2(g.areas->areas[1].shape) == Approx(2e6));
}
