#include "io/table/layers.h"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "io/table/rows.h"
#include "io/table/text_decoder.h"

namespace doorstep::io {
namespace {

/// Features looked at for the kind of a layer that does not say it.
constexpr int kSampledKinds = 1000;
/// Larger texts are not read through only to be listed. Units: bytes.
constexpr std::uintmax_t kCountedBytes = 64 << 20;

LayerKind kind_of_type(OGRwkbGeometryType type) {
  switch (OGR_GT_Flatten(type)) {
    case wkbNone:
      return LayerKind::Table;
    case wkbPoint:
    case wkbMultiPoint:
      return LayerKind::Points;
    case wkbLineString:
    case wkbMultiLineString:
    case wkbCircularString:
    case wkbCompoundCurve:
    case wkbMultiCurve:
    case wkbCurve:
      return LayerKind::Lines;
    case wkbUnknown:
    case wkbGeometryCollection:
      return LayerKind::Mixed;
    default:
      return LayerKind::Areas;
  }
}

LayerKind kind_of_layer(OGRLayer& layer) {
  LayerKind said = kind_of_type(layer.GetGeomType());
  if (said != LayerKind::Mixed) return said;
  std::optional<LayerKind> kind;
  layer.ResetReading();
  for (int n = 0; n < kSampledKinds; ++n) {
    OGRFeatureUniquePtr feature(layer.GetNextFeature());
    if (!feature) break;
    const OGRGeometry* shape = feature->GetGeometryRef();
    if (shape == nullptr) continue;
    LayerKind one = kind_of_type(shape->getGeometryType());
    if (!kind) kind = one;
    if (*kind != one) kind = LayerKind::Mixed;
  }
  layer.ResetReading();
  return kind.value_or(LayerKind::Table);  // no shape in any row
}

std::string layer_name(const SourcePart& part, const std::string& name, std::size_t layers) {
  if (part.alone) return name;
  return layers == 1 ? part.member : part.member + "/" + name;
}

/// What reading the start of a table shows: its columns, and its rows where it is small.
LayerInfo info_of_table(const SourcePart& part, const std::string& layer, bool count) {
  TableRequest request;
  request.path = part.path;
  request.shown = part.shown;
  LayerInfo info;
  std::size_t rows = 0;
  Diagnostics unheard;
  RowVisitor look = [&](const TableHead&, TableRow& row) {
    ++rows;
    if (!row.shape.areas.empty()) info.kind = LayerKind::Areas;
    if (!row.shape.lines.empty()) info.kind = LayerKind::Lines;
    if (!row.shape.points.empty()) info.kind = LayerKind::Points;
    return count;
  };
  ReadTask task{request, unheard, look};
  TableHead head =
      part.kind == SourceKind::Csv ? read_csv_rows(part, task) : read_sheet_rows(part, layer, task);
  info.fields = head.columns;
  if (count) info.rows = rows;
  return info;
}

void list_workbook(const SourcePart& part, std::vector<LayerInfo>& out, Diagnostics& findings) {
  std::vector<std::string> names;
  std::string driver;
  {
    OpenDataset data = open_vector(part, findings);
    driver = data->GetDriver()->GetDescription();
    for (int i = 0; i < data->GetLayerCount(); ++i)
      if (data->GetLayer(i)->GetFeatureCount() > 0)
        names.emplace_back(data->GetLayer(i)->GetName());
  }
  for (const std::string& name : names) {
    LayerInfo info = info_of_table(part, name, true);
    info.name = layer_name(part, name, names.size());
    info.driver = driver;
    info.encoding = {"UTF-8", Certainty::Certain, "the format says so"};
    out.push_back(std::move(info));
  }
}

void list_drawing(const SourcePart& part, const std::string& encoding, std::vector<LayerInfo>& out,
                  Diagnostics& findings) {
  TableRequest request;
  request.path = part.path;
  request.shown = part.shown;
  request.encoding = encoding;
  std::map<std::string, LayerInfo> layers;
  RowVisitor look = [&](const TableHead& head, TableRow& row) {
    auto column = std::ranges::find(head.columns, "Layer") - head.columns.begin();
    const std::string& name = row.cells[static_cast<std::size_t>(column)];
    auto [found, is_new] = layers.try_emplace(name);
    LayerInfo& info = found->second;
    LayerKind kind = !row.shape.areas.empty()   ? LayerKind::Areas
                     : !row.shape.lines.empty() ? LayerKind::Lines
                                                : LayerKind::Points;
    info.kind = is_new || info.kind == kind ? kind : LayerKind::Mixed;
    info.rows = info.rows.value_or(0) + 1;
    info.fields = head.columns;
    return true;
  };
  (void)read_drawing_rows(part, "", {request, findings, look});
  for (auto& [name, info] : layers) {
    info.name = layer_name(part, name, 2);
    info.driver = "DXF";
    info.encoding = {"UTF-8", Certainty::Declared, "$DWGCODEPAGE"};
    out.push_back(std::move(info));
  }
}

void add_extent(OGRLayer& layer, LayerInfo& info) {
  OGREnvelope box;
  bool cheap = info.rows.value_or(0) < 100'000;
  if (info.kind != LayerKind::Table && layer.GetExtent(&box, cheap ? 1 : 0) == OGRERR_NONE)
    info.extent = {box.MinX, box.MinY, box.MaxX, box.MaxY};
}

void list_vector(GDALDataset& data, const SourcePart& part, const std::string& encoding,
                 std::vector<LayerInfo>& out) {
  QuietGdal quiet;
  bool dbf = extension_of(part.path) == "shp" || extension_of(part.path) == "dbf";
  FoundEncoding found;
  found.encoding.evidence = "the format says so";
  if (dbf) found = encoding_of_dbf(part, encoding);
  TextDecoder decoder(found, part.shown);
  auto layers = static_cast<std::size_t>(data.GetLayerCount());
  for (int i = 0; i < data.GetLayerCount(); ++i) {
    OGRLayer& layer = *data.GetLayer(i);
    LayerInfo info;
    info.name = layer_name(part, layer.GetName(), layers);
    info.driver = data.GetDriver() ? data.GetDriver()->GetDescription() : "";
    GIntBig rows = layer.GetFeatureCount(1);
    if (rows >= 0) info.rows = static_cast<std::size_t>(rows);
    info.kind = kind_of_layer(layer);
    OGRFeatureDefn& fields = *layer.GetLayerDefn();
    for (int f = 0; f < fields.GetFieldCount(); ++f) {
      info.fields.emplace_back(fields.GetFieldDefn(f)->GetNameRef());
      decoder.decode_cut(info.fields.back(), {});
    }
    info.crs = crs_of(layer);
    info.encoding = found.encoding;
    add_extent(layer, info);
    out.push_back(std::move(info));
  }
}

void list_raster(const SourcePart& part, std::vector<LayerInfo>& out) {
  OpenDataset data = open_raster(part);
  double t[6] = {0, 1, 0, 0, 0, 1};
  bool placed = data->GetGeoTransform(t) == CE_None;
  for (int band = 1; band <= data->GetRasterCount(); ++band) {
    LayerInfo info;
    info.name = layer_name(part, fmt::format("band {}", band),
                           static_cast<std::size_t>(data->GetRasterCount()));
    info.kind = LayerKind::Raster;
    info.driver = data->GetDriver()->GetDescription();
    const char* wkt = data->GetProjectionRef();
    info.crs = wkt ? wkt : "";
    const char* about = data->GetRasterBand(band)->GetDescription();
    if (about && *about) info.fields.emplace_back(about);
    double x = t[0] + t[1] * data->GetRasterXSize() + t[2] * data->GetRasterYSize();
    double y = t[3] + t[4] * data->GetRasterXSize() + t[5] * data->GetRasterYSize();
    if (placed)
      info.extent = {std::min(t[0], x), std::min(t[3], y), std::max(t[0], x), std::max(t[3], y)};
    out.push_back(std::move(info));
  }
}

void list_csv(const SourcePart& part, const std::string& encoding, std::vector<LayerInfo>& out) {
  std::error_code unknown;
  std::uintmax_t bytes = std::filesystem::file_size(part.path, unknown);
  LayerInfo info = info_of_table(part, "", !unknown && bytes < kCountedBytes);
  std::filesystem::path name(part.path);
  if (name.extension() == ".gz") name.replace_extension();
  info.name = part.alone ? name.stem().string() : part.member;
  info.driver = "CSV";
  info.encoding = encoding_of_text(part, encoding).encoding;
  out.push_back(std::move(info));
}

void list_part(const SourcePart& part, const std::string& encoding, std::vector<LayerInfo>& out,
               Diagnostics& findings) {
  std::string extension = extension_of(part.path);
  switch (part.kind) {
    case SourceKind::Csv:
      return list_csv(part, encoding, out);
    case SourceKind::Workbook:
      return list_workbook(part, out, findings);
    case SourceKind::Raster:
      return list_raster(part, out);
    case SourceKind::Osm:
      out.push_back({part.alone ? "" : part.member,
                     LayerKind::Mixed,
                     std::nullopt,
                     {},
                     "EPSG:4326",
                     {},
                     "OSM",
                     {}});
      return;
    case SourceKind::Map:
      break;
  }
  if (extension == "dxf" || extension == "dwg") return list_drawing(part, encoding, out, findings);
  OpenDataset data = open_vector(part, findings);
  list_vector(*data, part, encoding, out);
}

}  // namespace

const char* layer_kind_name(LayerKind kind) {
  constexpr const char* kNames[] = {"table", "points", "lines", "areas", "mixed", "raster"};
  return kNames[static_cast<int>(kind)];
}

std::vector<LayerInfo> list_layers(const std::filesystem::path& path, const std::string& shown,
                                   Diagnostics& findings, const std::string& encoding) {
  std::vector<LayerInfo> layers;
  if (is_database(path.string())) {
    OpenDataset data = open_database(path.string());
    list_vector(*data, {SourceKind::Map, path.string(), shown, "", true}, encoding, layers);
    return layers;
  }
  std::vector<SourcePart> parts = parts_of(path, shown, findings);
  for (const SourcePart& part : parts) {
    try {
      list_part(part, encoding, layers, findings);
    } catch (const Error& e) {
      if (parts.size() == 1) throw;
      findings.warning("unreadable-member", e.what(), {part.shown, 0, ""}, e.hint());
    }
  }
  if (layers.empty()) throw Error("holds no layer that can be read", shown, "export it again");
  return layers;
}

}  // namespace doorstep::io
