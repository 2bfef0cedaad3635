#include "indicators/closure.h"

#include <catch2/catch.hpp>

#include "hand_run.h"

using namespace doorstep;
using Catch::Matchers::WithinAbs;

namespace {

/// A village school and a town school 4,000 m (50 minutes) apart, one home at each:
///
///   V(30 pupils)  ------------------  T(50 pupils)
struct Valley : test::HandRun {
  CampusId village = campus("village", 0, 60), town = campus("town", 4000, 60);
  HomeId v = home("V", 0), t = home("T", 4000);
  Valley() { standards.long_time = Minutes(30); }
};

Valley before_closing() {
  Valley a;
  a.flow(a.v, a.village, 30);
  a.flow(a.t, a.town, 50);
  return a;
}

ClosureReview review(const Valley& a, const Valley& b) {
  return review_closure(a.place, a.travel(), a.year, b.place, b.travel(), b.year, StageId(0),
                        "village", a.standards);
}

}  // namespace

TEST_CASE("children of a closed school are followed to where their home gained pupils") {
  Valley a = before_closing(), b;
  b.year.campuses[b.village].open = false;
  b.flow(b.v, b.town, 30);
  b.flow(b.t, b.town, 50);
  ClosureReview r = review(a, b);
  CHECK(r.moved == 30.0);
  REQUIRE(r.children.size() == 1);
  CHECK(r.children[0].campus == "town");
  CHECK(r.minutes_before == 0.0);
  CHECK_THAT(r.minutes_after, WithinAbs(50.0, 1e-9));
}

TEST_CASE("a way beyond the limit stands against closing") {
  Valley a = before_closing(), b;
  b.flow(b.v, b.town, 30);
  b.flow(b.t, b.town, 50);
  ClosureReview r = review(a, b);
  REQUIRE(r.vetoes.size() == 1);
  CHECK(r.vetoes[0].kind == Veto::Kind::LongWay);
  CHECK(r.vetoes[0].where == "V");
  CHECK(r.vetoes[0].limit == 30.0);
  a.standards.long_time = Minutes(50);  // exactly at the limit is inside it
  CHECK(review(a, b).vetoes.empty());
}

TEST_CASE("a thousandth of a child that goes farther is not the way of a home's children") {
  Valley a = before_closing(), b;
  const CampusId far = b.campus("far", 8000, 60);  // 100 minutes
  b.flow(b.v, b.town, 29.999);
  b.flow(b.v, far, 0.001);
  b.flow(b.t, b.town, 50);
  ClosureReview r = review(a, b);
  REQUIRE(r.vetoes.size() == 1);
  CHECK_THAT(r.vetoes[0].value, WithinAbs(50.0, 1e-9));
}

TEST_CASE("a class grown large stands against closing, one that was large before does not") {
  Valley a = before_closing(), b;
  a.standards.long_time = Minutes(60);
  for (Valley* one : {&a, &b}) one->year.campuses[one->town].rooms = 1;
  b.flow(b.v, b.town, 30);
  b.flow(b.t, b.town, 50);
  ClosureReview r = review(a, b);  // 50 in one room before, 80 after
  REQUIRE(r.vetoes.size() == 1);
  CHECK(r.vetoes[0].kind == Veto::Kind::LargeClass);
  CHECK(r.vetoes[0].value == 80.0);
  a.year.campuses[a.town].enrolment = 60;
  CHECK(review(a, b).vetoes.empty());
}

TEST_CASE("a child left without a seat stands against closing") {
  Valley a = before_closing(), b;
  a.standards.long_time = Minutes(60);
  b.flow(b.v, b.town, 10);
  b.flow(b.t, b.town, 50);
  ClosureReview r = review(a, b);
  CHECK(r.moved == 30.0);
  REQUIRE(r.vetoes.size() == 1);
  CHECK(r.vetoes[0].kind == Veto::Kind::NoSeat);
  CHECK_THAT(r.vetoes[0].value, WithinAbs(20.0, 1e-9));
}
