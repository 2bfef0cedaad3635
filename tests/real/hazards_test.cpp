// Every file of the hazards: what it must give. A file that is not in the table fails the test, as
// does one that reads otherwise. Rows, findings and errors were looked at one by one.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "io/table/layers.h"
#include "io/table/table.h"

using namespace doorstep;
using namespace doorstep::io;
namespace fs = std::filesystem;

namespace {

struct Expected {
  const char* file;
  const char* layer;  // "" the only one
  const char* crs;    // given by the place; "" the file's own
  std::size_t rows;   // read
  const char* codes;  // of all findings
  const char* error;  // how the one line begins; "" where it loads
};

const Expected kExpected[] = {
    {"fiona/!test.geojson", "", "", 1, "", ""},
    {"fiona/coutwildrnp.zip", "", "", 67, "", ""},
    {"fiona/gre.dbf", "", "", 1, "", ""},
    {"fiona/gre.shp", "", "", 1, "", ""},
    {"fiona/grenada.geojson", "", "", 1, "", ""},
    {"fiona/issue627.geojson", "", "", 3, "", ""},
    {"fiona/multicurve.gml", "", "", 0, "", "says no coordinate system"},
    {"fiona/multicurve.gml", "", "EPSG:4326", 1, "curves", ""},
    {"fiona/rmnp.geojson", "", "", 1, "", ""},
    {"fiona/test_tin.csv", "", "", 0, "", "says no coordinate system"},
    {"fiona/test_tin.csv", "", "EPSG:4326", 3,
     "duplicate-shape heights polygon.overlap polygon.ring-dropped surface", ""},
    {"fiona/test_tin.dbf", "", "", 0, "", "says no coordinate system"},
    {"fiona/test_tin.dbf", "", "EPSG:4326", 1, "heights polygon.ring-dropped surface", ""},
    {"fiona/test_tin.shp", "", "", 0, "", "says no coordinate system"},
    {"fiona/test_tin.shp", "", "EPSG:4326", 1, "heights polygon.ring-dropped surface", ""},
    {"fiona/test_tz.geojson", "", "", 1, "", ""},
    {"fiona/testopenfilegdb.gdb.zip", "none", "", 6, "", ""},
    {"fiona/testopenfilegdb.gdb.zip", "point", "", 5, "", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipoint", "", 5, "", ""},
    {"fiona/testopenfilegdb.gdb.zip", "linestring", "", 5, "duplicate-shape", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multilinestring", "", 5, "duplicate-shape", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multilinestring_multipart", "", 5, "duplicate-shape", ""},
    {"fiona/testopenfilegdb.gdb.zip", "polygon", "", 5, "duplicate-shape", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipolygon", "", 5, "duplicate-shape", ""},
    {"fiona/testopenfilegdb.gdb.zip", "point25D", "", 5, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipoint25D", "", 5, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "linestring25D", "", 5, "duplicate-shape heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multilinestring25D", "", 5, "duplicate-shape heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multilinestring25D_multipart", "", 5,
     "duplicate-shape heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "polygon25D", "", 5, "duplicate-shape heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipolygon25D", "", 5, "duplicate-shape heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipatch", "", 5,
     "duplicate-shape heights polygon.crossing polygon.overlap surface", ""},
    {"fiona/testopenfilegdb.gdb.zip", "null_polygon", "", 5, "no-geometry", ""},
    {"fiona/testopenfilegdb.gdb.zip", "empty_polygon", "", 5, "no-geometry", ""},
    {"fiona/testopenfilegdb.gdb.zip", "empty_multipoint", "", 5, "no-geometry", ""},
    {"fiona/testopenfilegdb.gdb.zip", "big_layer", "", 341, "", ""},
    {"fiona/testopenfilegdb.gdb.zip", "hole", "", 12, "no-geometry", ""},
    {"fiona/testopenfilegdb.gdb.zip", "no_field", "", 5, "", ""},
    {"fiona/testopenfilegdb.gdb.zip", "several_polygons", "", 0, "", "says no coordinate system"},
    {"fiona/testopenfilegdb.gdb.zip", "several_polygons", "EPSG:4326", 9, "", ""},
    {"fiona/testopenfilegdb.gdb.zip", "testnotnullable", "", 0, "empty-layer", ""},
    {"fiona/testopenfilegdb.gdb.zip", "pointm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "pointzm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipointm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipointzm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "linestringm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "linestringzm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multilinestringm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multilinestringzm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "polygonm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "polygonzm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipolygonm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "multipolygonzm", "", 1, "heights", ""},
    {"fiona/testopenfilegdb.gdb.zip", "empty_polygonm", "", 1, "no-geometry", ""},
    {"mapshaper/dbf/big5.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/cpg/big5.dbf", "", "", 1, "encoding no-crs", ""},
    {"mapshaper/dbf/cpg/big5.shp", "", "", 1, "encoding no-crs", ""},
    {"mapshaper/dbf/cpg/euckr.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/cpg/koi8r.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/cpg/latin2.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/cpg/shiftjis.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/cpg/utf16.dbf", "", "", 0, "",
     "its .cpg file says UTF-16, which a .dbf cannot hold"},
    {"mapshaper/dbf/cpg/win1251.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/cpg/win874.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/gb2312.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/gbk.dbf", "", "", 1, "encoding", ""},
    {"mapshaper/dbf/utf8.dbf", "", "", 1, "", ""},
    {"mapshaper/features/centroids/b.dbf", "", "", 1, "", ""},
    {"mapshaper/features/centroids/b.shp", "", "", 1, "", ""},
    {"mapshaper/features/gzip/utf8_bom.csv.gz", "", "", 1, "", ""},
    {"mapshaper/features/zip/points.zip", "", "", 295, "", ""},
    {"mapshaper/features/zip/zip-in-zip.zip", "", "", 0, "",
     "holds another archive, zip/points.zip"},
    {"mapshaper/flatgeobuf/empty.fgb", "", "", 0, "empty-layer", ""},
    {"mapshaper/geojson/NZ.geojson", "", "", 1, "", ""},
    {"mapshaper/geopackage/Oregon.gpkg", "land", "", 1, "", ""},
    {"mapshaper/geopackage/Oregon.gpkg", "roads", "", 121, "duplicate-shape", ""},
    {"mapshaper/geopackage/Oregon_customCRS.gpkg", "", "", 1, "", ""},
    {"mapshaper/geopackage/data_only_tables.gpkg", "oregon_cities", "", 5, "no-geometry", ""},
    {"mapshaper/geopackage/data_only_tables.gpkg", "washington_cities", "", 6, "no-geometry", ""},
    {"mapshaper/geopackage/missing_crs_mixed_ranges.gpkg", "OR_land_2269", "", 1, "no-crs", ""},
    {"mapshaper/geopackage/missing_crs_mixed_ranges.gpkg", "OR_land_4326", "", 0, "",
     "says no coordinate system"},
    {"mapshaper/geopackage/missing_crs_mixed_ranges.gpkg", "OR_land_4326", "EPSG:4326", 1, "", ""},
    {"mapshaper/geopackage/null_crs_gdal.gpkg", "", "", 0, "", "says no coordinate system"},
    {"mapshaper/geopackage/null_crs_gdal.gpkg", "", "EPSG:4326", 1, "", ""},
    {"mapshaper/geopackage/same_crs_points.gpkg", "oregon_cities", "", 5, "", ""},
    {"mapshaper/geopackage/same_crs_points.gpkg", "washington_cities", "", 6, "", ""},
    {"mapshaper/geopackage/shared_vs_unshared_paths.gpkg", "roads", "", 121, "duplicate-shape", ""},
    {"mapshaper/geopackage/shared_vs_unshared_paths.gpkg", "counties", "", 36, "", ""},
    {"mapshaper/geopackage/shared_vs_unshared_paths.gpkg", "state", "", 1, "", ""},
    {"mapshaper/geopackage/world_land_robin.gpkg", "", "", 1, "polygon.crossing polygon.overlap",
     ""},
    {"mapshaper/issues/166/a_utm.dbf", "", "", 1, "", ""},
    {"mapshaper/issues/166/a_utm.shp", "", "", 1, "", ""},
    {"mapshaper/issues/166/b_utm.dbf", "", "", 1, "", ""},
    {"mapshaper/issues/166/b_utm.shp", "", "", 1, "", ""},
    {"mapshaper/issues/166/c_utm.dbf", "", "", 1, "no-crs", ""},
    {"mapshaper/issues/166/c_utm.shp", "", "", 1, "no-crs", ""},
    {"mapshaper/issues/166/d_geo.dbf", "", "", 1, "", ""},
    {"mapshaper/issues/166/d_geo.shp", "", "", 1, "", ""},
    {"mapshaper/issues/166/e_merc.dbf", "", "", 1, "", ""},
    {"mapshaper/issues/166/e_merc.shp", "", "", 1, "", ""},
    {"mapshaper/issues/177/mixed_feature.json", "", "", 3, "mixed-kinds", ""},
    {"mapshaper/issues/68/cell1.shp", "", "", 0, "no-shx", "says no coordinate system"},
    {"mapshaper/issues/68/cell1.shp", "", "EPSG:4326", 1, "no-shx", ""},
    {"mapshaper/issues/68/clipper.shp", "", "", 0, "no-shx", "says no coordinate system"},
    {"mapshaper/issues/68/clipper.shp", "", "EPSG:4326", 1, "no-shx", ""},
    {"mapshaper/shapefile/shplib/polygon.dbf", "", "", 474, "no-crs polygon.crossing", ""},
    {"mapshaper/shapefile/shplib/polygon.shp", "", "", 474, "no-crs polygon.crossing", ""},
    {"mapshaper/shapefile/six_counties.dbf", "", "", 6, "polygon.crossing", ""},
    {"mapshaper/shapefile/six_counties.shp", "", "", 6, "polygon.crossing", ""},
    {"mapshaper/shapefile/two_states_mercator.dbf", "", "", 2, "polygon.crossing", ""},
    {"mapshaper/shapefile/two_states_mercator.shp", "", "", 2, "polygon.crossing", ""},
    {"mapshaper/text/utf8_bom.csv", "", "", 1, "", ""},
    {"pyshp/REL.zip", "", "", 1, "heights", ""},
    {"pyshp/corrupt_too_long.dbf", "", "", 0, "", "says no coordinate system"},
    {"pyshp/corrupt_too_long.dbf", "", "EPSG:4326", 10, "duplicate-shape", ""},
    {"pyshp/corrupt_too_long.shp", "", "", 0, "", "says no coordinate system"},
    {"pyshp/corrupt_too_long.shp", "", "EPSG:4326", 10, "duplicate-shape", ""},
    {"pyshp/empty_zipfile.zip", "", "", 0, "", "holds no map or table"},
    {"pyshp/latin1.dbf", "", "", 0, "no-shx", "says no coordinate system"},
    {"pyshp/latin1.dbf", "", "EPSG:4326", 1, "encoding-unsure no-shx", ""},
    {"pyshp/latin1.shp", "", "", 0, "no-shx", "says no coordinate system"},
    {"pyshp/latin1.shp", "", "EPSG:4326", 1, "encoding-unsure no-shx", ""},
};

fs::path hazards() {
  const char* root = std::getenv("DOORSTEP_TEST_DATA");
  return root ? fs::path(root) / "hazards" : fs::path();
}

bool skipped() {
  if (!hazards().empty() && fs::exists(hazards())) return false;
  WARN("skipped: DOORSTEP_TEST_DATA names no folder with hazards/");
  return true;
}

TableRequest request_for(const Expected& e) {
  TableRequest request;
  request.path = hazards() / e.file;
  request.shown = e.file;
  request.layer = e.layer;
  request.crs = e.crs;
  request.to_crs = "EPSG:3857";  // the hazards lie on four continents
  return request;
}

std::string codes_of(const Diagnostics& findings) {
  std::set<std::string> codes;
  for (const Diagnostic& d : findings.items()) codes.insert(d.code);
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : " ") + code;
  return text;
}

/// Parts of other files: opened with them.
bool is_sidecar(const fs::path& file) {
  static const std::set<std::string> kExtensions{".cpg", ".prj", ".shx", ".qpj", ".xsd"};
  return kExtensions.contains(file.extension().string());
}

std::map<std::string, std::uintmax_t> listing() {
  std::map<std::string, std::uintmax_t> files;
  for (const auto& entry : fs::recursive_directory_iterator(hazards()))
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), hazards()).string()] = entry.file_size();
  return files;
}

}  // namespace

TEST_CASE("every hazard loads with findings or fails with one clear line") {
  if (skipped()) return;
  auto before = listing();
  for (const Expected& e : kExpected) {
    CAPTURE(e.file, e.layer, e.crs);
    Diagnostics findings;
    std::string error;
    std::size_t rows = 0;
    try {
      rows = read_table(request_for(e), findings).rows();
    } catch (const Error& thrown) {
      error = thrown.what();
      CHECK_FALSE(thrown.hint().empty());
      CHECK(thrown.message().find('\n') == std::string::npos);
      CHECK_THAT(thrown.where(), Catch::Contains(e.file));
    }
    CHECK(rows == e.rows);
    CHECK(codes_of(findings) == e.codes);
    CHECK_THAT(error, Catch::StartsWith(e.error));
    CHECK(error.empty() == (*e.error == 0));
  }
  CHECK(listing() == before);  // nothing is written beside the data
}

TEST_CASE("no hazard is missing from the table") {
  if (skipped()) return;
  std::set<std::string> known;
  for (const Expected& e : kExpected) known.insert(e.file);
  for (const auto& [file, bytes] : listing())
    if (!is_sidecar(file)) CHECK(known.contains(file));
}

TEST_CASE("every layer of every hazard is listed, with the rows that it reads") {
  if (skipped()) return;
  std::set<std::string> files;
  for (const Expected& e : kExpected) files.insert(e.file);
  for (const std::string& file : files) {
    CAPTURE(file);
    Diagnostics findings;
    std::vector<LayerInfo> layers;
    try {
      layers = list_layers(hazards() / file, file, findings);
    } catch (const Error&) {  // the same line as reading gives
      bool fails = std::ranges::any_of(kExpected, [&](const Expected& e) {
        return e.file == file && e.rows == 0 && *e.error != 0;
      });
      CHECK(fails);
      continue;
    }
    for (const LayerInfo& layer : layers) {
      CAPTURE(layer.name);
      auto row = std::ranges::find_if(kExpected, [&](const Expected& e) {
        return e.file == file && *e.error == 0 && (layers.size() == 1 || e.layer == layer.name);
      });
      REQUIRE(row != std::end(kExpected));
      if (layer.rows) CHECK(*layer.rows == row->rows);
    }
  }
}

TEST_CASE("names in eight code pages are read as people wrote them") {
  if (skipped()) return;
  const std::pair<const char*, const char*> kNames[] = {
      {"mapshaper/dbf/cpg/big5.dbf", "國語"},
      {"mapshaper/dbf/cpg/euckr.dbf", "한국말"},
      {"mapshaper/dbf/cpg/koi8r.dbf", "русский"},
      {"mapshaper/dbf/cpg/latin2.dbf", "čeština"},
      {"mapshaper/dbf/cpg/shiftjis.dbf", "カタカナひらがな"},
      {"mapshaper/dbf/cpg/win1251.dbf", "РУССКИЙ"},
      {"mapshaper/dbf/cpg/win874.dbf", "ภาษาไทย"},
      {"mapshaper/dbf/big5.dbf", "繁體國語"},
      {"mapshaper/dbf/gb2312.dbf", "简体国语"},
      {"mapshaper/dbf/gbk.dbf", "简体国语"},
      {"mapshaper/dbf/utf8.dbf", "国语國語"}};
  for (auto [file, name] : kNames) {
    TableRequest request;
    request.path = hazards() / file;
    request.shown = file;
    Diagnostics findings;
    Table table = read_table(request, findings);
    CHECK(table.cells.at(0).at(table.column("NAME", "name")) == name);
  }
}
