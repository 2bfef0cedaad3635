#pragma once
// Carries the positions of an extract into the place's system: PROJ at the corners of a grid of
// 1/32 degree, cubic interpolation between, checked against PROJ in every cell that is used.

#include <span>
#include <vector>

#include "geo/geometry.h"
#include "io/osm/raw.h"

namespace doorstep {
class Crs;
class Transformer;
}  // namespace doorstep

namespace doorstep::io {

/// Positions to coordinates; unknown ones and those off the globe become NaN. In cells where the
/// interpolation errs by more than 0.1 mm, PROJ is asked for each position. The result depends
/// neither on the other positions nor on the number of threads.
/// Cost: 15 ns a position, and one call of PROJ for each cell used. Throws: Error where there is
/// no way into the system.
[[nodiscard]] std::vector<Xy> project_positions(std::span<const OsmPosition> positions,
                                                const Crs& to, unsigned threads);
/// The same by a way from EPSG:4326 that is there already.
[[nodiscard]] std::vector<Xy> project_positions(std::span<const OsmPosition> positions,
                                                const Transformer& transformer, unsigned threads);

}  // namespace doorstep::io
