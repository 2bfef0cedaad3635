#pragma once
// results.gpkg: campuses, catchments and flows as map layers for any GIS.

#include <filesystem>

#include "io/results/public_counts.h"
#include "io/results/results.h"

namespace doorstep::io {

/// Throws: Error where it cannot be written.
void write_geopackage(const RunReport& report, const std::filesystem::path& path);
/// The same layers with what `counts` lets through: flows from areas instead of homes, withheld
/// figures null. Shape: counts[year][stage]. Throws: as above.
void write_public_geopackage(const RunReport& report,
                             const std::vector<IdVector<StageId, PublicStage>>& counts,
                             const std::filesystem::path& path);

}  // namespace doorstep::io
