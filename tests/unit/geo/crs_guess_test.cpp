#include "geo/crs_guess.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "geo/positions.h"

using namespace doorstep;

namespace {

constexpr LonLat kBinzhou{118.02, 37.385};

/// A town of nine points round a centre, as a file in that system holds them.
std::vector<Xy> town(LonLat centre, const std::string& system, bool swapped = false) {
  std::vector<Xy> points;
  for (double east : {-0.03, 0.0, 0.04})
    for (double north : {-0.02, 0.0, 0.03})
      points.push_back({centre.lon + east, centre.lat + north});
  PositionPath(PositionSystem("wgs84"), PositionSystem(system)).transform(points);
  if (swapped)
    for (Xy& p : points) p = {p.y, p.x};
  return points;
}

CrsCandidate best(const std::vector<Xy>& sample, std::optional<LonLat> near = {}) {
  CrsGuess guess = guess_crs(sample, near);
  REQUIRE_FALSE(guess.candidates.empty());
  double sum = 0.0;
  for (const CrsCandidate& c : guess.candidates) {
    CHECK_FALSE(c.reason.empty());
    sum += c.confidence;
  }
  CHECK(sum <= 1.0 + 1e-9);
  return guess.candidates.front();
}

void expect(const std::string& system, bool swapped, const std::vector<Xy>& sample,
            std::optional<LonLat> near = {}) {
  CAPTURE(system, swapped);
  CrsCandidate first = best(sample, near);
  CHECK(first.system == system);
  CHECK(first.swapped == swapped);
}

}  // namespace

TEST_CASE("degrees in China are degrees, either way round") {
  expect("EPSG:4490", false, town(kBinzhou, "EPSG:4490"));
  expect("EPSG:4490", true, town(kBinzhou, "EPSG:4490", true));
  expect("EPSG:4490", true, town({76.0, 39.4}, "EPSG:4490", true));  // Kashgar: both below 90
}

TEST_CASE("degrees elsewhere are degrees, and the place tells which way round") {
  constexpr LonLat kBrighton{-0.14, 50.83};
  expect("EPSG:4326", false, town(kBrighton, "EPSG:4326"));
  expect("EPSG:4326", true, town(kBrighton, "EPSG:4326", true), kBrighton);
}

TEST_CASE("degrees of China may be a web map's, and that is said") {
  CrsGuess guess = guess_crs(town(kBinzhou, "gcj02"));
  CHECK_THAT(guess.confirm, Catch::Contains("GCJ-02"));
  CHECK_FALSE(guess.clear());
}

TEST_CASE("an easting of eight digits names its zone in every one of them") {
  for (int zone = 25; zone <= 45; ++zone) {
    LonLat at{3.0 * zone + 0.1, 36.0};
    std::string code = "EPSG:" + std::to_string(4488 + zone);
    expect(code, false, town(at, code));
    expect(code, true, town(at, code, true));
  }
}

TEST_CASE("a zone of six degrees is told from web Mercator by the place") {
  for (int zone = 13; zone <= 23; ++zone) {
    LonLat at{6.0 * zone - 3.2, 40.0};
    std::string code = "EPSG:" + std::to_string(4478 + zone);
    CrsGuess guess = guess_crs(town(at, code), at);
    REQUIRE_FALSE(guess.candidates.empty());
    CHECK(guess.candidates.front().system == code);
  }
}

TEST_CASE("an easting of six digits needs a place to name its meridian") {
  auto sample = town(kBinzhou, "EPSG:4548", true);
  CrsGuess alone = guess_crs(sample);
  CHECK(alone.candidates.size() > 8);
  CHECK_FALSE(alone.clear());
  CHECK_THAT(alone.confirm, Catch::Contains("which central meridian?"));
  CHECK(alone.candidates.front().confidence < 0.2);
  expect("EPSG:4548", true, sample, LonLat{117.98, 37.4});
  expect("EPSG:4549", false, town({121.47, 31.23}, "EPSG:4549"), LonLat{121.3, 31.1});
}

TEST_CASE("the wide half of a six-degree zone is named as one") {
  // 119.9°E lies 2.9° from the meridian 117°E: beyond any zone of three degrees.
  expect("EPSG:4509", false, town({119.9, 31.0}, "EPSG:4509"), LonLat{119.9, 31.0});
}

TEST_CASE("the older datums are named as alike, with how far they lie aside") {
  CrsCandidate first = best(town(kBinzhou, "EPSG:4527"));
  CHECK(first.alike == std::vector<std::string>{"EPSG:2363", "EPSG:2415"});
  CHECK(first.alike_apart_m > 100.0);
  CHECK(first.ballpark);
  CHECK_THAT(guess_crs(town(kBinzhou, "EPSG:2363")).confirm, Catch::Contains("Xian 1980"));
}

TEST_CASE("every code of a zone names that zone in PROJ's register") {
  for (int zone = 25; zone <= 45; ++zone) {
    std::string n = std::to_string(zone);
    std::string cm = std::to_string(3 * zone) + "E";
    auto name = [](int code) { return Crs("EPSG:" + std::to_string(code)).name(); };
    CHECK(name(4488 + zone) == "CGCS2000 / 3-degree Gauss-Kruger zone " + n);
    CHECK(name(4509 + zone) == "CGCS2000 / 3-degree Gauss-Kruger CM " + cm);
    CHECK(name(2324 + zone) == "Xian 1980 / 3-degree Gauss-Kruger zone " + n);
    CHECK(name(2345 + zone) == "Xian 1980 / 3-degree Gauss-Kruger CM " + cm);
    CHECK(name(2376 + zone) == "Beijing 1954 / 3-degree Gauss-Kruger zone " + n);
    CHECK(name(2397 + zone) == "Beijing 1954 / 3-degree Gauss-Kruger CM " + cm);
  }
  for (int zone = 13; zone <= 23; ++zone) {
    std::string n = std::to_string(zone);
    std::string cm = std::to_string(6 * zone - 3) + "E";
    auto name = [](int code) { return Crs("EPSG:" + std::to_string(code)).name(); };
    CHECK(name(4478 + zone) == "CGCS2000 / Gauss-Kruger zone " + n);
    CHECK(name(4489 + zone) == "CGCS2000 / Gauss-Kruger CM " + cm);
    CHECK(name(2314 + zone) == "Xian 1980 / Gauss-Kruger zone " + n);
    CHECK(name(2325 + zone) == "Xian 1980 / Gauss-Kruger CM " + cm);
    CHECK(name(21400 + zone) == "Beijing 1954 / Gauss-Kruger zone " + n);
    CHECK(name(21440 + zone) == "Beijing 1954 / Gauss-Kruger CM " + cm);
  }
}

TEST_CASE("the Baidu plane is offered beside web Mercator and chosen by the place") {
  auto sample = town(kBinzhou, "bd09mc");
  CrsGuess alone = guess_crs(sample);
  REQUIRE(alone.candidates.size() >= 2);
  CHECK(alone.candidates[0].system == "EPSG:3857");
  CHECK(alone.candidates[1].system == "bd09mc");
  CHECK_FALSE(alone.clear());
  // The two lie some twenty kilometres apart on the ground: a nearby layer decides.
  expect("bd09mc", false, sample, kBinzhou);
  expect("EPSG:3857", false, town(kBinzhou, "EPSG:3857"), kBinzhou);
}

TEST_CASE("British and UTM eastings are recognised") {
  constexpr LonLat kBrighton{-0.14, 50.83};
  expect("EPSG:27700", false, town(kBrighton, "EPSG:27700"));
  expect("EPSG:27700", false, town(kBrighton, "EPSG:27700"), kBrighton);
  expect("EPSG:32630", false, town({-3.0, 43.26}, "EPSG:32630"), LonLat{-2.9, 43.3});
  expect("EPSG:32722", false, town({-51.2, -30.03}, "EPSG:32722"), LonLat{-51.2, -30.0});
}

TEST_CASE("a few wrong rows do not decide, and what fits nothing is left to control points") {
  auto sample = town(kBinzhou, "EPSG:4527");
  for (int i = 0; i < 20; ++i) sample.insert(sample.end(), sample.begin(), sample.begin() + 9);
  sample.push_back({0.0, 0.0});
  sample.push_back({std::nan(""), 1.0});
  sample.push_back({118.0, 37.0});
  expect("EPSG:4527", false, sample);
  CrsGuess local = guess_crs(std::vector<Xy>{{90000.0, 2000.0}, {-91000.0, 2500.0}});
  CHECK(local.candidates.empty());
  CHECK_THAT(local.confirm, Catch::Contains("control points"));
  CHECK(guess_crs({}).candidates.empty());
}

TEST_CASE("a way that only takes datums for equal is called rough") {
  LonLat at{118.02, 37.385};
  CHECK(is_ballpark(Crs("EPSG:4610"), Crs("EPSG:4326"), at));        // Xian 1980
  CHECK_FALSE(is_ballpark(Crs("EPSG:4490"), Crs("EPSG:4326"), at));  // CGCS2000
}

TEST_CASE("a degree along the meridian is 111 km on the ground") {
  CHECK(ground_distance_m({118.0, 37.0}, {118.0, 38.0}) == Approx(111195.0).margin(10.0));
}
