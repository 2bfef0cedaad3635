#include "io/results/gpkg.h"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <map>
#include <memory>

#include "base/error.h"
#include "base/text.h"
#include "io/results/public_figures.h"

namespace doorstep::io {
namespace {

/// The time that goes into the file: SOURCE_DATE_EPOCH, or the first day of the base year, so that
/// the same run gives the same bytes.
std::string stamp(const RunReport& report) {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr) return fmt::format("{:04d}-01-01T00:00:00.000Z", report.place.base_year);
  std::time_t seconds = std::strtoll(epoch, nullptr, 10);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[40];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", &utc);
  return text;
}

class Layer {
 public:
  Layer(GDALDataset& data, const char* name, OGRSpatialReference& system, OGRwkbGeometryType type)
      : layer_(data.CreateLayer(name, &system, type, nullptr)) {
    if (layer_ == nullptr) throw Error("layer cannot be made", name, "check free space");
  }
  void fields(std::initializer_list<std::pair<const char*, OGRFieldType>> list) {
    for (const auto& [name, type] : list) {
      OGRFieldDefn field(name, type);
      layer_->CreateField(&field);
    }
  }
  template <class Fill>
  void add(OGRGeometry& geometry, Fill&& fill) {
    OGRFeature feature(layer_->GetLayerDefn());
    fill(feature);
    feature.SetGeometry(&geometry);
    if (layer_->CreateFeature(&feature) != OGRERR_NONE)
      throw Error("cannot be written", layer_->GetName(), "check free space");
  }

 private:
  OGRLayer* layer_;
};

OGRMultiPolygon to_ogr(const MultiPolygon& shape) {
  OGRMultiPolygon out;
  auto ring_of = [](const Ring& ring) {
    auto line = std::make_unique<OGRLinearRing>();
    for (Xy p : ring) line->addPoint(p.x, p.y);
    line->closeRings();
    return line;
  };
  for (const Polygon& p : shape) {
    auto polygon = std::make_unique<OGRPolygon>();
    polygon->addRingDirectly(ring_of(p.outer).release());
    for (const Ring& hole : p.holes) polygon->addRingDirectly(ring_of(hole).release());
    out.addGeometryDirectly(polygon.release());
  }
  return out;
}

void add_campuses(GDALDataset& data, OGRSpatialReference& system, const RunReport& r,
                  const PublicCounts* counts) {
  Layer layer(data, "campuses", system, wkbPoint);
  layer.fields({{"year", OFTInteger},
                {"stage", OFTString},
                {"code", OFTString},
                {"name_zh", OFTString},
                {"name_en", OFTString},
                {"origin", OFTString},
                {"pupils", OFTReal},
                {"seats", OFTReal},
                {"utilisation", OFTReal},
                {"classes", OFTInteger},
                {"large", OFTInteger}});
  if (counts != nullptr) layer.fields({{"withheld", OFTString}});
  for (std::size_t y = 0; y < r.run.years.size(); ++y)
    for (StageId s : r.place.stages.ids())
      for (CampusId id : r.place.campuses.ids()) {
        const CampusYear& c = r.run.years[y].stages[s].campuses[id];
        if (!c.open) continue;
        const CampusIndicators& i = r.indicators[y].stages[s].campuses[id];
        const Campus& campus = r.place.campuses[id];
        OGRPoint at(campus.at.x, campus.at.y);
        layer.add(at, [&](OGRFeature& f) {
          f.SetField(0, r.run.years[y].year);
          f.SetField(1, r.place.stages[s].code.c_str());
          f.SetField(2, campus.code.c_str());
          f.SetField(3, campus.name.in_chinese().c_str());
          f.SetField(4, campus.name.in_english().c_str());
          f.SetField(5, campus.origin == Origin::Real      ? "real"
                        : campus.origin == Origin::Derived ? "derived"
                                                           : "synthetic");
          f.SetField(7, c.seats);
          bool withheld = counts != nullptr && (*counts)[y][s].withheld[id];
          if (counts != nullptr) f.SetField(11, withheld ? "yes" : "no");
          if (withheld) return;
          f.SetField(6, counts != nullptr ? std::round(c.enrolment) : c.enrolment);
          f.SetField(8, i.utilisation);
          f.SetField(9, i.classes);
          f.SetField(10, i.large);
        });
      }
}

void add_catchments(GDALDataset& data, OGRSpatialReference& system, const RunReport& r) {
  Layer layer(data, "catchments", system, wkbMultiPolygon);
  layer.fields({{"stage", OFTString},
                {"code", OFTString},
                {"name_zh", OFTString},
                {"name_en", OFTString},
                {"from_year", OFTInteger},
                {"until_year", OFTInteger}});
  for (const Catchment& c : r.place.catchments) {
    if (c.area.empty()) continue;
    OGRMultiPolygon shape = to_ogr(c.area);
    layer.add(shape, [&](OGRFeature& f) {
      f.SetField(0, r.place.stages[c.stage].code.c_str());
      f.SetField(1, c.code.c_str());
      f.SetField(2, c.name.in_chinese().c_str());
      f.SetField(3, c.name.in_english().c_str());
      if (c.from > 0) f.SetField(4, c.from);
      if (c.until < 9999) f.SetField(5, c.until);
    });
  }
}

void add_flows(GDALDataset& data, OGRSpatialReference& system, const RunReport& r) {
  Layer layer(data, "flows", system, wkbLineString);
  layer.fields({{"year", OFTInteger},
                {"stage", OFTString},
                {"home", OFTString},
                {"campus", OFTString},
                {"pupils", OFTReal},
                {"minutes", OFTReal}});
  const YearResult& last = r.run.years.back();
  for (StageId s : r.place.stages.ids())
    for (const PupilFlow& flow : last.stages[s].flows) {
      if (flow.pupils < kLeastFlow) continue;
      Xy a = r.place.homes[flow.home].at;
      Xy b = r.place.campuses[flow.campus].at;
      OGRLineString line;
      line.addPoint(a.x, a.y);
      line.addPoint(b.x, b.y);
      layer.add(line, [&](OGRFeature& f) {
        f.SetField(0, last.year);
        f.SetField(1, r.place.stages[s].code.c_str());
        f.SetField(2, r.place.homes[flow.home].code.c_str());
        f.SetField(3, r.place.campuses[flow.campus].code.c_str());
        f.SetField(4, flow.pupils);
        if (r.travel.reachable(flow.home, flow.campus))
          f.SetField(5, r.travel.minutes(flow.home, flow.campus).value);
      });
    }
}

/// Lines from the middle of an area's homes to its campuses.
void add_area_flows(GDALDataset& data, OGRSpatialReference& system, const RunReport& r,
                    const PublicCounts& counts) {
  Layer layer(data, "flows", system, wkbLineString);
  layer.fields({{"year", OFTInteger},
                {"stage", OFTString},
                {"area", OFTString},
                {"campus", OFTString},
                {"pupils", OFTReal},
                {"minutes", OFTReal},
                {"withheld", OFTString}});
  std::map<AreaId, Box> box;
  for (const Home& h : r.place.homes) box[h.area].add(h.at);
  for (StageId s : r.place.stages.ids())
    for (const AreaFlow& flow : counts.back()[s].flows) {
      Xy a = box[flow.area].centre();
      Xy b = r.place.campuses[flow.campus].at;
      OGRLineString line;
      line.addPoint(a.x, a.y);
      line.addPoint(b.x, b.y);
      layer.add(line, [&](OGRFeature& f) {
        f.SetField(0, r.run.years.back().year);
        f.SetField(1, r.place.stages[s].code.c_str());
        f.SetField(2, flow.area.valid() ? r.place.areas[flow.area].code.c_str() : "");
        f.SetField(3, r.place.campuses[flow.campus].code.c_str());
        f.SetField(6, flow.withheld ? "yes" : "no");
        if (flow.withheld) return;
        f.SetField(4, std::round(flow.pupils));
        if (std::isfinite(flow.minutes)) f.SetField(5, flow.minutes);
      });
    }
}

/// Towns with their figures of the last year, on their own ground.
void add_towns(GDALDataset& data, OGRSpatialReference& system, const RunReport& r,
               const PublicCounts* counts) {
  if (r.place.areas.empty()) return;
  Layer layer(data, "towns", system, wkbMultiPolygon);
  layer.fields({{"year", OFTInteger},
                {"stage", OFTString},
                {"code", OFTString},
                {"name_zh", OFTString},
                {"name_en", OFTString}});
  for (const auto& c : territory_columns())
    layer.fields({{c.name, c.whole ? OFTInteger : OFTReal}});
  std::map<std::string, const Area*> areas;
  for (const Area& a : r.place.areas) areas.emplace(a.code, &a);
  std::shared_ptr<const Overview> overview = overview_for(r);
  const std::size_t y = r.run.years.size() - 1;
  for (StageId s : r.place.stages.ids())
    for (const TerritoryFigures& t : overview->years[y][s].territories) {
      auto area = areas.find(t.what.code);
      if (t.what.kind != Territory::Kind::Town || area == areas.end()) continue;
      OGRMultiPolygon shape = to_ogr(area->second->shape);
      layer.add(shape, [&](OGRFeature& f) {
        f.SetField(0, r.run.years[y].year);
        f.SetField(1, r.place.stages[s].code.c_str());
        f.SetField(2, t.what.code.c_str());
        f.SetField(3, t.what.name.in_chinese().c_str());
        f.SetField(4, t.what.name.in_english().c_str());
        PublicRow row;
        if (counts != nullptr) row = public_territory(r, *counts, y, s, t);
        for (std::size_t i = 0; i < territory_columns().size(); ++i) {
          double value = territory_columns()[i].value(t);
          if (counts != nullptr && !parse_number(row.cells[i], value)) continue;
          if (std::isfinite(value)) f.SetField(static_cast<int>(5 + i), value);
        }
      });
    }
}

void write_layers(const RunReport& report, const PublicCounts* counts,
                  const std::filesystem::path& path) {
  GDALAllRegister();
  CPLSetConfigOption("OGR_CURRENT_DATE", stamp(report).c_str());
  // The folder is written aside and flushed as a whole; SQLite's own waits would only slow it.
  CPLSetConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  if (driver == nullptr)
    throw Error("GDAL has no GeoPackage driver", path.string(), "install libgdal");
  std::unique_ptr<GDALDataset> data(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  if (!data) throw Error("cannot be written", path.string(), "check permissions and free space");
  OGRSpatialReference system;
  system.SetFromUserInput(report.place.crs.c_str());
  system.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  data->StartTransaction();
  add_campuses(*data, system, report, counts);
  add_catchments(*data, system, report);
  add_towns(*data, system, report, counts);
  if (counts != nullptr)
    add_area_flows(*data, system, report, *counts);
  else
    add_flows(*data, system, report);
  if (data->CommitTransaction() != OGRERR_NONE)
    throw Error("cannot be written to its end", path.string(), "check free space");
  // What is synthetic must say so in this file too.
  data->SetMetadataItem("origin_note_zh", report.place.origin_note_zh.c_str());
  data->SetMetadataItem("origin_note_en", report.place.origin_note_en.c_str());
  data->SetMetadataItem("provenance", provenance_json(report).c_str());
  data->SetMetadataItem("publication", counts != nullptr ? "for publication: small counts withheld"
                                                         : kNotForPublication);
}

}  // namespace

void write_geopackage(const RunReport& report, const std::filesystem::path& path) {
  write_layers(report, nullptr, path);
}

void write_public_geopackage(const RunReport& report, const PublicCounts& counts,
                             const std::filesystem::path& path) {
  write_layers(report, &counts, path);
}

}  // namespace doorstep::io
