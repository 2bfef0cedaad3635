#pragma once
// The city that drawing is timed on: catchments, schools, homes and flows as the files of
// the peers' benchmark give them, as a place with one year's result. Its figures are made up.

#include <cstddef>
#include <filesystem>

#include "indicators/indicators.h"
#include "scene/map_content.h"

namespace doorstep::bench {

/// Not to be moved: snapshots point inside.
struct DrawnCity {
  Place place;
  StageYear run;
  StageIndicators indicators;
  scene::MapGeometry geometry;
  double geometry_ms = 0.0;  ///< processor time that the shapes and dots took
  [[nodiscard]] scene::Snapshot snapshot() const { return {&place, &run, &indicators, &geometry}; }
};

/// Reads catch.geojson, schools.json, homes1m.f32 (east and north of 113.10, 23.00 in degrees) and
/// flows100k.f32 (from, to) in `folder`: the first `homes` homes of one pupil each, of which the
/// first `flows` go where the file says and the others to their own catchment's campus.
/// Throws: Error where a file is missing or too short.
void read_drawn_city(const std::filesystem::path& folder, std::size_t homes, std::size_t flows,
                     DrawnCity& city);

}  // namespace doorstep::bench
