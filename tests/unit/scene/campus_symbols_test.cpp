#include "scene/campus_symbols.h"

#include <catch2/catch.hpp>

#include "scene/legend.h"
#include "scene/map_scene.h"
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

TEST_CASE("seen from far off areas are named, the larger first, without overlaps or brackets") {
  test::Town town = test::two_catchments();
  const Campus campus = town.place.campuses[CampusId(0)];
  const CampusYear year = town.run.campuses[CampusId(0)];
  town.place.areas.resize(3);
  const std::array<std::string, 3> names{"A county with a long name", "A longer county beside it",
                                         "Zone 04 (not named)"};
  for (std::size_t i = 0; i < names.size(); ++i) town.place.areas[AreaId(i)].name = {"", names[i]};
  for (int i = 0; town.place.campuses.size() < 360; ++i) {
    Campus more = campus;
    more.code = "more" + std::to_string(i);
    more.origin = Origin::Synthetic;
    more.area = AreaId(i % 3);
    // The first two lie 20 pixels apart in one row, the third far below.
    more.at = {i % 3 * 20000.0, i % 3 == 2 ? -200000.0 : 0.0};
    town.place.campuses.push_back(more);
    CampusYear pupils = year;
    pupils.enrolment = i % 3 == 1 ? 500.0 : 100.0;
    town.run.campuses.push_back(pupils);
  }
  const Words words = test::words_from_config(Language::English);
  const DisplayList list =
      build_map(test::content_of(town, words), at_zoom(1000), test::SquareMeasure());
  std::vector<std::string> found;
  std::vector<double> rows;
  for (const Mark& mark : list.marks)
    if (const auto* label = std::get_if<LabelMark>(&mark); label && label->bold) {
      found.push_back(label->text);
      rows.push_back(label->dy_px);
    }
  REQUIRE(found.size() >= 2);
  CHECK(found[0] == names[1]);  // the larger has the row
  CHECK(rows[0] == 0.0);
  CHECK(std::find(found.begin(), found.end(), "Zone 04") != found.end());
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i] == names[0]) CHECK(std::abs(rows[i]) == 16.0);
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
