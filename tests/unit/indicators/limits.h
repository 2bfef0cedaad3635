#pragma once
// The limits that figures worked by hand are held against, with those that one case needs beside.

#include <initializer_list>
#include <utility>

#include "indicators/indicators.h"

namespace doorstep::test {

[[nodiscard]] inline Standards limits(
    std::initializer_list<std::pair<const char*, double>> more = {}) {
  Standards s;
  auto set = [&](const char* name, double value) {
    s.all.set(name, {value, value, value, "test", "F"});
  };
  set("scale.primary_most", 2000);
  set("scale.nine_year_most", 2500);
  set("scale.funded_as", 100);
  set("scale.point_left_out", 50);
  set("scale.viable", 100);
  set("boarding.first_grade", 4);
  set("staff.pupils_per_teacher.primary", 19);
  for (const auto& [name, value] : more) set(name, value);
  return s;
}

}  // namespace doorstep::test
