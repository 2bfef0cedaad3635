#include "io/osm/position_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/progress.h"
#include "geo/crs.h"
#include "network/parallel.h"

namespace doorstep::io {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
/// Units: 1e-7 degrees.
constexpr int32_t kStep = 10000000 / 32;
constexpr double kWorstM = 1e-4;
/// Above this the grid would cost more than it saves: a few points over half the world.
constexpr std::size_t kMostCells = std::size_t{1} << 21;
constexpr std::size_t kBatch = 8192;

enum class Cell : uint8_t { Unused, Smooth, Rough };

int32_t cell_of(int32_t value) {
  // Towards minus infinity, so that all cells are equal.
  return value >= 0 ? value / kStep : -((-value + kStep - 1) / kStep);
}

/// Lagrange's cubic through -1, 0, 1, 2. Pre: 0 <= t <= 1.
std::array<double, 4> weights(double t) {
  return {-t * (t - 1) * (t - 2) / 6, (t + 1) * (t - 1) * (t - 2) / 2, -(t + 1) * t * (t - 2) / 2,
          (t + 1) * t * (t - 1) / 6};
}

class PositionGrid {
 public:
  PositionGrid(std::span<const OsmPosition> positions, const Transformer& to) {
    int32_t west = std::numeric_limits<int32_t>::max();
    int32_t south = west;
    int32_t east = std::numeric_limits<int32_t>::min();
    int32_t north = east;
    for (OsmPosition p : positions) {
      if (!p.on_globe()) continue;
      west = std::min(west, p.lon);
      east = std::max(east, p.lon);
      south = std::min(south, p.lat);
      north = std::max(north, p.lat);
    }
    if (west > east) return;
    first_col_ = cell_of(west);
    first_row_ = cell_of(south);
    cols_ = static_cast<std::size_t>(cell_of(east) - first_col_) + 1;
    std::size_t rows = static_cast<std::size_t>(cell_of(north) - first_row_) + 1;
    if (cols_ * rows > kMostCells) return;
    cells_.assign(cols_ * rows, Cell::Unused);
    for (OsmPosition p : positions) {
      if (p.on_globe()) cells_[index(p)] = Cell::Smooth;
    }
    ask_corners(rows, to);
    check_cells(to);
  }

  /// Whether the grid answers; PROJ must where it does not.
  bool carry(OsmPosition p, Xy& out) const {
    if (cells_.empty()) return false;
    std::size_t cell = index(p);
    if (cells_[cell] != Cell::Smooth) return false;
    std::size_t col = cell % cols_;
    std::size_t row = cell / cols_;
    double x = double(p.lon) - double(first_col_ + int64_t(col)) * kStep;
    double y = double(p.lat) - double(first_row_ + int64_t(row)) * kStep;
    out = between(col, row, x / kStep, y / kStep);
    return true;
  }

 private:
  [[nodiscard]] std::size_t index(OsmPosition p) const {
    return static_cast<std::size_t>(cell_of(p.lat) - first_row_) * cols_ +
           static_cast<std::size_t>(cell_of(p.lon) - first_col_);
  }
  /// Corners reach one cell beyond the cells on each side.
  [[nodiscard]] std::size_t corner(std::size_t col, std::size_t row) const {
    return row * (cols_ + 3) + col;
  }

  [[nodiscard]] Xy between(std::size_t col, std::size_t row, double tx, double ty) const {
    std::array<double, 4> wx = weights(tx);
    std::array<double, 4> wy = weights(ty);
    Xy sum;
    for (std::size_t j = 0; j < 4; ++j) {
      const Xy* at = &corners_[corner(col, row + j)];
      Xy across = (at[0] * wx[0] + at[1] * wx[1]) + (at[2] * wx[2] + at[3] * wx[3]);
      sum = sum + across * wy[j];
    }
    return sum;
  }

  void ask_corners(std::size_t rows, const Transformer& to) {
    corners_.assign((cols_ + 3) * (rows + 3), {kNan, kNan});
    std::vector<char> needed(corners_.size(), 0);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (cells_[c] == Cell::Unused) continue;
      for (std::size_t j = 0; j < 4; ++j) {
        std::size_t from = corner(c % cols_, c / cols_ + j);
        std::fill_n(needed.begin() + static_cast<std::ptrdiff_t>(from), 4, char{1});
      }
    }
    std::vector<Xy> asked;
    for (std::size_t i = 0; i < corners_.size(); ++i) {
      if (needed[i]) asked.push_back(degrees(i % (cols_ + 3), i / (cols_ + 3), -1.0, -1.0));
    }
    to.transform(asked);
    std::size_t next = 0;
    for (std::size_t i = 0; i < corners_.size(); ++i) {
      if (needed[i]) corners_[i] = asked[next++];
    }
  }

  [[nodiscard]] Xy degrees(std::size_t col, std::size_t row, double dx, double dy) const {
    return {(double(first_col_) + double(col) + dx) * kStep / 1e7,
            (double(first_row_) + double(row) + dy) * kStep / 1e7};
  }

  /// The cubic errs most in the middle of a cell.
  void check_cells(const Transformer& to) {
    std::vector<std::size_t> used;
    std::vector<Xy> middle;
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (cells_[c] == Cell::Unused) continue;
      used.push_back(c);
      middle.push_back(degrees(c % cols_, c / cols_, 0.5, 0.5));
    }
    to.transform(middle);
    for (std::size_t i = 0; i < used.size(); ++i) {
      double off = distance_m(between(used[i] % cols_, used[i] / cols_, 0.5, 0.5), middle[i]);
      if (!(off <= kWorstM)) cells_[used[i]] = Cell::Rough;
    }
  }

  int32_t first_col_ = 0;
  int32_t first_row_ = 0;
  std::size_t cols_ = 0;
  std::vector<Cell> cells_;
  std::vector<Xy> corners_;
};

}  // namespace

std::vector<Xy> project_positions(std::span<const OsmPosition> positions, const Crs& to,
                                  unsigned threads) {
  return project_positions(positions, Transformer(Crs("EPSG:4326"), to), threads);
}

std::vector<Xy> project_positions(std::span<const OsmPosition> positions,
                                  const Transformer& transformer, unsigned threads) {
  PositionGrid grid(positions, transformer);
  std::vector<Xy> out(positions.size(), Xy{kNan, kNan});
  std::size_t batches = (positions.size() + kBatch - 1) / kBatch;
  std::vector<std::vector<std::size_t>> left(batches);
  Progress progress;
  in_parallel(batches, threads, "streets", progress, [&](std::size_t b, unsigned) {
    std::size_t end = std::min(positions.size(), (b + 1) * kBatch);
    for (std::size_t i = b * kBatch; i < end; ++i) {
      if (positions[i].on_globe() && !grid.carry(positions[i], out[i])) left[b].push_back(i);
    }
  });
  std::vector<Xy> asked;
  for (const auto& batch : left) {
    for (std::size_t i : batch) {
      LonLat p = positions[i].degrees();
      asked.push_back({p.lon, p.lat});
    }
  }
  transformer.transform(asked);
  std::size_t next = 0;
  for (const auto& batch : left) {
    for (std::size_t i : batch) out[i] = asked[next++];
  }
  return out;
}

}  // namespace doorstep::io
