#include <catch2/catch.hpp>

#include "desktop/figures.h"

using namespace doorstep;
using namespace doorstep::desktop;

namespace {

/// Homes h0 and h1, campuses a (10 seats) and b (20 seats), speed 60 m/min:
/// h0 → a 300 m 6 pupils, h1 → a 600 m 6 pupils, h1 → b 1,200 m 4 pupils. 2024, then 2025 with b
/// shut.
Outcome small() {
  Outcome o;
  o.place.stages.push_back(Stage{});
  o.travel = TravelTable(2, 2, MetresPerMinute(60.0));
  o.travel.set(HomeId(0), CampusId(0), Minutes(5));
  o.travel.set(HomeId(1), CampusId(0), Minutes(10));
  o.travel.set(HomeId(1), CampusId(1), Minutes(20));
  StageYear s;
  s.campuses.resize(2);
  s.campuses[CampusId(0)].open = s.campuses[CampusId(1)].open = true;
  s.campuses[CampusId(0)].enrolment = 12;
  s.campuses[CampusId(0)].seats = 10;
  s.campuses[CampusId(1)].enrolment = 4;
  s.campuses[CampusId(1)].seats = 20;
  s.flows = {{HomeId(0), CampusId(0), 6}, {HomeId(1), CampusId(0), 6}, {HomeId(1), CampusId(1), 4}};
  s.unplaced = 1;
  YearResult year{2024, {}};
  year.stages.push_back(s);
  o.run.years.push_back(year);
  year.year = 2025;
  year.stages[StageId(0)].campuses[CampusId(1)].open = false;
  o.run.years.push_back(year);
  return o;
}

}  // namespace

TEST_CASE("seats and pupils of the stage count the unplaced, and only campuses that are open") {
  const auto years = seats_and_pupils(small(), StageId(0), {});
  REQUIRE(years.size() == 2);
  REQUIRE(years[0].pupils == 17);  // 12 + 4 + 1 without a place
  REQUIRE(years[0].seats == 30);
  REQUIRE(years[1].pupils == 13);
  REQUIRE(years[1].seats == 10);
  const auto b = seats_and_pupils(small(), StageId(0), CampusId(1));
  REQUIRE(b[0].pupils == 4);
  REQUIRE(b[1].seats == 0);
}

TEST_CASE("ways to school fall into bins that sum to the pupils") {
  const DistanceBars bars = way_to_school(small(), 0, StageId(0), {});
  REQUIRE(bars.total == 16);
  // The farthest 3 % lie beyond 600 m: 15 bins of 62.5 m reach 937.5 m, the last takes the rest.
  REQUIRE(bars.bin_m == 62.5);
  REQUIRE(bars.pupils[4] == 6);   // 300 m
  REQUIRE(bars.pupils[9] == 6);   // 600 m
  REQUIRE(bars.pupils[15] == 4);  // 1,200 m
  REQUIRE(bars.beyond_500 == Approx(10.0 / 16));
  REQUIRE(bars.beyond_1000 == Approx(4.0 / 16));
}

TEST_CASE("pupils by class follow how full their school is") {
  Words words;
  const auto scheme =
      scene::scheme_of(scene::FillBy::Utilisation, scene::theme(scene::ThemeKind::Light), words);
  const auto pupils = pupils_by_class(small(), 0, StageId(0), scheme);
  REQUIRE(pupils[5] == 12);  // a: 120 %
  REQUIRE(pupils[0] == 4);   // b: 20 %
}

TEST_CASE("a year outside the run is shown as its nearest") {
  REQUIRE(year_index(small(), 2010) == 0);
  REQUIRE(year_index(small(), 2025) == 1);
  REQUIRE(year_index(small(), 2090) == 1);
}
