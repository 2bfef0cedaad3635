#include "geo/crs.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"

using namespace doorstep;

TEST_CASE("a system is read from a code, a PROJ string and WKT") {
  CHECK(Crs("EPSG:4490").is_geographic());
  CHECK_FALSE(Crs("EPSG:4547").is_geographic());
  CHECK(is_geographic(Crs("+proj=longlat +datum=WGS84")));
  CHECK(Crs("+init=epsg:27700").name() == "OSGB36 / British National Grid");
  Crs first("EPSG:4547");
  CHECK(Crs(first.wkt()).name() == first.name());
  CHECK(first.metres_per_unit() == 1.0);
  CHECK(Crs("EPSG:2263").metres_per_unit() == Approx(0.3048).margin(1e-5));  // New York, feet
}

TEST_CASE("an unknown system is refused with what to write instead") {
  try {
    Crs bare("4547");
    FAIL("accepted");
  } catch (const Error& e) {
    CHECK(e.hint() == "write EPSG:4547");
  }
  CHECK_THROWS_AS(Crs("EPSG:999999"), Error);
  CHECK_THROWS_AS(Crs("CGCS 2000 of our bureau"), Error);
  CHECK_THROWS_AS(Crs(""), Error);
  CHECK_THROWS_AS(Crs("+proj=cart +ellps=WGS84"), Error);
  CHECK_THROWS_AS(Crs("EPSG:5773"), Error);  // heights only
}

TEST_CASE("a system may not name a file") {
  CHECK_THROWS_AS(Crs("+proj=longlat +nadgrids=/etc/passwd"), Error);
  CHECK_THROWS_AS(Crs("proj=longlat nadgrids=/etc/passwd type=crs"), Error);
  CHECK_THROWS_AS(Crs("+init=/tmp/evil:1"), Error);
  CHECK_NOTHROW(Crs("+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +wktext"));
}

TEST_CASE("axes stay east, north although CGCS2000 is registered north first") {
  Transformer way(Crs("EPSG:4490"), Crs("EPSG:4548"));
  // On the central meridian 117°E the easting is the false one, 500 km.
  Xy p = way.to_xy({117.0, 30.0});
  CHECK(p.x == Approx(500000.0).margin(1e-3));
  // Meridian arc to 30°N on GRS80, scale 1: 3,320,113.398 m.
  CHECK(p.y == Approx(3320113.398).margin(0.01));
  LonLat back = Transformer(Crs("EPSG:4548"), Crs("EPSG:4490")).to_lonlat(p);
  CHECK(back.lon == Approx(117.0).margin(1e-9));
  CHECK(back.lat == Approx(30.0).margin(1e-9));
}

TEST_CASE("WGS 84 and CGCS2000 agree to a metre") {
  Transformer way(Crs("EPSG:4326"), Crs("EPSG:4490"));
  std::vector<LonLat> points{{121.5, 31.2}, {114.0, 22.5}};
  CHECK(way.transform(std::span<LonLat>(points)) == 0);
  CHECK(points[0].lon == Approx(121.5).margin(1e-5));
  CHECK(points[1].lat == Approx(22.5).margin(1e-5));
}

TEST_CASE("in bulk a point that fails becomes NaN and the others are right") {
  Transformer way(Crs("EPSG:4326"), Crs("EPSG:32650"));
  std::vector<Xy> points{{117.0, 0.0}, {std::nan(""), 3.0}, {117.0, 95.0}};
  CHECK(way.transform(std::span<Xy>(points)) == 2);
  CHECK(points[0].x == Approx(500000.0).margin(1e-3));
  CHECK(std::isnan(points[1].x));
  CHECK(std::isnan(points[2].y));
}

TEST_CASE("a single point that fails is named") {
  Transformer way(Crs("EPSG:4326"), Crs("EPSG:32650"));
  CHECK_THROWS_WITH(way.to_xy({117.0, 95.0}), Catch::Contains("transformed"));
}

TEST_CASE("the suggested system is the zone of the centre") {
  CHECK(suggest_projected({121.47, 31.23}) == "EPSG:4549");   // Shanghai, 120°E
  CHECK(suggest_projected({113.95, 22.55}) == "EPSG:4547");   // Shenzhen, 114°E
  CHECK(suggest_projected({76.0, 39.4}) == "EPSG:4534");      // Kashgar, 75°E
  CHECK(suggest_projected({134.3, 48.3}) == "EPSG:4554");     // Fuyuan, 135°E
  CHECK(suggest_projected({-0.14, 50.83}) == "EPSG:32630");   // Brighton
  CHECK(suggest_projected({126.98, 37.57}) == "EPSG:32652");  // Seoul
  CHECK(suggest_projected({114.17, 22.30}) == "EPSG:32650");  // Kowloon
  CHECK(suggest_projected({105.85, 21.03}) == "EPSG:32648");  // Hanoi
  CHECK(suggest_projected({151.2, -33.9}) == "EPSG:32756");   // Sydney
  CHECK(suggest_projected({180.0, 0.0}) == "EPSG:32660");
  CHECK(suggest_projected({0.0, 89.0}) == "EPSG:5041");
}

TEST_CASE("every suggested Chinese zone has its meridian in its name") {
  for (int code = 4534, meridian = 75; code <= 4554; ++code, meridian += 3) {
    Crs crs("EPSG:" + std::to_string(code));
    CHECK(crs.name() == "CGCS2000 / 3-degree Gauss-Kruger CM " + std::to_string(meridian) + "E");
  }
}

TEST_CASE("names for the corner of a map are short in both languages") {
  CHECK(display_name(Crs("EPSG:4527")) == "CGCS2000 / 3°带 39");
  CHECK(display_name(Crs("EPSG:4527"), Language::English) == "CGCS2000 / 3° zone 39");
  CHECK(display_name(Crs("EPSG:4548")) == "CGCS2000 / 3°带 117°E");
  CHECK(display_name(Crs("EPSG:32650")) == "WGS 84 / UTM 50N");
  CHECK(display_name(Crs("EPSG:27700")) == "OSGB36 / British National Grid");
  CHECK(display_name(Crs("+proj=tmerc +lon_0=120")).find("+proj=tmerc") == 0);
}

TEST_CASE("the PROJ version is known for provenance") {
  CHECK(proj_version().find('.') != std::string::npos);
}
