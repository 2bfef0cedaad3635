#include "io/table/table.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <mutex>
#include <set>
#include <span>

#include "base/error.h"
#include "base/text.h"
#include "geo/crs.h"

namespace doorstep::io {
namespace {

/// Formats that hold what they describe. Any other may follow a name to elsewhere (the network, a
/// database, another file, a schema), so a list of what is allowed is kept rather than of what is
/// not.
constexpr std::array kFormats{
    "CSV",  "GeoJSON", "GeoJSONSeq",  "TopoJSON",   "GPKG", "ESRI Shapefile",
    "XLSX", "ODS",     "XLS",         "FlatGeobuf", "KML",  "LIBKML",
    "GPX",  "DXF",     "MapInfo File"};

std::string last_gdal_message() {
  std::string text = CPLGetLastErrorMsg();
  return text.empty() ? "not a format that can be read" : text;
}

std::vector<const char*> allowed_drivers() {
  std::vector<const char*> names(kFormats.begin(), kFormats.end());
  names.push_back(nullptr);
  return names;
}

void prepare_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    GDALAllRegister();
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "FALSE");
    CPLSetConfigOption("OGR_CSV_STRICT", "YES");
  });
}

/// A workbook, KMZ or zipped shapefile of a few kB may unpack to more than the memory there is.
void refuse_endless_archive(const TableRequest& request) {
  constexpr vsi_l_offset kMostBytes = 512ULL << 20;
  std::ifstream in(request.path, std::ios::binary);
  if (in.get() != 'P' || in.get() != 'K') return;
  std::string inside = "/vsizip/{" + request.path.string() + "}";
  CPLStringList names(VSIReadDirRecursive(inside.c_str()));
  vsi_l_offset bytes = 0;
  for (int i = 0; i < names.size(); ++i) {
    VSIStatBufL entry;
    if (VSIStatL((inside + "/" + names[i]).c_str(), &entry) == 0)
      bytes += static_cast<vsi_l_offset>(entry.st_size);
  }
  if (bytes > kMostBytes)
    throw Error(fmt::format("unpacks to {} MB, more than {}", bytes >> 20, kMostBytes >> 20),
                request.shown, "save it as CSV or GeoPackage");
}

Ring ring_of(const OGRLinearRing& line) {
  Ring ring;
  for (int i = 0; i < line.getNumPoints(); ++i) ring.push_back({line.getX(i), line.getY(i)});
  if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  return ring;
}

/// Adds what a geometry holds to a shape; curves are made linear first by the caller.
void collect(const OGRGeometry& geometry, Shape& out) {
  switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPoint: {
      const OGRPoint* p = geometry.toPoint();
      if (!p->IsEmpty()) out.points.push_back({p->getX(), p->getY()});
      return;
    }
    case wkbLineString: {
      const OGRLineString* line = geometry.toLineString();
      Polyline points;
      for (int i = 0; i < line->getNumPoints(); ++i)
        points.push_back({line->getX(i), line->getY(i)});
      if (points.size() > 1) out.lines.push_back(std::move(points));
      return;
    }
    case wkbTriangle:
    case wkbPolygon: {
      const OGRPolygon* polygon = geometry.toPolygon();
      if (polygon->getExteriorRing() == nullptr) return;
      Polygon p{ring_of(*polygon->getExteriorRing()), {}};
      for (int i = 0; i < polygon->getNumInteriorRings(); ++i)
        p.holes.push_back(ring_of(*polygon->getInteriorRing(i)));
      if (p.outer.size() > 2) out.areas.push_back(std::move(p));
      return;
    }
    default:
      break;
  }
  if (OGR_GT_IsSubClassOf(wkbFlatten(geometry.getGeometryType()), wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) collect(*part, out);
  } else if (OGR_GT_IsSubClassOf(wkbFlatten(geometry.getGeometryType()), wkbPolyhedralSurface)) {
    for (const OGRPolygon* part : *geometry.toPolyhedralSurface()) collect(*part, out);
  }
}

Shape shape_of(const OGRGeometry* geometry) {
  Shape shape;
  if (geometry == nullptr || geometry->IsEmpty()) return shape;
  if (geometry->hasCurveGeometry()) {
    std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
    collect(*linear, shape);
  } else {
    collect(*geometry, shape);
  }
  return shape;
}

/// Whether a text, valid as UTF-8, holds two-byte letters (Cyrillic, Greek, accents) and no longer
/// ones: so GBK reads too, 小学 as "Сѧ".
bool could_be_gbk(const std::string& text) {
  bool two_bytes = false;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE0) return false;
    two_bytes |= byte >= 0x80;
  }
  return two_bytes;
}

/// Cells must be UTF-8; what is not is read as GB18030, the usual other one, and said so. Beside
/// such cells those that could be either are taken for GB18030 too.
void ensure_utf8(Table& table, Diagnostics& findings) {
  auto every_cell = [&](auto&& visit) {
    for (std::string& name : table.columns) visit(name, InputRef{table.file, 0, "header"});
    for (std::size_t r = 0; r < table.rows(); ++r)
      for (std::size_t c = 0; c < table.columns.size(); ++c)
        visit(table.cells[r][c], table.at(r, table.columns[c]));
  };
  auto is_broken = [](const std::string& text) { return !is_valid_utf8(text); };
  bool mixed = std::ranges::any_of(table.columns, is_broken) ||
               std::ranges::any_of(table.cells, [&](const std::vector<std::string>& row) {
                 return std::ranges::any_of(row, is_broken);
               });
  if (!mixed) return;
  std::size_t recoded = 0;
  InputRef first;
  every_cell([&](std::string& text, const InputRef& at) {
    if (is_valid_utf8(text) && !could_be_gbk(text)) return;
    char* utf8 = CPLRecode(text.c_str(), "GB18030", CPL_ENC_UTF8);
    std::string converted = utf8 ? utf8 : "";
    CPLFree(utf8);
    if (!is_valid_utf8(converted))
      throw Error("text is neither UTF-8 nor GB18030", at.text(), "save the file as UTF-8");
    text = converted;
    if (recoded++ == 0) first = at;
  });
  findings.warning("encoding",
                   fmt::format("{} cells are not UTF-8 and were read as GB18030", recoded), first,
                   "check the names, or save the file as UTF-8");
}

/// Applies `move` to every coordinate of a shape.
template <class Move>
void move_shape(Shape& shape, Move&& move) {
  for (Xy& p : shape.points) p = move(p);
  for (Polyline& line : shape.lines)
    for (Xy& p : line) p = move(p);
  for (Polygon& polygon : shape.areas) {
    for (Xy& p : polygon.outer) p = move(p);
    for (Ring& hole : polygon.holes)
      for (Xy& p : hole) p = move(p);
  }
}

void bring_to_place(Table& table, const TableRequest& request) {
  if (table.shapes.empty()) return;
  std::string from = !request.crs.empty() ? request.crs : table.crs;
  if (from.empty()) from = request.to_crs;
  PointMover move(from, request.datum, request.to_crs, table.file);
  for (std::size_t r = 0; r < table.shapes.size(); ++r) {
    move_shape(table.shapes[r], [&](Xy p) {
      Xy moved = move(p);
      if (!std::isfinite(moved.x) || !std::isfinite(moved.y))
        throw Error(
            fmt::format("position {}, {} cannot be brought to {}", p.x, p.y, request.to_crs),
            table.at(r).text(), "give the layer's own crs in place.toml");
      return moved;
    });
  }
}

}  // namespace

bool is_missing(const std::string& cell) {
  static const std::set<std::string> kMissing{"", "NA", "N/A", "NULL", "null", "–", "—", "-"};
  return kMissing.count(cell) > 0;
}

std::string gdal_version() { return GDALVersionInfo("RELEASE_NAME"); }

std::size_t Table::column(const std::string& field, const std::string& key) const {
  auto found = std::ranges::find(columns, field);
  if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  std::string near = closest(field, columns);
  std::string hint = near.empty() ? "it has: " : "did you mean \"" + near + "\"? It has: ";
  for (std::size_t i = 0; i < columns.size() && i < 12; ++i) hint += (i ? ", " : "") + columns[i];
  throw Error(fmt::format("no field \"{}\", which place.toml names for {}", field, key), file,
              hint);
}

bool Table::has(const std::string& field) const {
  return std::ranges::find(columns, field) != columns.end();
}

void Table::keep_rows(const std::vector<bool>& keep) {
  std::size_t kept = 0;
  for (std::size_t r = 0; r < rows(); ++r) {
    if (!keep[r]) continue;
    if (kept != r) {
      cells[kept] = std::move(cells[r]);
      row_of[kept] = row_of[r];
      if (!shapes.empty()) shapes[kept] = std::move(shapes[r]);
    }
    ++kept;
  }
  cells.resize(kept);
  row_of.resize(kept);
  if (!shapes.empty()) shapes.resize(kept);
}

PointMover::PointMover(const std::string& from, const std::string& datum, const std::string& to,
                       const std::string& where) {
  if (datum != "wgs84" && datum != "gcj02" && datum != "bd09")
    throw Error(fmt::format("unknown datum \"{}\"", datum), where, "use wgs84, gcj02 or bd09");
  shift_ = datum == "gcj02" ? Shift::Gcj02 : datum == "bd09" ? Shift::Bd09 : Shift::None;
  try {
    // A shifted datum is only defined on degrees, so such a layer goes through WGS84.
    if (shift_ != Shift::None) {
      to_degrees_ = std::make_shared<Transformer>(Crs(from), Crs("EPSG:4326"));
      to_place_ = std::make_shared<Transformer>(Crs("EPSG:4326"), Crs(to));
    } else if (from != to) {
      to_place_ = std::make_shared<Transformer>(Crs(from), Crs(to));
    }
  } catch (const Error& e) {
    throw Error(e.what(), where, e.hint());
  }
}

Xy PointMover::operator()(Xy p) const {
  auto carry = [](const Transformer& way, Xy point) {
    way.transform(std::span(&point, 1));
    return point;
  };
  if (to_degrees_) {
    Xy degrees = carry(*to_degrees_, p);
    LonLat wgs = unshifted({degrees.x, degrees.y}, shift_);
    p = {wgs.lon, wgs.lat};
  }
  return to_place_ ? carry(*to_place_, p) : p;
}

Table read_table(const TableRequest& request, Diagnostics& findings) {
  prepare_gdal();
  if (!std::filesystem::exists(request.path))
    throw Error("file not found", request.shown, "check the path");
  if (!std::filesystem::is_regular_file(request.path))
    throw Error("is no file", request.shown, "name the file itself");
  if (std::filesystem::file_size(request.path) == 0)
    throw Error("is empty", request.shown, "export it again");
  refuse_endless_archive(request);
  CPLPushErrorHandler(CPLQuietErrorHandler);
  CPLErrorReset();
  std::vector<const char*> drivers = allowed_drivers();
  const char* options[] = {"AUTODETECT_TYPE=NO", "EMPTY_STRING_AS_NULL=NO", nullptr};
  std::unique_ptr<GDALDataset> data(GDALDataset::Open(
      request.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.data(), options, nullptr));
  CPLPopErrorHandler();
  if (!data)
    throw Error("cannot be opened: " + last_gdal_message(), request.shown,
                "save it as GeoPackage, GeoJSON or CSV");
  OGRLayer* layer =
      request.layer.empty() ? data->GetLayer(0) : data->GetLayerByName(request.layer.c_str());
  if (layer == nullptr)
    throw Error(request.layer.empty() ? "has no layer" : "has no layer \"" + request.layer + "\"",
                request.shown, "name one of its layers");
  Table table;
  table.file = request.shown;
  OGRFeatureDefn* fields = layer->GetLayerDefn();
  for (int i = 0; i < fields->GetFieldCount(); ++i)
    table.columns.emplace_back(fields->GetFieldDefn(i)->GetNameRef());
  bool has_shapes = layer->GetGeomType() != wkbNone;
  if (const OGRSpatialReference* system = layer->GetSpatialRef()) {
    char* wkt = nullptr;
    system->exportToWkt(&wkt);
    table.crs = wkt ? wkt : "";
    CPLFree(wkt);
  }
  CPLPushErrorHandler(CPLQuietErrorHandler);
  CPLErrorReset();
  for (const auto& feature : *layer) {
    std::vector<std::string> row;
    for (int i = 0; i < fields->GetFieldCount(); ++i)
      row.push_back(feature->IsFieldSetAndNotNull(i) ? trimmed(feature->GetFieldAsString(i)) : "");
    table.cells.push_back(std::move(row));
    table.row_of.push_back(static_cast<long>(table.cells.size()));
    if (has_shapes) table.shapes.push_back(shape_of(feature->GetGeometryRef()));
  }
  CPLPopErrorHandler();
  if (CPLGetLastErrorType() >= CE_Failure)
    throw Error("breaks off: " + last_gdal_message(), table.at(table.rows()).text(),
                "the file is damaged; export it again");
  if (table.rows() == 0)
    findings.warning("empty-layer", "has no rows", {request.shown, 0, ""}, "check the export");
  ensure_utf8(table, findings);
  bring_to_place(table, request);
  return table;
}

}  // namespace doorstep::io
