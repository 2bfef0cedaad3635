#pragma once
// Finding and opening what a file holds, safely: archives within limits, no way out to the network
// or other files, nothing written beside the data. Internal to io/table; GDAL stays in .cpp files.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "io/table/csv.h"
#include "io/table/sheet.h"

class GDALDataset;
class OGRLayer;

namespace doorstep::io {

enum class SourceKind { Csv, Workbook, Map, Raster, Osm };

/// One data set of a file: the file itself, or a member of an archive.
struct SourcePart {
  SourceKind kind = SourceKind::Map;
  std::string path;    ///< as GDAL's file functions read it, perhaps /vsizip/…
  std::string shown;   ///< for messages
  std::string member;  ///< name within an archive without extension, "" where it is the file
  bool alone = true;   ///< the only part of its file
};

/// The data sets of a file, folder (.gdb) or archive. Throws: Error where it is missing, empty,
/// dangerous or holds nothing that is read.
[[nodiscard]] std::vector<SourcePart> parts_of(const std::filesystem::path& path,
                                               const std::string& shown, Diagnostics& findings);

/// A GDAL data set; closes itself.
struct CloseDataset {
  void operator()(GDALDataset* data) const;
};
using OpenDataset = std::unique_ptr<GDALDataset, CloseDataset>;

/// Throws: Error where no driver that is allowed reads it.
[[nodiscard]] OpenDataset open_vector(const SourcePart& part, Diagnostics& findings);
[[nodiscard]] OpenDataset open_raster(const SourcePart& part);
/// Registers GDAL's drivers once, without what writes beside the data.
void prepare_gdal();
/// What GDAL last complained of, in one line.
[[nodiscard]] std::string last_gdal_message();

/// The bytes of a part, as they stream. Throws: Error where it cannot be opened, or, later, where
/// it unpacks beyond the limits.
[[nodiscard]] ByteSource bytes_of_part(const SourcePart& part);
/// The first bytes, up to `most`.
[[nodiscard]] std::string first_bytes(const std::string& path, std::size_t most);
[[nodiscard]] bool is_there(const std::string& path);

/// Merged cells of a sheet of an .xlsx, as its XML lists them; nothing for other workbooks.
[[nodiscard]] std::optional<std::vector<MergedCells>> merged_cells_of(const SourcePart& part,
                                                                      const std::string& sheet);

/// The path without its extension, and the extension in lower case without the dot.
[[nodiscard]] std::string extension_of(const std::string& path);
[[nodiscard]] std::string without_extension(const std::string& path);

/// Silences GDAL while it lives, and forgets its earlier errors.
class QuietGdal {
 public:
  QuietGdal();
  ~QuietGdal();
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;
};

}  // namespace doorstep::io
