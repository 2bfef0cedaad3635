#include "session/outcome.h"

#include <fmt/format.h>

#include "base/error.h"
#include "io/config.h"
#include "io/place/place_file.h"

namespace doorstep::session {

std::shared_ptr<const OpenPlace> open_place(const std::filesystem::path& path, Progress& progress) {
  auto opened = std::make_shared<OpenPlace>();
  opened->path = io::place_file_of(path);
  progress.step("reading config", 0.0);
  opened->coefficients = io::load_coefficients();
  opened->forms = io::load_group_forms();
  opened->standards = io::load_standards();
  progress.step("reading place", 0.1);
  Loaded<Place> place = io::read_place(opened->path, opened->coefficients);
  opened->place = std::move(place.value);
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
                                            const std::string& only) {
  opened->findings.throw_first_error();
  auto outcome = std::make_shared<Outcome>();
  outcome->opened = opened;
  outcome->scenario = scenario;
  outcome->findings = opened->findings;
  if (scenario.edits.empty()) {
    outcome->place = opened->place;
    outcome->travel = opened->travel;
  } else {
    std::vector<std::string> forms;
    for (const auto& [form, rates] : opened->forms) forms.push_back(form);
    Loaded<Place> edited = apply(opened->place, scenario, forms);
    edited.findings.throw_first_error();
    outcome->findings.append(edited.findings);
    outcome->place = std::move(edited.value);
    Loaded<TravelTable> travel =
        compute_travel(outcome->place, progress, &opened->place, &opened->travel);
    outcome->findings.append(travel.findings);
    outcome->travel = std::move(travel.value);
  }
  RunOptions options;
  options.first_year = scenario.first_year;
  options.years = years < 0 ? scenario.years : years;
  options.seed = scenario.seed;
  outcome->years_run = options.years;
  options.only = find_stage(outcome->place, only);
  outcome->only = options.only;
  outcome->run = simulate(outcome->place, outcome->travel, opened->coefficients, opened->forms,
                          options, progress);
  outcome->findings.append(outcome->run.notes);
  outcome->indicators = measure(outcome->place, outcome->travel, outcome->run, opened->standards);
  return outcome;
}

}  // namespace doorstep::session
