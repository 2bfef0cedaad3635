#include <catch2/catch.hpp>

#include "two_schools.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("a scenario without edits leaves the place as it was") {
  Place base = two_schools();
  Loaded<Place> same = apply(base, Scenario{});
  CHECK(same.findings.items().empty());
  CHECK(same.value.campuses.size() == 2);
  CHECK(same.value.catchments.size() == 2);
  CHECK(same.value.children.count == base.children.count);
  CHECK(same.value.groups.empty());
}

TEST_CASE("an opened campus stands there from its year with its seats") {
  Place base = two_schools();
  auto place = apply_one(base, OpenCampus{.code = "X",
                                          .at = {210, 0},
                                          .stage = "primary",
                                          .seats = 120,
                                          .intake = 25,
                                          .year = 2028})
                   .value;
  const Campus& x = place.campuses[find_campus(place, "X")];
  CHECK_FALSE(x.open_in(2027));
  CHECK(x.open_in(2028));
  CHECK(value_in(x.stages[StageId(0)]->seats, 2028) == 120);
  CHECK(value_in(x.stages[StageId(0)]->intake, 2028) == 25);
  CHECK_FALSE(x.stages[StageId(1)].has_value());
  CHECK(place.schools[x.school].code == "X");
  CHECK(x.urban == UrbanClass::Town);
  CHECK(base.campuses.size() == 2);
}

TEST_CASE("an opened campus of a known school belongs to it") {
  Place place =
      apply_one(
          two_schools(),
          OpenCampus{.code = "X", .stage = "primary", .seats = 120, .year = 2028, .school = "S2"})
          .value;
  CHECK(place.campuses[find_campus(place, "X")].school == SchoolId(1));
  CHECK(place.schools.size() == 2);
}

TEST_CASE("unknown codes are answered with the nearest known one and the edit that names it") {
  Scenario s;
  s.edits = {CloseCampus{"C1", 2026}, CloseCampus{"C22", 2026}};
  std::string message = error_of([&] { (void)apply(two_schools(), s); });
  CHECK(message.find("edit 2, campus") != std::string::npos);
  CHECK(message.find("unknown campus \"C22\"") != std::string::npos);
  CHECK(message.find("did you mean C2?") != std::string::npos);
}

TEST_CASE("an edit before the base year is refused") {
  std::string message = error_of([] { (void)apply_one(two_schools(), CloseCampus{"C1", 2024}); });
  CHECK(message.find("2024") != std::string::npos);
  CHECK(message.find("base year 2025") != std::string::npos);
}

TEST_CASE("a taken code, no seats and a form nobody knows are refused") {
  Place base = two_schools();
  OpenCampus taken{.code = "C1", .stage = "primary", .seats = 1, .year = 2026};
  OpenCampus empty{.code = "X", .stage = "primary", .seats = 0, .year = 2026};
  JoinGroup join{.group = "G", .core = "C1", .campus = "C2", .form = "merget", .year = 2026};
  CHECK(error_of([&] { (void)apply_one(base, taken); }).find("taken") != std::string::npos);
  CHECK(error_of([&] { (void)apply_one(base, empty); }).find("0 seats") != std::string::npos);
  CHECK(error_of([&] { (void)apply_one(base, join, {"merged"}); }).find("mean merged") !=
        std::string::npos);
}

TEST_CASE("joining creates the group, and a second form ends the first tie") {
  Scenario s;
  s.edits = {
      JoinGroup{.group = "G", .core = "C1", .campus = "C2", .form = "alliance", .year = 2026},
      JoinGroup{.group = "G", .campus = "C2", .form = "merged", .year = 2029}};
  Place place = apply(two_schools(), s).value;
  REQUIRE(place.groups.size() == 1);
  const Group& g = place.groups[GroupId(0)];
  CHECK(g.core == CampusId(0));
  REQUIRE(g.ties.size() == 2);
  CHECK(g.ties[0].until == 2028);
  CHECK(g.ties[1].form == "merged");
  CHECK(g.ties[1].since == 2029);
}

TEST_CASE("seats change from their year on and what was before stays") {
  Place place =
      apply_one(
          two_schools(),
          SetSeats{.campus = "C1", .stage = "primary", .seats = 90, .intake = 20, .year = 2027})
          .value;
  const CampusStage& c = *place.campuses[CampusId(0)].stages[StageId(0)];
  CHECK(value_in(c.seats, 2026) == 60);
  CHECK(value_in(c.seats, 2027) == 90);
  CHECK(value_in(c.intake, 2026) == 10);  // 60 seats / 6 grades, as without an intake
  CHECK(value_in(c.intake, 2027) == 20);
}

TEST_CASE("edits act by year, so their order in the file does not matter") {
  SetSeats early{.campus = "C1", .stage = "primary", .seats = 90, .year = 2027};
  SetSeats late{.campus = "C1", .stage = "primary", .seats = 30, .year = 2030};
  for (bool swapped : {false, true}) {
    Scenario s;
    s.edits = {early, late};
    if (swapped) std::swap(s.edits[0], s.edits[1]);
    Place place = apply(two_schools(), s).value;
    const CampusStage& c = *place.campuses[CampusId(0)].stages[StageId(0)];
    CHECK(value_in(c.seats, 2028) == 90);
    CHECK(value_in(c.seats, 2030) == 30);
  }
}

TEST_CASE("a feeder is added with its year") {
  Place place = apply_one(two_schools(), SetFeeder{"C1", "C2", 2026}).value;
  REQUIRE(place.feeders.size() == 1);
  CHECK(place.feeders[0].from == CampusId(0));
  CHECK(place.feeders[0].to == CampusId(1));
  CHECK(place.feeders[0].since == 2026);
}

TEST_CASE("housing adds a home in its neighbour's area with children of all ages up to junior") {
  Place place = apply_one(two_schools(), AddHousing{.code = "N",
                                                    .at = {610, 0},
                                                    .dwellings = 100,
                                                    .pupils_per_dwelling = 0.9,
                                                    .year = 2027})
                    .value;
  REQUIRE(place.homes.size() == 5);
  CHECK(place.homes[HomeId(4)].area == AreaId(0));
  CHECK(place.children.at(HomeId(4), ClassId(0), 8) == 0.0);
  const Housing& h = place.housing.at(0);
  CHECK(h.home == HomeId(4));
  // 0.9 over the nine ages 6 … 14: 0.1 an age; the younger likewise, none above.
  CHECK(h.yield_by_age.at(6) == Approx(0.1));
  CHECK(h.yield_by_age.at(14) == Approx(0.1));
  CHECK(h.yield_by_age.at(0) == Approx(0.1));
  CHECK(h.yield_by_age.at(15) == 0.0);
}

TEST_CASE("in a place without compulsory stages housing brings the children of those there are") {
  Place base = two_schools();
  for (Stage& s : base.stages) s.kind = StageKind::Senior;
  Place place = apply_one(base, AddHousing{.code = "N",
                                           .at = {610, 0},
                                           .dwellings = 100,
                                           .pupils_per_dwelling = 0.9,
                                           .year = 2027})
                    .value;
  CHECK(place.housing.at(0).yield_by_age.at(14) == Approx(0.1));
}
