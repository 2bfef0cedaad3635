#pragma once
// Streets and background lines from an OpenStreetMap extract (.osm.pbf, .osm, .osm.bz2, .osm.opl).
// Decides which ways a traveller may use (profile.h says who may) and where they meet; leaves
// routing to `network` and drawing to `scene`.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "geo/geometry.h"
#include "io/osm/profile.h"
#include "place/place.h"

namespace doorstep {
class Crs;
}

namespace doorstep::io {

/// Into the place's own system; a point that cannot be carried over comes back as NaN.
using Projection = std::function<Xy(LonLat)>;

/// What was read, for the report and the tests.
struct OsmCounts {
  std::size_t street_ways = 0;
  std::size_t nodes = 0;
  std::size_t directed_edges = 0;
  double street_km = 0.0;
  std::size_t components = 0;
  /// Nodes of the largest connected part of the streets.
  std::size_t largest_component = 0;
  std::size_t islands_left_out = 0;
  double islands_left_out_km = 0.0;
  std::size_t missing_nodes = 0;
  std::size_t duplicate_ways = 0;
  std::size_t duplicate_nodes = 0;
  std::size_t bad_positions = 0;
  std::size_t closed_to_traveller = 0;
  std::size_t barriers = 0;  ///< nodes that stop the traveller
  std::size_t ferries_unused = 0;
  std::size_t trunk_crossings = 0;  ///< directed edges that cross at grade
  std::size_t rail_crossings = 0;
};

struct OsmOptions {
  StreetProfile profile = walking_profile(80.0);
  /// On foot, for the legs off the streets, whatever the profile. Units: metres per minute.
  double walking_m_per_min = 80.0;
  /// Streets that connect to nothing else and are shorter than this in all are left out, and
  /// counted: doors near them would else be cut off. Units: metres.
  double least_island_m = 1000.0;
  bool with_backdrop = true;
  unsigned threads = 0;  ///< 0: as many as there are cores; results are the same
};

struct OsmExtract {
  Streets streets;
  std::vector<Backdrop> backdrop;
  OsmCounts counts;
};

/// What was read, as findings; also of streets from a line layer.
void report_streets(const std::string& file, const OsmCounts& counts, Diagnostics& findings);

/// Reads an extract. Missing nodes, duplicates and positions off the globe are counted in the
/// findings; a way with a gap is kept on both sides of it.
/// Throws: Error where the file is missing, no OSM file, or damaged.
[[nodiscard]] Loaded<OsmExtract> read_osm(const std::filesystem::path& path,
                                          const OsmOptions& options, const Crs& place_crs);
/// The same for a projection of one's own. Cost: one call for each node.
[[nodiscard]] Loaded<OsmExtract> read_osm(const std::filesystem::path& path,
                                          const OsmOptions& options, const Projection& project);

}  // namespace doorstep::io
