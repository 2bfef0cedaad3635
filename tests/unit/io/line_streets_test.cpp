// Streets from a plain line layer, through a place file as a planner writes it.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "io/osm/line_net.h"

using namespace doorstep;
using namespace doorstep::io;

namespace {

StreetLine line(Polyline points, int level = 0) {
  StreetLine out;
  out.line = std::move(points);
  out.level = level;
  return out;
}

/// "x,y>x,y metres" of each stretch, in the order of the lines.
std::vector<std::string> stretches(const std::vector<StreetLine>& lines, LineNoding noding = {}) {
  StreetNet net = net_of_lines(lines, noding);
  std::vector<std::string> out;
  auto name = [](Xy p) {
    return std::to_string(std::lround(p.x)) + "," + std::to_string(std::lround(p.y));
  };
  for (const Stretch& s : net.stretches) {
    out.push_back(name(net.junctions[s.from]) + ">" + name(net.junctions[s.to]) + " " +
                  std::to_string(std::lround(s.length_m)));
  }
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("lines join where their ends lie within the tolerance") {
  CHECK(stretches({line({{0, 0}, {100, 0}}), line({{100.3, 0}, {200, 0}})}) ==
        Texts{"0,0>100,0 100", "100,0>200,0 100"});
  StreetNet apart = net_of_lines({line({{0, 0}, {100, 0}}), line({{101, 0}, {200, 0}})}, {});
  CHECK(apart.junctions.size() == 4);
}

TEST_CASE("an end on another line makes a junction there") {
  CHECK(stretches({line({{0, 0}, {100, 0}}), line({{40, 0.2}, {40, 50}})}) ==
        Texts{"0,0>40,0 40", "40,0>100,0 60", "40,0>40,50 50"});
}

TEST_CASE("lines that cross make a junction, unless one passes over the other") {
  Polyline east{{0, 0}, {100, 0}};
  Polyline north{{40, -50}, {40, 50}};
  CHECK(stretches({line(east), line(north)}) ==
        Texts{"0,0>40,0 40", "40,0>100,0 60", "40,-50>40,0 50", "40,0>40,50 50"});
  CHECK(stretches({line(east), line(north, 1)}) == Texts{"0,0>100,0 100", "40,-50>40,50 100"});
  LineNoding only_ends;
  only_ends.at_crossings = false;
  CHECK(stretches({line(east), line(north)}, only_ends).size() == 2);
}

TEST_CASE("a loop keeps its way round, and corners stay as shape") {
  CHECK(stretches({line({{0, 0}, {100, 0}}), line({{100, 0}, {150, 0}, {150, 50}, {100, 0}})}) ==
        Texts{"0,0>100,0 100", "100,0>100,0 171"});
}

TEST_CASE("segments that cross far from their ends find each other") {
  // 5 km each, over many cells of the search
  CHECK(stretches({line({{-2500, -1}, {2500, 1}}), line({{7, -2500}, {7, 2500}})}).size() == 4);
}

TEST_CASE("a trunk road in the layer is crossed at its junction, not under its bridge") {
  StreetLine trunk = line({{50, -500}, {50, 500}});
  trunk.kinds = kCrossesTrunk;
  trunk.usable = false;
  StreetNet net = net_of_lines({line({{0, 0}, {100, 0}}), trunk}, {});
  REQUIRE(net.stretches.size() == 2);
  CHECK(net.stretches[0].traits_forward == kCrossesTrunk);
  CHECK(net.stretches[0].traits_backward == 0);
  CHECK(net.stretches[1].traits_backward == kCrossesTrunk);
  trunk.level = 1;
  net = net_of_lines({line({{0, 0}, {100, 0}}), trunk}, {});
  REQUIRE(net.stretches.size() == 1);
  CHECK(net.stretches[0].traits_forward == 0);
}
