#include "geo/topology.h"

#include <catch2/catch.hpp>
#include <chrono>

#include "base/random.h"
#include "geo/polygon.h"
#include "geo/voronoi.h"
#include "shapes.h"

using namespace doorstep;
using Ids = std::vector<uint32_t>;

namespace {

const Arc* between(const Topology& t, int a, int b) {
  for (const Arc& arc : t.arcs)
    if ((arc.left == a && arc.right == b) || (arc.left == b && arc.right == a)) return &arc;
  return nullptr;
}

double length_between_m(const Topology& t, int a, int b) {
  double sum = 0.0;
  for (const Arc& arc : t.arcs)
    if ((arc.left == a && arc.right == b) || (arc.left == b && arc.right == a))
      sum += length_m(arc.line);
  return sum;
}

}  // namespace

TEST_CASE("the border of two squares is one arc with a square on each side") {
  //  +---+---+
  //  | 0 | 1 |
  //  +---+---+
  auto t = derive_topology(std::vector<MultiPolygon>{box_shape(0, 0, 1, 1), box_shape(1, 0, 2, 1)});
  REQUIRE(t.arcs.size() == 3);
  const Arc* shared = between(t, 0, 1);
  REQUIRE(shared);
  CHECK(shared->line.size() == 2);
  CHECK(shared->left == 0);  // upwards along x = 1
  CHECK(shared->line.front() == Xy{1, 0});
  CHECK(length_between_m(t, 0, -1) == 3.0);
  CHECK(length_between_m(t, 1, -1) == 3.0);
  CHECK(t.neighbours[0] == Ids{1});
  CHECK(t.neighbours[1] == Ids{0});
  CHECK(t.arcs_of[0].size() == 2);
  CHECK(t.contested_m == 0.0);
}

TEST_CASE("a lone square is one closed arc with the square on its left") {
  auto t = derive_topology(std::vector<MultiPolygon>{box_shape(0, 0, 1, 1)});
  REQUIRE(t.arcs.size() == 1);
  CHECK(t.arcs[0].closed());
  CHECK(t.arcs[0].left == 0);
  CHECK(t.arcs[0].right == -1);
  CHECK(length_m(t.arcs[0].line) == 4.0);
  CHECK(t.neighbours[0].empty());
}

TEST_CASE("a vertex on the neighbour's edge cuts it") {
  //  +---+---+
  //  |   | 1 |
  //  | 0 +---+   the T at (2,1) is no vertex of square 0
  //  |   | 2 |
  //  +---+---+
  auto t = derive_topology(std::vector<MultiPolygon>{box_shape(0, 0, 2, 2), box_shape(2, 1, 4, 2),
                                                     box_shape(2, 0, 4, 1)});
  CHECK(length_between_m(t, 0, 1) == 1.0);
  CHECK(length_between_m(t, 0, 2) == 1.0);
  CHECK(length_between_m(t, 1, 2) == 2.0);
  CHECK(t.neighbours[0] == Ids{1, 2});
}

TEST_CASE("shapes that only touch at a corner are no neighbours") {
  auto t = derive_topology(std::vector<MultiPolygon>{box_shape(0, 0, 1, 1), box_shape(1, 1, 2, 2)});
  CHECK(t.neighbours[0].empty());
  CHECK(t.arcs.size() == 2);
}

TEST_CASE("an island in a hole is one closed arc between the two") {
  Polygon around = box_polygon(0, 0, 10, 10);
  around.holes.push_back({{4, 4}, {4, 6}, {6, 6}, {6, 4}});
  auto t = derive_topology(std::vector<MultiPolygon>{MultiPolygon{around}, box_shape(4, 4, 6, 6)});
  REQUIRE(t.arcs.size() == 2);
  const Arc* shared = between(t, 0, 1);
  REQUIRE(shared);
  CHECK(shared->closed());
  CHECK(length_m(shared->line) == 8.0);
}

TEST_CASE("borders digitised apart meet within the tolerance, and only then") {
  // The right square leaves a gap of 0.3 to 0.4 m and has a vertex more on its side.
  MultiPolygon left = box_shape(0, 0, 100, 100);
  MultiPolygon right{{{{100.3, 0}, {200, 0}, {200, 100}, {100.4, 100}, {100.2, 50}}, {}}};
  auto apart = derive_topology(std::vector<MultiPolygon>{left, right}, 0.1);
  CHECK(apart.neighbours[0].empty());
  auto t = derive_topology(std::vector<MultiPolygon>{left, right}, 0.5);
  CHECK(t.neighbours[0] == Ids{1});
  CHECK(t.arcs.size() == 3);
  CHECK(length_between_m(t, 0, 1) == Approx(100.0).margin(0.01));
  CHECK(t.contested_m == 0.0);
}

TEST_CASE("overlapping shapes are reported by the border they contest") {
  // The same square twice: all four edges are claimed by both on the left.
  auto t = derive_topology(std::vector<MultiPolygon>{box_shape(0, 0, 1, 1), box_shape(0, 0, 1, 1)});
  CHECK(t.contested_m == 4.0);
  CHECK(t.arcs.size() == 1);
  CHECK(t.arcs[0].left == 0);
}

TEST_CASE("each border of dissolved cells appears once, and all of it") {
  RandomStream random{RandomKey(11)};
  std::vector<Xy> points;
  std::vector<int> owner;
  for (int i = 0; i < 3000; ++i) {
    points.push_back({random.uniform(0, 6000), random.uniform(0, 6000)});
    owner.push_back(static_cast<int>(points.back().x / 1500) +
                    4 * static_cast<int>(points.back().y / 1500));
  }
  auto shapes = dissolve_cells(points, owner, Box{{0, 0}, {6000, 6000}}).shapes;
  auto start = std::chrono::steady_clock::now();
  Topology t = derive_topology(shapes);
  double ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  UNSCOPED_INFO("topology took " << ms << " ms");
  double outside = 0.0;
  double all = 0.0;
  for (const Arc& arc : t.arcs) {
    REQUIRE(arc.left != arc.right);
    (arc.left < 0 || arc.right < 0 ? outside : all) += length_m(arc.line);
  }
  double perimeters = 0.0;
  for (const MultiPolygon& s : shapes) perimeters += perimeter_m(s);
  CHECK(outside == Approx(24000.0).margin(0.1));
  CHECK(2 * all + outside == Approx(perimeters).margin(0.1));
  CHECK(t.contested_m == 0.0);
  // Sixteen blocks of four by four: a block in a corner borders at least its two sides.
  CHECK(t.neighbours[0].size() >= 2);
  CHECK(t.neighbours[0].front() == 1);
}
