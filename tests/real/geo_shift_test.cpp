// The shifts of Chinese web maps, held to real ground.

#include <fmt/format.h>

#include <sstream>

#include "geo/crs.h"
#include "geo/shift_evidence.h"
#include "real_data.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Area in common over area in either.
double overlap(const MultiPolygon& a, const MultiPolygon& b) {
  double common = area_m2(intersection(a, b));
  return common / (area_m2(a) + area_m2(b) - common);
}

struct Pair {
  double as_claimed = 0.0;
  double unshifted = 0.0;
};

/// How well a county in GCJ-02 covers its twin in CGCS2000, before and after.
Pair measured(const std::string& shifted_file, const std::string& twin_file,
              const std::string& code) {
  auto web = geojson_areas(shifted_file, "adcode", code);
  auto twin = geojson_areas(twin_file, "district_adcode", code);
  if (web.empty() || twin.empty()) return {};
  Xy centre = bounds(twin.front()).centre();
  Crs plane(suggest_projected({centre.x, centre.y}));
  Transformer from_wgs(Crs("EPSG:4326"), plane);
  Transformer from_cgcs(Crs("EPSG:4490"), plane);
  MultiPolygon truth =
      repaired(moved(twin.front(), [&](Xy p) { return from_cgcs.transform(p); })).value;
  MultiPolygon raw =
      repaired(moved(web.front(), [&](Xy p) { return from_wgs.transform(p); })).value;
  MultiPolygon right = repaired(moved(web.front(), [&](Xy p) {
                         return from_wgs.to_xy(unshifted(p, Shift::Gcj02));
                       })).value;
  return {overlap(raw, truth), overlap(right, truth)};
}

}  // namespace

TEST_CASE("Bincheng's polygon of a web map covers its CGCS2000 twin once it is unshifted") {
  Pair fit = measured("china/371602_bincheng_gcj02.json",
                      "china/371600_binzhou_counties_cgcs2000.geojson", "371602");
  if (fit.as_claimed == 0.0) return;
  UNSCOPED_INFO(fmt::format("as claimed {:.4f}, unshifted {:.4f}", fit.as_claimed, fit.unshifted));
  CHECK(fit.as_claimed == Approx(0.93).margin(0.01));
  CHECK(fit.unshifted >= 0.97);
}

TEST_CASE("Dongsheng's polygon of a web map comes nearer to its CGCS2000 twin") {
  Pair fit = measured("china/150602_dongsheng_gcj02.json",
                      "china/150600_ordos_counties_cgcs2000.geojson", "150602");
  if (fit.as_claimed == 0.0) return;
  UNSCOPED_INFO(fmt::format("as claimed {:.4f}, unshifted {:.4f}", fit.as_claimed, fit.unshifted));
  CHECK(fit.as_claimed == Approx(0.955).margin(0.005));
  CHECK(fit.unshifted >= 0.97);
}

namespace {

const char* const kBinzhou = "china/371600_binzhou_counties_cgcs2000.geojson";
const char* const kOrdos = "china/150600_ordos_counties_cgcs2000.geojson";

MultiPolygon in_plane(const MultiPolygon& degrees, const Crs& plane) {
  Transformer way(Crs("EPSG:4326"), plane);
  return repaired(moved(degrees, [&](Xy p) { return way.transform(p); })).value;
}

/// The verdicts on a county's web-map polygon among trusted counties: by overlap, and by border.
void expect_flagged(const std::string& web_file, const std::string& code,
                    const std::string& trusted_file, const std::string& plane_code) {
  Crs plane(plane_code);
  auto web = geojson_areas(web_file, "adcode", code);
  auto counties = geojson_areas(trusted_file, "", "");
  if (web.empty() || counties.empty()) return;
  std::vector<MultiPolygon> layer{in_plane(web.front(), plane)};
  std::vector<MultiPolygon> trusted;
  std::vector<Polyline> borders;
  for (const MultiPolygon& county : counties) {
    trusted.push_back(in_plane(county, plane));
    for (const Polygon& p : trusted.back()) {
      borders.push_back(p.outer);
      borders.back().push_back(p.outer.front());
    }
  }
  ShiftEvidence by_area = weigh_shift(layer, trusted, plane);
  INFO(by_area.sentence);
  CHECK(by_area.verdict == ShiftVerdict::Shifted);
  CHECK(by_area.likely == Shift::Gcj02);
  CHECK(by_area.off_m > 300.0);
  CHECK(by_area.off_m < 700.0);
  ShiftEvidence by_border = weigh_shift(layer.front().front().outer, {}, borders, plane);
  INFO(by_border.sentence);
  CHECK(by_border.verdict == ShiftVerdict::Shifted);
  CHECK(by_border.likely == Shift::Gcj02);
  // The trusted layer among itself is no alarm.
  CHECK(weigh_shift(trusted, trusted, plane).verdict == ShiftVerdict::Agrees);
}

/// Positions of a Shanghai table: latitude and longitude are its last two columns.
std::vector<Xy> shanghai_points(const std::string& name, const Crs& plane) {
  std::vector<Xy> out;
  std::istringstream rows(real_bytes("shanghai/" + name));
  Transformer way(Crs("EPSG:4326"), plane);
  std::string row;
  std::getline(rows, row);
  while (std::getline(rows, row)) {
    std::size_t last = row.rfind(',');
    std::size_t before = row.rfind(',', last - 1);
    out.push_back(way.to_xy(
        {std::stod(row.substr(last + 1)), std::stod(row.substr(before + 1, last - before - 1))}));
  }
  return out;
}

}  // namespace

TEST_CASE("the web map's polygons of Bincheng and Dongsheng are flagged with the evidence") {
  expect_flagged("china/371602_bincheng_gcj02.json", "371602", kBinzhou, "EPSG:4548");
  expect_flagged("china/150602_dongsheng_gcj02.json", "150602", kOrdos, "EPSG:4546");
}

TEST_CASE("Shanghai's schools raise no alarm among nothing, among each other or in districts") {
  Crs plane("EPSG:4549");
  auto primary = shanghai_points("小学.csv", plane);
  auto middle = shanghai_points("中学.csv", plane);
  if (primary.empty() || middle.empty()) return;
  CHECK(primary.size() == 931);
  CHECK(middle.size() == 983);
  CHECK(weigh_shift(primary, {}, {}, plane).verdict == ShiftVerdict::TooLittle);
  ShiftEvidence other = weigh_shift(primary, middle, {}, plane);
  INFO(other.sentence);
  CHECK(other.verdict != ShiftVerdict::Shifted);
  std::vector<MultiPolygon> districts;
  for (const MultiPolygon& d : shapefile_areas("shanghai/区县界_area.shp"))
    districts.push_back(in_plane(d, plane));
  REQUIRE(districts.size() > 10);
  ShiftEvidence inside = weigh_shift_inside(primary, districts, plane);
  INFO(inside.sentence);
  CHECK(inside.verdict != ShiftVerdict::Shifted);
  std::vector<Polyline> borders;
  for (const MultiPolygon& d : districts)
    for (const Polygon& p : d) borders.push_back(p.outer);
  CHECK(weigh_shift(primary, {}, borders, plane).verdict != ShiftVerdict::Shifted);
}

TEST_CASE("Brighton's catchments are no matter of shifts") {
  auto areas = geojson_areas("brighton/catchments/optionA_9.geojson", "", "");
  if (areas.empty()) return;
  Crs plane("EPSG:27700");
  std::vector<MultiPolygon> layer;
  for (const MultiPolygon& a : areas) layer.push_back(in_plane(a, plane));
  CHECK(weigh_shift(layer, layer, plane).verdict == ShiftVerdict::NotApplicable);
}
