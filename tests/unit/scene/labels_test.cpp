#include <catch2/catch.hpp>
#include <cmath>

#include "scene/label_placement.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {
LabelRequest request(Xy at, double width, double priority) {
  LabelRequest r;
  r.at = at;
  r.radius = r.below = 5;
  r.width = width;
  r.priority = priority;
  return r;
}
const Viewport kView{{0, 0}, 1.0, 400, 300, 1.0};
}  // namespace

TEST_CASE("a label alone stands to the right of its point") {
  auto spots = place_labels({request({0, 0}, 50, 1)}, kView, {});
  REQUIRE(spots[0]);
  CHECK(spots[0]->dx == 9.0);
  CHECK(spots[0]->dy == 0.0);
}

TEST_CASE("where the right is taken a label goes to the left") {
  // The second point lies where the first label would stand.
  auto spots = place_labels({request({0, 0}, 50, 2), request({30, 0}, 50, 1)}, kView, {});
  REQUIRE(spots[0]);
  REQUIRE(spots[1]);
  CHECK(spots[0]->dx == -59.0);
  CHECK(spots[1]->dx == 9.0);
}

TEST_CASE("of many labels on one spot those with the highest priority stay and none overlap") {
  std::vector<LabelRequest> requests;
  for (int i = 0; i < 20; ++i) requests.push_back(request({i * 2.0, 0}, 60, i));
  auto spots = place_labels(requests, kView, {});
  CHECK(spots[19]);
  std::vector<PixelBox> boxes;
  for (std::size_t i = 0; i < spots.size(); ++i)
    if (spots[i])
      boxes.push_back({i * 2.0 + spots[i]->dx, spots[i]->dy - 8, i * 2.0 + spots[i]->dx + 60,
                       spots[i]->dy + 8});
  CHECK(boxes.size() < 20);
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(boxes[i].overlaps(boxes[j]));
}

TEST_CASE("panning moves no label against its point") {
  std::vector<LabelRequest> requests;
  for (int i = 0; i < 60; ++i)
    requests.push_back(request({(i * 37) % 400 - 200.0, (i * 53) % 300 - 150.0}, 48, i));
  auto here = place_labels(requests, kView, {});
  Viewport panned = kView;
  panned.centre = {33.3, -21.7};
  auto there = place_labels(requests, panned, {});
  for (std::size_t i = 0; i < requests.size(); ++i) {
    REQUIRE(here[i].has_value() == there[i].has_value());
    if (here[i]) CHECK(here[i]->dx == there[i]->dx);
  }
}

TEST_CASE("in print a label that would be cut off goes elsewhere") {
  PixelFrame frame{0, 0, 400, 300};
  auto spots = place_labels({request({180, 0}, 50, 1)}, kView, frame);  // at x = 380 of 400
  REQUIRE(spots[0]);
  CHECK(spots[0]->dx < 0);
  CHECK_FALSE(place_labels({request({0, 0}, 500, 1)}, kView, frame)[0]);
}

TEST_CASE("a label that must not be left out goes farther off with a line") {
  std::vector<LabelRequest> requests;
  for (int x = -3; x <= 3; ++x)  // a crowd in which nothing beside the middle is free
    for (int y = -3; y <= 3; ++y)
      if (x != 0 || y != 0) requests.push_back(request({x * 14.0, y * 14.0}, 1000, 0));
  requests.push_back(request({0, 0}, 50, 1));
  CHECK_FALSE(place_labels(requests, kView, {}).back());
  requests.back().may_lead = true;
  auto spot = place_labels(requests, kView, {}).back();
  REQUIRE(spot);
  CHECK(spot->led);
  CHECK(std::hypot(spot->dx, spot->dy) > 40);
}

TEST_CASE("what may stand alone stays beside its point where the whole text finds no room") {
  std::vector<LabelRequest> requests;
  for (int x : {-1, 1})  // pillars left and right, walls over and under
    requests.push_back(request({x * 45.0, 0}, 0, 0));
  for (int x = -6; x <= 6; ++x)
    for (int y : {-22, 22}) requests.push_back(request({x * 10.0, double(y)}, 0, 0));
  requests.push_back(request({0, 0}, 60, 1));
  requests.back().may_lead = true;
  CHECK(place_labels(requests, kView, {}).back()->led);
  requests.back().brief_width = 24;
  const auto spot = place_labels(requests, kView, {}).back();
  REQUIRE(spot);
  CHECK(spot->brief);
  CHECK_FALSE(spot->led);
  CHECK(spot->dx == 9.0);
}

TEST_CASE("a short line to the whole name is better than a mark without it, a long one worse") {
  for (const double wall :
       {22.0, 72.0}) {  // how far the crowd reaches, but for a gap over the point
    std::vector<LabelRequest> requests;
    for (int x : {-1, 1}) requests.push_back(request({x * 45.0, 0}, 0, 0));
    for (int x = -14; x <= 14; ++x)
      for (double y = 22; y <= wall; y += 10)
        for (int side : {-1, 1})
          if (std::abs(x) > 1) requests.push_back(request({x * 10.0, side * y}, 0, 0));
    requests.push_back(request({0, 0}, 60, 1));
    requests.back().may_lead = true;
    requests.back().brief_width = 24;
    requests.back().brief_loss = 90;
    const auto spot = place_labels(requests, kView, {}).back();
    REQUIRE(spot);
    CHECK(spot->brief == (wall > 50));
    CHECK(spot->led == (wall < 50));
  }
}

TEST_CASE("a line to a label crosses no other label") {
  std::vector<LabelRequest> requests;
  for (int i = 0; i < 24; ++i) {  // a ring of points, each with a label that must be led outwards
    const double turn = i * 0.2618;
    requests.push_back(request({40 * std::cos(turn), 40 * std::sin(turn)}, 70, i));
    requests.back().may_lead = true;
  }
  const auto spots = place_labels(requests, kView, {});
  auto px = [&](std::size_t i) { return Xy{requests[i].at.x, -requests[i].at.y}; };
  int led = 0;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    if (!spots[i] || !spots[i]->led) continue;
    ++led;
    const Xy end = leader_end(*spots[i], requests[i].width);
    for (std::size_t k = 0; k < spots.size(); ++k) {
      if (!spots[k] || k == i) continue;
      const Xy at = px(k);
      const PixelBox text{at.x + spots[k]->dx, at.y + spots[k]->dy - 8,
                          at.x + spots[k]->dx + requests[k].width, at.y + spots[k]->dy + 8};
      bool crossed = false;
      for (int share = 10; share < 100; ++share) {
        const Xy on = px(i) + end * (share / 100.0);
        crossed = crossed || text.overlaps({on.x, on.y, on.x + 0.01, on.y + 0.01});
      }
      INFO(i << " over " << k);
      CHECK_FALSE(crossed);
    }
  }
  CHECK(led > 4);
}

TEST_CASE("no more labels in view than asked") {
  std::vector<LabelRequest> requests;
  for (int i = 0; i < 10; ++i) requests.push_back(request({0, i * 28.0 - 130}, 20, i));
  auto spots = place_labels(requests, kView, {}, 4);
  CHECK(std::count_if(spots.begin(), spots.end(), [](const auto& s) { return s.has_value(); }) ==
        4);
  CHECK(spots[9]);
}
