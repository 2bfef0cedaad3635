#include "scene/campus_symbols.h"

#include <catch2/catch.hpp>

#include "scene/legend.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;
using Catch::Matchers::WithinAbs;

namespace {
Viewport at_zoom(double m_per_px) { return {{1000, 500}, m_per_px, 1280, 720, 1.0}; }

/// Two campuses 1,000 m apart with as many pupils each.
test::Town pair_with(double pupils) {
  test::Town town = test::two_catchments();
  for (CampusYear& y : town.run.campuses) y.enrolment = pupils;
  return town;
}
}  // namespace

TEST_CASE("a campus of 1,600 pupils has a radius of 9.8 pixels and a small one 3.6") {
  CHECK_THAT(campus_radius_px(1600, 1.0), WithinAbs(9.8, 1e-9));
  CHECK_THAT(campus_radius_px(1600, 0.5), WithinAbs(4.9, 1e-9));
  CHECK(campus_radius_px(10, 1.0) == 3.6);
  CHECK(campus_radius_px(0, 0.4) == 3.6);
}

TEST_CASE("campuses shrink as far as their neighbours need, and no farther than to 0.4") {
  test::Town town = pair_with(1600);
  Words words;
  MapContent content = test::content_of(town, words);
  CHECK(campus_factor(content, at_zoom(10)) == 1.0);  // 100 pixels apart
  // 20 pixels apart less 6 of air over 19.6 of diameters is 0.714: 0.70 in whole steps.
  CHECK_THAT(campus_factor(content, at_zoom(50)), WithinAbs(0.70, 1e-9));
  CHECK(campus_factor(content, at_zoom(1000)) == 0.4);
}

TEST_CASE("panning changes no size") {
  test::Town town = test::large_town();
  Words words;
  MapContent content = test::content_of(town, words);
  Viewport here = at_zoom(60), there = here;
  there.centre = {-3217.5, 411.25};
  CHECK(campus_factor(content, here) == campus_factor(content, there));
  auto a = campus_symbols(content, here, 0.5), b = campus_symbols(content, there, 0.5);
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].gauge == b[i].gauge);
}

TEST_CASE(
    "of two gauges that would collide the larger campus keeps its own, a selected one first") {
  test::Town town = pair_with(1600);
  town.run.campuses[CampusId(1)].enrolment = 1700;
  Words words;
  MapContent content = test::content_of(town, words);
  auto far = campus_symbols(content, at_zoom(10), 1.0);
  CHECK((far[0].gauge && far[1].gauge));
  auto near = campus_symbols(content, at_zoom(40), 1.0);  // 25 pixels apart, gauges are 28 wide
  CHECK_FALSE(near[0].gauge);
  CHECK(near[1].gauge);
  content.selection.kind = MapItem::Kind::Campus;
  content.selection.campus = CampusId(0);
  auto chosen = campus_symbols(content, at_zoom(40), 1.0);
  CHECK(chosen[0].gauge);
  CHECK_FALSE(chosen[1].gauge);
}

TEST_CASE("hundreds of campuses seen from far off are dots, but for the one that is selected") {
  test::Town town = test::two_catchments();
  const Campus campus = town.place.campuses[CampusId(0)];
  const CampusYear year = town.run.campuses[CampusId(0)];
  while (town.place.campuses.size() < 251) {
    Campus more = campus;
    more.code = "more" + std::to_string(town.place.campuses.size());
    town.place.campuses.push_back(more);
    town.run.campuses.push_back(year);
  }
  Words words;
  MapContent content = test::content_of(town, words);
  content.baseline = {};
  content.selection.kind = MapItem::Kind::Campus;
  content.selection.campus = CampusId(3);
  const auto far = campus_symbols(content, at_zoom(1000), 0.4);
  REQUIRE(far.size() == 251);
  for (const CampusSymbol& s : far) CHECK(s.dot == (s.campus != CampusId(3)));
  CHECK(far[3].gauge);
  for (const CampusSymbol& s : campus_symbols(content, at_zoom(10), 1.0)) CHECK_FALSE(s.dot);
}

TEST_CASE("the circles of the legend are as large as those of the map") {
  test::Town town = pair_with(1600);
  Words words;
  MapContent content = test::content_of(town, words);
  LegendModel crowded = build_legend(content, at_zoom(50));
  REQUIRE_FALSE(crowded.circles.empty());
  CHECK(crowded.circles[0].label == "1,000");
  CHECK_THAT(crowded.circles[0].radius_px, WithinAbs(0.7 * 0.245 * std::sqrt(1000.0), 1e-9));
  // 0.7 · 0.245 · √400 = 3.4 is under the least radius, which stands for all below.
  CHECK(crowded.circles.back().label == "≤ 400");
}
