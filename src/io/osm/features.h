#pragma once
// Schools, kindergartens, residential areas and administrative boundaries of an OpenStreetMap
// extract, by their tags: enough for a first place from one .osm.pbf. Gives what the map says;
// what it means for a place is for `intake` to guess.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "geo/geometry.h"

namespace doorstep::io {

/// An object of the map: 'n' node, 'w' way, 'r' relation, with its number. "w123" in files.
struct OsmRef {
  char kind = 'n';
  int64_t id = 0;
  [[nodiscard]] std::string text() const { return kind + std::to_string(id); }
  bool operator==(const OsmRef&) const = default;
};

/// Names as tagged, "" where not: name, name:zh, name:en.
struct OsmNames {
  std::string local;
  std::string zh;
  std::string en;
};

/// amenity=school or kindergarten. `area` is empty for a node.
struct OsmSchool {
  OsmRef ref;
  bool kindergarten = false;
  OsmNames names;
  std::string operator_name;  ///< operator
  std::string operator_type;  ///< operator:type: public, private, religious …
  std::string isced_level;    ///< isced:level or school:isced: "0", "1;2"
  std::string grades;         ///< grades or min_age-max_age: "1-6", "age 6-12"
  std::optional<int> capacity;
  LonLat position;  ///< of the node, or a point inside the area
  Xy at;            ///< the same in `OsmFeatures::crs`
  MultiPolygon area;
};

/// landuse=residential, or a building people live in.
struct OsmResidential {
  OsmRef ref;
  bool building = false;
  std::string kind;  ///< value of landuse or building: residential, apartments, house …
  OsmNames names;
  double levels = 0.0;  ///< building:levels; 0 where not said
  Xy at;                ///< a point inside
  MultiPolygon area;
};

/// boundary=administrative, assembled from its ways.
struct OsmBoundary {
  OsmRef ref;
  int admin_level = 0;  ///< 0 where not said
  OsmNames names;
  std::string code;  ///< ref or the national code (ref:CN, ref:INE …); "" where none
  MultiPolygon area;
  bool closed = true;  ///< false: cut by the border of the extract; `area` holds what closes
};

/// In the order of kind and number, each once. Coordinates: metres in `crs`.
struct OsmFeatures {
  std::string crs;
  LonLat centre;  ///< of the box of all nodes kept
  std::vector<OsmSchool> schools;
  std::vector<OsmResidential> residential;
  std::vector<OsmBoundary> boundaries;
};

/// Reads what the extract holds of them. `crs` "" chooses suggest_projected(centre).
/// Throws: Error where the file is missing, no OSM file, or damaged.
[[nodiscard]] Loaded<OsmFeatures> read_osm_features(const std::filesystem::path& path,
                                                    const std::string& crs = "");

}  // namespace doorstep::io
