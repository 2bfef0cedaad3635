#pragma once
// A table or map layer as it stands in a file: text cells and, where there are any, shapes in the
// place's coordinates. What the fields mean is the caller's; what layers a file has, layers.h says.

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.h"
#include "geo/datum.h"
#include "geo/geometry.h"
#include "io/table/cells.h"

namespace doorstep {
class PlaneFit;
class Transformer;
}  // namespace doorstep

namespace doorstep::io {

/// The geometry of one row: points, lines or areas, whichever it holds.
struct Shape {
  std::vector<Xy> points;
  std::vector<Polyline> lines;
  MultiPolygon areas;
  [[nodiscard]] bool empty() const { return points.empty() && lines.empty() && areas.empty(); }
};

struct Table {
  std::string file;  ///< as the place names it, for messages
  std::vector<std::string> columns;
  Cells cells;
  std::vector<Shape> shapes;  ///< same length as cells, or empty where the file has no geometry
  std::vector<long> row_of;   ///< the row's number in the file, from 1
  std::string crs;            ///< of the file, "" where it says none

  [[nodiscard]] std::size_t rows() const { return cells.size(); }
  /// Column index. Throws: Error naming the field, its file, and the nearest field there is.
  [[nodiscard]] std::size_t column(const std::string& field, const std::string& key) const;
  [[nodiscard]] bool has(const std::string& field) const;
  /// Adds columns behind the others. Pre: `more` has a row of them for each row.
  void add_columns(const std::vector<std::string>& names, const Cells& more);
  /// Keeps the rows for which `keep` holds, with their numbers in the file.
  void keep_rows(const std::vector<bool>& keep);
  [[nodiscard]] InputRef at(std::size_t row, const std::string& field = {}) const {
    return {file, row < row_of.size() ? row_of[row] : 0, field};
  }
};

/// How to read a layer.
struct TableRequest {
  std::filesystem::path path;
  std::string shown;            ///< name for messages
  std::string layer;            ///< as list_layers names it; "" the first
  std::string crs;              ///< overrides the file's own; "" the file's
  std::string datum = "wgs84";  ///< wgs84 | gcj02 | bd09 | bd09mc
  std::string to_crs;           ///< the place's projected system; "" coordinates stay as they are
  std::string encoding;         ///< of the text, as iconv names it; "" as the file says or detected
  std::shared_ptr<const PlaneFit> grid;  ///< of a local grid, instead of crs and datum; or null
  bool swap_axes = false;                ///< the file holds north before east (`axes = "yx"`)
  bool may_lack_shapes = false;          ///< rows without geometry are meant so, and are no finding
  bool keep_totals = false;              ///< rows such as 合计 are data too (`totals = "keep"`)
};

/// What a layer is, before its rows.
struct TableHead {
  std::string file;  ///< as the request shows it
  std::vector<std::string> columns;
  std::string crs;          ///< of the file, "" where it says none
  bool has_shapes = false;  ///< rows may carry a shape
};

/// One row on its way past. `number` counts data rows from 1, under the header.
struct TableRow {
  long number = 0;
  std::vector<std::string> cells;  ///< as many as the head has columns
  Shape shape;
};

/// Takes a row, which it may empty; false stops the reading.
using RowVisitor = std::function<bool(const TableHead& head, TableRow& row)>;

/// Reads a layer row by row without holding it: text is UTF-8, title lines and totals are left out,
/// shapes are linear, valid and in the place's system. Each such step is said in `findings`.
/// Drivers that follow names to elsewhere (network, virtual files) are not used.
/// Throws: Error where the file is missing, unreadable, dangerous, or its system is unknown.
/// Cost: memory of one row for CSV and most map formats; workbooks are held whole by GDAL.
TableHead for_each_row(const TableRequest& request, Diagnostics& findings, const RowVisitor& visit);

/// Reads the whole layer. Throws: as for_each_row.
[[nodiscard]] Table read_table(const TableRequest& request, Diagnostics& findings);

/// Brings points from a layer's system and datum to the place's. Units: as the systems say.
class PointMover {
 public:
  /// `from`, `to`: as PROJ reads them. Throws: Error at `where` for an unknown system or datum.
  PointMover(const std::string& from, const std::string& datum, const std::string& to,
             const std::string& where);
  /// From a local city grid, by its control points.
  explicit PointMover(std::shared_ptr<const PlaneFit> grid) : grid_(std::move(grid)) {}
  /// Not finite where the point lies outside what the systems cover.
  [[nodiscard]] Xy operator()(Xy p) const;
  /// Many in place.
  void operator()(std::span<Xy> points) const;

 private:
  Shift shift_ = Shift::None;
  bool from_baidu_plane_ = false;
  std::shared_ptr<const PlaneFit> grid_;
  std::shared_ptr<Transformer> to_degrees_;
  std::shared_ptr<Transformer> to_place_;
};

/// Whether a cell means "missing": "", NA, N/A, NULL, –, —, …
[[nodiscard]] bool is_missing(std::string_view cell);

/// Whether `file` names a database, "PG:host=… dbname=… user=…", of which `layer` is a table. Its
/// host must be one of DOORSTEP_DATABASE_HOSTS, and it may hold no password.
[[nodiscard]] bool is_database(const std::string& file);

/// "3.6.2", for provenance.
[[nodiscard]] std::string gdal_version();

}  // namespace doorstep::io
