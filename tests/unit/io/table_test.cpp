#include "io/table/table.h"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <fstream>

#include "base/error.h"
#include "io/results/results.h"

using namespace doorstep;
using namespace doorstep::io;
namespace fs = std::filesystem;

namespace {

struct Read {
  Table table;
  Diagnostics findings;
};

/// Reads bytes as a file of this name.
Read read(const std::string& name, const std::string& bytes) {
  std::string pattern = (fs::temp_directory_path() / "doorstep-table-XXXXXX").string();
  fs::path folder = mkdtemp(pattern.data());
  std::ofstream(folder / name, std::ios::binary) << bytes;
  TableRequest request;
  request.path = folder / name;
  request.shown = name;
  request.to_crs = "EPSG:4549";
  Read out;
  try {
    out.table = read_table(request, out.findings);
  } catch (...) {
    fs::remove_all(folder);
    throw;
  }
  fs::remove_all(folder);
  return out;
}

}  // namespace

TEST_CASE("cells are text as written, with white space trimmed") {
  Table table = read("a.csv", "code,n\n007, 1e3 \n\"a,b\",NA\n").table;
  CHECK(table.columns == std::vector<std::string>{"code", "n"});
  REQUIRE(table.rows() == 2);
  CHECK(table.cells[0] == std::vector<std::string>{"007", "1e3"});
  CHECK(table.cells[1] == std::vector<std::string>{"a,b", "NA"});
  CHECK(table.at(1, "n").text() == "a.csv row 2, n");
}

TEST_CASE("missing is what people write for it, and nothing else") {
  for (const char* cell : {"", "NA", "N/A", "NULL", "–", "—", "-"}) CHECK(is_missing(cell));
  for (const char* cell : {"0", "na", "none", "无"}) CHECK_FALSE(is_missing(cell));
}

TEST_CASE("rows keep their numbers when others are left out") {
  Table table = read("a.csv", "code,n\na,1\nb,2\nc,3\n").table;
  table.keep_rows({false, true, true});
  REQUIRE(table.rows() == 2);
  CHECK(table.cells[0][0] == "b");
  CHECK(table.at(0).text() == "a.csv row 2");
}

TEST_CASE("a GBK table is read as what it says, UTF-8 beside it stays, and it is said once") {
  // 名称, 第一 and 小学 in GBK, 中学 in UTF-8. GBK 小学 alone would be valid UTF-8, two Cyrillic
  // letters.
  Read got =
      read("a.csv", "code,\xC3\xFB\xB3\xC6\na,\xB5\xDA\xD2\xBB\nb,中学\nc,\xD0\xA1\xD1\xA7\n");
  CHECK(got.table.columns[1] == "名称");
  CHECK(got.table.cells[0][1] == "第一");
  CHECK(got.table.cells[1][1] == "中学");
  CHECK(got.table.cells[2][1] == "小学");
  REQUIRE(got.findings.items().size() == 1);
  CHECK(got.findings.items()[0].code == "encoding");
  CHECK_THAT(got.findings.items()[0].message, Catch::StartsWith("3 cells"));
}

TEST_CASE("a byte order mark is no part of the first field's name") {
  CHECK(read("a.csv",
             "\xEF\xBB\xBF"
             "code,n\na,1\n")
            .table.columns[0] == "code");
}

TEST_CASE("a map layer is brought into the place's system") {
  // 120 E is the central meridian of EPSG:4549: x is its false easting, 500 km.
  Table table =
      read("a.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)"
                        R"({"code":"a"},"geometry":{"type":"Point","coordinates":[120.0,37.0]}}]})")
          .table;
  REQUIRE(table.shapes.size() == 1);
  REQUIRE(table.shapes[0].points.size() == 1);
  CHECK(table.shapes[0].points[0].x == Approx(500000.0).margin(1e-6));
}

TEST_CASE("formats that follow a name to elsewhere are not opened, whatever the file is called") {
  const std::string vrt =
      "<OGRVRTDataSource><OGRVRTLayer name=\"a\"><SrcDataSource>/etc/passwd</SrcDataSource>"
      "</OGRVRTLayer></OGRVRTDataSource>";
  const std::string gml =
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"/etc/passwd\">]>"
      "<ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" "
      "xmlns:gml=\"http://www.opengis.net/gml\"><gml:featureMember><ogr:a fid=\"1\"><ogr:code>&e;"
      "</ogr:code></ogr:a></gml:featureMember></ogr:FeatureCollection>";
  for (const char* name : {"a.vrt", "a.gpkg", "a.xml", "a.gml"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(read(name, vrt), Error);
    CHECK_THROWS_AS(read(name, gml), Error);
  }
}

TEST_CASE("a wrong field names the nearest that exists") {
  Table table = read("a.csv", "code,seats\na,1\n").table;
  CHECK(table.column("seats", "campuses.seats") == 1);
  try {
    (void)table.column("seat", "campuses.seats");
    FAIL("nothing was thrown");
  } catch (const Error& e) {
    CHECK(e.message() ==
          "a.csv: no field \"seat\", which place.toml names for campuses.seats "
          "(did you mean \"seats\"? It has: code, seats)");
  }
}

TEST_CASE("cells of an output are quoted where they must be and never become formulas") {
  CHECK(csv_cell("第一小学") == "第一小学");
  CHECK(csv_cell("No. 2, East") == "\"No. 2, East\"");
  CHECK(csv_cell("a \"b\"") == "\"a \"\"b\"\"\"");
  CHECK(csv_cell("two\nlines") == "\"two\nlines\"");
  CHECK(csv_cell("=1+1") == "'=1+1");
  CHECK(csv_cell("@SUM(A1,B1)") == "\"'@SUM(A1,B1)\"");
  CHECK(csv_cell("+cmd|' /C calc'!A0") == "'+cmd|' /C calc'!A0");
  CHECK(csv_cell("-12.5") == "-12.5");
  CHECK(csv_cell("-") == "'-");
  CHECK(csv_cell("").empty());
}
