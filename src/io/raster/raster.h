#pragma once
// A raster as it lies in a file, read block by block: cells of people, or a picture. All of GDAL's
// raster side is in raster.cpp and picture.cpp; what the cells mean is the caller's.

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "geo/geometry.h"

namespace doorstep::io {

/// The grid of a raster: cell (column, row) covers columns and rows from there to the next.
struct RasterGrid {
  int width = 0;
  int height = 0;
  /// x = t[0] + column t[1] + row t[2], y = t[3] + column t[4] + row t[5], of the cell's corner.
  std::array<double, 6> transform{0, 1, 0, 0, 0, -1};
  std::string crs;  ///< of the file, "" where it says none
  /// Units: as the system says.
  [[nodiscard]] Xy centre(int column, int row) const {
    double c = column + 0.5, r = row + 0.5;
    return {transform[0] + c * transform[1] + r * transform[2],
            transform[3] + c * transform[4] + r * transform[5]};
  }
  [[nodiscard]] bool same_cells(const RasterGrid& other) const;
};

/// A window of cells, one number each in rows from the top; NaN where there is no value.
struct RasterBlock {
  int column = 0;
  int row = 0;
  int width = 0;
  int height = 0;
  std::vector<double> values;
  [[nodiscard]] double at(int c, int r) const {
    return values[static_cast<std::size_t>(r) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(c)];
  }
};

class Raster {
 public:
  /// Throws: Error where it is missing, no raster that is read, or larger than can be meant.
  Raster(const std::filesystem::path& path, std::string shown);
  ~Raster();
  Raster(Raster&&) noexcept;

  [[nodiscard]] const RasterGrid& grid() const { return grid_; }
  [[nodiscard]] const std::string& shown() const { return shown_; }
  [[nodiscard]] int bands() const;
  /// By number, from 1: its description, "" where it has none.
  [[nodiscard]] std::string band_name(int band) const;
  /// Reads a window of a band. Throws: Error where the file breaks off.
  void read(int band, RasterBlock& window) const;
  /// Windows that follow the file's own blocks and cover it once, in rows from the top. No window
  /// holds more than 2^22 cells, whatever the size of the file.
  [[nodiscard]] std::vector<RasterBlock> windows() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  RasterGrid grid_;
  std::string shown_;
};

}  // namespace doorstep::io
