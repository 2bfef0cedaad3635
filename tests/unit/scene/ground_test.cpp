#include "scene/ground.h"

#include <catch2/catch.hpp>

#include <numbers>

#include "geo/polygon.h"
#include "scene/iso_bands.h"
#include "scene/legend.h"
#include "scene/map_scene.h"
#include "scene/map_values.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {

/// Distance from (500, 500), every 20 m.
SurfaceGrid cone() {
  SurfaceGrid grid{{0, 0}, 20.0, 51, 51, {}};
  for (int row = 0; row < 51; ++row)
    for (int column = 0; column < 51; ++column)
      grid.values.push_back(distance_m(grid.at(column, row), {500, 500}));
  return grid;
}

/// The two catchments, with straight lines at 100 m a minute: 500 m take five minutes.
struct Request {
  test::Town town = test::two_catchments();
  TravelTable travel{town.place.homes.size(), town.place.campuses.size(), MetresPerMinute(100.0)};
  GroundRequest q;

  Request() {
    town.place.travel.detour = 1.0;
    for (HomeId h : town.place.homes.ids())
      for (CampusId c : town.place.campuses.ids())
        travel.set(h, c,
                   Minutes(distance_m(town.place.homes[h].at, town.place.campuses[c].at) / 100.0));
    q = {&town.place, &town.run, &travel, &town.geometry, StageId(0), {}, {}, 5.0};
    q.view.add(Xy{-200, -200});
    q.view.add(Xy{2200, 1200});
  }
};

bool inside(const Ground& ground, std::size_t band, Xy at) {
  return contains(ground.shapes->bands[band], at);
}

}  // namespace

TEST_CASE("land within a level of a cone is a circle") {
  const std::vector<Ring> rings = contour(cone(), 300.0);
  REQUIRE(rings.size() == 1);
  CHECK(signed_area_m2(rings[0]) == Approx(std::numbers::pi * 300 * 300).epsilon(0.01));
}

TEST_CASE("land between two levels of a cone is a ring with a hole") {
  std::vector<Ring> rings = contour(cone(), 400.0);
  for (Ring& inner : contour(cone(), 200.0)) rings.push_back(std::move(inner));
  const MultiPolygon band = between(std::move(rings));
  REQUIRE(band.size() == 1);
  REQUIRE(band[0].holes.size() == 1);
  CHECK(area_m2(band) == Approx(std::numbers::pi * (400 * 400 - 200 * 200)).epsilon(0.01));
  CHECK(why_invalid(normalised(band)).empty());
}

TEST_CASE("an island inside a hole is a shape of its own") {
  auto square = [](double half) {
    return Ring{{-half, -half}, {half, -half}, {half, half}, {-half, half}};
  };
  const MultiPolygon out = between({square(30), square(10), square(20)});
  REQUIRE(out.size() == 2);
  CHECK(area_m2(out) == 3600 - 1600 + 400);
}

TEST_CASE("bands of reach part at 500 m and 1 km of the nearest campus") {
  Request r;
  const auto ground = build_ground(FillBy::Reach, r.q);
  REQUIRE(ground->shapes->bands.size() == 4);
  CHECK(inside(*ground, 0, {500, 900}));         // 400 m from W
  CHECK(inside(*ground, 1, {-150, 1000}));       // 820 m from W, outside the catchment
  CHECK_FALSE(inside(*ground, 0, {1000, 700}));  // 539 m from both
  CHECK(inside(*ground, 1, {1000, 700}));
  CHECK(inside(*ground, 0, {1000, 500.5}) == inside(*ground, 0, {1000, 499.5}));
}

TEST_CASE("pupils are counted by the band their way to the nearest campus falls in") {
  Request r;
  const auto ground = build_ground(FillBy::Reach, r.q);
  double pupils = 0;
  for (HomeId h : r.town.place.homes.ids()) {
    double best = 1e9;
    for (const Campus& c : r.town.place.campuses)
      best = std::min(best, distance_m(c.at, r.town.place.homes[h].at));
    pupils += best <= 500 ? r.town.geometry.pupils_of_home[h] : 0.0;
  }
  CHECK(ground->pupils[0] == Approx(pupils));
  CHECK(ground->total == Approx(r.town.run.pupils));
  CHECK(ground->pupils[0] + ground->pupils[1] + ground->pupils[2] + ground->pupils[3] ==
        Approx(ground->total));
}

TEST_CASE("the ways to one campus alone leave the other's land farther away") {
  Request r;
  r.q.only = CampusId(0);
  const auto ground = build_ground(FillBy::Reach, r.q);
  CHECK(inside(*ground, 2, {1600, 500}));  // 1,100 m from W
  CHECK(inside(*ground, 0, {500, 500}));
}

TEST_CASE("private campuses serve nobody where there are public ones") {
  Request r;
  r.town.place.schools.push_back({"p", {}, Ownership::Private});
  r.town.place.campuses[CampusId(1)].school = SchoolId(0);
  const auto ground = build_ground(FillBy::Reach, r.q);
  CHECK(ground->without_private);
  CHECK_FALSE(inside(*ground, 0, {1500, 500}));
}

TEST_CASE("nothing is measured again while nothing changes") {
  Request r;
  const auto first = build_ground(FillBy::Reach, r.q);
  CHECK(build_ground(FillBy::Reach, r.q, first) == first);
  const auto density = build_ground(FillBy::Density, r.q, first);
  CHECK(build_ground(FillBy::Density, r.q, density) == density);
  CHECK(build_ground(FillBy::Utilisation, r.q, first) == nullptr);
}

TEST_CASE("hexagons hold every pupil once") {
  Request r;
  const auto ground = build_ground(FillBy::Density, r.q);
  double sum = 0;
  for (double n : ground->pupils) sum += n;
  CHECK(sum == Approx(r.town.run.pupils));
  CHECK(ground->hex_m > 0);
}

TEST_CASE("hexagons are of the ground: a picture of another size or zoom counts the same") {
  Request near, far;
  near.q.m_per_px = 1.0;
  far.q.m_per_px = 50.0;
  const auto a = build_ground(FillBy::Density, near.q), b = build_ground(FillBy::Density, far.q);
  CHECK(a->hex_m == b->hex_m);
  CHECK(a->pupils == b->pupils);
  CHECK(a->most == b->most);
}

TEST_CASE("the legend of reach counts pupils, nearest band last, and says how it measured") {
  Request r;
  const auto ground = build_ground(FillBy::Reach, r.q);
  const Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(r.town, words);
  content.fill = FillBy::Reach;
  content.current.ground = ground.get();
  const LegendModel m = build_legend(content, {{1000, 500}, 5.0, 800, 600, 1.0});
  REQUIRE(m.rows.size() == 4);
  CHECK(m.rows[0].label == "> 30 min");
  CHECK(m.rows[3].count == std::lround(ground->pupils[0]));
  CHECK(m.limit_after == 2);  // beyond 1 km above it
  CHECK(m.rows[0].hatch.spacing_px > 0);
  CHECK(m.rows[2].hatch.spacing_px == 0);
  CHECK(m.ground_note == "Straight lines with the place's detour");
}

TEST_CASE("a chosen band of land keeps its hatch and the others fade") {
  Request r;
  const auto ground = build_ground(FillBy::Reach, r.q);
  const Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(r.town, words);
  content.fill = FillBy::Reach;
  content.current.ground = ground.get();
  auto fills = [&] {
    std::vector<int> alphas;
    const DisplayList list =
        build_map(content, {{1000, 500}, 5.0, 800, 600, 1.0}, test::SquareMeasure());
    for (const Mark& mark : list.marks)
      if (const auto* fill = std::get_if<FillMark>(&mark))
        if (fill->shape.size() == ground->shapes->bands[0].size() && fill->id == -1 &&
            fill->colour.a < 255)
          alphas.push_back(fill->colour.a);
    return alphas;
  };
  const auto all = fills();
  content.class_filter = 1;
  const auto one = fills();
  REQUIRE(all.size() == one.size());
  CHECK(one[0] < all[0] / 3);
  CHECK(one[1] == all[1]);
}

TEST_CASE("decline is the change of pupils since the first year") {
  test::Town town = test::two_catchments();
  StageYear first = town.run;
  first.campuses[CampusId(0)].enrolment = 2 * town.run.campuses[CampusId(0)].enrolment;
  const Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(town, words);
  content.fill = FillBy::Decline;
  content.current.first = &first;
  content.current.first_year = 2015;
  const auto values = area_values(content);
  CHECK(values[0] == Approx(-50.0));
  CHECK(values[1] == Approx(0.0));
  const LegendModel m = build_legend(content, {{1000, 500}, 5.0, 800, 600, 1.0});
  CHECK(m.title == "Catchments · pupils since 2015");
  CHECK(m.rows.back().count == 1);  // down 20 % or more, hatched
  CHECK(m.rows.back().hatch.spacing_px > 0);
  CHECK(m.summary == "2 catchments · min −50% · max ±0%");
}

TEST_CASE("before and after have one scale of flows") {
  test::Town before = test::large_town(), after = test::large_town(true);
  const Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(after, words);
  content.baseline = before.snapshot();
  const Viewport view{{0, 0}, 12.0, 1000, 800, 1.0};
  std::vector<std::string> labels[2];
  for (const MapMode mode : {MapMode::Baseline, MapMode::Scenario}) {
    content.mode = mode;
    for (const LegendFlow& flow : build_legend(content, view).flows)
      labels[mode == MapMode::Scenario].push_back(flow.label);
  }
  CHECK(labels[0] == labels[1]);
  CHECK_FALSE(labels[0].empty());
}
