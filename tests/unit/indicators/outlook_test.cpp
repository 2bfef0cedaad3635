#include <catch2/catch.hpp>

#include "indicators/outlook.h"

using namespace doorstep;

namespace {

/// One campus over some years: warning level, large classes, pupils of 100 seats.
struct Years {
  std::vector<YearIndicators> indicators;
  RunResult run;
  void add(Year year, int warning, int large, double pupils) {
    YearIndicators one;
    one.year = year;
    one.stages.resize(1);
    one.stages[StageId(0)].campuses.push_back({.open = true, .large = large, .warning = warning});
    indicators.push_back(std::move(one));
    YearResult result;
    result.year = year;
    result.stages.resize(1);
    result.stages[StageId(0)].pupils = pupils;
    result.stages[StageId(0)].campuses.push_back({.open = true, .enrolment = pupils, .seats = 100});
    run.years.push_back(std::move(result));
  }
};

}  // namespace

TEST_CASE("a campus that turns red in the third year ahead is warned of now") {
  Years years;
  years.add(2025, 0, 0, 80);
  years.add(2026, 1, 1, 95);
  years.add(2027, 1, 0, 96);
  years.add(2028, 2, 2, 120);
  years.add(2029, 0, 0, 60);
  CampusOutlook ahead = outlook(years.indicators, years.run, StageId(0), 3)[CampusId(0)];
  CHECK(ahead.first_yellow == 2026);
  CHECK(ahead.first_red == 2028);
  CHECK(ahead.warn_now);
  CHECK(ahead.last_large_class == 2028);
  CHECK(ahead.most_pupils == 120);
  CHECK(ahead.most_pupils_in == 2028);
  CHECK(ahead.empty_seats_at_end == 40);
  CHECK_FALSE(outlook(years.indicators, years.run, StageId(0), 2)[CampusId(0)].warn_now);
}

TEST_CASE("seats built for the peak stand empty after it") {
  Years years;
  years.add(2025, 0, 0, 80);
  years.add(2026, 2, 0, 130);
  years.add(2035, 0, 0, 55);
  SeatsAfterPeak after = seats_after_peak(years.run, StageId(0));
  CHECK(after.peak == 2026);
  CHECK(after.pupils_at_peak == 130);
  CHECK(after.seats_at_end == 100);
  CHECK(after.empty_at_end == 45);
}
