#pragma once
// What a place says about itself besides its layers: totals to hold the layers against, the
// counties it lies in, how small a count may be published, and the picture under the map.

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostics.h"
#include "place/ids.h"

namespace doorstep {

/// A total as a report gives it, with its parts. "135 schools: 92 public, 39 private".
struct StatedTotal {
  /// What the place's own layers are counted for; Nothing: only the parts are added up.
  enum class Count { Nothing, Schools, Campuses, Enrolled, Seats, Classes, Children, Homes };
  std::string what;
  Count count = Count::Nothing;
  StageId stage;  ///< of pupils, seats, classes, campuses and schools; invalid: all stages
  std::optional<double> value;
  std::vector<std::pair<std::string, double>> parts;
  double within = 0.0;  ///< share by which figures may differ
  std::string source;
  InputRef at;
};

/// Counts below this are not published. Units: pupils.
struct Privacy {
  double min_count = 10.0;
  std::string source;
};

/// A picture under the map: GeoTIFF, MBTiles or a GeoPackage of tiles, read where it lies.
struct Basemap {
  std::filesystem::path file;
  std::string shown;  ///< as the place names it
  std::string attribution;
  double opacity = 1.0;  ///< (0, 1]
};

}  // namespace doorstep
