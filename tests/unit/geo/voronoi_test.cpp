#include "geo/voronoi.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/random.h"
#include "geo/polygon.h"
#include "shapes.h"

using namespace doorstep;

namespace {

using End = std::pair<double, double>;

/// How often each directed edge occurs over all rings of all shapes.
std::map<std::pair<End, End>, int> directed_edges(const std::vector<MultiPolygon>& shapes) {
  std::map<std::pair<End, End>, int> count;
  auto add = [&](const Ring& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      Xy a = ring[i];
      Xy b = ring[(i + 1) % ring.size()];
      ++count[{{a.x, a.y}, {b.x, b.y}}];
    }
  };
  for (const MultiPolygon& shape : shapes)
    for (const Polygon& p : shape) {
      add(p.outer);
      for (const Ring& hole : p.holes) add(hole);
    }
  return count;
}

/// Length of edges that no other shape has in the opposite direction: the outside.
double unmatched_m(const std::vector<MultiPolygon>& shapes) {
  auto edges = directed_edges(shapes);
  double sum = 0.0;
  for (const auto& [edge, count] : edges) {
    auto back = edges.find({edge.second, edge.first});
    if (back == edges.end())
      sum +=
          std::hypot(edge.first.first - edge.second.first, edge.first.second - edge.second.second);
  }
  return sum;
}

double total_area_m2(const std::vector<MultiPolygon>& shapes) {
  double sum = 0.0;
  for (const MultiPolygon& s : shapes) sum += area_m2(s);
  return sum;
}

std::vector<Xy> random_points(int n, double width, double height, uint64_t seed) {
  RandomStream random{RandomKey(seed)};
  std::vector<Xy> points;
  for (int i = 0; i < n; ++i)
    points.push_back({random.uniform(0, width), random.uniform(0, height)});
  return points;
}

}  // namespace

TEST_CASE("two points share a box half and half") {
  auto v = voronoi_cells(std::vector<Xy>{{2, 5}, {8, 5}}, Box{{0, 0}, {10, 10}});
  REQUIRE(v.cells.size() == 2);
  CHECK(area_m2(v.cells[0]) == Approx(50.0));
  CHECK(from_lowest(v.cells[0].at(0).outer) == Ring{{0, 0}, {5, 0}, {5, 10}, {0, 10}});
  CHECK(from_lowest(v.cells[1].at(0).outer) == Ring{{5, 0}, {10, 0}, {10, 10}, {5, 10}});
  CHECK(v.duplicates.empty());
}

TEST_CASE("a single point has the whole clip, none have none") {
  auto v = voronoi_cells(std::vector<Xy>{{2, 5}}, Box{{0, 0}, {10, 10}});
  CHECK(area_m2(v.cells.at(0)) == Approx(100.0));
  CHECK(voronoi_cells(std::vector<Xy>{}, Box{{0, 0}, {10, 10}}).cells.empty());
}

TEST_CASE("a duplicate point leaves its cell to the first") {
  auto v = voronoi_cells(std::vector<Xy>{{2, 5}, {8, 5}, {2.001, 5}}, Box{{0, 0}, {10, 10}});
  CHECK(area_m2(v.cells[0]) == Approx(50.0));
  CHECK(v.cells[2].empty());
  REQUIRE(v.duplicates.size() == 1);
  CHECK(v.duplicates[0] == std::pair<uint32_t, uint32_t>(2, 0));
}

TEST_CASE("four points on a square meet in one corner, cocircular or not") {
  auto v = voronoi_cells(std::vector<Xy>{{1, 1}, {3, 1}, {3, 3}, {1, 3}}, Box{{0, 0}, {4, 4}});
  for (const auto& cell : v.cells) {
    CHECK(area_m2(cell) == Approx(4.0));
    CHECK(cell.at(0).outer.size() == 4);
  }
}

TEST_CASE("a point outside the clip still takes its land inside") {
  // The border between x = 2 and x = 14 is at 8.
  auto v = voronoi_cells(std::vector<Xy>{{2, 5}, {14, 5}}, Box{{0, 0}, {10, 10}});
  CHECK(area_m2(v.cells[0]) == Approx(80.0));
  CHECK(area_m2(v.cells[1]) == Approx(20.0));
}

TEST_CASE("a clip with a hole and a second part keeps both") {
  Polygon land = box_polygon(0, 0, 10, 10);
  land.holes.push_back({{4, 4}, {4, 6}, {6, 6}, {6, 4}});
  MultiPolygon clip{land, box_polygon(20, 0, 22, 1)};
  auto v = voronoi_cells(std::vector<Xy>{{2, 5}, {8, 5}}, clip);
  CHECK(area_m2(v.cells[0]) == Approx(48.0));
  CHECK(area_m2(v.cells[1]) == Approx(50.0));
  CHECK(v.cells[1].size() == 2);
  // A hole in the middle of one cell stays a hole.
  auto whole = voronoi_cells(std::vector<Xy>{{5, 5}}, clip);
  CHECK(whole.cells[0].size() == 2);
  CHECK(area_m2(whole.cells[0]) == Approx(98.0));
}

TEST_CASE("cells of one owner melt together") {
  //  a a b   cells of 2 x 2 in a row
  auto d = dissolve_cells(std::vector<Xy>{{1, 1}, {3, 1}, {5, 1}}, std::vector<int>{0, 0, 1},
                          Box{{0, 0}, {6, 2}});
  REQUIRE(d.shapes.size() == 2);
  CHECK(from_lowest(d.shapes[0].at(0).outer) == Ring{{0, 0}, {4, 0}, {4, 2}, {0, 2}});
  CHECK(area_m2(d.shapes[1]) == Approx(4.0));
  CHECK(d.conflicts.empty());
}

TEST_CASE("an owner in the middle is a hole of the one around, with the same vertices") {
  std::vector<Xy> points;
  std::vector<int> owner;
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 3; ++x) {
      points.push_back({2.0 * x + 1, 2.0 * y + 1});
      owner.push_back(x == 1 && y == 1 ? 1 : 0);
    }
  auto d = dissolve_cells(points, owner, Box{{0, 0}, {6, 6}});
  REQUIRE(d.shapes[0].size() == 1);
  REQUIRE(d.shapes[0][0].holes.size() == 1);
  Ring hole = d.shapes[0][0].holes[0];
  std::reverse(hole.begin(), hole.end());
  CHECK(from_lowest(hole) == from_lowest(d.shapes[1].at(0).outer));
  CHECK(from_lowest(hole) == Ring{{2, 2}, {4, 2}, {4, 4}, {2, 4}});
}

TEST_CASE("an owner in two places is two polygons, also when they touch at a corner") {
  //  b a
  //  a b
  auto d = dissolve_cells(std::vector<Xy>{{1, 1}, {3, 1}, {3, 3}, {1, 3}},
                          std::vector<int>{0, 1, 0, 1}, Box{{0, 0}, {4, 4}});
  CHECK(d.shapes[0].size() == 2);
  CHECK(area_m2(d.shapes[0]) == Approx(8.0));
  CHECK(why_invalid(d.shapes[0]) == "");
}

TEST_CASE("land of nobody stays out of every shape") {
  auto d = dissolve_cells(std::vector<Xy>{{2, 5}, {8, 5}}, std::vector<int>{-1, 0},
                          Box{{0, 0}, {10, 10}});
  REQUIRE(d.shapes.size() == 1);
  CHECK(area_m2(d.shapes[0]) == Approx(50.0));
}

TEST_CASE("duplicates of different owners are reported") {
  auto d = dissolve_cells(std::vector<Xy>{{2, 5}, {8, 5}, {2, 5}, {8, 5}},
                          std::vector<int>{0, 1, 1, 1}, Box{{0, 0}, {10, 10}});
  REQUIRE(d.conflicts.size() == 1);
  CHECK(d.conflicts[0] == std::pair<uint32_t, uint32_t>(2, 0));
}

TEST_CASE("points a hundred thousand kilometres apart are refused") {
  CHECK_THROWS_AS(voronoi_cells(std::vector<Xy>{{0, 0}, {1e8, 0}}, Box{{0, 0}, {1, 1}}), Error);
}

TEST_CASE("dissolved shapes tile the clip and share every inner border exactly") {
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    std::vector<Xy> points = random_points(400, 1000, 800, seed);
    std::vector<int> owner;
    RandomStream random{RandomKey(seed + 100)};
    for (Xy p : points)  // blocks with some strays
      owner.push_back(random.uniform() < 0.1 ? 5 : static_cast<int>(p.x / 200));
    MultiPolygon clip{{{{50, 30}, {900, -50}, {1100, 500}, {600, 700}, {400, 400}, {100, 900}},
                       {{{300, 200}, {300, 300}, {400, 300}, {400, 200}}}}};
    auto d = dissolve_cells(points, owner, clip);
    INFO("seed " << seed);
    CHECK(total_area_m2(d.shapes) == Approx(area_m2(clip)).margin(5.0));
    for (const auto& [edge, count] : directed_edges(d.shapes)) REQUIRE(count == 1);
    CHECK(unmatched_m(d.shapes) == Approx(perimeter_m(clip)).margin(0.1));
    for (const MultiPolygon& shape : d.shapes) CHECK(why_invalid(shape) == "");
  }
}

TEST_CASE("every point lies in the shape of its owner") {
  std::vector<Xy> points = random_points(500, 5000, 5000, 77);
  std::vector<int> owner;
  for (std::size_t i = 0; i < points.size(); ++i) owner.push_back(static_cast<int>(i % 7));
  auto d = dissolve_cells(points, owner, Box{{0, 0}, {5000, 5000}});
  for (std::size_t i = 0; i < points.size(); ++i)
    REQUIRE(contains(d.shapes[static_cast<std::size_t>(owner[i])], points[i]));
}

TEST_CASE("a regular grid of homes, all cocircular, gives its squares") {
  std::vector<Xy> points;
  for (int y = 0; y < 20; ++y)
    for (int x = 0; x < 20; ++x) points.push_back({100.0 * x + 50, 100.0 * y + 50});
  auto v = voronoi_cells(points, Box{{0, 0}, {2000, 2000}});
  for (const auto& cell : v.cells) REQUIRE(area_m2(cell) == Approx(10000.0));
}

TEST_CASE("twenty thousand cells take less than a second") {
  std::vector<Xy> points = random_points(20000, 30000, 20000, 3);
  auto start = std::chrono::steady_clock::now();
  auto v = voronoi_cells(points, Box{{0, 0}, {30000, 20000}});
  double ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  UNSCOPED_INFO("20,000 cells took " << ms << " ms");
  CHECK(total_area_m2(v.cells) == Approx(6e8).margin(10.0));
  CHECK(unmatched_m(v.cells) == Approx(100000.0).margin(0.1));
  // Shared machines and debug builds get five times the time.
  CHECK(ms < 5000.0);
}
