// Figures that should agree, with small sums.

#include "place/validate_figures.h"

#include <catch2/catch.hpp>

#include "small_place.h"

using namespace doorstep;
using namespace doorstep::test;
using Count = StatedTotal::Count;

namespace {

Diagnostics figures(const Place& p) {
  Diagnostics out;
  check_figures(p, out);
  return out;
}

/// The schools of a district as its source gives them: 92 public and 39 private of 135.
StatedTotal dongsheng() {
  StatedTotal t;
  t.what = "schools";
  t.value = 135;
  t.parts = {{"public", 92}, {"private", 39}};
  t.at = {"place.toml", 0, "totals[1]"};
  return t;
}

}  // namespace

TEST_CASE("92 and 39 are not 135: a warning that says what is missing") {
  Place p = small_place();
  p.totals = {dongsheng()};
  Diagnostics d = figures(p);
  REQUIRE(d.items().size() == 1);
  CHECK(d.items()[0].severity == Severity::Warning);
  CHECK(d.items()[0].message ==
        "schools: public 92 + private 39 = 131, but the total is given as 135 (4 missing)");
  CHECK(d.items()[0].at.text() == "place.toml, totals[1]");
}

TEST_CASE("parts that add up, or nearly within what is allowed, have no finding") {
  Place p = small_place();
  p.totals = {dongsheng()};
  p.totals[0].parts[1].second = 43;  // 92 + 43 = 135
  CHECK(figures(p).items().empty());
  p.totals = {dongsheng()};
  p.totals[0].within = 0.03;  // 4 of 135 is 2.96 %
  CHECK(figures(p).items().empty());
}

TEST_CASE("a total is held against the layers: stages against the pupils of all") {
  // Dongsheng's stages do add up: 22,042 + 51,198 + 26,942 + 8,066 = 108,248.
  Place p = small_place();
  StatedTotal pupils;
  pupils.what = "pupils";
  pupils.count = Count::Enrolled;
  pupils.value = 108248;
  pupils.parts = {{"kg", 22042}, {"primary", 51198}, {"junior", 26942}, {"senior", 8066}};
  p.totals = {pupils};
  CHECK(figures(p).items().empty());  // no enrolment is known: nothing to hold it against
  p.campuses[CampusId(0)].stages[StageId(0)]->enrolment = {8, 8, 8, 8, 8, 8};
  Diagnostics d = figures(p);
  REQUIRE(findings(d, "total-not-the-layers") == 1);
  CHECK(d.items()[0].message == "pupils: given as 108248, the layers hold 48 (-108200)");
}

TEST_CASE("what is counted: schools once, campuses each, seats of one stage") {
  Place p = small_place();
  Campus second = p.campuses[CampusId(0)];
  second.code = "C2";
  second.at = {70, 0};
  p.campuses.push_back(second);  // of the same school
  StatedTotal t;
  t.count = Count::Schools;
  CHECK(counted(p, t) == 1.0);
  t.count = Count::Campuses;
  CHECK(counted(p, t) == 2.0);
  t.count = Count::Seats;
  t.stage = StageId(0);
  CHECK(counted(p, t) == 120.0);
  t.count = Count::Children;
  CHECK(counted(p, t) == 38.0);  // two homes, 19 ages, one child each
  t.count = Count::Classes;
  CHECK_FALSE(counted(p, t));
}

TEST_CASE("seats are classes x standard, or one of them is wrong") {
  Place p = small_place();
  auto& offer = *p.campuses[CampusId(0)].stages[StageId(0)];
  offer.seats = {{2025, 270}};
  offer.classes = 6;  // 6 x 45 = 270
  CHECK(figures(p).items().empty());
  offer.classes = 7;
  Diagnostics d = figures(p);
  REQUIRE(findings(d, "seats-not-classes") == 1);
  CHECK(d.items()[0].message == "C1 has 270 seats at primary; 7 classes of 45 are 315");
  CHECK(d.items()[0].at.text() == "campuses.csv row 1, classes");
}

TEST_CASE("two campuses on one spot are a doubt, of one school a remark") {
  Place p = small_place();
  Campus copy = p.campuses[CampusId(0)];
  copy.code = "C2";
  copy.at = {50.6, 0.6};  // 0.85 m away
  p.campuses.push_back(copy);
  Diagnostics d = figures(p);
  REQUIRE(findings(d, "campuses-on-one-spot") == 1);
  CHECK(d.items()[0].severity == Severity::Info);
  p.schools.push_back({.code = "S2"});
  p.campuses[CampusId(1)].school = SchoolId(1);
  CHECK(figures(p).items()[0].severity == Severity::Warning);
  p.stages.push_back({.code = "junior"});
  p.campuses[CampusId(1)].stages.resize(2);
  std::swap(p.campuses[CampusId(1)].stages[StageId(0)], p.campuses[CampusId(1)].stages[StageId(1)]);
  CHECK(figures(p).items()[0].severity == Severity::Info);  // of different stages
  p.campuses[CampusId(1)].at = {50.8, 0.8};                 // 1.13 m away
  CHECK(figures(p).items().empty());
}

TEST_CASE("a year that a typing error made is found, for ever is not") {
  Place p = small_place();
  CHECK(figures(p).items().empty());
  p.campuses[CampusId(0)].opens = 20125;
  p.campuses[CampusId(0)].closes = 1000000;
  Diagnostics d = figures(p);
  REQUIRE(findings(d, "year-outside") == 1);
  CHECK(d.items()[0].message == "opening of C1 is in 20125; the place is of 2025");
}
