#include <catch2/catch.hpp>
#include <cmath>

#include "hand_run.h"
#include "indicators/classes.h"

using namespace doorstep;
using namespace doorstep::test;

TEST_CASE("classes are pupils over standard rounded up, at most the rooms") {
  CHECK(class_count(0, 45, 10) == 0);
  CHECK(class_count(45, 45, 10) == 1);
  CHECK(class_count(45.0000000001, 45, 10) == 1);  // a sum of shares, not a 46th pupil
  CHECK(class_count(46, 45, 10) == 2);
  CHECK(class_count(460, 45, 10) == 10);
  CHECK(class_count(460, 45, 0) == 11);  // rooms unknown
}

TEST_CASE("a class size falls in the band of its value rounded half up") {
  CHECK(band_of(25.4) == 0);
  CHECK(band_of(25.5) == 1);
  CHECK(band_of(45.49) == 3);
  CHECK(band_of(45.5) == 4);
  CHECK(band_of(55.5) == 5);
  CHECK(band_of(65.4) == 5);
  CHECK(band_of(65.5) == 6);
}

TEST_CASE("crowded rooms make large classes") {
  HandRun r;
  auto a = r.campus("A", 0, 450, 10);
  auto b = r.campus("B", 0, 450, 10);
  auto c = r.campus("C", 0, 450, 0);
  auto h = r.home("h", 0);
  r.flow(h, a, 560);  // 56 in each of 10 rooms
  r.flow(h, b, 660);  // 66
  r.flow(h, c, 100);  // 3 classes of 33.3
  StageIndicators s = r.measured();
  CHECK(s.classes == 23);
  CHECK(s.large == 20);
  CHECK(s.very_large == 10);
  CHECK(s.bands == ClassBands{0, 0, 3, 0, 0, 10, 10});
  CHECK(s.campuses[a].large == 10);
  CHECK(s.campuses[a].very_large == 0);
}

TEST_CASE("seats, use and pupils beyond seats add up over open campuses") {
  HandRun r;
  auto a = r.campus("A", 0, 100);
  auto b = r.campus("B", 0, 100);
  auto shut = r.campus("C", 0, 100);
  r.year.campuses[shut].open = false;
  auto h = r.home("h", 0);
  r.flow(h, a, 130);
  r.flow(h, b, 50);
  r.year.unplaced = 7;
  r.year.pupils += 7;
  StageIndicators s = r.measured();
  CHECK(s.pupils == 187);
  CHECK(s.placed == 180);
  CHECK(s.unplaced == 7);
  CHECK(s.seats == 200);
  CHECK(s.utilisation == Approx(0.9));
  CHECK(s.over_seats == Approx(30));
  CHECK(s.campuses_over == 1);
  CHECK(s.campuses[a].utilisation == Approx(1.3));
  // Seats a pupil: 100/130 and 100/50, mean 200/180; weighted CV by hand.
  double x = 10.0 / 13, y = 2.0, mean = 10.0 / 9;
  double sd =
      std::sqrt(130.0 / 180 * (x - mean) * (x - mean) + 50.0 / 180 * (y - mean) * (y - mean));
  CHECK(s.balance == Approx(sd / mean));
}

TEST_CASE("travel is weighted by pupils, and a home exactly at a limit is inside it") {
  HandRun r;
  auto a = r.campus("A", 0, 1000);
  auto near = r.home("near", 100);
  auto at_radius = r.home("at", 500);
  auto beyond = r.home("beyond", 501);
  auto far = r.home("far", 2400);  // 30 minutes at 80 m a minute
  r.flow(near, a, 40);
  r.flow(at_radius, a, 30);
  r.flow(beyond, a, 20);
  r.flow(far, a, 10);
  StageIndicators s = r.measured();
  CHECK(s.travel_mean_m ==
        Approx((40 * 100 + 30 * 500 + 20 * 501 + 10 * 2400) / 100.0).margin(0.1));
  CHECK(s.travel_median_m == Approx(500));
  CHECK(s.travel_median_min == Approx(6.25));
  CHECK(s.travel_p90_m == Approx(501).margin(0.1));  // 90 of 100 travel no farther
  CHECK(s.share_over_radius == Approx(0.30));
  CHECK(s.share_over_1km == Approx(0.10));
  CHECK(s.share_over_30min == 0.0);
  CHECK(s.campuses[a].travel_mean_min == Approx(s.travel_mean_min));
}

TEST_CASE("demand against planned intake warns yellow from 90 % and red from 100 %") {
  HandRun r;
  for (double entitled : {89.0, 90.0, 99.9, 100.0}) {
    auto c = r.campus("C" + std::to_string(entitled), 0, 600);
    r.year.campuses[c].planned_intake = 100;
    r.year.campuses[c].entitled = entitled;
  }
  StageIndicators s = r.measured();
  CHECK(s.campuses[CampusId(0)].warning == 0);
  CHECK(s.campuses[CampusId(1)].warning == 1);
  CHECK(s.campuses[CampusId(2)].warning == 1);
  CHECK(s.campuses[CampusId(3)].warning == 2);
  CHECK(s.campuses[CampusId(1)].pressure == Approx(0.9));
}

TEST_CASE("the own catchment's share counts homes that have one") {
  HandRun r;
  auto a = r.campus("A", 0, 100);
  auto b = r.campus("B", 0, 100);
  auto h = r.home("h", 0);
  auto outside = r.home("o", 0);
  r.flow(h, a, 30);
  r.flow(h, b, 10);
  r.flow(outside, b, 60);
  CHECK(std::isnan(r.measured().own_catchment_share));
  Catchment k;
  k.code = "K";
  k.stage = StageId(0);
  k.homes = {h};
  k.campuses = {a};
  r.place.catchments.push_back(k);
  CHECK(r.measured().own_catchment_share == Approx(0.75));
}

TEST_CASE("an empty stage has no travel and no balance, and does not crash") {
  HandRun r;
  r.campus("A", 0, 100);
  StageIndicators s = r.measured();
  CHECK(s.classes == 0);
  CHECK(std::isnan(s.travel_mean_min));
  CHECK(std::isnan(s.balance));
  CHECK(s.share_over_1km == 0.0);
}
