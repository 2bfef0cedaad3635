#include "geo/shift_evidence.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/random.h"
#include "geo/polygon.h"
#include "shapes.h"

using namespace doorstep;

namespace {

const char* const kPlane = "EPSG:4548";  // 117°E, Binzhou

/// What a file in a shift holds of truly known points, read as if it were WGS 84.
std::vector<Xy> as_claimed(std::vector<Xy> points, Shift shift) {
  Transformer to_degrees(Crs(kPlane), Crs("EPSG:4326"));
  Transformer to_plane(Crs("EPSG:4326"), Crs(kPlane));
  for (Xy& p : points) {
    Xy stored = shifted(to_degrees.to_lonlat(p), shift);
    p = to_plane.transform(stored);
  }
  return points;
}

/// A town round 118.02°E 37.385°N: streets 400 m apart both ways, as lines from end to end.
struct Town {
  static constexpr Xy kCorner{587000.0, 4137000.0};
  std::vector<Polyline> streets;
  std::vector<Xy> on_streets;
  std::vector<Xy> anywhere;
  Town() {
    RandomStream random{RandomKey(5)};
    for (int k = 0; k <= 20; ++k) {
      streets.push_back({kCorner + Xy{400.0 * k, 0}, kCorner + Xy{400.0 * k, 8000}});
      streets.push_back({kCorner + Xy{0, 400.0 * k}, kCorner + Xy{8000, 400.0 * k}});
      // Streets between, of uneven spacing, lest a shift by a whole mesh fit as well.
      streets.push_back({kCorner + Xy{31.0 * k * k, 0}, kCorner + Xy{31.0 * k * k, 8000}});
    }
    for (int i = 0; i < 300; ++i) {
      Xy at = kCorner + Xy{random.uniform(0, 8000), random.uniform(0, 8000)};
      anywhere.push_back(at);
      on_streets.push_back({at.x, kCorner.y + 400.0 * std::round((at.y - kCorner.y) / 400.0)});
    }
  }
};

}  // namespace

TEST_CASE("points along streets tell each shift, and that there is none") {
  Town town;
  for (Shift shift : {Shift::None, Shift::Gcj02, Shift::Bd09}) {
    auto e = weigh_shift(as_claimed(town.on_streets, shift), {}, town.streets, Crs(kPlane));
    INFO(e.sentence);
    CHECK(e.verdict == (shift == Shift::None ? ShiftVerdict::Agrees : ShiftVerdict::Shifted));
    CHECK(e.likely == shift);
    REQUIRE(e.fits.size() == 3);
    CHECK(e.fits[static_cast<std::size_t>(shift)].misfit < 1.0);
    if (shift != Shift::None) CHECK(e.off_m > 80.0);
  }
}

TEST_CASE("points that have nothing to do with the streets raise no alarm") {
  Town town;
  for (Shift shift : {Shift::None, Shift::Gcj02, Shift::Bd09})
    CHECK(weigh_shift(as_claimed(town.anywhere, shift), {}, town.streets, Crs(kPlane)).verdict ==
          ShiftVerdict::Unclear);
}

TEST_CASE("the same schools in another list tell the shift") {
  Town town;
  auto e = weigh_shift(as_claimed(town.anywhere, Shift::Bd09), town.anywhere, {}, Crs(kPlane));
  CHECK(e.verdict == ShiftVerdict::Shifted);
  CHECK(e.likely == Shift::Bd09);
  CHECK(e.compared == 300);
  CHECK_THAT(e.sentence, Catch::Contains("fits best as BD-09"));
}

TEST_CASE("an area is compared with its twin, wherever that stands") {
  MultiPolygon county = box_shape(587000, 4137000, 607000, 4157000);
  MultiPolygon neighbour = box_shape(607000, 4137000, 627000, 4157000);
  MultiPolygon stored{{as_claimed(county[0].outer, Shift::Gcj02), {}}};
  auto e = weigh_shift(std::vector<MultiPolygon>{stored},
                       std::vector<MultiPolygon>{neighbour, county}, Crs(kPlane));
  INFO(e.sentence);
  CHECK(e.verdict == ShiftVerdict::Shifted);
  CHECK(e.likely == Shift::Gcj02);
  CHECK(e.compared == 1);
  auto none = weigh_shift(std::vector<MultiPolygon>{stored}, std::vector<MultiPolygon>{neighbour},
                          Crs(kPlane));
  CHECK(none.verdict == ShiftVerdict::TooLittle);
}

TEST_CASE("points along a coast that fall into the sea tell the shift") {
  // All points lie within 100 m of the eastern edge; GCJ-02 moves them east, across it.
  MultiPolygon land = box_shape(587000, 4137000, 607000, 4157000);
  std::vector<Xy> coast;
  for (int i = 0; i < 100; ++i) coast.push_back({606950.0, 4138000.0 + 180.0 * i});
  std::vector<MultiPolygon> lands{land};
  auto e = weigh_shift_inside(as_claimed(coast, Shift::Gcj02), lands, Crs(kPlane));
  INFO(e.sentence);
  CHECK(e.fits[0].misfit == 1.0);
  CHECK(e.fits[1].misfit == 0.0);
  // Unshifted as BD-09 they are inland, too: either shift would do, so none is named.
  CHECK(e.verdict == ShiftVerdict::Unclear);
  CHECK(weigh_shift_inside(coast, lands, Crs(kPlane)).verdict != ShiftVerdict::Shifted);
}

TEST_CASE("outside China, with few points or without neighbours nothing is said") {
  Town town;
  std::vector<Xy> brighton{{530000, 105000}};
  CHECK(weigh_shift(brighton, town.anywhere, {}, Crs("EPSG:27700")).verdict ==
        ShiftVerdict::NotApplicable);
  std::span<const Xy> few = std::span<const Xy>(town.anywhere).first(5);
  CHECK(weigh_shift(few, town.anywhere, {}, Crs(kPlane)).verdict == ShiftVerdict::TooLittle);
  CHECK(weigh_shift(town.anywhere, {}, {}, Crs(kPlane)).verdict == ShiftVerdict::TooLittle);
  CHECK(weigh_shift(std::span<const Xy>(), town.anywhere, {}, Crs(kPlane)).verdict ==
        ShiftVerdict::TooLittle);
}
