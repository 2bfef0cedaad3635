#include <catch2/catch.hpp>

#include "two_schools.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("moving a home takes it to the other catchment from the year on") {
  for (bool by_list : {false, true}) {
    RedrawCatchments move{
        .stage = "primary", .year = 2027, .catchments = {{.code = "E", .homes = {"H2"}}}};
    Place p = apply_one(two_schools(by_list), move).value;
    CHECK(catchment_code(p, 1, 2026) == "W");
    CHECK(catchment_code(p, 1, 2027) == "E");
    CHECK(catchment_code(p, 0, 2027) == "W");
    CHECK(catchment_code(p, 2, 2027) == "E");
    CHECK(p.catchments[find_catchment(p, StageId(0), "E")].campuses ==
          std::vector<CampusId>{CampusId(1)});
  }
}

TEST_CASE("moving to a catchment that does not exist is refused") {
  RedrawCatchments move{
      .stage = "primary", .year = 2027, .catchments = {{.code = "EE", .homes = {"H2"}}}};
  CHECK(error_of([&] { (void)apply_one(two_schools(), move); }).find("did you mean E?") !=
        std::string::npos);
}

TEST_CASE("a redrawn outline claims its homes from neighbours that stay") {
  for (bool by_list : {false, true}) {
    RedrawCatchments plan{.stage = "primary",
                          .year = 2026,
                          .catchments = {{.code = "E", .area = box_shape(150, 650)}}};
    Place p = apply_one(two_schools(by_list), plan).value;
    CHECK(catchment_code(p, 1, 2025) == "W");
    CHECK(catchment_code(p, 1, 2026) == "E");
    CHECK(catchment_code(p, 0, 2026) == "W");
  }
}

TEST_CASE("replacing all catchments ends every one of the stage") {
  RedrawCatchments plan{
      .stage = "primary",
      .year = 2026,
      .catchments = {{.code = "N", .area = box_shape(-50, 650), .campuses = {"C1", "C2"}}},
      .replace_all = true};
  Place p = apply_one(two_schools(), plan).value;
  for (std::size_t h = 0; h < 4; ++h) {
    CHECK(catchment_code(p, h, 2026) == "N");
    CHECK(catchment_code(p, h, 2025) == (h < 2 ? "W" : "E"));
  }
}

TEST_CASE("closing the only campus of a catchment leaves it without one and says so") {
  Loaded<Place> closed = apply_one(two_schools(), CloseCampus{"C2", 2028});
  const Place& p = closed.value;
  CHECK(p.campuses[CampusId(1)].closes == 2027);
  CHECK(has_finding(closed.findings, "catchment-left-without-campus"));
  CHECK(has_finding(closed.findings, "closure-procedure"));
  auto in = [&](Year y) { return p.catchments[catchment_of_homes(p, StageId(0), y)[HomeId(3)]]; };
  CHECK(in(2027).campuses.size() == 1);
  CHECK(in(2028).campuses.empty());
}

TEST_CASE("closing a campus after all its homes were moved leaves no catchment without one") {
  RedrawCatchments west{
      .stage = "primary", .year = 2028, .catchments = {{.code = "W", .homes = {"H3", "H4"}}}};
  Loaded<Place> moved = apply_one(two_schools(), west);
  Loaded<Place> closed = apply_one(moved.value, CloseCampus{"C2", 2028});
  CHECK_FALSE(has_finding(closed.findings, "catchment-left-without-campus"));
}

TEST_CASE("under catchments a new campus shares the one it lies in, from its year on") {
  for (bool by_list : {false, true}) {
    Loaded<Place> opened = apply_one(
        two_schools(by_list),
        OpenCampus{.code = "X", .at = {210, 0}, .stage = "primary", .seats = 60, .year = 2027});
    const Place& p = opened.value;
    CHECK(has_finding(opened.findings, "campus-shares-catchment"));
    auto in = [&](Year y) { return p.catchments[catchment_of_homes(p, StageId(0), y)[HomeId(1)]]; };
    CHECK(in(2026).campuses.size() == 1);
    CHECK(in(2027).campuses == std::vector<CampusId>{CampusId(0), CampusId(2)});
  }
}

TEST_CASE("under choice a new campus takes no catchment") {
  Place base = two_schools();
  base.policy.rule = Rule::Choice;
  Place p =
      apply_one(
          base,
          OpenCampus{.code = "X", .at = {210, 0}, .stage = "primary", .seats = 60, .year = 2027})
          .value;
  CHECK(p.catchments.size() == 2);
}

TEST_CASE("new homes belong to the outline they lie in, or to their neighbour's catchment") {
  AddHousing near_h3{
      .code = "N", .at = {390, 0}, .dwellings = 10, .pupils_per_dwelling = 1, .year = 2026};
  CHECK(catchment_code(apply_one(two_schools(false), near_h3).value, 4, 2026) == "E");
  CHECK(catchment_code(apply_one(two_schools(true), near_h3).value, 4, 2026) == "E");
  AddHousing outside{
      .code = "N", .at = {-500, 0}, .dwellings = 10, .pupils_per_dwelling = 1, .year = 2026};
  CHECK(catchment_code(apply_one(two_schools(false), outside).value, 4, 2026) == "W");
}

TEST_CASE("an edit may refer to what a later line of the file opens") {
  Scenario s;
  s.edits = {
      RedrawCatchments{
          .stage = "primary",
          .year = 2028,
          .catchments = {{.code = "E", .area = box_shape(300, 650), .campuses = {"C2", "X"}}}},
      OpenCampus{.code = "X", .at = {500, 0}, .stage = "primary", .seats = 60, .year = 2028}};
  Place p = apply(two_schools(), s).value;
  const Catchment& e = p.catchments[find_catchment(p, StageId(0), "E")];
  CHECK(std::count(e.campuses.begin(), e.campuses.end(), find_campus(p, "X")) == 1);
}
