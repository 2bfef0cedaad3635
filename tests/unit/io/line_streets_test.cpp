// Streets from a plain line layer, through a place file as a planner writes it.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/file.h"
#include "base/platform.h"
#include "io/osm/line_net.h"
#include "io/place/streets.h"

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

namespace {

/// A street of the layer below, in metres from (500000, 4140000).
std::string feature(const std::string& fields, const std::string& line) {
  return R"({"type":"Feature","properties":{)" + fields +
         R"(},"geometry":{"type":"LineString","coordinates":)" + line + "}}";
}

/// Two side streets cross a main road, one of them over a bridge; a railway; a one-way lane.
const std::string kRoads =
    R"({"type":"FeatureCollection","features":[)" +
    feature(R"("等级":"支路","车速":15)", "[[500000,4140100],[501000,4140100]]") + "," +
    feature(R"("等级":"支路","桥":"是")", "[[500000,4140300],[501000,4140300]]") + "," +
    feature(R"("等级":"主干路")", "[[500600,4139900],[500600,4140500]]") + "," +
    feature(R"("等级":"铁路")", "[[500300,4139900],[500300,4140500]]") + "," +
    feature(R"("等级":"小巷","单行":"顺")", "[[500000,4140100],[500000,4140300]]") + "," +
    feature(R"("等级":"支路","单行":"歪")", "[[501000,4140100],[501000,4140300]]") + "]}";

struct LayerRead {
  Streets streets;
  Diagnostics findings;
};

LayerRead read_layer_of(const std::string& keys, const std::string& profile) {
  auto folder =
      std::filesystem::temp_directory_path() / ("doorstep_lines_" + std::to_string(process_id()));
  std::filesystem::create_directories(folder);
  write_file(folder / "roads.geojson", kRoads);
  PlaceContext context;
  context.folder = folder;
  context.file = "place.toml";
  context.place.crs = "EPSG:4549";
  toml::table parsed =
      parse_toml("file = \"roads.geojson\"\nlicence = \"CC0-1.0\"\ncrs = \"EPSG:4549\"\n" + keys,
                 "place.toml");
  Section section(parsed, "place.toml", "travel");
  LayerRead out;
  try {
    out.streets = read_line_streets(context, section, travel_profile(profile, 80.0)).streets;
  } catch (...) {
    std::filesystem::remove_all(folder);
    throw;
  }
  std::filesystem::remove_all(folder);
  out.findings = context.findings;
  return out;
}

const std::string kFields =
    "class_field = \"等级\"\noneway_field = \"单行\"\noneway_forward = [\"顺\"]\n"
    "speed_field = \"车速\"\nbridge_field = \"桥\"\n"
    "classes = { \"主干路\" = \"primary\", \"支路\" = \"residential\", \"铁路\" = \"rail\" }\n";

std::vector<std::string> edges_of(const Streets& s) {
  std::vector<std::string> out;
  auto name = [&](uint32_t n) {
    return std::to_string(std::lround(s.node_at[n].x) - 500000) + "," +
           std::to_string(std::lround(s.node_at[n].y) - 4140000);
  };
  for (uint32_t n = 0; n < s.nodes(); ++n) {
    for (uint32_t e = s.first[n]; e < s.first[n + 1]; ++e) {
      out.push_back(name(n) + ">" + name(s.head[e]) + " " + std::to_string(int(s.crossing[e])));
    }
  }
  std::ranges::sort(out);
  return out;
}

bool found(const Diagnostics& findings, const std::string& code, const std::string& text) {
  return std::ranges::any_of(findings.items(), [&](const Diagnostic& d) {
    return d.code == code && d.message.find(text) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("a line layer gives streets by the fields that the place names") {
  LayerRead read = read_layer_of(kFields, "ebike");
  CHECK(edges_of(read.streets) ==
        Texts{"0,100>0,300 0", "0,100>300,100 2", "0,300>1000,300 4", "1000,100>1000,300 0",
              "1000,100>600,100 1", "1000,300>0,300 4", "1000,300>1000,100 0", "300,100>0,100 0",
              "300,100>600,100 1", "600,-100>600,100 0", "600,100>1000,100 0", "600,100>300,100 2",
              "600,100>600,-100 0", "600,100>600,500 0", "600,500>600,100 0"});
  // 300 m at 15 km/h are 1.2 minutes; the main road has no speed and takes the profile's 18 km/h.
  auto edge = [&](double x, double y) {
    for (uint32_t n = 0; n < read.streets.nodes(); ++n) {
      Xy at = read.streets.node_at[n] - Xy{500000, 4140000};
      if (std::abs(at.x - x) < 1 && std::abs(at.y - y) < 1) return read.streets.first[n];
    }
    FAIL("no node there");
    return 0u;
  };
  CHECK(read.streets.walk_min[edge(300, 100)] == Approx(1.2));
  CHECK(read.streets.walk_min[edge(600, -100)] == Approx(200 / 300.0));
  CHECK(found(read.findings, "streets.unknown_class", "小巷"));
  CHECK(found(read.findings, "streets.unknown_oneway", "歪"));
}

TEST_CASE("one-ways of a layer do not bind walkers") {
  auto edges = edges_of(read_layer_of(kFields, "walk").streets);
  CHECK(std::ranges::count(edges, "0,300>0,100 0") == 1);
}

TEST_CASE("a field or class that is not there is refused by name") {
  CHECK_THROWS_AS(read_layer_of("class_field = \"等\"\n", "walk"), Error);
  CHECK_THROWS_AS(read_layer_of("classes = { \"支路\" = \"lane\" }\n", "walk"), Error);
  CHECK_THROWS_AS(read_layer_of("speed_field = \"车速\"\nminutes_field = \"车速\"\n", "walk"),
                  Error);
}
