// Places made to harm: each is refused with one line, quickly, and with the network off.

#include <array>
#include <cstdint>

#include "town_copy.h"

using namespace doorstep::test;
namespace fs = std::filesystem;

namespace {

const std::string kCheck = "check town";

/// In front of the program: an end after 30 s and, where the system lets us, no network.
std::string alone() {
  static const bool no_network = std::system("unshare -rn true 2>/dev/null") == 0;
  return no_network ? "timeout 30 unshare -rn" : "timeout 30";
}

void refused(const TownCopy& town, const std::vector<std::string>& parts) {
  expect_refusal(town, kCheck, parts, 1, alone());
}

/// The program may go on, but must end by itself with a status it documents and print no escape.
Answer survives(const TownCopy& town, const std::string& arguments = kCheck) {
  Answer answer = town.run(arguments, alone());
  INFO("doorstep " << arguments << "\n" << answer.out << answer.err);
  CHECK((answer.status == 0 || answer.status == 1));
  CHECK(answer.out.find('\x1b') == std::string::npos);
  CHECK(answer.err.find('\x1b') == std::string::npos);
  return answer;
}

/// Every key of a place.toml that names a file, each with the section it goes into.
std::vector<std::pair<std::string, std::string>> sections_with_files(const std::string& path) {
  std::string file = "file = \"" + path + "\"\nlicence = \"x\"\nattribution = \"x\"\n";
  return {{"basemap.file", "[basemap]\n" + file},
          {"backdrop[2].file", "[[backdrop]]\nkind = \"water\"\n" + file},
          {"housing[2].file", "[[housing]]\ncode = \"code\"\n" + file},
          {"feeders[2].file", "[[feeders]]\nfrom = \"from\"\nto = \"to\"\n" + file},
          {"observed[2].file",
           "[[observed]]\nlabel = \"x\"\nyear = 2024\nstage = \"primary\"\n" + file}};
}

void append(const TownCopy& town, const std::string& text) {
  town.write("place.toml", bytes_of(town.file("place.toml")) + "\n" + text);
}

void name_homes(const TownCopy& town, const std::string& file) {
  town.replace("place.toml", "\"homes.csv\"", "\"" + file + "\"");
}

/// Puts a raster in place of the homes.
void name_raster(const TownCopy& town, const std::string& file) {
  std::string text = bytes_of(town.file("place.toml"));
  std::size_t from = text.find("[homes]"), to = text.find("[[campuses]]");
  text.replace(from, to - from,
               "[homes]\nraster = \"" + file +
                   "\"\nages = [0, 14]\nlicence = \"x\"\nattribution = \"x\"\n\n");
  town.write("place.toml", text);
}

/// A TIFF of one band whose header claims a size.
std::string tiff_of(uint32_t width, uint32_t height) {
  std::string out = "II*";
  auto put = [&](uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
  };
  put(0, 1);
  put(8, 4);
  const std::vector<std::array<uint32_t, 3>> tags{
      {256, 4, width}, {257, 4, height}, {258, 3, 8}, {259, 3, 1},    {262, 3, 1},
      {273, 4, 200},   {277, 3, 1},      {278, 4, 1}, {279, 4, width}};
  put(tags.size(), 2);
  for (const auto& [tag, type, value] : tags) {
    put(tag, 2);
    put(type, 2);
    put(1, 4);
    put(value, 4);
  }
  put(0, 4);
  return out + std::string(200, '\0');
}

}  // namespace

TEST_CASE("no section may name a file outside the place") {
  for (const char* path : {"../evil.csv", "/etc/passwd", "a/../../evil.csv"})
    for (const auto& [key, text] : sections_with_files(path)) {
      CAPTURE(key, path);
      TownCopy town;
      append(town, text);
      refused(town, {"place.toml", key, "outside the place"});
    }
}

TEST_CASE("no section may name the network, an archive's inside or a virtual file") {
  for (const char* path : {"https://example.org/x.tif", "/vsicurl/https://example.org/x.tif",
                           "/vsizip/x.zip/x.csv", "/vsis3/bucket/x.csv", "/vsimem/x"})
    for (const auto& [key, text] : sections_with_files(path)) {
      CAPTURE(key, path);
      TownCopy town;
      append(town, text);
      refused(town, {"place.toml", key, path});
    }
  for (const char* path : {"WFS:example.org", "GTIFF_DIR:1:x.tif", "MySQL:db", "C:/x.csv"}) {
    CAPTURE(path);
    TownCopy town;
    name_homes(town, path);
    refused(town, {"place.toml, homes.file"});
  }
}

TEST_CASE("links out of the place and in a circle are refused in every section") {
  for (const char* target : {"/etc/passwd", "loop.csv"})
    for (const auto& [key, text] : sections_with_files("loop.csv")) {
      CAPTURE(key, target);
      TownCopy town;
      fs::create_symlink(target, town.file("loop.csv"));
      append(town, text);
      refused(town, {"loop.csv"});
    }
}

TEST_CASE("a virtual raster or layer is refused under any name") {
  const std::string raster =
      "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"><VRTRasterBand dataType=\"Byte\" band=\"1\">"
      "<SimpleSource><SourceFilename>/vsicurl/http://127.0.0.1:1/x.tif</SourceFilename>"
      "</SimpleSource></VRTRasterBand></VRTDataset>";
  for (const char* name : {"pop.vrt", "pop.tif", "pop.gpkg"}) {
    CAPTURE(name);
    TownCopy town;
    town.write(name, raster);
    name_raster(town, name);
    refused(town, {name});
  }
  TownCopy town;
  town.write("homes.vrt",
             "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>/vsicurl/http://127.0.0.1:1/"
             "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
  name_homes(town, "homes.vrt");
  refused(town, {"homes.vrt"});
}

TEST_CASE("entities that multiply or name files expand to nothing") {
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c <= 'k'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  bomb += "]>";
  const std::string thief =
      "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY k SYSTEM \"file:///etc/passwd\">]>";
  for (const std::string& head : {bomb, thief})
    for (const char* name : {"homes.kml", "homes.gml", "homes.gpx", "homes.svg"}) {
      CAPTURE(name);
      TownCopy town;
      town.write(name, head +
                           "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark>"
                           "<name>&k;</name><Point><coordinates>120,37</coordinates></Point>"
                           "</Placemark></Document></kml>");
      name_homes(town, name);
      Answer answer = survives(town);
      CHECK(answer.status == 1);
      CHECK(answer.out.size() + answer.err.size() < 4000);
      CHECK((answer.out + answer.err).find("root:") == std::string::npos);
    }
}

TEST_CASE("archives that unpack without end are refused before they do") {
  for (const char* name : {"homes.zip", "homes.kmz", "homes.ods"}) {
    CAPTURE(name);
    TownCopy town;
    std::string pack = "python3 -c \"import zipfile\nz = zipfile.ZipFile('" +
                       town.file(name).string() +
                       "', 'w', zipfile.ZIP_DEFLATED, compresslevel=1)\n"
                       "for k in range(4):\n"
                       "  with z.open('part%d/homes.csv' % k, 'w') as f:\n"
                       "    for i in range(300): f.write(bytes(1 << 20))\nz.close()\"";
    REQUIRE(std::system(pack.c_str()) == 0);
    name_homes(town, name);
    refused(town, {name});
  }
}

TEST_CASE("a table of a hundred thousand columns ends with one line") {
  TownCopy town;
  std::string header = "code,x,y", row = "h01,500100,4140100";
  for (int i = 0; i < 100000; ++i) {
    header += ",c" + std::to_string(i);
    row += ",1";
  }
  town.write("homes.csv", header + "\n" + row + "\n");
  refused(town, {"homes.csv"});
}

TEST_CASE("TOML nested without end is refused") {
  for (const std::string& deep : {"x = " + std::string(100000, '['), "x = " + [] {
                                    std::string t;
                                    for (int i = 0; i < 100000; ++i) t += "{a=";
                                    return t;
                                  }()}) {
    TownCopy town;
    town.write("place.toml", deep);
    refused(town, {"place.toml", "TOML"});
  }
}

TEST_CASE("a place.toml that is a pipe, a folder or larger than any is refused") {
  TownCopy pipe;
  fs::remove(pipe.file("place.toml"));
  REQUIRE(std::system(("mkfifo '" + pipe.file("place.toml").string() + "'").c_str()) == 0);
  expect_refusal(pipe, "check town/place.toml", {"place.toml"}, 1, alone());
  TownCopy large;
  fs::resize_file(large.file("place.toml"), std::uintmax_t{3} << 30);
  refused(large, {"place.toml", "MB"});
}

TEST_CASE("numbers that cannot be meant are refused with their row") {
  for (const char* number : {"nan", "inf", "-inf", "1e308", "1e300", "-1", "0x10", "1e12"}) {
    CAPTURE(number);
    TownCopy town;
    town.replace("homes.csv", "h03,500500,4140100,west,town,3",
                 std::string("h03,500500,4140100,west,town,") + number);
    Answer answer = survives(town);
    CHECK(answer.status == 1);
    CHECK_THAT(answer.out, Catch::Contains("homes.csv row 3, local_3"));
  }
  for (const char* x : {"nan", "1e308", "-1e300", "1e20"}) {
    CAPTURE(x);
    TownCopy town;
    town.replace("homes.csv", "h03,500500,", std::string("h03,") + x + ",");
    Answer answer = survives(town);
    CHECK(answer.status == 1);
    CHECK_THAT(answer.out, Catch::Contains("homes.csv row 3"));
  }
  for (const char* line :
       {"base_year = 99999999999999999999", "base_year = nan", "base_year = -1"}) {
    CAPTURE(line);
    TownCopy town;
    town.replace("place.toml", "base_year = 2024", line);
    refused(town, {"place.toml"});
  }
}

TEST_CASE("a raster that claims more cells than there can be is refused") {
  for (auto [width, height] : {std::pair{2000000000U, 2000000000U},
                               {4000000000U, 1U},
                               {1U, 4000000000U},
                               {16000000U, 16000000U}}) {
    CAPTURE(width, height);
    TownCopy town;
    town.write("pop.tif", tiff_of(width, height));
    name_raster(town, "pop.tif");
    refused(town, {"pop.tif"});
  }
}

TEST_CASE("escape sequences in names reach no terminal") {
  TownCopy town;
  town.replace("place.toml", "code = \"town\"", "code = \"to\\u001b[2Jwn\"");
  town.replace("place.toml", "en = \"Town\"", "en = \"To\\u001b]0;owned\\u0007wn\"");
  town.replace("campuses.csv", "No. 1 Primary", "No. \x1b[31m1 Primary");
  town.replace("homes.csv", "h03,500500,", "h\x1b[1m03,5,");
  survives(town, "check town");
  survives(town, "check town --json");
  survives(town, "run town");
  town.replace("homes.csv", "\x1b[1m03,5,", "\x1b[1m03,x,");
  survives(town, "run town");
}

TEST_CASE("a name that a spreadsheet would run is text in every table") {
  TownCopy town;
  town.replace("campuses.csv", "No. 1 Primary", "=cmd|' /C calc'!A0");
  town.replace("campuses.csv", "第一小学", "@SUM(1+1)");
  town.replace("place.toml", "campus_key = \"name_en\"", "campus_key = \"code\"");
  town.replace("place.toml", "campus = \"school\"", "campus = \"campus\"");
  town.write("allocations.csv", "round,campus,allocated,school\n2024,p1,20,x\n");
  for (const char* more : {"", " --public"}) {
    Answer answer = survives(town, std::string("run town -o out") + more);
    REQUIRE(answer.status == 0);
    std::string table = bytes_of(town.work() / "out/campuses.csv");
    CHECK_THAT(table, Catch::Contains(",'=cmd|"));
    CHECK_THAT(table, Catch::Contains(",'@SUM("));
    CHECK(table.find(",=cmd") == std::string::npos);
  }
}

TEST_CASE("codes with slashes and dots make no file outside the output") {
  TownCopy town;
  town.replace("place.toml", "code = \"town\"", "code = \"../../evil\"");
  std::vector<std::string> before = names_in(town.work());
  Answer answer = survives(town, "run town -o out");
  REQUIRE(answer.status == 0);
  before.emplace_back("out");
  std::ranges::sort(before);
  CHECK(names_in(town.work()) == before);
  CHECK_FALSE(fs::exists(town.work().parent_path() / "evil"));
}
