#include "geo/spatial_index.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <ctime>
#include <numeric>

#include "base/random.h"
#include "geo/polygon.h"
#include "shapes.h"

using namespace doorstep;
using Ids = std::vector<uint32_t>;

namespace {

/// A wavy polygon of n vertices round a centre.
MultiPolygon blob(Xy centre, double radius, int n, RandomStream& random) {
  Ring ring;
  for (int i = 0; i < n; ++i) {
    double angle = 6.283185307179586 * i / n;
    double r = radius * random.uniform(0.6, 1.0);
    ring.push_back(centre + Xy{r * std::cos(angle), r * std::sin(angle)});
  }
  return {{ring, {}}};
}

}  // namespace

TEST_CASE("all shapes that hold a point are found, ascending, with their borders") {
  std::vector<MultiPolygon> shapes{box_shape(0, 0, 10, 10), box_shape(5, 0, 15, 10),
                                   box_shape(100, 100, 101, 101)};
  PolygonIndex index(shapes);
  CHECK(index.find({2, 2}) == Ids{0});
  CHECK(index.find({7, 2}) == Ids{0, 1});
  CHECK(index.find({10, 5}) == Ids{0, 1});
  CHECK(index.find({15, 10}) == Ids{1});
  CHECK(index.find({101, 101}) == Ids{2});
  CHECK(index.find({50, 50}).empty());
  CHECK(index.find({-1, 0}).empty());
  CHECK(index.first({7, 2}) == 0);
  CHECK(index.first({50, 50}) == -1);
}

TEST_CASE("an index of nothing finds nothing") {
  CHECK(PolygonIndex().find({0, 0}).empty());
  CHECK(PolygonIndex(std::vector<MultiPolygon>{{}}).first({0, 0}) == -1);
  CHECK(PointIndex().nearest({0, 0}) == -1);
}

TEST_CASE("holes are not held") {
  Polygon square = box_polygon(0, 0, 10, 10);
  square.holes.push_back({{4, 4}, {4, 6}, {6, 6}, {6, 4}});
  PolygonIndex index(std::vector<MultiPolygon>{{square}});
  CHECK(index.first({5, 5}) == -1);
  CHECK(index.first({4, 5}) == 0);
  CHECK(index.first({3, 5}) == 0);
}

TEST_CASE("the index agrees with the plain test on random shapes and points") {
  RandomStream random{RandomKey(7)};
  std::vector<MultiPolygon> shapes;
  for (int i = 0; i < 30; ++i)
    shapes.push_back(blob({random.uniform(0, 1000), random.uniform(0, 400)}, random.uniform(1, 200),
                          40, random));
  PolygonIndex index(shapes);
  for (int i = 0; i < 5000; ++i) {
    Xy p{random.uniform(-100, 1100), random.uniform(-100, 500)};
    Ids expected;
    for (uint32_t s = 0; s < shapes.size(); ++s)
      if (contains(shapes[s], p)) expected.push_back(s);
    REQUIRE(index.find(p) == expected);
  }
}

TEST_CASE("asked all at once the answers are the same, by any number of threads") {
  RandomStream random{RandomKey(11)};
  std::vector<MultiPolygon> shapes;
  for (int i = 0; i < 60; ++i)
    shapes.push_back(blob({random.uniform(0, 1000), random.uniform(0, 400)}, random.uniform(1, 150),
                          60, random));
  shapes.insert(shapes.begin() + 7, MultiPolygon{});
  PolygonIndex index(shapes);
  std::vector<Xy> points;
  for (int i = 0; i < 30000; ++i)
    points.push_back({random.uniform(-100, 1100), random.uniform(-100, 500)});
  // Corners, borders, and what is no position.
  for (const MultiPolygon& shape : shapes)
    for (const Polygon& p : shape)
      for (std::size_t k = 1; k < p.outer.size(); ++k) {
        points.push_back(p.outer[k]);
        points.push_back((p.outer[k - 1] + p.outer[k]) * 0.5);
      }
  points.push_back({std::nan(""), 3});
  points.push_back({1e300, -1e300});
  std::vector<int> expected;
  for (Xy p : points) {
    int lowest = -1;
    for (std::size_t s = 0; s < shapes.size() && lowest < 0; ++s)
      if (contains(shapes[s], p)) lowest = static_cast<int>(s);
    expected.push_back(lowest);
    REQUIRE(index.first(p) == lowest);
  }
  for (int threads : {1, 2, 3}) {
    std::vector<int> out(points.size(), -9);
    index.first(points, out, threads);
    CHECK(out == expected);
  }
  std::vector<int> none(2, 0);
  PolygonIndex().first(std::vector<Xy>{{0, 0}, {1, 1}}, none, 2);
  CHECK(none == std::vector<int>{-1, -1});
}

TEST_CASE("a million points find their place among 200 shapes well under a second") {
  RandomStream random{RandomKey(8)};
  std::vector<MultiPolygon> shapes;
  for (int i = 0; i < 200; ++i)
    shapes.push_back(blob({1000.0 * (i % 20), 1000.0 * (i / 20)}, 700, 100, random));
  PolygonIndex index(shapes);
  std::vector<Xy> points;
  for (int i = 0; i < 1000000; ++i)
    points.push_back({random.uniform(0, 20000), random.uniform(0, 10000)});
  std::clock_t start = std::clock();  // of the processor: a busy machine must not fail it
  long held = 0;
  for (Xy p : points) held += index.first(p) >= 0;
  double ms = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  UNSCOPED_INFO("one million lookups took " << ms << " ms");
  CHECK(held > 500000);
  CHECK(ms < 1000.0);
}

TEST_CASE("the nearest points come near to far, the lower index first at equal distance") {
  std::vector<Xy> points{{0, 0}, {3, 0}, {-3, 0}, {0, 1}, {std::nan(""), 0}};
  PointIndex index(points);
  CHECK(index.size() == 4);
  CHECK(index.nearest({0.1, 0}) == 0);
  CHECK(index.nearest({0, 0}, 4) == Ids{0, 3, 1, 2});
  CHECK(index.nearest({0, 0}, 3) == Ids{0, 3, 1});
  CHECK(index.nearest({0, 0}, 9).size() == 4);
  CHECK(index.nearest({0, 0}, 0).empty());
}

TEST_CASE("points in a box or a circle are found with its border") {
  std::vector<Xy> points{{0, 0}, {3, 0}, {3, 4}, {10, 10}};
  PointIndex index(points);
  CHECK(index.within(Box{{0, 0}, {3, 4}}) == Ids{0, 1, 2});
  CHECK(index.within({0, 0}, 5.0) == Ids{0, 1, 2});
  CHECK(index.within({0, 0}, 4.9) == Ids{0, 1});
}

TEST_CASE("the tree agrees with trying every point, also among duplicates") {
  RandomStream random{RandomKey(9)};
  std::vector<Xy> points;
  for (int i = 0; i < 3000; ++i)
    points.push_back({std::floor(random.uniform(0, 40)), std::floor(random.uniform(0, 40))});
  PointIndex index(points);
  for (int i = 0; i < 300; ++i) {
    Xy p{random.uniform(-5, 45), random.uniform(-5, 45)};
    Ids all(points.size());
    std::iota(all.begin(), all.end(), 0U);
    std::sort(all.begin(), all.end(), [&](uint32_t a, uint32_t b) {
      double da =
          (points[a].x - p.x) * (points[a].x - p.x) + (points[a].y - p.y) * (points[a].y - p.y);
      double db =
          (points[b].x - p.x) * (points[b].x - p.x) + (points[b].y - p.y) * (points[b].y - p.y);
      return da != db ? da < db : a < b;
    });
    REQUIRE(index.nearest(p) == static_cast<int>(all[0]));
    REQUIRE(index.nearest(p, 10) == Ids(all.begin(), all.begin() + 10));
    Box box{p - Xy{4, 4}, p + Xy{4, 4}};
    Ids inside;
    for (uint32_t k = 0; k < points.size(); ++k)
      if (box.contains(points[k])) inside.push_back(k);
    REQUIRE(index.within(box) == inside);
  }
}
