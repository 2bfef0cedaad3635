#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/coords.h"
#include "geo/crs_guess.h"

namespace doorstep::cli {

namespace {

constexpr const char* kTwoNumbers =
    "write decimal degrees or metres in the first two columns, lon,lat or x,y, or say which "
    "columns "
    "with --columns";

double number_in(const CsvCell& cell, const std::string& where) {
  double value = 0.0;
  if (parse_number(cell.text, value)) return value;
  std::string shown = cell.text.size() > 40 ? cell.text.substr(0, 40) + "…" : cell.text;
  if (shown.empty()) throw Error("has no position", where, "fill it in or take the row out");
  throw Error(fmt::format("\"{}\" is not a number", shown), where, kTwoNumbers);
}

constexpr std::size_t kEveryCell = 1000000;

bool is_number(const CsvCell& cell) {
  double value = 0.0;
  return parse_number(cell.text, value);
}

LonLat place_from(const std::string& near) {
  std::size_t comma = near.find(',');
  LonLat p;
  if (comma == std::string::npos || !parse_number(trimmed(near.substr(0, comma)), p.lon) ||
      !parse_number(trimmed(near.substr(comma + 1)), p.lat) || std::abs(p.lat) > 90.0)
    throw Error(fmt::format("\"{}\" is no position", near), "--near",
                "write longitude,latitude in degrees, e.g. --near 118.02,37.38");
  return p;
}

}  // namespace

std::string row_name(const std::string& source, long number, long line) {
  return fmt::format("{} row {} (line {})", source, number, line);
}

std::optional<Xy> position_in(const std::vector<CsvCell>& cells, const std::string& where,
                              bool may_be_header, PositionColumns at) {
  // A header is not numeric; a row of which one cell is a number is a row with a mistake.
  if (may_be_header && is_heading(cells, at)) return std::nullopt;
  if (cells.size() <= at.last() && at.last() == 1)
    throw Error("has only one column", where, "the first two columns are to be lon,lat or x,y");
  if (cells.size() <= at.last())
    throw Error(fmt::format("has fewer than {} columns", at.last() + 1), where,
                "fill it in or take the row out");
  const double x = number_in(cells[at.x], where);
  return Xy{x, number_in(cells[at.y], where)};
}

std::string guessed_systems(CsvRows& rows, const std::string& near, const std::string& columns) {
  constexpr long kMostRows = 20000;
  std::optional<LonLat> place;
  if (!near.empty()) place = place_from(near);
  std::vector<Xy> sample;
  CsvRow row;
  PositionColumns at;
  long number = 0;
  for (bool first = true; number < kMostRows && rows.next(row); first = false) {
    std::vector<CsvCell> cells = rows.cells(row, first ? kEveryCell : at.last() + 1);
    if (cells.size() == 1 && cells[0].text.empty()) continue;
    if (first && !columns.empty()) at = columns_asked(columns, cells);
    auto p = position_in(cells, row_name(rows.source(), number + 1, row.line), first, at);
    if (!p) continue;
    ++number;
    sample.push_back(*p);
  }
  CrsGuess guess = guess_crs(sample, place);
  TextTable table({"system", "belief", "axes", "middle lon,lat", "also"});
  std::string reasons;
  for (const CrsCandidate& c : guess.candidates) {
    std::string also;
    for (const std::string& other : c.alike) also += (also.empty() ? "" : " ") + other;
    table.row({c.system, percent(c.confidence), c.swapped ? "swapped" : "as they are",
               fmt::format("{:.3f},{:.3f}", c.centre.lon, c.centre.lat), also});
    reasons += fmt::format("{}: {}\n", c.system, c.reason);
  }
  std::string head = guess.candidates.empty() ? "" : table.text() + "\n" + reasons + "\n";
  return head + fmt::format("{} positions looked at: {}\n", sample.size(), guess.confirm);
}

std::vector<ControlPoint> read_control_points(const std::string& path) {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                       &std::fclose);
  if (!file) throw Error("cannot be opened", path, "check the name of the control points");
  CsvRows rows(file.get(), path);
  std::vector<ControlPoint> points;
  CsvRow row;
  for (bool first = true; rows.next(row); first = false) {
    std::vector<CsvCell> cells = rows.cells(row, 5);
    if (cells.size() == 1 && cells[0].text.empty()) continue;
    std::string where = row_name(path, static_cast<long>(points.size()) + 1, row.line);
    if (cells.size() < 5)
      throw Error("has fewer than five columns", where,
                  "write name, local x, local y, known x, known y");
    if (first && !is_number(cells[1]) && !is_number(cells[3])) continue;
    points.push_back({cells[0].text,
                      {number_in(cells[1], where), number_in(cells[2], where)},
                      {number_in(cells[3], where), number_in(cells[4], where)}});
  }
  return points;
}

std::string described(const ControlFit& fit, const std::vector<ControlPoint>& points) {
  TextTable table({"point", "east off m", "north off m"});
  for (std::size_t i = 0; i < points.size(); ++i)
    table.row({points[i].name, fmt::format("{:+.3f}", fit.residual_m[i].x),
               fmt::format("{:+.3f}", fit.residual_m[i].y)});
  return fmt::format(
      "{}{} fit of {} points: scale {:.7f}, turned by {:.5f}°, RMS {:.3f} m, worst {:.3f} m ({})\n",
      table.text(), fit.kind == FitKind::Affine ? "affine" : "similarity", points.size(),
      fit.fit.scale(), fit.fit.rotation_deg(), fit.rms_m, fit.worst_m, points[fit.worst].name);
}

}  // namespace doorstep::cli
