#pragma once
// A run written by hand: homes and campuses on a line (metres, 80 m a minute), one stage, one year,
// and who sits where. For tests of `indicators`.

#include <cmath>
#include <string>

#include "indicators/indicators.h"

namespace doorstep::test {

class HandRun {
 public:
  Place place;
  StageYear year;
  Standards standards;

  HandRun() {
    place.base_year = 2025;
    place.stages.push_back({.code = "primary", .class_standard = 45});
  }
  CampusId campus(const std::string& code, double at_m, double seats, double rooms = 0) {
    Campus c;
    c.code = code;
    c.at = {at_m, 0};
    c.stages.resize(1);
    c.stages[StageId(0)] = CampusStage{.seats = {{2025, seats}}, .rooms = rooms};
    CampusYear y;
    y.open = true;
    y.seats = seats;
    y.rooms = rooms;
    year.campuses.push_back(y);
    return place.campuses.push_back(c);
  }
  HomeId home(const std::string& code, double at_m) {
    return place.homes.push_back({.code = code, .at = {at_m, 0}});
  }
  /// Flows must be given ordered by (home, campus).
  void flow(HomeId home, CampusId campus, double pupils) {
    year.flows.push_back({home, campus, pupils});
    year.campuses[campus].enrolment += pupils;
    year.placed += pupils;
    year.pupils += pupils;
  }
  [[nodiscard]] TravelTable travel() const {
    TravelTable t(place.homes.size(), place.campuses.size(), MetresPerMinute(80.0));
    for (auto h : place.homes.ids())
      for (auto c : place.campuses.ids())
        t.set_decisec(h, c,
                      static_cast<uint32_t>(std::llround(
                          std::abs(place.homes[h].at.x - place.campuses[c].at.x) / 80.0 * 600.0)));
    return t;
  }
  [[nodiscard]] StageIndicators measured() const {
    RunResult run;
    YearResult one;
    one.year = 2025;
    one.stages.push_back(year);
    run.years.push_back(one);
    return measure(place, travel(), run, standards).at(0).stages[StageId(0)];
  }
};

inline StageComparison compared(const HandRun& a, const HandRun& b) {
  return compare_stage(a.place, a.travel(), a.year, b.place, b.travel(), b.year);
}

}  // namespace doorstep::test
