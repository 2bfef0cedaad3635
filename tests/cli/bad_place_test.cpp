// What the program says about a place that cannot be read. Each case spoils one thing of the town.

#include "town_copy.h"

using namespace doorstep::test;
namespace fs = std::filesystem;

namespace {

const std::string kRun = "run town -o out";

/// Replaces in one file and expects the refusal of a run.
void refused_after(const std::string& file, const std::string& from, const std::string& to,
                   const std::vector<std::string>& parts) {
  TownCopy town;
  town.replace(file, from, to);
  expect_refusal(town, kRun, parts);
}

}  // namespace

TEST_CASE("the town itself has no errors and no warnings") {
  TownCopy town;
  Answer check = town.run("check town");
  INFO(check.out << check.err);
  CHECK(check.status == 0);
  CHECK_THAT(check.out, Catch::Contains("10 homes with 468 children, 3 campuses, 3 catchments"));
  CHECK_THAT(check.out, Catch::Contains("0 errors, 0 warnings"));
  CHECK(check.err.empty());
}

TEST_CASE("a folder without a place is refused") {
  TownCopy town;
  expect_refusal(town, "run nowhere -o out", {"nowhere", "no place here", "place.toml"});
}

TEST_CASE("a missing file is named with the key that names it") {
  TownCopy town;
  fs::remove(town.file("homes.csv"));
  expect_refusal(town, kRun, {"homes.csv", "not found", "place.toml, homes.file"});
}

TEST_CASE("a pipe or a folder in place of a file is refused") {
  TownCopy town;
  fs::remove(town.file("homes.csv"));
  REQUIRE(std::system(("mkfifo '" + town.file("homes.csv").string() + "'").c_str()) == 0);
  expect_refusal(town, kRun, {"homes.csv", "is no file", "place.toml, homes.file"});
  fs::remove(town.file("homes.csv"));
  fs::create_directory(town.file("homes.csv"));
  expect_refusal(town, kRun, {"homes.csv", "is no file"});
}

TEST_CASE("a small workbook that unpacks to 600 MB is refused") {
  TownCopy town;
  std::string pack = "python3 -c \"import zipfile\nz = zipfile.ZipFile('" +
                     town.file("homes.xlsx").string() +
                     "', 'w', zipfile.ZIP_DEFLATED, compresslevel=1)\n"
                     "with z.open('xl/worksheets/sheet1.xml', 'w') as f:\n"
                     "  for i in range(600): f.write(bytes(1 << 20))\nz.close()\"";
  REQUIRE(std::system(pack.c_str()) == 0);
  town.replace("place.toml", "\"homes.csv\"", "\"homes.xlsx\"");
  expect_refusal(town, kRun, {"homes.xlsx", "unpacks to", "times its size"});
}

TEST_CASE("a wrong field is answered with the nearest that exists") {
  refused_after("place.toml", "seats = \"junior_seats\"", "seats = \"junior_seat\"",
                {"campuses.csv", "junior_seat", "campuses[1].stage[2].seats",
                 "did you mean \"junior_seats\"?"});
}

TEST_CASE("an unknown coordinate system is named") {
  refused_after("place.toml", "EPSG:4549", "EPSG:999999",
                {"place.toml, crs", "EPSG:999999", "EPSG:4547"});
}

TEST_CASE("a coordinate system in degrees is refused") {
  refused_after("place.toml", "EPSG:4549", "EPSG:4326",
                {"place.toml, crs", "in degrees", "projected system in metres"});
}

TEST_CASE("negative pupils are refused with their row and field") {
  refused_after("homes.csv", "h03,500500,4140100,west,town,3", "h03,500500,4140100,west,town,-3",
                {"homes.csv row 3, local_3", "-3 pupils", "cannot be negative"});
}

TEST_CASE("seats that are no number are refused with their row and field") {
  refused_after("campuses.csv", ",130,130,4", ",many,130,4",
                {"campuses.csv row 1, primary_seats", "\"many\" is not a number"});
}

TEST_CASE("negative seats, rooms, enrolment and dwellings are refused") {
  refused_after("campuses.csv", ",130,130,4", ",-130,130,4", {"row 1, primary_seats", "-130"});
  refused_after("campuses.csv", ",130,130,4", ",130,130,-4", {"row 1, primary_rooms", "-4 rooms"});
  refused_after("campuses.csv", ",22,22,", ",22,-22,", {"campuses.csv row 1, g2", "-22 pupils"});
  refused_after("housing.csv", ",40,", ",-40,", {"housing.csv row 1, dwellings", "-40"});
}

TEST_CASE("a catchment that names an unknown campus is refused with the nearest") {
  refused_after("catchments.geojson", "\"campuses\": \"p1\"", "\"campuses\": \"p9\"",
                {"catchments.geojson row 1, campuses", "unknown campus \"p9\"", "\"p1\"?"});
}

TEST_CASE("a place of another version is refused") {
  refused_after("place.toml", "format = 1", "format = 2",
                {"place.toml, format", "format 2", "reads 1", "docs/place.md"});
}

TEST_CASE("a group of unknown form is refused with the nearest") {
  refused_after("place.toml", "\"close_knit\"", "\"close_nit\"",
                {"group[1].members[1].form", "did you mean \"close_knit\"?"});
}

TEST_CASE("a misspelt coefficient is refused with the nearest") {
  refused_after("place.toml", "choice.a_quality", "choice.a_qualty",
                {"place.toml, coefficients.choice.a_qualty", "did you mean \"choice.a_quality\"?"});
}

TEST_CASE("a path outside the place is refused") {
  for (const char* path : {"../homes.csv", "/etc/passwd", "sub/../../homes.csv"}) {
    CAPTURE(path);
    refused_after("place.toml", "\"homes.csv\"", "\"" + std::string(path) + "\"",
                  {"place.toml, homes.file", path, "outside the place"});
  }
}

TEST_CASE("a link that leads outside the place is refused") {
  TownCopy town;
  fs::remove(town.file("homes.csv"));
  fs::create_symlink("/etc/passwd", town.file("homes.csv"));
  expect_refusal(town, kRun, {"place.toml, homes.file", "through a link"});
}

TEST_CASE("a path on the network is refused") {
  for (const char* path :
       {"http://example.org/homes.csv", "/vsicurl/http://example.org/h.csv", "/vsizip/h.zip"}) {
    CAPTURE(path);
    refused_after("place.toml", "\"homes.csv\"", "\"" + std::string(path) + "\"",
                  {"place.toml, homes.file", path, "network"});
  }
}

TEST_CASE("a file that points to another file is refused, whatever it is called") {
  const std::string vrt =
      "<OGRVRTDataSource><OGRVRTLayer name=\"passwd\"><SrcDataSource>/etc/passwd</SrcDataSource>"
      "</OGRVRTLayer></OGRVRTDataSource>\n";
  for (const char* name : {"homes.vrt", "homes.xml", "homes.gpkg"}) {
    CAPTURE(name);
    TownCopy town;
    town.write(name, vrt);
    town.replace("place.toml", "\"homes.csv\"", "\"" + std::string(name) + "\"");
    expect_refusal(town, kRun, {name, "virtual file", "other files"});
  }
}

TEST_CASE("a variable that is not set is named") {
  TownCopy town;
  town.replace("place.toml", "\"homes.csv\"", "\"${DOORSTEP_NO_SUCH}/homes.csv\"");
  expect_refusal(town, kRun, {"homes.file", "DOORSTEP_NO_SUCH", "not set"});
}

TEST_CASE("a path after a variable may not climb out of it") {
  TownCopy town;
  town.replace("place.toml", "\"homes.csv\"", "\"${DATA}/../homes.csv\"");
  expect_refusal(town, kRun, {"homes.file", "outside the place"}, 1, "DATA=/tmp");
}

TEST_CASE("TOML that is none is refused with its line") {
  refused_after("place.toml", "base_year = 2024", "base_year = ", {"place.toml line 11", "TOML"});
  refused_after("place.toml", "base_year = 2024", "base_year = 2024\nbase_year = 2025",
                {"place.toml line 12", "base_year"});
}

TEST_CASE("an empty place file is refused") {
  TownCopy town;
  town.write("place.toml", "");
  expect_refusal(town, kRun, {"place.toml, format", "missing"});
}

TEST_CASE("binary garbage is refused as a place and as a table") {
  std::string garbage;
  for (int i = 0; i < 2048; ++i) garbage += static_cast<char>(i % 256);
  for (const char* name : {"place.toml", "homes.csv", "catchments.geojson"}) {
    CAPTURE(name);
    TownCopy town;
    town.write(name, garbage);
    expect_refusal(town, kRun, {name});
  }
}

TEST_CASE("an empty table is refused, and one with nothing but a header") {
  TownCopy town;
  town.write("homes.csv", "");
  expect_refusal(town, kRun, {"homes.csv", "is empty"});
  std::string table = bytes_of(fs::path(DOORSTEP_TOWN) / "homes.csv");
  town.write("homes.csv", table.substr(0, table.find('\n') + 1));
  expect_refusal(town, kRun, {"homes.csv", "has no homes"});
}

TEST_CASE("a map layer that breaks off is refused") {
  TownCopy town;
  town.write("catchments.geojson", bytes_of(town.file("catchments.geojson")).substr(0, 250));
  expect_refusal(town, kRun, {"catchments.geojson", "cannot be opened"});
}

TEST_CASE("codes that stand twice are refused") {
  refused_after("homes.csv", "h02,", "h01,", {"homes.csv row 2", "code \"h01\" stands twice"});
  refused_after("campuses.csv", "p2,", "p1,", {"campuses.csv row 2", "code \"p1\" stands twice"});
}

TEST_CASE("a row without a position is refused with its number") {
  refused_after("homes.csv", "h03,500500,", "h03,,", {"homes.csv row 3", "no position", "ignore"});
  refused_after("homes.csv", "h03,500500,", "h03,east,", {"row 3, x", "\"east\" is not a number"});
}

TEST_CASE("check lists every finding and fails where there are errors") {
  TownCopy town;
  town.replace("homes.csv", "h02,", "h01,");
  town.replace("campuses.csv", ",130,130,4", ",many,130,4");
  Answer check = town.run("check town");
  CHECK(check.status == 1);
  CHECK_THAT(check.out, Catch::Contains("homes.csv row 2  nothing   code \"h01\" stands twice"));
  CHECK_THAT(check.out, Catch::Contains("campuses.csv row 1, primary_seats  nothing   \"many\""));
}

TEST_CASE("check groups findings by severity and kind, and says how many it does not show") {
  TownCopy town;
  for (const char* home : {"h01", "h02", "h03", "h04", "h05", "h06", "h07"})
    town.replace("homes.csv", std::string("\n") + home + ",500", std::string("\n") + home + ",x");
  town.replace("place.toml", "origin = \"synthetic\"", "orgin = \"synthetic\"");
  Answer few = town.run("check town");
  CHECK(few.status == 1);
  CHECK_THAT(few.out, Catch::Contains("  not-a-number  7\n"));
  CHECK_THAT(few.out, Catch::Contains("… 2 more of this kind (use --all)"));
  CHECK_THAT(few.out, Catch::Contains("  unknown-key  1\n    place.toml, orgin  skipped   key is"));
  CHECK(few.out.find("warnings: ") < few.out.find("remarks: "));
  Answer all = town.run("check town --all");
  CHECK_THAT(all.out, !Catch::Contains("more of this kind"));
  CHECK(std::ranges::count(all.out, '\n') > std::ranges::count(few.out, '\n'));
}

TEST_CASE("a home in no catchment is a warning with its row") {
  TownCopy town;
  town.replace("homes.csv", "h03,500500,", "h03,502500,");
  expect_warning(town, kRun, {"homes.csv row 3", "no catchment of primary", "h03"});
}

TEST_CASE("a home far from all others is a warning with its row") {
  TownCopy town;
  town.replace("homes.csv", "h03,500500,", "h03,5,");
  expect_warning(town, kRun, {"homes.csv row 3", "h03 lies 500 km from the other homes"});
}

TEST_CASE("a key that nobody asked for is a warning with the nearest") {
  TownCopy town;
  town.replace("place.toml", "origin = \"synthetic\"", "orgin = \"synthetic\"");
  expect_warning(town, kRun, {"place.toml, orgin", "did you mean \"origin\"?"});
}

TEST_CASE("a layer without a licence is a warning") {
  TownCopy town;
  town.replace("place.toml", "licence = \"CC0-1.0\"\n", "");
  expect_warning(town, kRun, {"place.toml, areas.licence", "without a licence"});
}

TEST_CASE("missing cells are counted and said") {
  TownCopy town;
  town.replace("homes.csv", "h03,500500,4140100,west,town,3,3,3,3",
               "h03,500500,4140100,west,town,3,NA,,3");
  expect_warning(town, kRun, {"homes.csv row 3, local_4", "2 cells of children are missing"});
}

TEST_CASE("a row that ends early is read with its missing cells said") {
  TownCopy town;
  std::string table = bytes_of(town.file("homes.csv"));
  table.resize(table.rfind(",1,1,1"));  // the last row loses its last three cells
  town.write("homes.csv", table + "\n");
  expect_warning(town, kRun, {"homes.csv row 10, migrant_12", "3 cells of children are missing"});
}

namespace {

/// The names column of campuses.csv, which every reading of the town must give alike.
std::string results_of(const TownCopy& town) {
  Answer answer = town.run(kRun);
  INFO(answer.err);
  REQUIRE(answer.status == 0);
  return bytes_of(town.work() / "out/campuses.csv");
}

}  // namespace

TEST_CASE("a byte order mark and Windows line ends change nothing") {
  std::string plain = results_of(TownCopy());
  CHECK_THAT(plain, Catch::Contains("\"第二小学, 东校区\",\"No. 2 Primary, East\""));
  TownCopy marked;
  marked.write("homes.csv", "\xEF\xBB\xBF" + bytes_of(marked.file("homes.csv")));
  marked.write("campuses.csv", "\xEF\xBB\xBF" + bytes_of(marked.file("campuses.csv")));
  CHECK(results_of(marked) == plain);
  TownCopy windows;
  std::string table;
  for (char c : bytes_of(windows.file("campuses.csv")))
    table += c == '\n' ? "\r\n" : std::string(1, c);
  windows.write("campuses.csv", table);
  CHECK(results_of(windows) == plain);
}

TEST_CASE("a GBK table is read and said so, and UTF-8 cells in it stay") {
  std::string plain = results_of(TownCopy());
  TownCopy town;
  // 第一小学 in GBK; the other names stay UTF-8.
  town.replace("campuses.csv", "第一小学", "\xB5\xDA\xD2\xBB\xD0\xA1\xD1\xA7");
  Answer check = town.run("check town");
  for (const char* part : {"encoding  1", "campuses.csv row 1", "1 cells are not UTF-8", "GB18030"})
    CHECK_THAT(check.out, Catch::Contains(part));
  CHECK(results_of(town) == plain);
}
