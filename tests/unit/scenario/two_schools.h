#pragma once
// Two schools on a line, for tests of edits:
//
//   H1 --- C1 --- H2 | H3 --- C2 --- H4      homes at x = 0, 200, 400, 600; border at x = 300
//
// Catchments W and E are outlines; with `by_list` they are lists of homes instead.

#include <string>

#include "base/error.h"
#include "scenario/scenario.h"

namespace doorstep::test {

inline MultiPolygon box_shape(double x0, double x1) {
  return {{{{x0, -50}, {x1, -50}, {x1, 50}, {x0, 50}}, {}}};
}

inline Place two_schools(bool by_list = false) {
  Place p;
  p.code = "line";
  p.base_year = 2025;
  p.policy.rule = Rule::Catchment;
  p.stages.push_back({.code = "primary", .grades = 6, .entry_age = 6});
  p.stages.push_back({.code = "junior", .kind = StageKind::Junior, .grades = 3, .entry_age = 12});
  p.classes.push_back({.code = "all"});
  p.areas.push_back({.code = "A1", .urban = UrbanClass::Town});
  for (int i = 0; i < 4; ++i) {
    double x = 200.0 * i;
    p.homes.push_back({.code = "H" + std::to_string(i + 1), .at = {x, 0}, .area = AreaId(0)});
  }
  p.children.count.assign(4 * 19, 1.0);
  for (int i = 0; i < 2; ++i) {
    p.schools.push_back({.code = "S" + std::to_string(i + 1)});
    Campus c;
    c.code = "C" + std::to_string(i + 1);
    c.at = {100.0 + 400.0 * i, 0};
    c.school = SchoolId(static_cast<std::size_t>(i));
    c.stages.resize(2);
    c.stages[StageId(0)] = CampusStage{.seats = {{2025, 60}}};
    p.campuses.push_back(c);
    Catchment k;
    k.code = i == 0 ? "W" : "E";
    k.stage = StageId(0);
    k.campuses = {CampusId(static_cast<std::size_t>(i))};
    if (by_list)
      k.homes = {HomeId(static_cast<std::size_t>(2 * i)),
                 HomeId(static_cast<std::size_t>(2 * i + 1))};
    else
      k.area = i == 0 ? box_shape(-50, 300) : box_shape(300, 650);
    p.catchments.push_back(k);
  }
  return p;
}

inline Loaded<Place> apply_one(const Place& base, Edit edit,
                               const std::vector<std::string>& forms = {}) {
  Scenario s;
  s.edits.push_back(std::move(edit));
  return apply(base, s, forms);
}

/// Code of the catchment of a home (by index) in a year; "" none.
inline std::string catchment_code(const Place& p, std::size_t home, Year year) {
  CatchmentId id = catchment_of_homes(p, StageId(0), year)[HomeId(home)];
  return id.valid() ? p.catchments[id].code : "";
}

inline bool has_finding(const Diagnostics& d, const std::string& code) {
  for (const Diagnostic& item : d.items())
    if (item.code == code) return true;
  return false;
}

/// The one-line message of the Error that `f` throws; "" where it throws none.
template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const Error& e) {
    return e.message();
  }
  return "";
}

}  // namespace doorstep::test
