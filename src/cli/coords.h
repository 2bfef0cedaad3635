#pragma once
// What doorstep coords does besides converting: telling the system of numbers that come without
// one, and reading the points that tie a local grid to a known system.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/csv_rows.h"
#include "geo/control_points.h"
#include "geo/geometry.h"

namespace doorstep::cli {

/// Which cells of a row are its position, from 0.
struct PositionColumns {
  std::size_t x = 0;  ///< east, or longitude
  std::size_t y = 1;
  [[nodiscard]] std::size_t last() const { return x > y ? x : y; }
};
/// As --columns says, "EAST,NORTH" by heading or number. `first`: the first row of the stream.
/// Throws: Error.
[[nodiscard]] PositionColumns columns_asked(const std::string& asked,
                                            const std::vector<CsvCell>& first);
/// By the names of config/fields.toml. Throws: Error where no two of them say it.
[[nodiscard]] PositionColumns columns_by_headings(const std::vector<CsvCell>& header,
                                                  const std::string& where);
/// A row whose two cells hold no number.
[[nodiscard]] bool is_heading(const std::vector<CsvCell>& cells, PositionColumns at);

/// The position in two cells of a row; nothing where they hold no number at all (a header).
/// Throws: Error "SOURCE row N (line L)" where one of them is missing or is no number.
[[nodiscard]] std::optional<Xy> position_in(const std::vector<CsvCell>& cells,
                                            const std::string& where, bool may_be_header,
                                            PositionColumns at = {});
/// "schools.csv row 3 (line 4)"
[[nodiscard]] std::string row_name(const std::string& source, long number, long line);

/// Which systems fit the positions of a stream, as a readable table; from its first 20,000 rows.
/// `near`: "lon,lat" of the place, or "". `columns`: as --columns says, or "". Throws: Error.
[[nodiscard]] std::string guessed_systems(CsvRows& rows, const std::string& near,
                                          const std::string& columns);

/// From a CSV with the columns name, local x, local y, place x, place y. Throws: Error.
[[nodiscard]] std::vector<ControlPoint> read_control_points(const std::string& path);
/// What the fit amounts to, for people: parameters, residuals by point, RMS, worst.
[[nodiscard]] std::string described(const ControlFit& fit, const std::vector<ControlPoint>& points);

}  // namespace doorstep::cli
