#pragma once
// Streets and background lines from an OpenStreetMap extract (.osm.pbf, .osm.opl). Decides which
// ways a traveller may use and where they meet; leaves routing to `network` and drawing to `scene`.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "geo/geometry.h"
#include "place/place.h"

namespace doorstep::io {

/// Who travels: which ways are open, and whether one-ways bind.
struct StreetProfile {
  std::string name;
  /// Values of `highway` that are open unless a tag says otherwise.
  std::vector<std::string> highways;
  /// Tags that open or close a way, the most specific first: foot, access.
  std::vector<std::string> access_keys;
  /// Tags that make a way one-way for this traveller.
  std::vector<std::string> one_way_keys;
  /// Whether roundabouts run one way.
  bool roundabouts_bind = false;
  double speed_m_per_min = 80.0;
};

/// On foot: everything but motorways and what is closed to walkers; steps and paths count, one-ways
/// bind only where the map says that they bind walkers. Units: metres per minute.
[[nodiscard]] StreetProfile walking_profile(double speed_m_per_min);

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
};

struct OsmOptions {
  StreetProfile profile = walking_profile(80.0);
  /// Streets that connect to nothing else and are shorter than this in all are left out, and
  /// counted: doors near them would else be cut off. Units: metres.
  double least_island_m = 1000.0;
  bool with_backdrop = true;
};

struct OsmExtract {
  Streets streets;
  std::vector<Backdrop> backdrop;
  OsmCounts counts;
};

/// Reads an extract. Missing nodes, duplicates and positions off the globe are counted in the
/// findings; a way with a gap is kept on both sides of it.
/// Throws: Error where the file is missing, no OSM file, or damaged.
[[nodiscard]] Loaded<OsmExtract> read_osm(const std::filesystem::path& path,
                                          const OsmOptions& options, const Projection& project);

}  // namespace doorstep::io
