#pragma once
// results.gpkg: campuses, catchments and flows as map layers for any GIS.

#include <filesystem>

#include "io/results/results.h"

namespace doorstep::io {

/// Throws: Error where it cannot be written.
void write_geopackage(const RunReport& report, const std::filesystem::path& path);

}  // namespace doorstep::io
