// Shapes side by side, in metres, with areas worked by hand.

#include "place/validate_shapes.h"

#include <catch2/catch.hpp>

#include "small_place.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

MultiPolygon box(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}}};
}

Diagnostics cover(const std::vector<std::pair<std::string, MultiPolygon>>& shapes) {
  std::vector<CoverShape> list;
  for (std::size_t i = 0; i < shapes.size(); ++i)
    list.push_back(
        {shapes[i].first, &shapes[i].second, {"k.geojson", static_cast<long>(i) + 1, ""}});
  Diagnostics out;
  check_cover(list, "catchments of primary", out);
  return out;
}

}  // namespace

TEST_CASE("neighbours that share their border have no finding") {
  CHECK(cover({{"A", box(0, 0, 100, 100)}, {"B", box(100, 0, 200, 100)}}).items().empty());
}

TEST_CASE("an overlap is measured and lies where the two lie over one another") {
  // B begins 20 m inside A: 20 m x 100 m = 2,000 m².
  Diagnostics d = cover({{"A", box(0, 0, 100, 100)}, {"B", box(80, 0, 200, 100)}});
  REQUIRE(d.items().size() == 1);
  const Diagnostic& overlap = d.items()[0];
  CHECK(overlap.code == "shape-overlap");
  CHECK(overlap.message == "catchments of primary: A and B overlap by 2,000 m²");
  CHECK(overlap.at.text() == "k.geojson row 2");
  REQUIRE(overlap.spot);
  CHECK(overlap.spot->x > 80);
  CHECK(overlap.spot->x < 100);
}

TEST_CASE("an overlap of 2 m by 100 m is a sliver: 2·200 m² / 204 m is 1.96 m wide") {
  Diagnostics d = cover({{"A", box(0, 0, 100, 100)}, {"B", box(98, 0, 200, 100)}});
  REQUIRE(d.items().size() == 1);
  CHECK(d.items()[0].code == "shape-sliver");
  CHECK(d.items()[0].severity == Severity::Info);
  CHECK(d.items()[0].message.find("200 m², less than 5 m wide") != std::string::npos);
}

TEST_CASE("a gap of 40 m by 50 m among four shapes names those round it") {
  // A ring of four around x 30-70, y 20-70: the hole is 40 x 50 = 2,000 m².
  Diagnostics d = cover({{"west", box(0, 0, 30, 100)},
                         {"east", box(70, 0, 100, 100)},
                         {"south", box(30, 0, 70, 20)},
                         {"north", box(30, 70, 70, 100)}});
  REQUIRE(d.items().size() == 1);
  const Diagnostic& gap = d.items()[0];
  CHECK(gap.code == "shape-gap");
  CHECK(gap.message ==
        "catchments of primary: a gap of 2,000 m² between west, east, south and 1 more");
  CHECK((gap.spot->x > 30 && gap.spot->x < 70 && gap.spot->y > 20 && gap.spot->y < 70));
}

TEST_CASE("one shape given twice is a duplicate and no overlap") {
  Diagnostics d = cover({{"A", box(0, 0, 100, 100)}, {"B", box(0, 0, 100, 100)}});
  REQUIRE(d.items().size() == 1);
  CHECK(d.items()[0].code == "shape-duplicate");
  CHECK(d.items()[0].message == "catchments of primary: A and B are the same shape of 10,000 m²");
}

TEST_CASE("borders that miss by a millimetre are no sliver") {
  CHECK(cover({{"A", box(0, 0, 100, 100)}, {"B", box(99.999, 0, 200, 100)}}).items().empty());
}

TEST_CASE("only catchments of one stage are held against one another") {
  Place p = small_place();
  Catchment junior = p.catchments[CatchmentId(0)];
  p.stages.push_back({.code = "junior"});
  junior.stage = StageId(1);
  junior.code = "J1";
  p.catchments.push_back(junior);
  Diagnostics out;
  check_shapes(p, out);
  CHECK(findings(out, "shape-overlap") == 0);
  CHECK(findings(out, "shape-duplicate") == 0);
  Catchment twin = p.catchments[CatchmentId(0)];
  twin.code = "K2";
  p.catchments.push_back(twin);
  Diagnostics doubled;
  check_shapes(p, doubled);
  CHECK(findings(doubled, "shape-duplicate") == 1);
}

TEST_CASE("catchments of different years do not overlap") {
  Place p = small_place();
  Catchment later = p.catchments[CatchmentId(0)];
  later.code = "K2";
  later.from = p.base_year + 1;
  p.catchments.push_back(later);
  Diagnostics out;
  check_shapes(p, out);
  CHECK(out.items().empty());
}
