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
      REQUIRE(apart_m(bd09mc_to_bd09(bd09_to_bd09mc(p)), p) < 0.001);
      REQUIRE(apart_m(bd09mc_to_wgs84(wgs84_to_bd09mc(p)), p) < 0.001);
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

TEST_CASE("names of shifts are known in the ways people write them") {
  CHECK(shift_named("wgs84") == Shift::None);
  CHECK(shift_named("GCJ-02") == Shift::Gcj02);
  CHECK(shift_named("BD09LL") == Shift::Bd09);
  CHECK(shift_named("bd09mc") == Shift::Bd09mc);
  CHECK_FALSE(shift_named("gcj").has_value());
}

TEST_CASE("coordinates as a file holds them lose and gain each shift") {
  LonLat p{118.02, 37.385};
  for (Shift shift : {Shift::None, Shift::Gcj02, Shift::Bd09, Shift::Bd09mc})
    CHECK(apart_m(unshifted(shifted(p, shift), shift), p) < 0.001);
}

TEST_CASE("Baidu's plane is undone exactly on both sides of the seams of its bands") {
  for (double seam : {15.0, 30.0, 45.0, 60.0})
    for (double off : {-0.01, -1e-4, 0.0, 1e-4, 0.01}) {
      LonLat p{116.4, seam + off};
      CAPTURE(p.lat);
      CHECK(apart_m(bd09mc_to_bd09(bd09_to_bd09mc(p)), p) < 0.001);
    }
}

TEST_CASE("every recorded city agrees within its source's metre, there and back") {
  auto rows = rows_of("china_cities_half.csv");
  if (rows.empty()) {
    WARN("skipped: DOORSTEP_TEST_DATA has no coord_vectors/china_cities_half.csv");
    return;
  }
  Transformer to_mercator(Crs("EPSG:4326"), Crs("EPSG:3857"));
  Transformer from_mercator(Crs("EPSG:3857"), Crs("EPSG:4326"));
  CHECK(rows.size() == 332);
  for (const auto& row : rows) {
    INFO(row[1] << row[2]);
    LonLat wgs = at(row, 3, 4);
    LonLat gcj = at(row, 5, 6);
    LonLat bd = at(row, 7, 8);
    Xy mc{std::stod(row[9]), std::stod(row[10])};
    Xy mercator{std::stod(row[11]), std::stod(row[12])};
    CHECK(apart_m(wgs84_to_gcj02(wgs), gcj) < 1.0);
    CHECK(apart_m(gcj02_to_wgs84(gcj), wgs) < 1.0);
    CHECK(apart_m(gcj02_to_bd09(gcj), bd) < 1.0);
    CHECK(apart_m(bd09_to_gcj02(bd), gcj) < 1.0);
    CHECK(apart_m(wgs84_to_bd09(wgs), bd) < 1.0);
    CHECK(apart_m(bd09_to_wgs84(bd), wgs) < 1.0);
    CHECK(distance_m(bd09_to_bd09mc(bd), mc) < 1.0);
    CHECK(apart_m(bd09mc_to_bd09(mc), bd) < 1.0);
    CHECK(apart_m(bd09mc_to_wgs84(mc), wgs) < 1.0);
    CHECK(distance_m(to_mercator.to_xy(wgs), mercator) < 1.0);
    CHECK(apart_m(from_mercator.to_lonlat(mercator), wgs) < 1.0);
    CHECK(std::stoi(suggest_projected(wgs).substr(5)) < 4555);
  }
}

namespace {

/// BD-09 to GCJ-02 as eviltransform has it: with π where Baidu's wobble has π·3000/180.
LonLat bd09_to_gcj02_of_eviltransform(LonLat bd) {
  constexpr double kPi = 3.14159265358979323846;
  double x = bd.lon - 0.0065;
  double y = bd.lat - 0.006;
  double r = std::hypot(x, y) - 0.00002 * std::sin(y * kPi);
  double angle = std::atan2(y, x) - 0.000003 * std::cos(x * kPi);
  return {r * std::cos(angle), r * std::sin(angle)};
}

}  // namespace

TEST_CASE("the recorded vectors of another project agree within their metre, both ways") {
  auto rows = rows_of("eviltransform_vectors.csv");
  if (rows.empty()) {
    WARN("skipped: DOORSTEP_TEST_DATA has no coord_vectors/eviltransform_vectors.csv");
    return;
  }
  CHECK(rows.size() == 5);
  for (const auto& row : rows) {
    LonLat first = at(row, 2, 1);
    LonLat second = at(row, 4, 3);
    INFO(row[0] << " " << row[1]);
    if (row[0] == "wgs2gcj") {
      CHECK(apart_m(wgs84_to_gcj02(first), second) < 1.0);
      CHECK(apart_m(gcj02_to_wgs84(second), first) < 1.0);
    } else {
      REQUIRE(row[0] == "bd2wgs");
      // These two come from a slip in that project's code, which the 332 cities above (and Baidu)
      // contradict by up to 42 m: its own formula gives them, and all but its wobble is ours.
      // It subtracts the shift once, without iterating, as well.
      LonLat gcj = bd09_to_gcj02_of_eviltransform(first);
      LonLat on = wgs84_to_gcj02(gcj);
      CHECK(apart_m({2.0 * gcj.lon - on.lon, 2.0 * gcj.lat - on.lat}, second) < 1.0);
      CHECK(apart_m(bd09_to_wgs84(first), second) < 45.0);
    }
  }
}
