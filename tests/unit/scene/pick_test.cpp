#include "scene/pick.h"

#include <catch2/catch.hpp>

#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {
const Viewport kView{{1000, 500}, 2.0, 1200, 700, 1.0};
}

TEST_CASE("a campus is picked before the catchment it stands in") {
  test::Town town = test::two_catchments();
  Words words;
  MapContent content = test::content_of(town, words);
  Xy px = kView.to_px({500, 500});
  MapItem item = pick(content, kView, {px.x + 3, px.y});
  CHECK(item.kind == MapItem::Kind::Campus);
  CHECK(item.campus == CampusId(0));
  auto all = pick_all(content, kView, px);
  REQUIRE(all.size() == 2);
  CHECK(all[1].kind == MapItem::Kind::Area);
  CHECK(all[1].catchment == CatchmentId(0));
}

TEST_CASE("homes are picked when near and areas elsewhere") {
  test::Town town = test::two_catchments();
  Words words;
  MapContent content = test::content_of(town, words);
  CHECK(pick(content, kView, kView.to_px({1800, 200})).home == HomeId(3));
  Viewport far = kView;
  far.m_per_px = 8;
  CHECK(pick(content, far, far.to_px({1800, 200})).kind == MapItem::Kind::Area);
  CHECK(pick(content, kView, kView.to_px({1300, 600})).area == 1);
}

TEST_CASE("outside everything nothing is picked") {
  test::Town town = test::two_catchments();
  Words words;
  CHECK(pick(test::content_of(town, words), kView, {5, 5}).kind == MapItem::Kind::None);
}
