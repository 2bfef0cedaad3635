// A picture under the map: what doorstep render draws where, and whose it says the picture is.

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <catch2/catch.hpp>

#include "town_copy.h"

using namespace doorstep::test;

namespace {

/// A GeoTIFF over the town in one colour, of one, three or palette bands, in any system.
void picture(const TownCopy& town, const char* driver_name, const std::string& name, int bands,
             int epsg = 4549) {
  GDALAllRegister();
  constexpr int kSize = 64;
  GDALDriver* memory = GetGDALDriverManager()->GetDriverByName("MEM");
  GDALDataset* data = memory->Create("", kSize, kSize, bands, GDT_Byte, nullptr);
  double metres[] = {499000, 50, 0, 4142000, 0, -50};
  double mercator[] = {13357000, 60, 0, 4497000, 0, -60};
  data->SetGeoTransform(epsg == 3857 ? mercator : metres);
  OGRSpatialReference system;
  system.importFromEPSG(epsg);
  data->SetSpatialRef(&system);
  const unsigned char colour[] = {200, 30, 60, 255};
  for (int b = 1; b <= bands; ++b)
    REQUIRE(data->GetRasterBand(b)->Fill(bands == 1 ? 7 : colour[b - 1]) == CE_None);
  if (bands == 1) {
    GDALColorTable table;
    GDALColorEntry entry{200, 30, 60, 255};
    table.SetColorEntry(7, &entry);
    data->GetRasterBand(1)->SetColorTable(&table);
  }
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driver_name);
  GDALDataset* written =
      driver->CreateCopy(town.file(name).c_str(), data, FALSE, nullptr, nullptr, nullptr);
  REQUIRE(written != nullptr);
  GDALClose(written);
  GDALClose(data);
}

void name_basemap(const TownCopy& town, const std::string& file) {
  town.write("place.toml",
             bytes_of(town.file("place.toml")) + "\n[basemap]\nfile = \"" + file +
                 "\"\nlicence = \"CC0-1.0\"\nattribution = \"Survey of Test Land\"\n");
}

/// How many pixels of a PNG have the picture's colour.
long pixels_of_colour(const std::filesystem::path& png) {
  GDALAllRegister();
  auto* data = static_cast<GDALDataset*>(GDALOpen(png.c_str(), GA_ReadOnly));
  REQUIRE(data != nullptr);
  int width = data->GetRasterXSize(), height = data->GetRasterYSize();
  std::vector<unsigned char> rgb(static_cast<std::size_t>(width) * std::size_t(height) * 3);
  REQUIRE(data->RasterIO(GF_Read, 0, 0, width, height, rgb.data(), width, height, GDT_Byte, 3,
                         nullptr, 3, 3L * width, 1) == CE_None);
  GDALClose(data);
  long found = 0;
  for (std::size_t i = 0; i < rgb.size(); i += 3)
    found += std::abs(rgb[i] - 200) < 4 && std::abs(rgb[i + 1] - 30) < 4 &&
             std::abs(rgb[i + 2] - 60) < 4;
  return found;
}

long drawn(const TownCopy& town) {
  Answer answer = town.run("render town -o map.png --width 800 --height 600");
  INFO(answer.err);
  REQUIRE(answer.status == 0);
  return pixels_of_colour(town.work() / "map.png");
}

}  // namespace

TEST_CASE("a picture lies under the map, whatever its bands, system and format") {
  TownCopy plain;
  CHECK(drawn(plain) < 50);
  struct Case {
    const char* driver;
    const char* name;
    int bands;
    int epsg;
  };
  for (const Case& c : {Case{"GTiff", "b.tif", 3, 4549}, Case{"GTiff", "p.tif", 1, 4549},
                        Case{"GTiff", "m.tif", 4, 3857}, Case{"GPKG", "g.gpkg", 3, 4549},
                        Case{"MBTiles", "t.mbtiles", 3, 3857}}) {
    CAPTURE(c.name);
    TownCopy town;
    picture(town, c.driver, c.name, c.bands, c.epsg);
    name_basemap(town, c.name);
    // The map's own ground is about a third of the page; the town's areas veil the rest.
    CHECK(drawn(town) > 20000);
  }
}

TEST_CASE("whose the picture is stands on the map, and must be given") {
  TownCopy town;
  picture(town, "GTiff", "b.tif", 3);
  name_basemap(town, "b.tif");
  Answer answer = town.run("render town -o map.svg");
  REQUIRE(answer.status == 0);
  TownCopy plain;
  REQUIRE(plain.run("render town -o map.svg").status == 0);
  CHECK(bytes_of(town.work() / "map.svg").size() > bytes_of(plain.work() / "map.svg").size());
  town.replace("place.toml", "attribution = \"Survey of Test Land\"\n", "");
  expect_refusal(town, "check town", {"place.toml, basemap.attribution", "is missing"});
}

TEST_CASE("a picture without a place or of numbers is refused") {
  TownCopy town;
  town.write("b.tif", "no picture");
  name_basemap(town, "b.tif");
  expect_refusal(town, "check town", {"b.tif", "cannot be opened"});
}
