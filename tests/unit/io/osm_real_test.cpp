// On real extracts, found by DOORSTEP_TEST_DATA; skipped, saying so, where it is not set.

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

#include "geo/crs.h"
#include "io/osm/streets.h"

using namespace doorstep;

namespace {

std::filesystem::path real_extract(const char* name) {
  const char* root = std::getenv("DOORSTEP_TEST_DATA");
  std::filesystem::path path = std::filesystem::path(root ? root : "") / "osm" / name;
  if (root != nullptr && std::filesystem::exists(path)) return path;
  WARN("skipped: set DOORSTEP_TEST_DATA to a folder with osm/" << name);
  return {};
}

Loaded<io::OsmExtract> read(const std::filesystem::path& path, const char* crs) {
  Transformer transformer(Crs("EPSG:4326"), Crs(crs));
  return io::read_osm(path, {}, [&](LonLat p) { return transformer.to_xy(p); });
}

}  // namespace

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
  auto extract = read(path, expected.crs);
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
