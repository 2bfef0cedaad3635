#include "session/outcome.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/memory.h"
#include "indicators/measuring.h"
#include "io/config.h"
#include "io/place/place_file.h"
#include "session/applied.h"

namespace doorstep::session {

std::shared_ptr<const OpenPlace> open_place(const std::filesystem::path& path, Progress& progress) {
  auto opened = std::make_shared<OpenPlace>();
  opened->path = io::place_file_of(path);
  opened->given = path;
  progress.step("reading config", 0.0);
  opened->coefficients = io::load_coefficients();
  opened->forms = io::load_group_forms();
  opened->standards = io::load_standards();
  progress.step("reading place", 0.1);
  Loaded<Place> place = io::read_place(opened->path, opened->coefficients);
  opened->place = std::move(place.value);
  give_free_memory_back();  // the tables' cells
  Coefficients standards = opened->standards.all;
  for (const auto& [name, c] : opened->place.standards.items()) standards.set(name, c);
  opened->standards = standards_from(standards);
  opened->findings = std::move(place.findings);
  if (opened->findings.has_errors()) return opened;  // `check` lists them; a run refuses them
  progress.step("computing travel", 0.4);
  Loaded<TravelTable> travel = compute_travel(opened->place, progress);
  opened->travel = std::move(travel.value);
  opened->findings.append(travel.findings);
  progress.step("place is open", 1.0);
  return opened;
}

std::shared_ptr<const Outcome> run_scenario(const std::shared_ptr<const OpenPlace>& opened,
                                            const Scenario& scenario, Progress& progress, int years,
                                            const std::string& only, bool flows_at_end,
                                            const EachYear& each_year) {
  opened->findings.throw_first_error();
  auto outcome = std::make_shared<Outcome>();
  outcome->opened = opened;
  outcome->scenario = scenario;
  outcome->findings = opened->findings;
  AppliedPlan plan = apply_plan(*opened, scenario, progress);
  outcome->findings.append(plan.findings);
  outcome->place = std::move(plan.place);
  outcome->travel = std::move(plan.travel);
  RunOptions options;
  options.first_year = scenario.first_year;
  options.years = years < 0 ? scenario.years : years;
  options.seed = scenario.seed;
  outcome->years_run = options.years;
  options.only = find_stage(outcome->place, only);
  outcome->only = options.only;
  YearMeasure measuring(outcome->place, outcome->travel, opened->standards);
  if ((options.flows_at_end = flows_at_end))
    options.each_year = [&](const YearResult& year) {
      outcome->indicators.push_back(measuring.of(year));
      if (each_year) each_year(*outcome, year, outcome->indicators.back());
    };
  outcome->run = simulate(outcome->place, outcome->travel, opened->coefficients, opened->forms,
                          options, progress);
  outcome->findings.append(outcome->run.notes);
  if (flows_at_end) return outcome;
  progress.step("measuring", 0.95);
  outcome->indicators = measure(outcome->place, outcome->travel, outcome->run, opened->standards);
  return outcome;
}

}  // namespace doorstep::session
