#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "io/table/layers.h"
#include "io/table/source.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kRatioAskedFrom = 64ULL << 20;
constexpr std::size_t kXmlScanned = 1 << 20;

using Names = std::set<std::string>;

std::optional<SourceKind> kind_by_extension(const std::string& extension) {
  static const Names kCsv{"csv", "tsv", "txt", "psv"};
  static const Names kWorkbook{"xlsx", "xlsm", "xls", "ods"};
  static const Names kRaster{"tif", "tiff", "img", "asc", "png", "jpg", "jpeg", "jp2", "mbtiles"};
  static const Names kMap{"shp", "geojson", "json", "geojsonl", "topojson", "gpkg", "kml", "kmz",
                          "gml", "fgb",     "dxf",  "dwg",      "dgn",      "tab",  "mif", "gpx",
                          "dbf", "sqlite",  "db",   "gmt",      "e00",      "jml",  "gdb", "000",
                          "xml", "sxf",     "vct",  "svg",      "mvt"};
  if (kCsv.contains(extension)) return SourceKind::Csv;
  if (kWorkbook.contains(extension)) return SourceKind::Workbook;
  if (kRaster.contains(extension)) return SourceKind::Raster;
  if (kMap.contains(extension)) return SourceKind::Map;
  if (extension == "pbf" || extension == "osm") return SourceKind::Osm;
  return std::nullopt;
}

struct Member {
  std::string name;
  std::uint64_t bytes = 0;
  bool folder = false;
};

std::vector<Member> members_of(const std::string& inside) {
  CPLStringList names(VSIReadDirRecursive(inside.c_str()));
  std::vector<Member> members;
  for (int i = 0; i < names.size(); ++i) {
    Member member{names[i], 0, false};
    VSIStatBufL entry;
    if (VSIStatL((inside + "/" + member.name).c_str(), &entry) == 0) {
      member.bytes = static_cast<std::uint64_t>(entry.st_size);
      member.folder = VSI_ISDIR(entry.st_mode);
    }
    members.push_back(std::move(member));
  }
  return members;
}

/// A workbook, KMZ or zipped shapefile of a few kB may unpack to more than the memory there is.
void refuse_endless(const std::vector<Member>& members, std::uint64_t packed,
                    const std::string& shown) {
  ArchiveLimits limits = archive_limits();
  std::uint64_t bytes = 0;
  for (const Member& member : members) {
    bytes += member.bytes;
    fs::path name(member.name);
    bool climbs = std::ranges::any_of(name, [](const fs::path& part) { return part == ".."; });
    if (name.is_absolute() || climbs)
      throw Error(fmt::format("holds a file outside itself, \"{}\"", member.name), shown,
                  "unpack it and look what it is");
  }
  if (bytes > limits.bytes)
    throw Error(fmt::format("unpacks to {} MB, more than {}", bytes >> 20, limits.bytes >> 20),
                shown, "unpack it, or set DOORSTEP_ARCHIVE_MB");
  double ratio =
      static_cast<double>(bytes) / static_cast<double>(std::max<std::uint64_t>(packed, 1));
  if (bytes > kRatioAskedFrom && ratio > limits.ratio)
    throw Error(
        fmt::format("unpacks to {:.0f} times its size, more than {:.0f}", ratio, limits.ratio),
        shown, "unpack it and look what it is");
  if (members.size() > limits.members)
    throw Error(fmt::format("holds {} files, more than {}", members.size(), limits.members), shown,
                "unpack what is needed");
}

/// Entities may name other files or grow without end; map data need none.
void refuse_entities(const std::string& path, const std::string& shown) {
  std::string text = first_bytes(path, kXmlScanned);
  std::size_t start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string::npos) return;
  if (text.compare(start, 1, "<") != 0 && text.compare(0, 2, "\xFF\xFE") != 0 &&
      text.compare(0, 2, "\xFE\xFF") != 0)
    return;
  std::erase(text, '\0');  // UTF-16
  if (text.find("<!ENTITY") != std::string::npos)
    throw Error("declares XML entities", shown, "map data need none; export it again");
  for (const char* mark :
       {"<OGRVRTDataSource", "<OGRVRTLayer", "<VRTDataset", "<OGRVRTWarpedLayer"})
    if (text.find(mark) != std::string::npos)
      throw Error("is a virtual file, which points to other files", shown,
                  "name the data themselves");
  std::string lower = lower_ascii(std::string_view(text).substr(0, 2000));
  if (lower.find("<html") != std::string::npos || lower.find("<!doctype html") != std::string::npos)
    throw Error("is a web page, whatever its name says", shown,
                "open it in a spreadsheet program and save it as .xlsx");
}

/// The parts of a zip that are data sets: known extensions, .gdb folders, a .dbf without .shp.
std::vector<SourcePart> parts_of_zip(const std::string& inside, const std::vector<Member>& members,
                                     const std::string& shown, Diagnostics& findings) {
  Names shapes;
  std::string archive;
  for (const Member& member : members) {
    std::string extension = extension_of(member.name);
    if (extension == "shp") shapes.insert(without_extension(member.name));
    if (extension == "zip" || extension == "rar" || extension == "7z") archive = member.name;
  }
  std::vector<SourcePart> parts;
  for (const Member& member : members) {
    std::string name = member.name;
    while (!name.empty() && name.back() == '/') name.pop_back();
    std::string extension = extension_of(name);
    bool within_gdb =
        lower_ascii(fs::path(name).parent_path().string()).find(".gdb") != std::string::npos;
    bool hidden = name.find("__MACOSX") != std::string::npos ||
                  fs::path(name).filename().string().starts_with(".");
    if (within_gdb || hidden || (member.folder && extension != "gdb")) continue;
    auto kind = kind_by_extension(extension);
    if (!kind || member.bytes == 0) {
      if (extension != "gdb") continue;
      kind = SourceKind::Map;
    }
    bool sidecar = extension == "dbf" && shapes.contains(without_extension(name));
    if (sidecar || (extension == "xml" && members.size() > 1) ||
        (extension == "txt" && members.size() > 1))
      continue;
    parts.push_back(
        {*kind, inside + "/" + name, shown + "/" + name, fs::path(name).stem().string(), false});
  }
  if (parts.size() == 1) parts[0].alone = true;
  if (!archive.empty()) {
    if (parts.empty())
      throw Error(fmt::format("holds another archive, {}", archive), shown,
                  "unpack it and name the inner file");
    findings.warning("archive-in-archive", fmt::format("\"{}\" inside is not read", archive),
                     {shown, 0, ""}, "unpack it and name it by itself");
  }
  if (parts.empty()) {
    std::string names;
    for (std::size_t i = 0; i < members.size() && i < 5; ++i)
      names += (i ? ", " : "") + members[i].name;
    throw Error("holds no map or table", shown,
                names.empty() ? "it is empty; pack it again" : "it has: " + names);
  }
  return parts;
}

/// What a file is that begins as zips do: a workbook or KMZ by what lies in it, else an archive.
std::vector<SourcePart> parts_of_packed(const std::string& path, const std::string& shown,
                                        std::uint64_t packed, Diagnostics& findings) {
  QuietGdal quiet;
  std::string inside = "/vsizip/{" + path + "}";
  std::vector<Member> members = members_of(inside);
  if (members.empty())
    throw Error("is an archive that holds nothing or is damaged", shown, "pack it again");
  refuse_endless(members, packed, shown);
  std::optional<SourceKind> whole;
  for (const Member& member : members) {
    if (member.name == "xl/workbook.xml" || member.name == "content.xml")
      whole = SourceKind::Workbook;
    if (extension_of(path) == "kmz" || member.name == "doc.kml") whole = SourceKind::Map;
  }
  for (std::size_t i = 0; whole && i < members.size() && i < 200; ++i) {
    std::string extension = extension_of(members[i].name);
    if (extension == "xml" || extension == "kml")
      refuse_entities(inside + "/" + members[i].name, shown);
  }
  if (whole) return {{*whole, path, shown, "", true}};
  std::vector<SourcePart> parts = parts_of_zip(inside, members, shown, findings);
  for (const SourcePart& part : parts)
    if (part.kind == SourceKind::Map && extension_of(part.path) != "gdb")
      refuse_entities(part.path, part.shown);
  return parts;
}

}  // namespace

ArchiveLimits archive_limits() {
  ArchiveLimits limits;
  if (const char* given = std::getenv("DOORSTEP_ARCHIVE_MB")) {
    double mb = 0.0;
    if (parse_number(given, mb) && mb > 0 && mb < 1e9)
      limits.bytes = static_cast<std::uint64_t>(mb * (1 << 20));
  }
  return limits;
}

std::string extension_of(const std::string& path) {
  std::string extension = lower_ascii(fs::path(path).extension().string());
  return extension.empty() ? "" : extension.substr(1);
}

std::string without_extension(const std::string& path) {
  return path.substr(0, path.size() - fs::path(path).extension().string().size());
}

bool is_there(const std::string& path) {
  VSIStatBufL entry;
  return VSIStatL(path.c_str(), &entry) == 0;
}

std::string first_bytes(const std::string& path, std::size_t most) {
  std::string bytes(most, '\0');
  VSILFILE* file = VSIFOpenL(path.c_str(), "rb");
  if (file == nullptr) return "";
  bytes.resize(VSIFReadL(bytes.data(), 1, most, file));
  VSIFCloseL(file);
  return bytes;
}

std::vector<SourcePart> parts_of(const fs::path& path, const std::string& shown,
                                 Diagnostics& findings) {
  prepare_gdal();
  std::string name = path.string();
  if (!fs::exists(path)) throw Error("file not found", shown, "check the path");
  if (fs::is_directory(path)) {
    if (extension_of(name) == "gdb") return {{SourceKind::Map, name, shown, "", true}};
    throw Error("is no file", shown, "name the file itself");
  }
  if (!fs::is_regular_file(path)) throw Error("is no file", shown, "name the file itself");
  if (fs::file_size(path) == 0) throw Error("is empty", shown, "export it again");
  std::string start = first_bytes(name, 4);
  if (start.starts_with("PK")) return parts_of_packed(name, shown, fs::file_size(path), findings);
  std::string extension = extension_of(name);
  if (start.starts_with("\x1F\x8B")) {
    name = "/vsigzip/" + name;
    extension = extension_of(without_extension(path.string()));
    if (extension.empty()) extension = "csv";
  }
  auto kind = kind_by_extension(extension);
  if (kind != SourceKind::Csv && kind != SourceKind::Raster) refuse_entities(name, shown);
  return {{kind.value_or(SourceKind::Map), name, shown, "", true}};
}

ByteSource bytes_of_part(const SourcePart& part) {
  VSILFILE* opened = VSIFOpenL(part.path.c_str(), "rb");
  if (opened == nullptr) throw Error("cannot be read", part.shown, "check its permissions");
  std::shared_ptr<VSILFILE> file(opened, [](VSILFILE* f) { VSIFCloseL(f); });
  bool packed = part.path.starts_with("/vsi");
  std::uint64_t left = packed ? archive_limits().bytes : ~0ULL;
  std::string shown = part.shown;
  return [file, left, shown](char* out, std::size_t room) mutable {
    std::size_t n = VSIFReadL(out, 1, room, file.get());
    if (n > left)
      throw Error(fmt::format("unpacks to more than {} MB", archive_limits().bytes >> 20), shown,
                  "unpack it, or set DOORSTEP_ARCHIVE_MB");
    left -= n;
    return n;
  };
}

}  // namespace doorstep::io
