#pragma once
// The short tables that run and compare print.

#include <string>
#include <vector>

#include "cli/speech.h"
#include "io/results/results.h"
#include "session/outcome.h"

namespace doorstep::cli {

/// What io writes from an outcome.
[[nodiscard]] io::RunReport report_of(const session::Outcome& outcome);

/// How ways are measured (straight lines times a detour, streets); "" where the place names
/// nothing.
[[nodiscard]] std::string ways_line(const Place& place, const Speech& say);

/// One line a stage and year (first and last): pupils, unplaced, seats, utilisation, large classes,
/// mean way; below them how ways are measured.
[[nodiscard]] std::string stage_table(const session::Outcome& outcome, const Speech& say);

/// What each edit costs and whether the plan keeps its budget; "" for a baseline.
[[nodiscard]] std::string cost_table(const io::RunReport& report, const Speech& say);

/// Baseline beside scenario in the last year, per stage.
[[nodiscard]] std::string change_table(const session::Outcome& a, const session::Outcome& b,
                                       const Speech& say);

/// Campuses with the largest change in the last year.
[[nodiscard]] std::string campus_change_table(const session::Outcome& a, const session::Outcome& b,
                                              std::size_t rows, const Speech& say);

/// Per campus and observation, entrants observed and by each rule, with the errors.
[[nodiscard]] std::string observed_table(
    const std::vector<std::shared_ptr<const session::Outcome>>& by_rule, const Speech& say);
/// The same as CSV.
[[nodiscard]] std::string observed_csv(
    const std::vector<std::shared_ptr<const session::Outcome>>& by_rule);

}  // namespace doorstep::cli
