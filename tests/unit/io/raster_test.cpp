// Homes from rasters that the test makes with GDAL: who lives in a cell stays counted.

#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>

#include "base/error.h"
#include "io/config.h"
#include "io/place/place_file.h"
#include "io/raster/raster.h"

using namespace doorstep;
namespace fs = std::filesystem;

namespace {

/// A folder with a raster or two and a place.toml.
class RasterPlace {
 public:
  RasterPlace() {
    std::string pattern = (fs::temp_directory_path() / "doorstep-raster-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    std::ofstream(folder_ / "campuses.csv") << "code,name,x,y,seats\np1,One,500100,4140100,100\n";
  }
  ~RasterPlace() { fs::remove_all(folder_); }
  RasterPlace(const RasterPlace&) = delete;
  RasterPlace& operator=(const RasterPlace&) = delete;

  /// Values by band, then in rows from the top; cells of `step` from the upper left corner.
  void raster(const std::string& name, int width, int height,
              const std::vector<std::vector<float>>& bands, double x = 500000, double y = 4140300,
              double step = 100, int epsg = 4549) const {
    GDALAllRegister();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const char* options[] = {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", nullptr};
    GDALDataset* data =
        driver->Create((folder_ / name).c_str(), width, height, static_cast<int>(bands.size()),
                       GDT_Float32, const_cast<char**>(options));
    REQUIRE(data != nullptr);
    double transform[] = {x, step, 0, y, 0, -step};
    data->SetGeoTransform(transform);
    OGRSpatialReference system;
    system.importFromEPSG(epsg);
    data->SetSpatialRef(&system);
    for (std::size_t b = 0; b < bands.size(); ++b) {
      GDALRasterBand* band = data->GetRasterBand(static_cast<int>(b) + 1);
      band->SetNoDataValue(-9999.0);
      band->SetDescription(b == 0 ? "age 0-4" : "age 5-9");
      auto values = bands[b];
      REQUIRE(band->RasterIO(GF_Write, 0, 0, width, height, values.data(), width, height,
                             GDT_Float32, 0, 0, nullptr) == CE_None);
    }
    GDALClose(data);
  }

  Loaded<Place> read(const std::string& homes) const {
    std::ofstream(folder_ / "place.toml")
        << "format = 1\ncode = \"r\"\nbase_year = 2024\ncrs = \"EPSG:4549\"\n[[stage]]\ncode = "
           "\"primary\"\nkind = \"primary\"\ngrades = 6\nentry_age = 6\n[homes]\nlicence = "
           "\"CC0-1.0\"\nattribution = \"test\"\n"
        << homes
        << "\n[[campuses]]\nfile = \"campuses.csv\"\nlicence = \"CC0-1.0\"\nattribution = "
           "\"test\"\ncode = \"code\"\nname_en = \"name\"\nx = \"x\"\ny = \"y\"\n"
           "[[campuses.stage]]\nstage = \"primary\"\nseats = \"seats\"\n[travel]\nmode = "
           "\"straight\"\nspeed_m_per_min = 80\ndetour = 1.3\n";
    Coefficients coefficients = io::load_coefficients();
    return io::read_place(folder_, coefficients);
  }
  [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

double children(const Place& p) {
  double sum = 0;
  for (double n : p.children.count) sum += n;
  return sum;
}

int count_of(const Diagnostics& d, const std::string& code) {
  int n = 0;
  for (const Diagnostic& item : d.items()) n += item.code == code ? 1 : 0;
  return n;
}

constexpr float kNothing = -9999.0F;

}  // namespace

TEST_CASE("a cell with people becomes a home at its middle, empty cells none") {
  RasterPlace place;
  //  10   0      5  -
  //   -  20      0  1
  place.raster("pop.tif", 2, 2, {{10, 0, kNothing, 20}, {5, kNothing, 0, 1}});
  auto [p, findings] =
      place.read("raster = \"pop.tif\"\nbands = { \"age 0-4\" = [0, 4], \"2\" = [5, 9] }");
  CHECK_FALSE(findings.has_errors());
  REQUIRE(p.homes.size() == 2);
  CHECK(p.homes[HomeId(0)].code == "r1c1");
  CHECK(p.homes[HomeId(0)].at.x == Approx(500050));
  CHECK(p.homes[HomeId(0)].at.y == Approx(4140250));
  CHECK(p.homes[HomeId(1)].code == "r2c2");
  CHECK(p.children.at(HomeId(0), ClassId(0), 0) == Approx(2));    // 10 over five ages
  CHECK(p.children.at(HomeId(1), ClassId(0), 9) == Approx(0.2));  // 1 over five ages
  CHECK(std::abs(children(p) - 36) < 1e-9);
  CHECK(count_of(findings, "homes-from-raster") == 1);
}

TEST_CASE("a coarser grid keeps everybody, and a home lies where its people do") {
  RasterPlace place;
  std::vector<float> values(40 * 40);
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>(i % 7) * 0.37F;
    sum += static_cast<double>(values[i]);
  }
  place.raster("pop.tif", 40, 40, {values}, 500000, 4144000);
  auto [p, findings] = place.read("raster = \"pop.tif\"\nages = [0, 9]\ncell_m = 1000");
  CHECK(p.homes.size() == 16);  // 4 km by 4 km
  CHECK(std::abs(children(p) - sum) < 1e-9);
  RasterPlace two;
  two.raster("pop.tif", 2, 1, {{30, 10}}, 500000, 4140100);
  auto [q, other] = two.read("raster = \"pop.tif\"\nages = [0, 9]\ncell_m = 1000");
  REQUIRE(q.homes.size() == 1);
  CHECK(q.homes[HomeId(0)].at.x == Approx(500075));  // (30 · 50 + 10 · 150) / 40
}

TEST_CASE("a raster in degrees is brought to the place, its people conserved") {
  RasterPlace place;
  place.raster("pop.tif", 3, 1, {{1.5F, 2.5F, 4}}, 120.0, 37.4, 0.01, 4490);
  auto [p, findings] = place.read("raster = \"pop.tif\"\nages = [0, 4]");
  REQUIRE(p.homes.size() == 3);
  CHECK(std::abs(children(p) - 8) < 1e-9);
  // 0.005° east of the middle meridian at 37.395° north: 442.9 m (111,320 m · cos φ · 0.005).
  CHECK(std::abs(p.homes[HomeId(0)].at.x - 500442.9) < 2);
}

TEST_CASE("one file an age group, of the same cells") {
  RasterPlace place;
  place.raster("a.tif", 2, 1, {{1, 2}});
  place.raster("b.tif", 2, 1, {{3, 0}});
  auto [p, findings] = place.read(
      "[[homes.rasters]]\nfile = \"a.tif\"\nages = [0, 4]\nlicence = \"CC0-1.0\"\n"
      "[[homes.rasters]]\nfile = \"b.tif\"\nages = [5, 9]\nlicence = \"CC0-1.0\"");
  REQUIRE(p.homes.size() == 2);
  CHECK(p.children.at(HomeId(0), ClassId(0), 7) == Approx(0.6));
  CHECK(std::abs(children(p) - 6) < 1e-9);
}

TEST_CASE("files of other cells need a grid to meet on") {
  RasterPlace place;
  place.raster("a.tif", 2, 1, {{1, 2}});
  place.raster("b.tif", 2, 1, {{3, 0}}, 500000, 4140300, 50);
  std::string homes =
      "[[homes.rasters]]\nfile = \"a.tif\"\nages = [0, 4]\n[[homes.rasters]]\nfile = "
      "\"b.tif\"\nages = [5, 9]";
  CHECK_THROWS_WITH(place.read(homes), Catch::Contains("b.tif has other cells than a.tif"));
  auto [p, findings] = place.read("cell_m = 200\n" + homes);
  CHECK(std::abs(children(p) - 6) < 1e-9);
}

TEST_CASE("a share of all people is said with its source, and older people are counted apart") {
  RasterPlace place;
  place.raster("pop.tif", 1, 1, {{1000}});
  auto [p, findings] =
      place.read("raster = \"pop.tif\"\nages = [0, 9]\nshare = 0.1\nshare_source = \"census\"");
  CHECK(std::abs(children(p) - 100) < 1e-9);
  CHECK(count_of(findings, "children-by-share") == 1);
  // Ages 0 to 18 are children here; of 10 to 29 nine years are, eleven are not.
  auto [q, other] = place.read("raster = \"pop.tif\"\nages = [10, 29]");
  CHECK(std::abs(children(q) - 450) < 1e-9);
}

TEST_CASE("negative cells that are no no-data are left out and said with their place") {
  RasterPlace place;
  place.raster("pop.tif", 2, 2, {{10, -3, kNothing, 20}});
  auto [p, findings] = place.read("raster = \"pop.tif\"\nages = [0, 4]");
  CHECK(std::abs(children(p) - 30) < 1e-9);
  REQUIRE(count_of(findings, "raster-negative") == 1);
  for (const Diagnostic& d : findings.items()) {
    if (d.code != "raster-negative") continue;
    CHECK(d.outcome() == Done::Skipped);
    REQUIRE(d.spot);
    CHECK(d.spot->x == Approx(500150));
  }
}

TEST_CASE("bands, ages and files that cannot be meant are refused") {
  RasterPlace place;
  place.raster("pop.tif", 1, 1, {{10}, {20}});
  auto refused = [&](const std::string& homes, const std::string& part) {
    CAPTURE(homes);
    CHECK_THROWS_WITH(place.read(homes), Catch::Contains(part));
  };
  refused("raster = \"pop.tif\"\nbands = { \"3\" = [0, 4] }", "has no band 3");
  refused("raster = \"pop.tif\"\nbands = { \"old\" = [0, 4] }", "has no band \"old\"");
  refused("raster = \"pop.tif\"\nbands = { \"1\" = [0, 4], \"2\" = [4, 9] }", "given twice");
  refused("raster = \"pop.tif\"\nages = [9, 5]", "are no ages");
  refused("raster = \"pop.tif\"", "is missing");
  refused("raster = \"none.tif\"\nages = [0, 4]", "not found");
  refused("raster = \"../pop.tif\"\nages = [0, 4]", "outside the place");
}

TEST_CASE("windows cover a file once and never more than a few million cells at a time") {
  RasterPlace place;
  place.raster("pop.tif", 50, 37, {std::vector<float>(50 * 37, 1.0F)});
  io::Raster raster(place.folder() / "pop.tif", "pop.tif");
  std::vector<int> covered(50 * 37);
  double sum = 0;
  for (io::RasterBlock window : raster.windows()) {
    raster.read(1, window);
    for (int r = 0; r < window.height; ++r)
      for (int c = 0; c < window.width; ++c) {
        ++covered[static_cast<std::size_t>((window.row + r) * 50 + window.column + c)];
        sum += window.at(c, r);
      }
  }
  CHECK(sum == 50 * 37);
  CHECK(std::all_of(covered.begin(), covered.end(), [](int n) { return n == 1; }));
}
