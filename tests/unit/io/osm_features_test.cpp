// Schools, residential areas and boundaries of extracts; GDAL's own reader as the oracle.

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/crs.h"
#include "io/osm/features.h"
#include "osm_files.h"

using namespace doorstep;
using namespace doorstep::io;

namespace {

Loaded<OsmFeatures> read(const std::string& opl) {
  test::TemporaryFile file(".osm.pbf");
  test::pack(opl, file.path());
  return read_osm_features(file.path());
}

double area_m2(const MultiPolygon& shape) {
  double sum = 0.0;
  auto twice = [](const Ring& ring) {
    double out = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      Xy a = ring[i] - ring[0];
      Xy b = ring[(i + 1) % ring.size()] - ring[0];
      out += a.x * b.y - b.x * a.y;
    }
    return std::abs(out);
  };
  for (const Polygon& p : shape) {
    sum += twice(p.outer) / 2;
    for (const Ring& hole : p.holes) sum -= twice(hole) / 2;
  }
  return sum;
}

/// Objects of GDAL's OSM driver that `where` chooses: "w12" or "r5" to their area. Units: m².
std::map<std::string, double> by_gdal(const std::filesystem::path& path, const std::string& where,
                                      const std::string& crs) {
  GDALAllRegister();
  std::map<std::string, double> out;
  auto* data = static_cast<GDALDataset*>(
      GDALOpenEx(path.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
  REQUIRE(data != nullptr);
  OGRLayer* layer = data->GetLayerByName("multipolygons");
  REQUIRE(layer != nullptr);
  layer->SetAttributeFilter(where.c_str());
  OGRSpatialReference to;
  to.SetFromUserInput(crs.c_str());
  to.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  while (OGRFeature* feature = layer->GetNextFeature()) {
    std::string way = feature->GetFieldAsString("osm_way_id");
    std::string id =
        way.empty() ? "r" + std::string(feature->GetFieldAsString("osm_id")) : "w" + way;
    OGRGeometry* shape = feature->GetGeometryRef();
    shape->transformTo(&to);
    out[id] = static_cast<OGRMultiPolygon*>(shape)->get_Area();
    OGRFeature::DestroyFeature(feature);
  }
  GDALClose(data);
  return out;
}

template <class Items>
std::map<std::string, double> areas(const Items& items) {
  std::map<std::string, double> out;
  for (const auto& item : items) {
    if (!item.area.empty()) out[item.ref.text()] = area_m2(item.area);
  }
  return out;
}

/// How many of GDAL's we have too, with an area that agrees to a thousandth.
std::size_t agreeing(const std::map<std::string, double>& gdal,
                     const std::map<std::string, double>& ours) {
  std::size_t count = 0;
  for (const auto& [id, area] : gdal) {
    auto found = ours.find(id);
    bool same = found != ours.end() && std::abs(found->second - area) <= 1e-3 * area + 1.0;
    if (!same) UNSCOPED_INFO(id << " has " << area << " m2 by GDAL");
    count += same;
  }
  return count;
}

}  // namespace

TEST_CASE("a school comes with what its tags say, as a point or as an area with a point inside") {
  auto found = read(
      "n1 x117.0 y37.0\nn2 x117.002 y37.0\nn3 x117.002 y37.001\nn4 x117.0 y37.001\n"
      "n9 x117.01 y37.01 Tamenity=kindergarten,name=红星幼儿园,capacity=270\n"
      "w5 Tamenity=school,name=第一小学,name:en=No.1%20%Primary,operator=区教育局,"
      "operator:type=public,isced:level=1,grades=1-6 Nn1,n2,n3,n4,n1\n");
  REQUIRE(found.value.schools.size() == 2);
  CHECK(found.value.crs == "EPSG:4548");  // CGCS2000, 117° E
  const OsmSchool& kindergarten = found.value.schools[0];
  CHECK(kindergarten.ref == OsmRef{'n', 9});
  CHECK(kindergarten.kindergarten);
  CHECK(kindergarten.capacity == 270);
  CHECK(kindergarten.area.empty());
  CHECK(kindergarten.position.lon == Approx(117.01));
  const OsmSchool& school = found.value.schools[1];
  CHECK(school.ref.text() == "w5");
  CHECK_FALSE(school.kindergarten);
  CHECK(school.names.local == "第一小学");
  CHECK(school.names.en == "No.1 Primary");
  CHECK(school.operator_name == "区教育局");
  CHECK(school.operator_type == "public");
  CHECK(school.isced_level == "1");
  CHECK(school.grades == "1-6");
  CHECK(school.position.lon == Approx(117.001));
  CHECK(school.position.lat == Approx(37.0005));
  CHECK(area_m2(school.area) == Approx(178.0 * 111.0).epsilon(0.01));
}

TEST_CASE("homes are residential land and buildings that people live in") {
  auto found = read(
      "n1 x0.0 y0.0\nn2 x0.001 y0.0\nn3 x0.001 y0.001\n"
      "w1 Tlanduse=residential,name=Ost Nn1,n2,n3,n1\n"
      "w2 Tbuilding=apartments,building:levels=18 Nn1,n2,n3,n1\n"
      "w3 Tbuilding=garage Nn1,n2,n3,n1\nw4 Tlanduse=residential Nn1,n2,n3\n");
  REQUIRE(found.value.residential.size() == 2);
  CHECK_FALSE(found.value.residential[0].building);
  CHECK(found.value.residential[0].names.local == "Ost");
  CHECK(found.value.residential[1].kind == "apartments");
  CHECK(found.value.residential[1].levels == 18);
  CHECK(found.findings.items().back().code == "osm.lost_features");  // w4 does not close
}

TEST_CASE("a boundary closes from its ways, keeps its hole, and says where it is cut") {
  std::string square =
      "n1 x0.0 y0.0\nn2 x0.9 y0.0\nn3 x0.9 y0.9\nn4 x0.0 y0.9\n"
      "n5 x0.3 y0.3\nn6 x0.6 y0.3\nn7 x0.6 y0.6\n"
      "w1 Nn1,n2,n3\nw2 Tboundary=administrative Nn3,n4,n1\nw3 Nn5,n6,n7,n5\n";
  auto whole = read(square +
                    "r8 Ttype=boundary,boundary=administrative,admin_level=6,name=滨城区,"
                    "ref:CN=371602 Mw2@outer,w1@outer,w3@inner,n1@admin_centre\n");
  REQUIRE(whole.value.boundaries.size() == 1);
  const OsmBoundary& b = whole.value.boundaries[0];
  CHECK(b.closed);
  CHECK(b.admin_level == 6);
  CHECK(b.code == "371602");
  REQUIRE(b.area.size() == 1);
  CHECK(b.area[0].outer.size() == 4);
  CHECK(b.area[0].holes.size() == 1);
  auto cut = read(square + "r8 Ttype=boundary,boundary=administrative Mw1@outer,w77@outer\n");
  REQUIRE(cut.value.boundaries.size() == 1);
  CHECK_FALSE(cut.value.boundaries[0].closed);
  CHECK(cut.value.boundaries[0].area.empty());
}

TEST_CASE("real extracts hold the schools, homes and boundaries that GDAL finds, area by area") {
  auto name =
      GENERATE("andorra.osm.pbf", "liechtenstein-latest.osm.pbf", "porto.osm.pbf", "poa_osm.pbf");
  auto path = test::real_extract(name);
  if (path.empty()) return;
  auto found = read_osm_features(path);
  const OsmFeatures& f = found.value;
  INFO(name << ": " << found.findings.items()[0].message << ", " << f.crs);
  auto schools = by_gdal(path, "amenity IN ('school','kindergarten')", f.crs);
  CHECK(agreeing(schools, areas(f.schools)) == schools.size());
  auto homes = by_gdal(path, "landuse = 'residential'", f.crs);
  CHECK(agreeing(homes, areas(f.residential)) == homes.size());
  auto borders = by_gdal(path, "boundary = 'administrative'", f.crs);
  CHECK(agreeing(borders, areas(f.boundaries)) == borders.size());
}
