// Who may go where, and what is crossed on the way. Towns in degrees taken as metres.

#include <algorithm>

#include "base/error.h"
#include "io/osm/streets.h"
#include "osm_files.h"

using namespace doorstep;
using namespace doorstep::io;

namespace {

/// Five nodes on a line at x = 1 … 5 and one at (3, 9).
const std::string kNodes = "n1 x1 y0\nn2 x2 y0\nn3 x3 y0\nn4 x4 y0\nn5 x5 y0\nn6 x3 y9\n";

/// A degree is `metres` long.
Loaded<OsmExtract> read(const std::string& opl, const std::string& profile, double metres = 1.0) {
  test::TemporaryFile file(".osm.pbf");
  test::pack(opl, file.path());
  OsmOptions options;
  options.least_island_m = 0;
  options.with_backdrop = false;
  options.profile = travel_profile(profile, 80.0);
  return read_osm(file.path(), options, [=](LonLat p) { return Xy{p.lon, p.lat} * metres; });
}

/// "from>to" of every directed edge, nodes named by their x, with what `say` adds.
template <class Say>
std::vector<std::string> edges(const Streets& s, Say say) {
  std::vector<std::string> out;
  for (uint32_t n = 0; n < s.nodes(); ++n) {
    for (uint32_t e = s.first[n]; e < s.first[n + 1]; ++e) {
      out.push_back(std::to_string(std::lround(s.node_at[n].x)) + ">" +
                    std::to_string(std::lround(s.node_at[s.head[e]].x)) + say(e));
    }
  }
  std::ranges::sort(out);
  return out;
}
std::vector<std::string> edges(const Streets& s) {
  return edges(s, [](uint32_t) { return std::string(); });
}
std::vector<std::string> crossings(const Streets& s) {
  return edges(s, [&](uint32_t e) { return " " + std::to_string(s.crossing[e]); });
}

using Edges = std::vector<std::string>;

}  // namespace

TEST_CASE("each traveller uses the ways that are open to it") {
  std::string opl = kNodes +
                    "w1 Thighway=motorway,oneway=no Nn1,n2\nw2 Thighway=steps Nn2,n3\n"
                    "w3 Thighway=cycleway Nn3,n4\nw4 Thighway=footway,bicycle=yes Nn4,n5\n"
                    "w5 Thighway=residential,bicycle=no Nn5,n6\n";
  CHECK(edges(read(opl, "walk").value.streets) ==
        Edges{"2>3", "3>2", "3>4", "3>5", "4>3", "4>5", "5>3", "5>4"});
  CHECK(edges(read(opl, "ebike").value.streets) == Edges{"3>4", "4>3", "4>5", "5>4"});
  CHECK(edges(read(opl, "car").value.streets) == Edges{"1>2", "2>1", "3>5", "5>3"});
}

TEST_CASE("one-ways bind e-bikes and cars; oneway:bicycle frees e-bikes alone") {
  std::string opl = kNodes +
                    "w1 Thighway=residential,oneway=yes Nn1,n2\n"
                    "w2 Thighway=residential,oneway=yes,oneway:bicycle=no Nn2,n3\n"
                    "w3 Thighway=residential,oneway=-1 Nn3,n4\n"
                    "w4 Thighway=residential,junction=roundabout Nn4,n5\n";
  CHECK(edges(read(opl, "walk").value.streets).size() == 8);
  CHECK(edges(read(opl, "ebike").value.streets) == Edges{"1>2", "2>3", "3>2", "4>3", "4>5"});
  CHECK(edges(read(opl, "car").value.streets) == Edges{"1>2", "2>3", "4>3", "4>5"});
}

TEST_CASE("motorways run one way for cars, unless a tag says no") {
  std::string opl = kNodes + "w1 Thighway=motorway Nn1,n2\nw2 Thighway=motorway,oneway=no Nn2,n3\n";
  CHECK(edges(read(opl, "car").value.streets) == Edges{"1>2", "2>3", "3>2"});
}

TEST_CASE("minutes follow the speeds of the profile, cars by class and by a lower limit") {
  auto minutes = [](const std::string& tags, const std::string& profile) {
    auto read_one = read("n1 x0 y0\nn2 x100 y0\nw1 T" + tags + " Nn1,n2\n", profile);
    REQUIRE(read_one.value.streets.edges() == 2);
    return read_one.value.streets.walk_min[0];
  };
  CHECK(minutes("highway=residential", "walk") == Approx(100 / 80.0));
  CHECK(minutes("highway=residential", "ebike") == Approx(100 / 300.0));  // 18 km/h
  CHECK(minutes("highway=primary", "car") == Approx(0.15));               // 40 km/h
  CHECK(minutes("highway=primary_link", "car") == Approx(0.15));
  CHECK(minutes("highway=primary,maxspeed=20", "car") == Approx(0.3));
  CHECK(minutes("highway=primary,maxspeed=120", "car") == Approx(0.15));
  CHECK(minutes("highway=primary,maxspeed=10%20%mph", "car") == Approx(0.3728).epsilon(1e-3));
  // Legs off the streets are walked, whoever travels.
  CHECK(read(kNodes + "w1 Thighway=primary Nn1,n2\n", "car").value.streets.speed_m_per_min == 80);
}

TEST_CASE("a barrier parts a street for whom it stops, and only for those") {
  std::string opl =
      "n1 x1 y0\nn2 x2 y0 Tbarrier=bollard\nn3 x3 y0 Tbarrier=wall\n"
      "n4 x4 y0 Tbarrier=gate,access=private,foot=yes\nn5 x5 y0 Tbarrier=gate\nn6 x6 y0\n"
      "w1 Thighway=residential Nn1,n2,n3,n4,n5,n6\n";
  auto walk = read(opl, "walk");
  CHECK(edges(walk.value.streets) == Edges{"1>3", "3>1", "3>6", "6>3"});
  CHECK(walk.value.counts.barriers == 1);
  CHECK(walk.value.streets.nodes() == 4);  // the wall has two sides
  CHECK(edges(read(opl, "ebike").value.streets) == Edges{"1>3", "3>1", "3>4", "4>3", "4>6", "6>4"});
  CHECK(edges(read(opl, "car").value.streets) ==
        Edges{"1>2", "2>1", "2>3", "3>2", "3>4", "4>3", "4>6", "6>4"});
}

TEST_CASE("a closed gate between two ways keeps them apart") {
  auto read_two = read(
      "n1 x1 y0\nn2 x2 y0 Tbarrier=gate,access=no\nn3 x3 y0\n"
      "w1 Thighway=service Nn1,n2\nw2 Thighway=service Nn2,n3\n",
      "walk");
  CHECK(read_two.value.counts.components == 2);
}

TEST_CASE("squares are walked round, not driven round, and ferries are left to the place") {
  std::string opl = kNodes +
                    "w1 Thighway=pedestrian,area=yes,motorcar=yes Nn1,n3,n6,n1\n"
                    "w2 Thighway=residential Nn1,n2\nw3 Troute=ferry Nn2,n5\n";
  auto walk = read(opl, "walk");
  CHECK(walk.value.streets.edges() == 4);
  CHECK(walk.value.counts.ferries_unused == 1);
  CHECK(read(opl, "car").value.streets.edges() == 2);
}

TEST_CASE("crossing a trunk road counts where the way arrives at it, in both directions") {
  // 1 - 3 - 5 crosses the trunk road 2 - 3 - 6 at node 3.
  auto town = read(
      "n1 x10 y0\nn3 x30 y0\nn5 x50 y0\nn2 x30.1 y-90\nn6 x30.2 y90\n"
      "w1 Thighway=residential Nn1,n3,n5\nw2 Thighway=trunk Nn2,n3,n6\n",
      "walk", 10);
  CHECK(crossings(town.value.streets) == Edges{"100>300 1", "300>100 0", "300>301 0", "300>302 0",
                                               "300>500 0", "301>300 0", "302>300 0", "500>300 1"});
  CHECK(town.value.counts.trunk_crossings == 2);
}

TEST_CASE("the second carriageway of a divided road is the same crossing") {
  // The side street passes node 3 and, 20 m on, node 4.
  auto town = read(
      "n1 x10 y0\nn3 x30 y0\nn4 x32 y0\nn5 x50 y0\nn6 x30 y9\nn7 x32 y9\n"
      "w1 Thighway=residential Nn1,n3,n4,n5\nw2 Thighway=trunk Nn3,n6\n"
      "w3 Thighway=trunk Nn7,n4\n",
      "walk", 10);
  auto found = crossings(town.value.streets);
  auto has = [&](const char* edge) { return std::ranges::count(found, edge) == 1; };
  CHECK(has("100>300 1"));
  CHECK(has("300>320 0"));
  CHECK(has("500>320 1"));
  CHECK(has("320>300 0"));
}

TEST_CASE("railways are crossed at shared nodes and level crossings, not by bridge or tunnel") {
  auto town = read(
      "n1 x0.1 y0\nn2 x10 y0\nn3 x20 y0 Trailway=level_crossing\nn4 x30 y0\n"
      "n5 x40 y0\nn8 x10 y0.9\nn9 x10 y-0.9\n"
      "w1 Thighway=footway Nn1,n2,n4\nw2 Trailway=rail Nn8,n2,n9\n"
      "w3 Thighway=path Nn4,n3,n5\nw4 Trailway=subway Nn5,n8\n"
      "w5 Thighway=footway,bridge=yes Nn5,n1\n",
      "walk", 10);
  CHECK(crossings(town.value.streets) ==
        Edges{"1>300 2", "1>400 4", "300>1 2", "300>400 2", "400>1 4", "400>300 2"});
  CHECK(town.value.counts.rail_crossings == 4);
}

TEST_CASE("an unknown profile is refused with those that there are") {
  CHECK_THROWS_WITH(travel_profile("horse", 80), Catch::Contains("horse"));
  CHECK_THROWS_AS(travel_profile("ferry", 80), Error);
}
