#pragma once
// The readers behind for_each_row, one for each kind of source. Internal to io/table.

#include <functional>
#include <string>
#include <vector>

#include "io/table/source.h"
#include "io/table/table.h"

namespace doorstep::io {

/// Takes a row that needs no cleaning, without shape; false stops the reading.
using PlainVisitor = std::function<bool(const TableHead& head, long number, const CellRow& cells)>;

struct ReadTask {
  const TableRequest& request;
  Diagnostics& findings;
  const RowVisitor& visit;
  PlainVisitor visit_plain = {};  ///< of rows that come as they are to be; none: `visit` takes all
};

[[nodiscard]] TableHead read_csv_rows(const SourcePart& part, const ReadTask& task);
/// `sheet`: "" the first.
[[nodiscard]] TableHead read_sheet_rows(const SourcePart& part, const std::string& sheet,
                                        const ReadTask& task);
/// Any vector layer; `layer`: "" the first.
[[nodiscard]] TableHead read_map_rows(const SourcePart& part, const std::string& layer,
                                      const ReadTask& task);
/// A drawing: closed lines are areas, texts name the areas they stand in. `layer`: of the drawing,
/// "" or "entities" all.
[[nodiscard]] TableHead read_drawing_rows(const SourcePart& part, const std::string& layer,
                                          const ReadTask& task);
/// A layer of a PostGIS database, `database` as "PG:…".
[[nodiscard]] TableHead read_database_rows(const std::string& database, const ReadTask& task);

/// The layer of a name, or the first. Throws: Error naming what layers there are.
[[nodiscard]] OGRLayer& layer_of(GDALDataset& data, const std::string& name,
                                 const std::string& shown);
/// Rows of an opened layer; `utf8`: its text surely is.
[[nodiscard]] TableHead visit_features(OGRLayer& layer, const SourcePart& part,
                                       const ReadTask& task);
/// The layer's system as WKT, "" for none.
[[nodiscard]] std::string crs_of(OGRLayer& layer);

/// Throws: Error where the user has not allowed its host, it holds a password, or does not answer.
[[nodiscard]] OpenDataset open_database(const std::string& database);

}  // namespace doorstep::io
