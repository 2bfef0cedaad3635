#include "scene/flows.h"

#include <catch2/catch.hpp>

#include "scene/flow_shape.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;
using Catch::Matchers::WithinAbs;

namespace {
Viewport far() { return {{1000, 500}, 10.0, 800, 600, 1.0}; }
}  // namespace

TEST_CASE("only pupils who leave their catchment's campus are a flow") {
  test::Town town = test::two_catchments();
  Words words;
  FlowSelection flows = select_flows(test::content_of(town, words), far());
  REQUIRE(flows.bundles.size() == 1);
  CHECK(flows.bundles[0].pupils == 30);
  CHECK(flows.bundles[0].from == Xy{800, 200});
  CHECK(flows.total == 1);
  CHECK(flows.share() == 1.0);
}

TEST_CASE("a selected campus shows all its flows and the bundle start is the pupils' centre") {
  test::Town town = test::two_catchments();
  Words words;
  MapContent content = test::content_of(town, words);
  content.selection.kind = MapItem::Kind::Campus;
  content.selection.campus = CampusId(1);
  Viewport whole = far();
  whole.m_per_px = 1000;  // clusters of 65 km: one bundle an area
  FlowSelection flows = select_flows(content, whole);
  REQUIRE(flows.bundles.size() == 2);
  CHECK(flows.bundles[0].selected);
  CHECK(flows.bundles[0].pupils == 90);  // 50 from h2 at y 800 and 40 from h3 at y 200
  CHECK_THAT(flows.bundles[0].from.y, WithinAbs((50 * 800 + 40 * 200) / 90.0, 1e-9));
  CHECK(flows.bundles[1].pupils == 30);
}

TEST_CASE("bundles stop at 40 or at 85 per cent, and the count says so") {
  test::Town town = test::large_town();
  Words words;
  FlowSelection flows = select_flows(test::content_of(town, words), {{0, 0}, 14.0, 1280, 720, 1});
  CHECK(flows.bundles.size() <= kMostBundles);
  CHECK(flows.total > static_cast<int>(flows.bundles.size()));
  double shown = 0.0;
  for (const FlowBundle& b : flows.bundles) shown += b.pupils;
  CHECK(shown == flows.pupils_shown);
  CHECK(shown < flows.pupils_total);
  CHECK((flows.bundles.size() == kMostBundles || flows.share() >= kFlowShare));
  for (std::size_t i = 1; i < flows.bundles.size(); ++i)
    CHECK(flows.bundles[i - 1].pupils >= flows.bundles[i].pupils);
}

TEST_CASE("a difference shows what a plan adds to and takes off each way") {
  test::Town before = test::two_catchments(), after = test::two_catchments();
  auto moved = after.run.flows.listed();
  moved[1].pupils -= 10;  // h1: 10 of 30 pupils from W …
  moved[2].pupils += 10;  // … to E
  after.run.flows = moved;
  Words words;
  MapContent content = test::content_of(after, words);
  content.baseline = before.snapshot();
  content.mode = MapMode::Difference;
  FlowSelection flows = select_flows(content, far());
  REQUIRE(flows.bundles.size() == 2);
  for (const FlowBundle& b : flows.bundles) {
    CHECK_THAT(b.pupils, WithinAbs(10.0, 1e-9));
    CHECK(b.from == Xy{800, 200});
    CHECK(b.lost == (b.campus == CampusId(0)));
  }
  content.current = before.snapshot();
  CHECK(select_flows(content, far()).bundles.empty());
}

TEST_CASE("panning changes no bundle") {
  test::Town town = test::large_town();
  Words words;
  MapContent content = test::content_of(town, words);
  FlowSelection here = select_flows(content, {{0, 0}, 4.0, 1280, 720, 1});
  FlowSelection there = select_flows(content, {{517, -333}, 4.0, 1280, 720, 1});
  REQUIRE(here.bundles.size() == there.bundles.size());
  for (std::size_t i = 0; i < here.bundles.size(); ++i)
    CHECK(here.bundles[i].from == there.bundles[i].from);
}

TEST_CASE("a flow bends 18 per cent of its length to the left of travel") {
  Xy control = flow_control({0, 0}, {100, 0});
  CHECK(control == Xy{50, 18});
  CHECK(flow_control({100, 0}, {0, 0}) == Xy{50, -18});  // there and back part
}

TEST_CASE("a flow's outline is as wide as asked at both ends") {
  Ring outline = flow_outline({0, 0}, {50, 0}, {100, 0}, 10, 3, 4);
  REQUIRE(outline.size() == 10);
  CHECK_THAT(distance_m(outline.front(), outline.back()), WithinAbs(10.0, 1e-9));
  CHECK_THAT(distance_m(outline[4], outline[5]), WithinAbs(3.0, 1e-9));
}

TEST_CASE("flow width grows with the root of pupils and never vanishes") {
  CHECK_THAT(flow_width_px(400, 5.0) / flow_width_px(100, 5.0), WithinAbs(2.0, 1e-9));
  CHECK(flow_width_px(0.01, 5.0) == 0.8);
}
