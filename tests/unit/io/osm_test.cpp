#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include "base/error.h"
#include "base/file.h"
#include "base/platform.h"
#include "io/osm/streets.h"

using namespace doorstep;
using namespace doorstep::io;

namespace {

/// Degrees as if they were metres, so that a town can be written by hand.
Xy plane(LonLat p) { return {p.lon, p.lat}; }

/// An extract in OPL, one object a line, removed again afterwards.
class Extract {
 public:
  explicit Extract(const std::string& opl)
      : path_(std::filesystem::temp_directory_path() /
              ("doorstep_osm_" + std::to_string(process_id()) + ".osm.opl")) {
    write_file(path_, opl);
  }
  ~Extract() { std::filesystem::remove(path_); }
  Extract(const Extract&) = delete;
  Extract& operator=(const Extract&) = delete;

  [[nodiscard]] Loaded<OsmExtract> read(double least_island_m = 0.0) const {
    OsmOptions options;
    options.least_island_m = least_island_m;
    return read_osm(path_, options, plane);
  }

 private:
  std::filesystem::path path_;
};

/// "from>to length" of every directed edge, nodes named by their x.
std::vector<std::string> edges(const Streets& s) {
  std::vector<std::string> out;
  auto name = [&](uint32_t n) { return std::to_string(std::lround(s.node_at[n].x)); };
  for (uint32_t n = 0; n < s.nodes(); ++n) {
    for (uint32_t e = s.first[n]; e < s.first[n + 1]; ++e) {
      out.push_back(name(n) + ">" + name(s.head[e]) + " " +
                    std::to_string(std::lround(s.length_m[e])));
    }
  }
  std::ranges::sort(out);
  return out;
}

using Edges = std::vector<std::string>;

bool reported(const Diagnostics& findings, const std::string& code, const std::string& text) {
  return std::ranges::any_of(findings.items(), [&](const Diagnostic& d) {
    return d.code == code && d.message.find(text) != std::string::npos;
  });
}

/// Five nodes on a line at x = 1 … 5 and one at (3, 9).
const std::string kNodes = "n1 x1 y0\nn2 x2 y0\nn3 x3 y0\nn4 x4 y0\nn5 x5 y0\nn6 x3 y9\n";

}  // namespace

TEST_CASE("streets are split only where they meet, and keep their length and shape") {
  auto read = Extract(kNodes +
                      "w10 Thighway=residential Nn1,n2,n3,n4,n5\n"
                      "w11 Thighway=footway Nn3,n6\n")
                  .read();
  const Streets& s = read.value.streets;
  CHECK(edges(s) == Edges{"1>3 2", "3>1 2", "3>3 9", "3>3 9", "3>5 2", "5>3 2"});
  CHECK(s.shape.size() == 4);  // n2 and n4, each in both directions
  CHECK(s.walk_min[0] == Approx(2.0 / 80));
  CHECK(read.value.counts.largest_component == 4);
  CHECK(reported(read.findings, "osm.streets", "4 street nodes, 6 edges"));
}

TEST_CASE("walkers may use steps and paths, but no motorway and nothing closed to them") {
  auto read = Extract(kNodes +
                      "w10 Thighway=steps Nn1,n2\n"
                      "w11 Thighway=motorway Nn2,n3\n"
                      "w12 Thighway=residential,foot=no Nn3,n4\n"
                      "w13 Thighway=service,access=private Nn4,n5\n"
                      "w14 Thighway=service,access=private,foot=yes Nn5,n6\n")
                  .read();
  CHECK(edges(read.value.streets) == Edges{"1>2 1", "2>1 1", "3>5 9", "5>3 9"});
  CHECK(read.value.counts.closed_to_traveller == 2);
}

TEST_CASE("one-ways do not bind walkers, unless the map says so") {
  auto read = Extract(kNodes +
                      "w10 Thighway=residential,oneway=yes Nn1,n2\n"
                      "w11 Thighway=footway,oneway:foot=-1 Nn2,n3\n")
                  .read();
  CHECK(edges(read.value.streets) == Edges{"1>2 1", "2>1 1", "3>2 1"});
}

TEST_CASE("one-ways and roundabouts bind a traveller whose profile says so") {
  OsmOptions options;
  options.least_island_m = 0;
  options.profile.one_way_keys = {"oneway"};
  options.profile.roundabouts_bind = true;
  auto path = std::filesystem::temp_directory_path() / "doorstep_round.osm.opl";
  write_file(path, kNodes +
                       "w10 Thighway=residential,oneway=yes Nn1,n2\n"
                       "w11 Thighway=residential,junction=roundabout Nn2,n3,n6,n2\n");
  auto read = read_osm(path, options, plane);
  std::filesystem::remove(path);
  // round from n2 by n3 and n6 back to n2: 1 + 9 + √82 = 19.06
  CHECK(edges(read.value.streets) == Edges{"1>2 1", "2>2 19"});
}

TEST_CASE("missing nodes break a way, duplicates count once, negative ids are ids like others") {
  auto read = Extract(
                  "n-7 x1 y0\nn-6 x2 y0\nn-6 x9 y9\nn300000000001 x4 y0\nn300000000002 x5 y0\n"
                  "w-1 Thighway=residential Nn-7,n-6,n99,n300000000001,n300000000002\n"
                  "w-1 Thighway=residential Nn-7,n300000000001\n"
                  "w2 Thighway=residential Nn-7\n"
                  "w3 Thighway=residential Nn-7,n-7\n"
                  "w4 Thighway=residential\n")
                  .read();
  CHECK(edges(read.value.streets) == Edges{"1>2 1", "2>1 1", "4>5 1", "5>4 1"});
  CHECK(reported(read.findings, "osm.missing_nodes", "1 nodes"));
  CHECK(reported(read.findings, "osm.duplicate_ways", "1 ways"));
  CHECK(reported(read.findings, "osm.duplicate_nodes", "1 nodes"));
}

TEST_CASE("a position outside the projection breaks its way and is counted") {
  Extract extract(kNodes + "w10 Thighway=residential Nn1,n2,n3,n4,n5\n");
  auto path = std::filesystem::temp_directory_path() / "doorstep_off.osm.opl";
  write_file(path, kNodes + "w10 Thighway=residential Nn1,n2,n3,n4,n5\n");
  auto read = read_osm(path, {}, [](LonLat p) {
    return p.lon == 3 ? Xy{std::numeric_limits<double>::quiet_NaN(), 0} : plane(p);
  });
  std::filesystem::remove(path);
  CHECK(read.value.streets.edges() == 4);
  CHECK(reported(read.findings, "osm.bad_positions", "1 nodes"));
}

TEST_CASE("short pieces that connect to nothing are left out and counted") {
  auto read = Extract(kNodes +
                      "w10 Thighway=residential Nn1,n2\n"
                      "w11 Thighway=residential Nn5,n6\n")
                  .read(1000);
  CHECK(edges(read.value.streets) == Edges{"3>5 9", "5>3 9"});  // the longest always stays
  CHECK(read.value.counts.islands_left_out == 1);
  CHECK(reported(read.findings, "osm.islands", "1 pieces"));
}

TEST_CASE("the order of the file does not change the streets") {
  std::string ways = "w10 Thighway=residential Nn1,n2,n3\nw11 Thighway=path Nn3,n6\n";
  std::string turned = "w11 Thighway=path Nn3,n6\nw10 Thighway=residential Nn1,n2,n3\n";
  auto a = Extract(kNodes + ways).read();
  auto b = Extract(turned + "n6 x3 y9\nn3 x3 y0\nn2 x2 y0\nn1 x1 y0\n").read();
  CHECK(a.value.streets.node_at == b.value.streets.node_at);
  CHECK(a.value.streets.head == b.value.streets.head);
  CHECK(a.value.streets.length_m == b.value.streets.length_m);
}

TEST_CASE("water, railways and main roads become background with names in both languages") {
  auto read = Extract(kNodes +
                      "w10 Twaterway=river,name=黄河,name:en=Yellow%20%River Nn1,n2\n"
                      "w11 Trailway=rail Nn2,n3\n"
                      "w12 Trailway=rail,tunnel=yes Nn3,n4\n"
                      "w13 Thighway=primary,name=Ring Nn4,n5\n"
                      "w14 Tnatural=water,name=Lake Nn1,n3,n6,n1\n")
                  .read();
  auto find = [&](Backdrop::Kind kind) {
    auto& all = read.value.backdrop;
    auto found = std::ranges::find(all, kind, &Backdrop::kind);
    REQUIRE(found != all.end());
    return *found;
  };
  CHECK(find(Backdrop::Kind::River).name.zh == "黄河");
  CHECK(find(Backdrop::Kind::River).name.en == "Yellow River");
  CHECK(find(Backdrop::Kind::Rail).lines.size() == 1);
  CHECK(find(Backdrop::Kind::Arterial).name.en == "Ring");
  CHECK(find(Backdrop::Kind::Water).area[0].outer == Ring{{1, 0}, {3, 0}, {3, 9}});
}

TEST_CASE("a lake of several ways closes with its island, and a cut shore stays a line") {
  // outer square 0-9, inner square 3-6, in pieces; a second outer way that does not close
  auto read = Extract(
                  "n1 x0 y0\nn2 x9 y0\nn3 x9 y9\nn4 x0 y9\n"
                  "n5 x3 y3\nn6 x6 y3\nn7 x6 y6\nn8 x20 y0\nn9 x30 y0\n"
                  "w1 Nn1,n2,n3\nw2 Nn1,n4,n3\nw3 Nn5,n6,n7,n5\nw4 Nn8,n9\n"
                  "r1 Ttype=multipolygon,natural=water Mw1@outer,w2@outer,w3@inner,w4@outer,w77@\n")
                  .read();
  REQUIRE(read.value.backdrop.size() == 1);
  const Backdrop& lake = read.value.backdrop[0];
  REQUIRE(lake.area.size() == 1);
  CHECK(lake.area[0].outer.size() == 4);
  REQUIRE(lake.area[0].holes.size() == 1);
  CHECK(lake.area[0].holes[0].size() == 3);
  CHECK(lake.lines == std::vector<Polyline>{{{20, 0}, {30, 0}}});
}

TEST_CASE("a missing or damaged extract is an error that names the file") {
  CHECK_THROWS_AS(read_osm("/nowhere/town.osm.pbf", {}, plane), Error);
  auto path = std::filesystem::temp_directory_path() / "doorstep_damaged.osm.pbf";
  write_file(path, std::string("\0\0\0\x0d\x0a\x09OSMHeader, or not", 24));
  try {
    (void)read_osm(path, {}, plane);
    FAIL("a damaged file was read");
  } catch (const Error& e) {
    CHECK(e.where().find("doorstep_damaged.osm.pbf") != std::string::npos);
  }
  std::filesystem::remove(path);
}
