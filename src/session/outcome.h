#pragma once
// An opened place and the outcome of running it: immutable snapshots shared between the document,
// its jobs, the command line and the window.

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "base/progress.h"
#include "indicators/indicators.h"
#include "scenario/scenario.h"

namespace doorstep::session {

/// A place ready to run: data, travel, coefficients, standards, and what was found on loading.
struct OpenPlace {
  std::filesystem::path path;   ///< of place.toml
  std::filesystem::path given;  ///< as it was asked for: a place file, a folder, place.toml
  Place place;
  TravelTable travel;
  Coefficients coefficients;
  GroupForms forms;
  Standards standards;
  Diagnostics findings;
};

/// Opens `path` (a place.toml or its folder) with config/ and computes travel.
/// Throws: Error, Cancelled.
[[nodiscard]] std::shared_ptr<const OpenPlace> open_place(const std::filesystem::path& path,
                                                          Progress& progress);

/// A run of the baseline (`scenario` without edits) or of a scenario.
struct Outcome {
  std::shared_ptr<const OpenPlace> opened;
  Scenario scenario;
  Place place;  ///< with the edits applied
  TravelTable travel;
  RunResult run;
  std::vector<YearIndicators> indicators;  ///< one a year, as run.years
  Diagnostics findings;
  int years_run = 0;  ///< years after the first; 0 for a live one-year result
  StageId only;       ///< the one stage that was run; invalid: all
};

/// Sees each year of a run as soon as it is complete. `so_far`: place and travel are those of the
/// run, the rest is being made.
using EachYear = std::function<void(const Outcome& so_far, const YearResult& year,
                                    const YearIndicators& meaning)>;

/// Applies and simulates. `years` < 0: as the scenario says. `only`: the code of the one stage to
/// run, "" for all. `flows_at_end`: as RunOptions says; `each_year` then sees the flows of every
/// year. Throws: Error, Cancelled.
[[nodiscard]] std::shared_ptr<const Outcome> run_scenario(
    const std::shared_ptr<const OpenPlace>& opened, const Scenario& scenario, Progress& progress,
    int years = -1, const std::string& only = "", bool flows_at_end = false,
    const EachYear& each_year = {});

}  // namespace doorstep::session
