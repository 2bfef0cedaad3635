#include "io/table/sheet.h"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "io/table/layers.h"
#include "io/table/table.h"
#include "support/stored_zip.h"

using namespace doorstep;
using namespace doorstep::io;
namespace fs = std::filesystem;

namespace {

struct Read {
  Table table;
  Diagnostics findings;
  [[nodiscard]] std::string said(const std::string& code) const {
    for (const Diagnostic& d : findings.items())
      if (d.code == code) return d.message;
    return "";
  }
};

/// A folder that goes with the test.
struct Folder {
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "doorstep-sheet-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

TableRequest request_for(const fs::path& file) {
  TableRequest request;
  request.path = file;
  request.shown = file.filename().string();
  return request;
}

Read read(const std::string& name, const std::string& bytes, const std::string& crs = "",
          const std::string& to_crs = "") {
  Folder folder;
  std::ofstream(folder.path / name, std::ios::binary) << bytes;
  TableRequest request = request_for(folder.path / name);
  request.crs = crs;
  request.to_crs = to_crs;
  Read out;
  out.table = read_table(request, out.findings);
  return out;
}

std::string refusal(const std::string& name, const std::string& bytes) {
  try {
    read(name, bytes);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

/// A yearbook page: titles, two header lines, merged towns, totals and a note.
const std::vector<std::vector<std::string>> kYearbook{
    {"某区学校基本情况", "", "", "", "", ""},
    {"单位：人", "", "", "", "", ""},
    {"镇街", "学校", "小学", "", "初中", ""},
    {"", "", "班数", "学生数(人)", "班数", "学生数(人)"},
    {"东街", "一小", "=24", "=1080", "—", "—"},
    {"", "二小", "=18", "1,012", "—", "…"},
    {"", "小 计", "=42", "=2092", "", ""},
    {"西街", "实验", "=12", "５００", "=12", "=600.0"},
    {"", "三中", "—", "—", "=30", "=1500"},
    {"合计", "", "=54", "=2592", "=42", "=2100"},
    {"注：截至九月", "", "", "", "", ""}};
const std::vector<std::string> kYearbookMerges{"A1:F1", "A3:A4", "B3:B4", "C3:D3",
                                               "E3:F3", "A5:A7", "A8:A9"};

std::string as_csv(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::string cell = row[c].starts_with("=") ? row[c].substr(1) : row[c];
      text += (c ? ",\"" : "\"") + cell + "\"";
    }
    text += "\n";
  }
  return text;
}

void check_yearbook(const Read& got) {
  CHECK(got.table.columns == std::vector<std::string>{"镇街", "学校", "小学/班数",
                                                      "小学/学生数(人)", "初中/班数",
                                                      "初中/学生数(人)"});
  REQUIRE(got.table.rows() == 4);
  CHECK(got.table.cells[1] == std::vector<std::string>{"东街", "二小", "18", "1012", "—", "…"});
  CHECK(got.table.cells[3][0] == "西街");
  CHECK(got.table.cells[2][3] == "500");
  CHECK(is_missing(got.table.cells[0][4]));
  CHECK(is_missing(got.table.cells[1][5]));
  CHECK(got.table.row_of == std::vector<long>{1, 2, 4, 5});
  CHECK_THAT(got.said("title-lines"), Catch::Contains("某区学校基本情况"));
  CHECK_THAT(got.said("total-row"), Catch::Contains("3 (\"小 计\"), 6 (\"合计\")"));
  CHECK_THAT(got.said("note-row"), Catch::Contains("注：截至九月"));
}

}  // namespace

TEST_CASE("a yearbook page of Excel is read under its titles, by its merged cells") {
  Read got = read("a.xlsx", doorstep::test::workbook(kYearbook, kYearbookMerges));
  check_yearbook(got);
  CHECK(got.table.cells[2][5] == "600");
  CHECK_FALSE(got.said("merged-cells").empty());
  CHECK(got.said("filled-down").empty());  // nothing was guessed
}

TEST_CASE("the same page saved as CSV is read alike, and what was guessed is a warning") {
  Read got = read("a.csv", as_csv(kYearbook));
  check_yearbook(got);
  CHECK_THAT(got.said("filled-down"), Catch::Contains("镇街"));
}

TEST_CASE("a workbook without merged cells gets none invented") {
  Read got = read("a.xlsx", doorstep::test::workbook({{"集团", "学校", "n"},
                                                      {"甲", "一小", "=1"},
                                                      {"", "二小", "=2"},
                                                      {"", "三小", "=3"},
                                                      {"", "四小", "=4"}},
                                                     {}));
  CHECK(got.table.cells[1][0].empty());
  CHECK(got.findings.items().empty());
}

TEST_CASE("a plain CSV keeps its empty first cells and its text rows") {
  Read got = read("a.csv", "group,school,town\n甲,一小,东\n,二小,东\n,三小,西\n,四小,西\n");
  CHECK(got.table.cells[1][0].empty());
  CHECK(got.table.rows() == 4);
}

TEST_CASE("totals of a category are data, totals of a table are not") {
  Read sex = read("a.csv", "county,sex,n\nA,合计,3\nA,男,1\nA,女,2\nB,合计,7\nB,男,3\nB,女,4\n");
  CHECK(sex.table.rows() == 6);
  Read all = read("a.csv", "school,n\na,1\nb,2\nc,3\nd,4\nGrand Total,10\n");
  CHECK(all.table.rows() == 4);
  CHECK_THAT(all.said("total-row"), Catch::Contains("5 (\"Grand Total\")"));
}

TEST_CASE("totals stay where the place says that they are data") {
  Folder folder;
  std::ofstream(folder.path / "a.csv") << "school,n\na,1\n合计,1\n";
  TableRequest request = request_for(folder.path / "a.csv");
  request.keep_totals = true;
  Diagnostics findings;
  CHECK(read_table(request, findings).rows() == 2);
}

TEST_CASE("labels of totals are known in their many spellings") {
  for (const char* label :
       {"合计", "总 计", "小　计", "滨城区小计", "Total", "Grand Total:", "(合计)", "全区"})
    CHECK(is_total_label(label));
  for (const char* label : {"合计划学校", "Totalview School", "总校", "", "全区中心小学"})
    CHECK_FALSE(is_total_label(label));
}

TEST_CASE("ids that Excel destroyed are named with their column") {
  Read powers = read("a.csv", "学籍号,n\n3.7063E+14,1\n3.7063E+14,2\n");
  CHECK_THAT(powers.said("id-destroyed"), Catch::Contains("2 of 2"));
  CHECK(powers.table.cells[0][0] == "3.7063E+14");  // still as it stands
  Read zeros = read("a.csv", "idcard,n\n371602201501010000,1\n371602201502020000,2\n");
  CHECK_FALSE(zeros.said("id-destroyed").empty());
  Read lost = read("a.csv", "学校代码,n\n3237000123,1\n3237000124,1\n337000125,1\n");
  CHECK_THAT(lost.said("zeros-lost"), Catch::Contains("leading zeros"));
  CHECK(read("a.csv", "code,n\n0012,1\n0123,1\n").findings.items().empty());
}

TEST_CASE("numbers are written plainly, ids are not touched") {
  Read got = read("a.csv", "code,n\n0071,\"12,345\"\n１２,7\n1e5,\"1,2\"\n");
  CHECK(got.table.cells[0] == std::vector<std::string>{"0071", "12345"});
  CHECK(got.table.cells[1][0] == "12");
  CHECK(got.table.cells[2] == std::vector<std::string>{"1e5", "1,2"});
}

TEST_CASE("ragged rows are named, and a header that stands twice is data once") {
  Read got = read("a.csv", "a,b\n1,2,3\n4\na,b\n5,6\n");
  CHECK(got.table.rows() == 3);
  CHECK_THAT(got.said("long-row"), Catch::Contains("\"3\""));
  CHECK_FALSE(got.said("short-row").empty());
  CHECK_FALSE(got.said("repeated-header").empty());
}

TEST_CASE("one column is a table, an empty one is an error, a picture is no text") {
  CHECK(read("a.csv", "code\na\nb\n").table.rows() == 2);
  CHECK(refusal("a.csv", "\n\n") == "has no columns");
  CHECK(refusal("a.csv", "") == "is empty");
  CHECK(refusal("a.csv", std::string("\x89PNG\r\n\x1a\n\1\2\3\4\5\6\7\x0e\x0f", 17)) ==
        "is no text");
  CHECK(read("a.csv", "1,2\n3,4\n").said("no-header").size() > 0);
}

TEST_CASE("a field may be named without its unit") {
  Table table = read("a.csv", "学校,学生数（人）\na,1\n").table;
  CHECK(table.column("学生数", "enrolment") == 1);
  CHECK(without_unit("area (km2)") == "area");
}

TEST_CASE("geometries in a CSV are WKT, and one that is none is named") {
  Read got = read("a.csv", "WKT,id\n\"POLYGON((0 0,4 0,4 4,0 4,0 0))\",a\nPOLYGON(,b\n");
  REQUIRE(got.table.shapes.size() == 2);
  CHECK(got.table.shapes[0].areas.size() == 1);
  CHECK(got.table.shapes[1].empty());
  CHECK_FALSE(got.said("bad-geometry").empty());
}

TEST_CASE("rows stream and stop when told to") {
  Folder folder;
  std::ofstream out(folder.path / "a.csv");
  out << "code,n\n";
  for (int i = 0; i < 10000; ++i) out << "x" << i << "," << i << "\n";
  out.close();
  Diagnostics findings;
  long seen = 0;
  TableHead head = for_each_row(request_for(folder.path / "a.csv"), findings,
                                [&](const TableHead& of, TableRow& row) {
                                  CHECK(row.cells.size() == of.columns.size());
                                  return ++seen < 7;
                                });
  CHECK(seen == 7);
  CHECK(head.columns == std::vector<std::string>{"code", "n"});
}

TEST_CASE("parts of an archive are layers; what climbs out of it or grows without end is not") {
  using doorstep::test::stored_zip;
  Folder folder;
  auto write = [&](const char* name, const std::string& bytes) {
    std::ofstream(folder.path / name, std::ios::binary) << bytes;
    return folder.path / name;
  };
  fs::path two = write("two.zip", stored_zip({{"a/一.csv", "x,y\n1,2\n"}, {"b.csv", "z\n3\n"}}));
  Diagnostics findings;
  std::vector<LayerInfo> layers = list_layers(two, "two.zip", findings);
  REQUIRE(layers.size() == 2);
  TableRequest request = request_for(two);
  request.layer = layers[1].name;
  CHECK(read_table(request, findings).rows() == 1);
  CHECK_FALSE(refusal("up.zip", stored_zip({{"../a.csv", "x\n1\n"}})).empty());
  CHECK(refusal("in.zip", stored_zip({{"b.zip", "PK"}})) == "holds another archive, b.zip");
  setenv("DOORSTEP_ARCHIVE_MB", "0.00001", 1);
  std::string big = refusal("big.zip", stored_zip({{"a.csv", "x,y\n1,2\n3,4\n"}}));
  unsetenv("DOORSTEP_ARCHIVE_MB");
  CHECK(big.find("unpacks to") == 0);
}

TEST_CASE("entities, virtual files and pages under other names are refused by their content") {
  CHECK(refusal("a.kml", "<?xml version=\"1.0\"?><!DOCTYPE k [<!ENTITY a \"b\">]><kml/>") ==
        "declares XML entities");
  CHECK(refusal("a.geojson", "<OGRVRTDataSource></OGRVRTDataSource>") ==
        "is a virtual file, which points to other files");
  CHECK(refusal("a.xls", "<html><table></table></html>") ==
        "is a web page, whatever its name says");
  CHECK(refusal("k.kmz", doorstep::test::stored_zip(
                             {{"doc.kml", "<!DOCTYPE k [<!ENTITY a SYSTEM \"/etc/passwd\">]>"}})) ==
        "declares XML entities");
}

TEST_CASE("a drawing gives areas by its closed lines and names by the texts inside") {
  auto line = [](const char* layer, bool closed, const std::string& points) {
    return std::string("0\nLWPOLYLINE\n100\nAcDbEntity\n8\n") + layer +
           "\n100\nAcDbPolyline\n90\n4\n70\n" + (closed ? "1\n" : "0\n") + points;
  };
  const std::string square = "10\n0\n20\n0\n10\n9\n20\n0\n10\n9\n20\n9\n10\n0\n20\n9\n";
  // 学区 and 一小 in the code page that the header names.
  std::string dxf =
      "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n9\n$DWGCODEPAGE\n3\nANSI_936\n"
      "0\nENDSEC\n0\nSECTION\n2\nENTITIES\n" +
      line("\xD1\xA7\xC7\xF8", true, square) + line("way", false, square) +
      "0\nTEXT\n100\nAcDbEntity\n8\nnames\n100\nAcDbText\n10\n4\n20\n4\n40\n1\n1\n"
      "\xD2\xBB\xD0\xA1\n0\nENDSEC\n0\nEOF\n";
  Read got = read("plan.dxf", dxf, "EPSG:4549", "EPSG:4549");
  REQUIRE(got.table.rows() == 2);  // the text became a name
  CHECK(got.table.cells[0][got.table.column("Layer", "layer")] == "学区");
  CHECK(got.table.cells[0][got.table.column("Text", "name")] == "一小");
  CHECK(got.table.shapes[0].areas.size() == 1);
  CHECK(got.table.shapes[1].lines.size() == 1);
  CHECK_THROWS_WITH(read("plan.dxf", dxf, "", "EPSG:4549"),
                    Catch::Contains("never says its coordinate system"));
}

TEST_CASE("numbers that cannot be the place's are not taken for them") {
  const std::string csv = "WKT,id\nPOINT (118.1 37.4),a\n";
  CHECK_THROWS_WITH(read("a.csv", csv, "", "EPSG:4549"), Catch::Contains("look like degrees"));
  Read said = read("a.csv", csv, "EPSG:4490", "EPSG:4548");
  CHECK(said.table.shapes[0].points[0].x == Approx(600000).margin(5000));
  Read plane = read("a.csv", "WKT,id\nPOINT (500000 4100000),a\n", "", "EPSG:4549");
  CHECK_FALSE(plane.said("no-crs").empty());
}

TEST_CASE("north before east is put right where the place says so") {
  Folder folder;
  std::ofstream(folder.path / "a.csv") << "WKT\nPOINT (37 120)\n";
  TableRequest request = request_for(folder.path / "a.csv");
  request.swap_axes = true;
  request.crs = "EPSG:4490";
  request.to_crs = "EPSG:4549";
  Diagnostics findings;
  CHECK(read_table(request, findings).shapes[0].points[0].x == Approx(500000).margin(0.01));
}
