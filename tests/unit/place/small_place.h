#pragma once
// A place of two homes, one primary campus and one catchment, for tests of `place`.

#include "place/place.h"

namespace doorstep::test {

/// Homes H1 (0,0) and H2 (100,0), campus C1 (50,0) with 60 seats in 6 grades, catchment K1 a box
/// around H1 and C1 only.
inline Place small_place() {
  Place p;
  p.code = "small";
  p.base_year = 2025;
  p.stages.push_back({.code = "primary"});
  p.schools.push_back({.code = "S1"});
  Campus c;
  c.code = "C1";
  c.at = {50, 0};
  c.school = SchoolId(0);
  c.stages.resize(1);
  c.stages[StageId(0)] = CampusStage{.seats = {{2025, 60}}};
  c.source = {"campuses.csv", 1, ""};
  p.campuses.push_back(c);
  p.homes.push_back({.code = "H1", .at = {0, 0}, .source = {"homes.csv", 1, ""}});
  p.homes.push_back({.code = "H2", .at = {100, 0}, .source = {"homes.csv", 2, ""}});
  p.classes.push_back({.code = "all"});
  p.children.count.assign(2 * 19, 1.0);
  Catchment k;
  k.code = "K1";
  k.stage = StageId(0);
  k.area = {{{{-10, -10}, {60, -10}, {60, 10}, {-10, 10}}, {}}};
  k.campuses = {CampusId(0)};
  k.source = {"catchments.geojson", 1, ""};
  p.catchments.push_back(k);
  return p;
}

/// How many findings carry a code.
inline int findings(const Diagnostics& d, const std::string& code) {
  int n = 0;
  for (const Diagnostic& item : d.items()) n += item.code == code ? 1 : 0;
  return n;
}

}  // namespace doorstep::test
