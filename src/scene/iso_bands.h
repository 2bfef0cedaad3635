#pragma once
// Land between levels of a measured surface: values on a square grid become smooth shapes, one for
// each band between neighbouring levels. Internal to scene.

#include <vector>

#include "geo/geometry.h"

namespace doorstep::scene {

/// Values at the corners of squares, row by row from the south-west. Finite.
struct SurfaceGrid {
  Xy origin;  ///< of the first value
  double cell_m = 1.0;
  int columns = 0, rows = 0;
  std::vector<double> values;
  [[nodiscard]] Xy at(int column, int row) const {
    return {origin.x + column * cell_m, origin.y + row * cell_m};
  }
  [[nodiscard]] double value(int column, int row) const {
    return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                  static_cast<std::size_t>(column)];
  }
};

/// Closed outlines of where the surface is at most `level`, the land on their left; the edge of
/// the grid counts as beyond. Positions between values are interpolated.
[[nodiscard]] std::vector<Ring> contour(const SurfaceGrid& grid, double level);
/// The shape between rings that do not cross: inside an odd number of them.
[[nodiscard]] MultiPolygon between(std::vector<Ring> rings);

}  // namespace doorstep::scene
