#pragma once
// What a plan is held against: the place without it, as long and with the same luck.

#include "cli/command.h"

namespace doorstep::cli {

/// No edits, the plan's first year, years and seed.
[[nodiscard]] inline Scenario baseline_of(const session::OpenPlace& opened, const Scenario& plan) {
  Scenario plain = scenario_for(opened, "");
  plain.first_year = plan.first_year;
  plain.years = plan.years;
  plain.seed = plan.seed;
  return plain;
}

}  // namespace doorstep::cli
