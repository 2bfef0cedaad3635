#pragma once
// Which layers a file holds, before anything is read of them: for `doorstep new`, and for messages
// that name what there is. Dangerous files are refused here as they are when they are read.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "io/table/encoding.h"

namespace doorstep::io {

enum class LayerKind { Table, Points, Lines, Areas, Mixed, Raster };

/// One layer, sheet, or band of a raster.
struct LayerInfo {
  std::string name;  ///< to be given as `layer`; a band is "band 1"
  LayerKind kind = LayerKind::Table;
  std::optional<std::size_t> rows;  ///< where cheap; of a sheet, title lines and totals included
  std::vector<std::string> fields;  ///< as read_table names its columns
  std::string crs;                  ///< WKT, "" where the file says none
  Encoding encoding;                ///< of its text, and how surely
  std::string driver;               ///< GDAL's, or "OSM"
  std::vector<double> extent;       ///< min x, min y, max x, max y in `crs`, or empty
};

/// What is read of archives at most. Source: assumed; a county's data unpack to less than a tenth.
struct ArchiveLimits {
  std::uint64_t bytes = 2ULL << 30;  ///< unpacked, of all members together
  double ratio = 200.0;              ///< unpacked to packed, asked of 64 MB and more
  std::size_t members = 100'000;
};
/// The limits in force: those above, or what DOORSTEP_ARCHIVE_MB says of the bytes.
[[nodiscard]] ArchiveLimits archive_limits();

/// The layers of a file, a .gdb folder, a .zip of either, a .csv.gz, or "PG:…" (database.h).
/// `shown` names it in messages. A file of which nothing can be read throws; it never lists none.
/// Throws: Error where the file is missing, unreadable, or dangerous.
[[nodiscard]] std::vector<LayerInfo> list_layers(const std::filesystem::path& path,
                                                 const std::string& shown, Diagnostics& findings,
                                                 const std::string& encoding = {});

/// "points", "areas", "table" …
[[nodiscard]] const char* layer_kind_name(LayerKind kind);

}  // namespace doorstep::io
