#include "io/table/source.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <array>
#include <atomic>
#include <cctype>
#include <mutex>

#include "base/error.h"
#include "base/text.h"
#include "io/table/table.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

/// Formats that hold what they describe. Any other may follow a name to elsewhere (the network, a
/// database, another file, a schema), so a list of what is allowed is kept rather than of what is
/// not. CSV is read by our own reader.
constexpr std::array kVectorDrivers{
    "GeoJSON",       "GeoJSONSeq",  "ESRIJSON", "TopoJSON",   "GPKG",       "SQLite",
    "FlatGeobuf",    "KML",         "LIBKML",   "GPX",        "DXF",        "CAD",
    "GML",           "OpenFileGDB", "XLSX",     "ODS",        "XLS",        "MapInfo File",
    "DGN",           "S57",         "OGR_GMT",  "JML",        "AVCBin",     "AVCE00",
    "SXF",           "Idrisi",      "EDIGEO",   "SOSI",       "VDV",        "Selafin",
    "Geoconcept",    "TIGER",       "OGR_SDTS", "UK .NTF",    "LVBAG",      "VFK",
    "WAsP",          "GeoRSS",      "SVG",      "Interlis 1", "Interlis 2", "MapML",
    "ESRI Shapefile"};
constexpr std::array kRasterDrivers{"GTiff", "COG",     "AAIGrid", "HFA",         "ENVI",
                                    "EHdr",  "PNG",     "JPEG",    "JP2OpenJPEG", "MBTiles",
                                    "AIG",   "SRTMHGT", "GPKG"};

template <class List>
std::vector<const char*> ended(const List& list) {
  std::vector<const char*> names(list.begin(), list.end());
  names.push_back(nullptr);
  return names;
}

/// The same file under the extension in either case, or "".
std::string beside(const std::string& path, const std::string& extension) {
  std::string upper = extension;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const std::string& name : {extension, upper}) {
    std::string sibling = without_extension(path) + "." + name;
    if (is_there(sibling)) return sibling;
  }
  return "";
}

/// A shapefile without its index is read from a copy in memory, for which GDAL may write one;
/// nothing is written beside the data.
std::string with_restored_index(const std::string& path) {
  static std::atomic<int> copies{0};
  std::string copy =
      fmt::format("/vsimem/doorstep/{}/{}", ++copies, fs::path(path).stem().string());
  for (const char* extension : {"shp", "dbf", "prj", "cpg"}) {
    std::string from = beside(path, extension);
    if (!from.empty() && CPLCopyFile((copy + "." + extension).c_str(), from.c_str()) != 0)
      return "";
  }
  return copy + ".shp";
}

/// Tables of SQLite may be windows onto other files; such a file is refused.
void refuse_virtual_tables(GDALDataset& data, const std::string& shown) {
  std::string driver = data.GetDriver() ? data.GetDriver()->GetDescription() : "";
  if (driver != "SQLite" && driver != "GPKG") return;
  OGRLayer* master = data.ExecuteSQL(
      "SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'", nullptr, nullptr);
  if (master == nullptr) return;
  std::string foreign;
  for (const auto& row : *master) {
    std::string sql = lower_ascii(row->GetFieldAsString(0));
    std::size_t using_at = sql.find(" using ");
    std::string module = using_at == std::string::npos ? sql : trimmed(sql.substr(using_at + 7));
    bool own = module.starts_with("rtree") || module.starts_with("fts") ||
               module.starts_with("virtualspatialindex") ||
               module.starts_with("virtualelementary") || module.starts_with("virtualknn");
    if (!own) foreign = module.substr(0, module.find_first_of("( "));
  }
  data.ReleaseResultSet(master);
  if (!foreign.empty())
    throw Error(fmt::format("has a virtual table ({}), which may point to other files", foreign),
                shown, "export the layers to GeoPackage");
}

/// "B3" or "AA10" as column and record from 0.
bool parse_cell_name(std::string_view name, std::size_t& record, std::size_t& column) {
  std::size_t at = 0;
  column = 0;
  while (at < name.size() && name[at] >= 'A' && name[at] <= 'Z' && at < 4)
    column = column * 26 + static_cast<std::size_t>(name[at++] - 'A' + 1);
  double row = 0.0;
  if (at == 0 || !parse_number(name.substr(at), row) || row < 1 || row > 2e6) return false;
  --column;
  record = static_cast<std::size_t>(row) - 1;
  return true;
}

/// The value of an attribute in an XML element, "" where it has none.
std::string attribute(std::string_view element, const std::string& name) {
  std::size_t at = element.find(" " + name + "=\"");
  if (at == std::string_view::npos) return "";
  at += name.size() + 3;
  std::size_t end = element.find('"', at);
  std::string value(element.substr(at, end == std::string_view::npos ? end : end - at));
  char* text = CPLUnescapeString(value.c_str(), nullptr, CPLES_XML);
  value = text ? text : "";
  CPLFree(text);
  return value;
}

/// Calls `visit` with each element of a name in a text.
template <class Visit>
void for_each_element(const std::string& xml, const std::string& name, Visit&& visit) {
  std::size_t at = 0;
  while ((at = xml.find("<" + name + " ", at)) != std::string::npos) {
    std::size_t end = xml.find('>', at);
    if (end == std::string::npos) return;
    visit(std::string_view(xml).substr(at, end - at));
    at = end;
  }
}

/// The XML file of a sheet in a workbook: its id in workbook.xml, its target in the relations.
std::string sheet_file(const std::string& inside, const std::string& sheet) {
  std::string id;
  for_each_element(first_bytes(inside + "/xl/workbook.xml", 4 << 20), "sheet",
                   [&](std::string_view element) {
                     if (attribute(element, "name") == sheet) id = attribute(element, "r:id");
                   });
  std::string target;
  for_each_element(first_bytes(inside + "/xl/_rels/workbook.xml.rels", 4 << 20), "Relationship",
                   [&](std::string_view element) {
                     if (attribute(element, "Id") == id) target = attribute(element, "Target");
                   });
  if (id.empty() || target.empty()) return "";
  return inside + (target.front() == '/' ? target : "/xl/" + target);
}

}  // namespace

std::string last_gdal_message() {
  std::string text = CPLGetLastErrorMsg();
  for (char& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return text.empty() ? "not a format that can be read" : text;
}

QuietGdal::QuietGdal() {
  CPLPushErrorHandler(CPLQuietErrorHandler);
  CPLErrorReset();
}
QuietGdal::~QuietGdal() { CPLPopErrorHandler(); }

void CloseDataset::operator()(GDALDataset* data) const {
  QuietGdal quiet;
  std::string path = data->GetDescription();
  GDALClose(data);
  if (path.starts_with("/vsimem/doorstep/"))
    VSIRmdirRecursive(fs::path(path).parent_path().c_str());
}

void prepare_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    GDALAllRegister();
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "FALSE");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");       // writes .aux.xml beside the data
    CPLSetConfigOption("GDAL_HTTP_MAX_RETRY", "0");     // nothing should ask, nothing need wait
    CPLSetConfigOption("OGR_XLSX_HEADERS", "DISABLE");  // sheet.h finds the header
    CPLSetConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
    CPLSetConfigOption("OGR_ODS_HEADERS", "DISABLE");
    CPLSetConfigOption("OGR_ODS_FIELD_TYPES", "STRING");
    CPLSetConfigOption("OGR_XLS_HEADERS", "DISABLE");
    CPLSetConfigOption("OGR_XLS_FIELD_TYPES", "STRING");
    CPLSetConfigOption("OGR_SQLITE_ALLOW_EXTERNAL_ACCESS", "NO");
    CPLSetConfigOption("SQLITE_LIST_ALL_TABLES", "NO");
    CPLSetConfigOption("LIBKML_RESOLVE_STYLE", "NO");
  });
}

std::string gdal_version() { return GDALVersionInfo("RELEASE_NAME"); }

OpenDataset open_vector(const SourcePart& part, Diagnostics& findings) {
  prepare_gdal();
  QuietGdal quiet;
  std::string path = part.path;
  std::string extension = extension_of(path);
  bool with_shapes = extension == "shp" || (extension == "dbf" && !beside(path, "shp").empty());
  bool restore = with_shapes && beside(path, "shx").empty();
  if (restore) {
    path = with_restored_index(path);
    if (path.empty()) throw Error("has no .shx beside it", part.shown, "copy all its files");
    findings
        .warning("no-shx", "has no .shx beside it; the index was made anew", {part.shown, 0, ""},
                 "copy the .shx too")
        .done = Done::Repaired;
  }
  CPLStringList options;
  if (extension == "shp" || extension == "dbf" || extension == "shx")
    options.SetNameValue("ENCODING", "");
  if (extension == "gml" || extension == "xml") {
    options.SetNameValue("WRITE_GFS", "NO");
    options.SetNameValue("DOWNLOAD_SCHEMA", "NO");
  }
  CPLConfigOptionSetter restoring("SHAPE_RESTORE_SHX", restore ? "YES" : "NO", false);
  auto drivers = ended(kVectorDrivers);
  OpenDataset data(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                     drivers.data(), options.List(), nullptr));
  if (!data)
    throw Error("cannot be opened: " + last_gdal_message(), part.shown,
                "save it as GeoPackage, GeoJSON or CSV");
  refuse_virtual_tables(*data, part.shown);
  return data;
}

OpenDataset open_raster(const SourcePart& part) {
  prepare_gdal();
  QuietGdal quiet;
  auto drivers = ended(kRasterDrivers);
  OpenDataset data(GDALDataset::Open(part.path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY,
                                     drivers.data(), nullptr, nullptr));
  if (!data)
    throw Error("cannot be opened: " + last_gdal_message(), part.shown, "save it as GeoTIFF");
  return data;
}

std::optional<std::vector<MergedCells>> merged_cells_of(const SourcePart& part,
                                                        const std::string& sheet) {
  if (extension_of(part.path) != "xlsx" && extension_of(part.path) != "xlsm") return std::nullopt;
  QuietGdal quiet;
  std::string file = sheet_file("/vsizip/{" + part.path + "}", sheet);
  if (file.empty()) return std::nullopt;
  SourcePart xml{SourceKind::Map, file, part.shown, "", true};
  if (!is_there(file)) return std::nullopt;
  ByteSource read = bytes_of_part(xml);
  std::vector<MergedCells> merged;
  std::string window;
  std::string chunk(1 << 16, '\0');
  // The list stands at the end, after all rows: look through the file a chunk at a time.
  while (std::size_t n = read(chunk.data(), chunk.size())) {
    window.append(chunk, 0, n);
    for_each_element(window, "mergeCell", [&](std::string_view element) {
      std::string range = attribute(element, "ref");
      std::size_t colon = range.find(':');
      MergedCells m;
      if (colon != std::string::npos &&
          parse_cell_name(std::string_view(range).substr(0, colon), m.top, m.left) &&
          parse_cell_name(std::string_view(range).substr(colon + 1), m.bottom, m.right))
        merged.push_back(m);
    });
    std::size_t last = window.rfind("<mergeCell ");
    bool open = last != std::string::npos && window.find('>', last) == std::string::npos;
    window.erase(0, open ? last : window.size() - std::min<std::size_t>(window.size(), 10));
  }
  return merged;
}

}  // namespace doorstep::io
