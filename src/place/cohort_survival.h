#pragma once
// Cohort survival: how many of a grade are in the next one a year later, from years gone by.

#include <map>
#include <vector>

#include "base/quantity.h"

namespace doorstep {

/// Mean ratios of the last `years` pairs of successive years, by grade left behind: entry g is the
/// mean of pupils[y + 1][g + 1] / pupils[y][g]. A pair whose earlier grade is empty does not count;
/// without any the ratio is 1. Empty where no two years follow one another.
/// Source: the grade progression method of school enrolment forecasts. Pre: years >= 1.
[[nodiscard]] std::vector<double> cohort_survival(
    const std::map<Year, std::vector<double>>& pupils_by_grade, int years);

}  // namespace doorstep
