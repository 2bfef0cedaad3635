// On real extracts, found by DOORSTEP_TEST_DATA; skipped, saying so, where it is not set.

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>

#include "base/platform.h"
#include "geo/crs.h"
#include "io/osm/raw.h"
#include "io/osm/streets.h"
#include "osm_files.h"

using namespace doorstep;

using test::real_extract;

TEST_CASE("real extracts give one large connected network of plausible length") {
  struct Expected {
    const char* file;
    const char* crs;
    double km_low;
    double km_high;
    double least_share;  // of the nodes in the largest part; Andorra's extract is an old, thin one
  };
  auto expected = GENERATE(Expected{"liechtenstein-latest.osm.pbf", "EPSG:2056", 900, 1400, 0.95},
                           Expected{"andorra.osm.pbf", "EPSG:25831", 600, 1100, 0.8},
                           Expected{"porto.osm.pbf", "EPSG:3763", 8000, 12000, 0.98},
                           Expected{"poa_osm.pbf", "EPSG:31982", 1400, 2200, 0.98});
  auto path = real_extract(expected.file);
  if (path.empty()) return;
  auto extract = io::read_osm(path, {}, Crs(expected.crs));
  const io::OsmCounts& c = extract.value.counts;
  CHECK(c.street_km > expected.km_low);
  CHECK(c.street_km < expected.km_high);
  CHECK(c.largest_component > expected.least_share * static_cast<double>(c.nodes));
  CHECK(c.bad_positions == 0);
  const Streets& s = extract.value.streets;
  double shortest_excess = 0.0;
  for (uint32_t n = 0; n < s.nodes(); ++n) {
    for (uint32_t e = s.first[n]; e < s.first[n + 1]; ++e) {
      double straight = distance_m(s.node_at[n], s.node_at[s.head[e]]);
      shortest_excess = std::min(shortest_excess, s.length_m[e] - straight);
    }
  }
  CHECK(shortest_excess > -0.01);  // no street is shorter than the straight line between its ends
  CHECK_FALSE(extract.value.backdrop.empty());
}

TEST_CASE("streets of a real extract are the same on one, two and five threads") {
  auto path = real_extract("liechtenstein-latest.osm.pbf");
  if (path.empty()) return;
  io::OsmOptions options;
  options.threads = 1;
  Streets one = io::read_osm(path, options, Crs("EPSG:2056")).value.streets;
  for (unsigned threads : {2u, 5u}) {
    options.threads = threads;
    Streets other = io::read_osm(path, options, Crs("EPSG:2056")).value.streets;
    CHECK((one.node_at == other.node_at && one.first == other.first && one.head == other.head));
    CHECK((one.length_m == other.length_m && one.walk_min == other.walk_min));
    CHECK((one.crossing == other.crossing && one.shape == other.shape));
  }
}

TEST_CASE("the time from Porto's extract to its graph, with libosmium's reader beside it",
          "[.time]") {
  auto path = real_extract("porto.osm.pbf");
  if (path.empty()) return;
  using Clock = std::chrono::steady_clock;
  auto since = [](Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  };
  std::vector<double> ours;
  std::vector<double> peer;
  for (int i = 0; i < 9; ++i) {
    io::OsmOptions options;
    options.with_backdrop = false;
    options.threads = 2;
    auto begin = Clock::now();
    auto extract = io::read_osm(path, options, Crs("EPSG:3763"));
    ours.push_back(since(begin));
    begin = Clock::now();
    io::OsmCounts counts;
    auto raw = io::read_osm_by_libosmium(path, {{true, false, false}, 0}, counts);
    peer.push_back(since(begin));
    CHECK(extract.value.streets.nodes() > 60000);
  }
  std::ranges::sort(ours);
  std::ranges::sort(peer);
  WARN("file to graph " << ours[4] << " ms (best " << ours[0] << "); libosmium's reading alone "
                        << peer[4] << " ms (best " << peer[0] << "); peak memory "
                        << peak_memory_bytes() / (1 << 20) << " MiB");
}
