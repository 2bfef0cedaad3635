#include <catch2/catch.hpp>

#include "desktop/camera.h"

using namespace doorstep;
using namespace doorstep::desktop;

namespace {
Camera camera_over(Box box) {
  Camera c;
  c.resize(800, 600, 1.0);
  c.fit(box, -1.0);
  return c;
}
const Box kTown{{0, 0}, {7440, 5440}};
}  // namespace

TEST_CASE("fitting shows the whole box with a margin of 28 pixels") {
  const Camera c = camera_over(kTown);
  // 800 - 56 = 744 px for 7,440 m: ten metres a pixel; the height needs 5,440 / 544 = 10 as well.
  REQUIRE(c.view().m_per_px == Approx(10.0));
  REQUIRE(c.view().to_px({0, 0}).x == Approx(28.0));
  REQUIRE(c.view().to_px({0, 5440}).y == Approx(28.0));
}

TEST_CASE("zooming keeps the point under the cursor where it is, all the way") {
  Camera c = camera_over(kTown);
  const Xy at{200, 450};
  const Xy held = c.view().to_map(at);
  c.zoom_at(at, 4.0, 10.0);
  for (double t : {10.05, 10.1, 10.18, 10.3}) {
    c.advance(t);
    REQUIRE(c.view().to_px(held).x == Approx(at.x));
    REQUIRE(c.view().to_px(held).y == Approx(at.y));
  }
  REQUIRE(c.view().m_per_px == Approx(2.5));
  REQUIRE_FALSE(c.moving());
}

TEST_CASE("panning right by ten pixels moves the map's middle ten pixels to the west") {
  Camera c = camera_over(kTown);
  const double x = c.view().centre.x;
  c.pan_by({10, 0});
  REQUIRE(c.view().centre.x == Approx(x - 100.0));
}

TEST_CASE("with reduced motion a zoom arrives at once") {
  Camera c = camera_over(kTown);
  c.reduced_motion = true;
  c.zoom_at({400, 300}, 2.0, 1.0);
  REQUIRE_FALSE(c.moving());
  REQUIRE(c.view().m_per_px == Approx(5.0));
}

TEST_CASE("zooming stops at the nearest and the farthest scale") {
  Camera c = camera_over(kTown);
  c.zoom_at({0, 0}, 1e9, -1.0);
  REQUIRE(c.view().m_per_px == Camera::kNearest);
  c.zoom_at({0, 0}, 1e-12, -1.0);
  REQUIRE(c.view().m_per_px == Camera::kFarthest);
}
