#include <cpl_conv.h>
#include <cpl_error.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "io/table/rows.h"
#include "io/table/shapes.h"
#include "io/table/text_decoder.h"

namespace doorstep::io {
namespace {

/// Features looked at for their encoding before any is read, where the format says nothing.
constexpr int kSampledFeatures = 2000;
/// Damaged rows listed one by one before they are only counted.
constexpr std::size_t kListedDamage = 5;

bool is_dbf(const SourcePart& part) {
  std::string extension = extension_of(part.path);
  return extension == "shp" || extension == "dbf";
}

/// What the texts of a format that should be UTF-8 are in truth.
FoundEncoding encoding_of_layer(OGRLayer& layer, const SourcePart& part, const std::string& given) {
  if (is_dbf(part)) return encoding_of_dbf(part, given);
  require_known(given, part.shown);
  FoundEncoding found;
  if (!given.empty()) {
    found.encoding = {given, Certainty::Likely, "place.toml says so"};
    return found;
  }
  EncodingEvidence evidence;
  OGRFeatureDefn* fields = layer.GetLayerDefn();
  bool any_text = false;
  for (int i = 0; i < fields->GetFieldCount(); ++i) {
    evidence.add(fields->GetFieldDefn(i)->GetNameRef());
    any_text |= fields->GetFieldDefn(i)->GetType() == OFTString;
  }
  layer.ResetReading();
  for (int n = 0; any_text && n < kSampledFeatures; ++n) {
    OGRFeatureUniquePtr feature(layer.GetNextFeature());
    if (!feature) break;
    for (int i = 0; i < fields->GetFieldCount(); ++i)
      if (fields->GetFieldDefn(i)->GetType() == OFTString && feature->IsFieldSetAndNotNull(i))
        evidence.add(feature->GetFieldAsString(i));
  }
  layer.ResetReading();
  found.encoding = evidence.verdict();
  return found;
}

/// A cell as text. Whole numbers stored as reals are written whole.
std::string cell_text(OGRFeature& feature, int field) {
  if (!feature.IsFieldSetAndNotNull(field)) return "";
  return trimmed(feature.GetFieldAsString(field));
}

int kind_of(const Shape& shape) {
  return !shape.areas.empty() ? 3 : !shape.lines.empty() ? 2 : shape.points.empty() ? 0 : 1;
}

/// Field names in UTF-8, unique.
std::vector<std::string> columns_of(OGRFeatureDefn& fields, TextDecoder& decoder,
                                    const std::string& shown) {
  std::vector<std::string> columns;
  std::set<std::string> used;
  for (int i = 0; i < fields.GetFieldCount(); ++i) {
    std::string name = fields.GetFieldDefn(i)->GetNameRef();
    decoder.decode_cut(name, {shown, 0, "header"});
    std::string unique = name;
    for (int n = 2; !used.insert(unique).second; ++n) unique = fmt::format("{}_{}", name, n);
    columns.push_back(std::move(unique));
  }
  return columns;
}

/// Says what GDAL complains of at a row it still delivers, the first few times.
class Damage {
 public:
  Damage(std::string file, Diagnostics& findings) : file_(std::move(file)), findings_(&findings) {}
  void look(long row) {
    if (CPLGetLastErrorType() < CE_Failure) return;
    std::string message = last_gdal_message();
    CPLErrorReset();
    if (++times_ > kListedDamage) return;
    findings_->warning("damaged-row", message, {file_, row, ""}, "export the file again");
  }
  void report() const {
    if (times_ > kListedDamage)
      findings_->warning("damaged-row", fmt::format("{} rows are damaged in all", times_),
                         {file_, 0, ""}, "export the file again");
  }

 private:
  std::string file_;
  Diagnostics* findings_;
  std::size_t times_ = 0;
};

}  // namespace

std::string crs_of(OGRLayer& layer) {
  const OGRSpatialReference* system = layer.GetSpatialRef();
  if (system == nullptr || system->IsLocal()) return "";
  char* wkt = nullptr;
  system->exportToWkt(&wkt);
  std::string text = wkt ? wkt : "";
  CPLFree(wkt);
  // GeoPackage's "undefined" systems (-1, 0) are none.
  bool undefined = lower_ascii(text).find("\"undefined") != std::string::npos ||
                   text.find("Unknown engineering") != std::string::npos;
  return undefined ? "" : text;
}

OGRLayer& layer_of(GDALDataset& data, const std::string& name, const std::string& shown) {
  OGRLayer* layer = name.empty() ? data.GetLayer(0) : data.GetLayerByName(name.c_str());
  if (layer != nullptr) return *layer;
  if (name.empty()) throw Error("has no layer", shown, "it may be empty; export it again");
  std::vector<std::string> names;
  for (int i = 0; i < data.GetLayerCount(); ++i) names.emplace_back(data.GetLayer(i)->GetName());
  std::string near = closest(name, names);
  if (names.size() > 12) names.resize(12);
  throw Error("has no layer \"" + name + "\"", shown,
              (near.empty() ? "" : "did you mean \"" + near + "\"? ") +
                  fmt::format("It has: {}", fmt::join(names, ", ")));
}

TableHead visit_features(OGRLayer& layer, const SourcePart& part, const ReadTask& task) {
  QuietGdal quiet;
  TextDecoder decoder(encoding_of_layer(layer, part, task.request.encoding), part.shown);
  OGRFeatureDefn& fields = *layer.GetLayerDefn();
  TableHead head{task.request.shown, columns_of(fields, decoder, part.shown), crs_of(layer),
                 layer.GetGeomType() != wkbNone};
  ShapeNotes notes;
  ShapePlacer placer(task.request, task.findings);
  Damage damage(head.file, task.findings);
  int first_kind = 0;
  long number = 0;
  CPLErrorReset();
  layer.ResetReading();
  for (;;) {
    OGRFeatureUniquePtr feature(layer.GetNextFeature());
    if (!feature) break;
    TableRow row{++number, {}, {}};
    InputRef at{head.file, number, ""};
    damage.look(number);
    for (int i = 0; i < fields.GetFieldCount(); ++i) {
      row.cells.push_back(cell_text(*feature, i));
      at.field = head.columns[static_cast<std::size_t>(i)];
      decoder.decode_cut(row.cells.back(), at);
    }
    at.field.clear();
    if (head.has_shapes) {
      row.shape = shape_of(feature->GetGeometryRef(), number, notes);
      int kind = kind_of(row.shape);
      if (first_kind == 0) first_kind = kind;
      if (kind != 0 && kind != first_kind) notes.note("mixed-kinds", number);
      placer.place(row.shape, head.crs, at);
    }
    if (!task.visit(head, row)) break;
  }
  if (CPLGetLastErrorType() >= CE_Failure)
    throw Error("breaks off: " + last_gdal_message(), InputRef{head.file, number, ""}.text(),
                "the file is damaged; export it again");
  damage.report();
  decoder.report(task.findings);
  if (task.request.may_lack_shapes) notes.forget("no-geometry");
  notes.report(head.file, task.findings);
  if (number == 0)
    task.findings.warning("empty-layer", "has no rows", {head.file, 0, ""}, "check the export");
  return head;
}

TableHead read_map_rows(const SourcePart& part, const std::string& layer, const ReadTask& task) {
  OpenDataset data = open_vector(part, task.findings);
  QuietGdal quiet;
  return visit_features(layer_of(*data, layer, part.shown), part, task);
}

}  // namespace doorstep::io
