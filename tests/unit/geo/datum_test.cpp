#include "geo/datum.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "geo/crs.h"

using namespace doorstep;

namespace {

/// Metres between two positions, near enough for a check.
double apart_m(LonLat a, LonLat b) {
  double k = std::cos(a.lat * 3.14159265358979 / 180.0);
  return 111320.0 * std::hypot((a.lon - b.lon) * k, a.lat - b.lat);
}

std::vector<std::vector<std::string>> rows_of(const std::string& name) {
  std::vector<std::vector<std::string>> rows;
  const char* root = std::getenv("DOORSTEP_TEST_DATA");
  if (!root) return rows;
  std::ifstream in(std::filesystem::path(root) / "coord_vectors" / name);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::stringstream cells(trimmed(line));
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    rows.push_back(row);
  }
  return rows;
}

LonLat at(const std::vector<std::string>& row, std::size_t lon, std::size_t lat) {
  return {std::stod(row.at(lon)), std::stod(row.at(lat))};
}

}  // namespace

TEST_CASE("GCJ-02 agrees with published positions within fifteen centimetres") {
  struct Case {
    LonLat wgs, gcj;
  };
  // Source: test vectors of the eviltransform project; the second is 10 cm off its own formula.
  for (const Case& c : {Case{{121.5272106, 31.1774276}, {121.531541859215, 31.17530398364597}},
                        Case{{113.912316, 22.543847}, {113.9171774808363, 22.540796131694766}},
                        Case{{116.377817, 39.911954}, {116.38404722455657, 39.91334545536069}}}) {
    CHECK(apart_m(wgs84_to_gcj02(c.wgs), c.gcj) < 0.15);
    CHECK(apart_m(gcj02_to_wgs84(c.gcj), c.wgs) < 0.15);
  }
}

TEST_CASE("there and back is the same place to a millimetre") {
  for (double lon = 74.0; lon < 136.0; lon += 3.1)
    for (double lat = 18.0; lat < 54.0; lat += 2.3) {
      LonLat p{lon, lat};
      REQUIRE(apart_m(gcj02_to_wgs84(wgs84_to_gcj02(p)), p) < 0.001);
      REQUIRE(apart_m(bd09_to_gcj02(gcj02_to_bd09(p)), p) < 0.001);
      REQUIRE(apart_m(bd09_to_wgs84(wgs84_to_bd09(p)), p) < 0.001);
      // The polynomials of the Baidu plane invert each other only nearly.
      REQUIRE(apart_m(bd09mc_to_bd09(bd09_to_bd09mc(p)), p) < 1.0);
    }
}

TEST_CASE("the shift in China is between 80 and 900 metres") {
  LonLat shanghai{121.47, 31.23};
  CHECK(apart_m(wgs84_to_gcj02(shanghai), shanghai) > 80.0);
  CHECK(apart_m(wgs84_to_gcj02(shanghai), shanghai) < 900.0);
  CHECK(apart_m(wgs84_to_bd09(shanghai), wgs84_to_gcj02(shanghai)) > 500.0);
}

TEST_CASE("outside China nothing moves") {
  for (LonLat p : {LonLat{-0.14, 50.83}, LonLat{151.2, -33.9}, LonLat{139.7, 35.7}}) {
    CHECK(apart_m(wgs84_to_gcj02(p), p) == 0.0);
    CHECK(apart_m(gcj02_to_wgs84(p), p) == 0.0);
    CHECK(apart_m(bd09_to_wgs84(p), p) == 0.0);
    CHECK(apart_m(unshifted(p, Shift::Bd09), p) == 0.0);
  }
}

TEST_CASE("removing a shift undoes exactly that shift") {
  LonLat p{120.0, 30.0};
  CHECK(apart_m(unshifted(p, Shift::None), p) == 0.0);
  CHECK(apart_m(unshifted(wgs84_to_gcj02(p), Shift::Gcj02), p) < 0.001);
  CHECK(apart_m(unshifted(wgs84_to_bd09(p), Shift::Bd09), p) < 0.001);
}

TEST_CASE("the shifts agree with the recorded positions of Chinese cities") {
  auto rows = rows_of("china_cities_half.csv");
  if (rows.empty()) {
    WARN("skipped: DOORSTEP_TEST_DATA has no coord_vectors/china_cities_half.csv");
    return;
  }
  for (const auto& row : rows) {
    INFO(row[1]);
    LonLat wgs = at(row, 3, 4);
    LonLat bd = at(row, 7, 8);
    // The file carries its source's own rounding, up to a metre.
    CHECK(apart_m(wgs84_to_gcj02(wgs), at(row, 5, 6)) < 1.0);
    CHECK(apart_m(wgs84_to_bd09(wgs), bd) < 1.0);
    CHECK(distance_m(bd09_to_bd09mc(bd), {std::stod(row[9]), std::stod(row[10])}) < 1.0);
    CHECK(std::stoi(suggest_projected(wgs).substr(5)) < 4555);
  }
}
