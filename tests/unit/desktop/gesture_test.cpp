#include <catch2/catch.hpp>

#include "desktop/gesture.h"

using namespace doorstep;
using namespace doorstep::desktop;
using Kind = MapEvent::Kind;

TEST_CASE("a press that moves less than five pixels is a click") {
  MapGesture g;
  g.press({100, 100}, true, 0.0);
  REQUIRE(g.move({103, 104}).kind == Kind::None);  // exactly five
  const MapEvent end = g.release({103, 104}, 0.1);
  REQUIRE(end.kind == Kind::Click);
  REQUIRE(end.at == Xy{103, 104});
}

TEST_CASE("a drag pans from where it became one and loses no pixel") {
  MapGesture g;
  g.press({100, 100}, true, 0.0);
  const MapEvent first = g.move({106, 100});
  const MapEvent second = g.move({116, 90});
  REQUIRE(first.kind == Kind::Pan);
  REQUIRE(first.by + second.by == Xy{16, -10});
  REQUIRE(g.release({116, 90}, 0.5).kind == Kind::DragEnd);
}

TEST_CASE("a press on a panel never moves the map") {
  MapGesture g;
  g.press({10, 10}, false, 0.0);
  REQUIRE(g.move({200, 200}).kind == Kind::None);
  REQUIRE(g.release({200, 200}, 0.2).kind == Kind::None);
}

TEST_CASE("a drag begun on the map goes on over the panels") {
  MapGesture g;
  g.press({300, 300}, true, 0.0);
  g.move({310, 300});
  REQUIRE(g.move({5, 300}).by == Xy{-305, 0});  // the panel's side of the window
}

TEST_CASE(
    "two clicks within a third of a second at one place are a double click, three are not two") {
  MapGesture g;
  auto click = [&](double t) {
    g.press({50, 50}, true, t);
    return g.release({50, 50}, t).kind;
  };
  REQUIRE(click(1.0) == Kind::Click);
  REQUIRE(click(1.3) == Kind::DoubleClick);
  REQUIRE(click(1.5) == Kind::Click);
  REQUIRE(click(2.5) == Kind::Click);
}
