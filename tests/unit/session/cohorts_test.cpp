// Pupils carried forward by grade, with the worked answer of docs/model.md.

#include "session/calibrate/cohorts.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/error.h"

using namespace doorstep;
using namespace doorstep::session;
using Catch::Matchers::WithinAbs;

namespace {

/// One school, kindergarten to second grade: 100/90/80, 110/95/88, 120/99/91.
GradeTable worked() {
  GradeTable t({"one"}, {"K", "1", "2"}, 2021, 3);
  const double pupils[3][3] = {{100, 90, 80}, {110, 95, 88}, {120, 99, 91}};
  for (int y = 0; y < 3; ++y)
    for (std::size_t g = 0; g < 3; ++g) t.at(0, g, 2021 + y) = pupils[y][g];
  return t;
}

/// Two schools of which one always loses a tenth from K to 1 and the other nobody; eight years.
GradeTable two_schools() {
  GradeTable t({"loses", "keeps"}, {"K", "1"}, 2001, 8);
  for (Year y = 2001; y <= 2008; ++y) {
    t.at(0, 0, y) = t.at(1, 0, y) = 100;
    t.at(0, 1, y) = 90;
    t.at(1, 1, y) = 100;
  }
  return t;
}

}  // namespace

TEST_CASE("the worked answer: mean ratios .925 and .9678363 carry two grades forward") {
  GradeForecast f = three_year_ratios(worked(), 2023, 2);
  CHECK_THAT(f[0][0][1], WithinAbs(111.0, 1e-9));
  CHECK_THAT(f[0][0][2], WithinAbs(95.81579, 5e-6));
  CHECK_THAT(f[1][0][2], WithinAbs(107.42982, 5e-6));
  CHECK_THAT(f[0][0][0], WithinAbs(110.0, 1e-9));  // mean entry of three years
}

TEST_CASE("without pooling a school keeps its own ratio, with all of it the common one") {
  const GradeTable t = two_schools();
  CHECK_THAT(forecast(t, 2008, 1, {0.0, 5.0, 0.5})[0][0][1], WithinAbs(90.0, 1e-9));
  CHECK_THAT(forecast(t, 2008, 1, {1e12, 5.0, 0.5})[0][0][1], WithinAbs(95.0, 1e-6));
  CHECK_THAT(forecast(t, 2008, 1, {1e12, 5.0, 0.5})[0][1][1], WithinAbs(95.0, 1e-6));
}

TEST_CASE("pooling lies between a school's own ratio and the common one") {
  double last = 90.0;
  for (double pooling : {1.0, 100.0, 10000.0}) {
    const double now = forecast(two_schools(), 2008, 1, {pooling, 5.0, 0.5})[0][0][1];
    CHECK(now > last);
    CHECK(now < 95.0);
    last = now;
  }
}

TEST_CASE("what repeats itself is predicted without error, whichever rule is chosen") {
  const GradeTable t = two_schools();
  const ChosenRule chosen = choose_rule(t, 2007, 1);
  CHECK_THAT(chosen.error, WithinAbs(0.0, 1e-9));
  CHECK(chosen.rule.pooling == 0.0);
  ForecastError e = error_of(t, 2007, forecast(t, 2007, 1, chosen.rule));
  CHECK_THAT(e.all, WithinAbs(0.0, 1e-9));
  CHECK(e.schools == 2);
}

TEST_CASE("the error splits into how many there are and where they are") {
  // Seen 100 and 90+100; predicted: the same shares of ten in a hundred more, all demand.
  const GradeTable t = two_schools();
  GradeForecast f = unchanged(t, 2007, 1);
  for (auto& school : f[0])
    for (double& n : school) n *= 1.1;
  ForecastError e = error_of(t, 2007, f);
  CHECK_THAT(e.all, WithinAbs(0.1, 1e-9));
  CHECK_THAT(e.choice, WithinAbs(0.0, 1e-9));
  CHECK_THAT(e.demand(), WithinAbs(0.1, 1e-9));
  // Ten pupils of the first grade at the wrong school: no demand.
  f = unchanged(t, 2007, 1);
  f[0][0][0] += 10;
  f[0][1][0] -= 10;
  e = error_of(t, 2007, f);
  CHECK_THAT(e.all, WithinAbs(20.0 / 390, 1e-9));
  CHECK_THAT(e.choice, WithinAbs(20.0 / 390, 1e-9));
}

TEST_CASE("a school that closes before or during the forecast is not judged") {
  GradeTable t = two_schools();
  t.at(0, 0, 2008) = t.at(0, 1, 2008) = std::nan("");
  ForecastError e = error_of(t, 2007, three_year_ratios(t, 2007, 1));
  CHECK(e.schools == 1);
  CHECK(std::isnan(e.by_school[0]));
}

TEST_CASE("too short a history is refused") {
  CHECK_THROWS_AS(choose_rule(worked(), 2023, 1), Error);
}
