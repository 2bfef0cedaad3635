// doorstep run PLACE [SCENARIO] -o OUT: simulate, print a short table, write the results.

#include <fmt/format.h>

#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/figures_report.h"
#include "cli/report.h"
#include "io/results/public_counts.h"

namespace doorstep::cli {
namespace {

struct RunOptionsGiven {
  std::string place, scenario, out, rule;
  std::vector<std::string> rules;
  int years = -1;
  bool json = false;
  bool public_export = false;
};

std::shared_ptr<const session::OpenPlace> with_rule(
    const std::shared_ptr<const session::OpenPlace>& opened, const std::string& rule,
    const char* option) {
  if (rule.empty()) return opened;
  auto changed = std::make_shared<session::OpenPlace>(*opened);
  changed->place.policy.rule = rule_from(rule, option);
  return changed;
}

/// Where a place has observations, each rule runs up to the last observed year.
std::vector<std::shared_ptr<const session::Outcome>> run_rules(
    const std::shared_ptr<const session::OpenPlace>& opened, std::vector<std::string> rules,
    Progress& progress) {
  if (rules.empty()) rules = {"catchment", "nearest", "choice"};
  Year last = opened->place.base_year;
  for (const Observation& seen : opened->place.observations) last = std::max(last, seen.year);
  std::vector<std::shared_ptr<const session::Outcome>> out;
  for (const std::string& rule : rules)
    out.push_back(session::run_scenario(with_rule(opened, rule, "--rules"),
                                        scenario_for(*opened, ""), progress,
                                        last - opened->place.base_year));
  return out;
}

void run(const RunOptionsGiven& given) {
  TerminalProgress terminal;
  auto opened = with_rule(open_for_run(given.place, terminal.progress()), given.rule, "--rule");
  Scenario scenario = scenario_for(*opened, given.scenario);
  if (!given.rules.empty() && (opened->place.observations.empty() || !given.scenario.empty()))
    throw Error("no observations to hold rules against", "--rules",
                given.scenario.empty() ? "the place has no [[observed]]; leave --rules out"
                                       : "observations belong to the baseline: name no scenario");
  // Made first: who cannot write learns it before the run, not after.
  std::optional<OutputFolder> out;
  if (!given.out.empty()) out.emplace(given.out);
  auto outcome = session::run_scenario(opened, scenario, terminal.progress(), given.years);
  std::shared_ptr<const session::Outcome> baseline;
  if (!given.scenario.empty()) {
    Scenario plain = scenario_for(*opened, "");
    plain.first_year = scenario.first_year;
    plain.years = scenario.years;
    plain.seed = scenario.seed;
    baseline = session::run_scenario(opened, plain, terminal.progress(), given.years);
  }
  std::vector<std::shared_ptr<const session::Outcome>> by_rule;
  if (!opened->place.observations.empty() && given.scenario.empty())
    by_rule = run_rules(opened, given.rules, terminal.progress());
  const io::RunReport report = with_overview(report_of(*outcome), terminal.progress());
  std::optional<io::RunReport> before;
  if (baseline) before.emplace(with_overview(report_of(*baseline), terminal.progress()));
  if (out && given.public_export) {
    io::write_public_results(report, *out);
    out->commit();
  } else if (out) {
    io::write_results(report, *out);
    if (before) io::write_comparison(*before, report, *out);
    if (!by_rule.empty()) write_file(out->file("rules.csv"), observed_csv(by_rule));
    out->commit();
  }
  print_warnings(outcome->findings);
  if (given.json) {
    fmt::print("{}", io::summary_json(report));
    return;
  }
  const Place& place = outcome->place;
  if (!place.origin_note_en.empty())
    fmt::print("{}: {}\n\n", printable(place.name.in_english()), printable(place.origin_note_en));
  fmt::print("{}", stage_table(*outcome));
  fmt::print("\n{}", meaning_table(report));
  for (const std::string& table :
       {warning_table(report, 12), group_table(report), review_table(report)})
    if (!table.empty()) fmt::print("\n{}", table);
  if (before)
    fmt::print("\n{}\n{}\n{}{}", change_table(*baseline, *outcome),
               campus_change_table(*baseline, *outcome, 12), disruption_table(*before, report),
               closure_text(*before, report));
  if (!by_rule.empty()) fmt::print("\n{}", observed_table(by_rule));
  fmt::print("\nconservation error {:.1e}\n", outcome->run.conservation_error);
  if (!given.out.empty())
    fmt::print("written to {}{}\n", given.out,
               given.public_export ? "" : fmt::format(" ({})", io::kNotForPublication));
}

}  // namespace

void add_run(Commands commands) {
  auto given = std::make_shared<RunOptionsGiven>();
  CLI::App* app =
      commands.app.add_subcommand("run", "Simulate a place, or a scenario beside its baseline");
  app->footer(
      "Examples:\n"
      "  doorstep run maps/brighton -o out/brighton\n"
      "  doorstep run maps/bincheng scenarios/bincheng-branch -o out/branch --years 5\n"
      "docs/output.md describes every file and key.");
  app->add_option("place", given->place, "Place folder or place.toml")->required();
  app->add_option("scenario", given->scenario, "Scenario folder or scenario.toml");
  app->add_option("-o,--out", given->out, "Folder for summary.json, tables and results.gpkg");
  app->add_option("--years", given->years, "Years after the first, instead of the scenario's")
      ->check(CLI::Range(0, 60));
  app->add_option("--rule", given->rule, "Admission rule instead of the place's");
  app->add_option("--rules", given->rules,
                  "Rules to hold against observations, separated by commas")
      ->delimiter(',');
  app->add_flag("--public", given->public_export,
                "Write what may be published: flows by area, small counts withheld")
      ->needs("--out");
  app->add_flag("--json", given->json, "Print summary.json instead of the table")
      ->excludes("--public");
  app->callback([given] { run(*given); });
}

}  // namespace doorstep::cli
