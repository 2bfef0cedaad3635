#pragma once
// What doorstep coords does besides converting: telling the system of numbers that come without
// one, and reading the points that tie a local grid to a known system.

#include <optional>
#include <string>
#include <vector>

#include "cli/csv_rows.h"
#include "geo/control_points.h"
#include "geo/geometry.h"

namespace doorstep::cli {

/// The position in a row's first two cells; nothing where it holds no number at all (a header).
/// Throws: Error "SOURCE row N (line L)" where one of them is missing or is no number.
[[nodiscard]] std::optional<Xy> position_in(const std::vector<CsvCell>& cells,
                                            const std::string& where, bool may_be_header);
/// "schools.csv row 3 (line 4)"
[[nodiscard]] std::string row_name(const std::string& source, long number, long line);

/// Which systems fit the positions of a stream, as a readable table; from its first 20,000 rows.
/// `near`: "lon,lat" of the place, or "". Throws: Error.
[[nodiscard]] std::string guessed_systems(CsvRows& rows, const std::string& near);

/// From a CSV with the columns name, local x, local y, place x, place y. Throws: Error.
[[nodiscard]] std::vector<ControlPoint> read_control_points(const std::string& path);
/// What the fit amounts to, for people: parameters, residuals by point, RMS, worst.
[[nodiscard]] std::string described(const ControlFit& fit, const std::vector<ControlPoint>& points);

}  // namespace doorstep::cli
