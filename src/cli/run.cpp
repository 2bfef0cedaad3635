// doorstep run PLACE [SCENARIO] -o OUT: simulate, print a short table, write the results.

#include <fmt/format.h>

#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "cli/baseline.h"
#include "cli/doubtful.h"
#include "cli/figures_report.h"
#include "cli/report.h"
#include "indicators/overview.h"
#include "indicators/way_crossings.h"
#include "io/results/flows_file.h"
#include "io/results/public_counts.h"

namespace doorstep::cli {
namespace {

struct RunOptionsGiven {
  std::string place, scenario, out, rule, language = "en";
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

/// What a run means, worked out as its years pass, and the flows of the first written down at once,
/// so that only those of one year are ever held: a province's of all would not fit in memory.
class FiguresOnTheWay {
 public:
  /// `out`: where results go, or null.
  FiguresOnTheWay(const session::OpenPlace& opened, OutputFolder* out)
      : opened_(opened), out_(out) {}

  /// Not where crossings on the way are searched, for all years at once.
  [[nodiscard]] bool possible() const { return !WayCrossings::known(opened_.travel); }
  [[nodiscard]] session::EachYear each_year() {
    return [this](const session::Outcome& outcome, const YearResult& year,
                  const YearIndicators& meaning) {
      if (!figures_) {
        figures_.emplace(outcome.place, outcome.travel, opened_.standards);
        if (out_) flows_.emplace(*out_).add(outcome.place, outcome.travel, year);
      }
      figures_->add(year, meaning);
    };
  }
  [[nodiscard]] io::RunReport report(const session::Outcome& outcome) {
    io::RunReport report = report_of(outcome);
    report.overview =
        std::make_shared<Overview>(std::move(*figures_).finish(outcome.run, outcome.indicators));
    return report;
  }
  /// flows.csv as far as it is written; null where nothing was.
  [[nodiscard]] io::FlowsFile* flows() { return flows_ ? &*flows_ : nullptr; }

 private:
  const session::OpenPlace& opened_;
  OutputFolder* out_;
  std::optional<OverviewByYear> figures_;
  std::optional<io::FlowsFile> flows_;
};

/// What a run comes to, with and without a plan.
void print_tables(const session::Outcome& outcome, const io::RunReport& report, const Speech& say) {
  const Place& place = outcome.place;
  const Name origin{place.origin_note_zh, place.origin_note_en};
  if (!say.name(origin).empty())
    fmt::print("{}{}{}\n\n", say.name(place.name), say.pick("：", ": "), say.name(origin));
  fmt::print("{}", stage_table(outcome, say));
  fmt::print("\n{}", meaning_table(report, say));
  for (const std::string& table : {warning_table(report, 12, say), group_table(report, say),
                                   review_table(report, say), cost_table(report, say)})
    if (!table.empty()) fmt::print("\n{}", table);
}

void run(const RunOptionsGiven& given) {
  TerminalProgress terminal;
  auto opened = with_rule(open_for_run(given.place, terminal.progress()), given.rule, "--rule");
  const Speech say(given.language);
  Scenario scenario = scenario_for(*opened, given.scenario, given.years, say.sentences());
  if (!given.rules.empty() && (opened->place.observations.empty() || !given.scenario.empty()))
    throw Error("no observations to hold rules against", "--rules",
                given.scenario.empty() ? "the place has no [[observed]]; leave --rules out"
                                       : "observations belong to the baseline: name no scenario");
  // Made first: who cannot write learns it before the run, not after.
  std::optional<OutputFolder> out;
  if (!given.out.empty()) out.emplace(given.out);
  FiguresOnTheWay figures(*opened, out ? &*out : nullptr);
  // Two runs held against each other, and what is published, need the flows of every year.
  const bool on_the_way = given.scenario.empty() && !given.public_export && figures.possible();
  auto outcome = session::run_scenario(opened, scenario, terminal.progress(), given.years, "",
                                       on_the_way, figures.each_year());
  std::shared_ptr<const session::Outcome> baseline;
  if (!given.scenario.empty()) {
    baseline = session::run_scenario(opened, baseline_of(*opened, scenario), terminal.progress(),
                                     given.years);
  }
  std::vector<std::shared_ptr<const session::Outcome>> by_rule;
  if (!opened->place.observations.empty() && given.scenario.empty())
    by_rule = run_rules(opened, given.rules, terminal.progress());
  const io::RunReport report = on_the_way ? figures.report(*outcome)
                                          : with_overview(report_of(*outcome), terminal.progress());
  std::optional<io::RunReport> before;
  if (baseline) before.emplace(with_overview(report_of(*baseline), terminal.progress()));
  if (out) terminal.progress().step("writing results", 0.98);
  if (out && given.public_export) {
    io::write_public_results(report, *out);
  } else if (out) {
    if (io::FlowsFile* flows = figures.flows())
      io::write_results(report, *out, *flows);
    else
      io::write_results(report, *out);
    if (before) io::write_comparison(*before, report, *out);
    if (!by_rule.empty()) write_file(out->file("rules.csv"), observed_csv(by_rule));
  }
  if (out) terminal.progress().step("results are written", 1.0);  // the last moment to stop
  if (out) out->commit();
  print_warnings(outcome->findings, say.sentences());
  print_warnings(doubtful_totals(*outcome), say.sentences());
  if (given.json) {
    fmt::print("{}", io::summary_json(report));
    return;
  }
  print_tables(*outcome, report, say);
  if (before)
    fmt::print("\n{}\n{}\n{}{}", change_table(*baseline, *outcome, say),
               campus_change_table(*baseline, *outcome, 12, say),
               disruption_table(*before, report, say), closure_text(*before, report, say));
  if (!by_rule.empty()) fmt::print("\n{}", observed_table(by_rule, say));
  fmt::print(fmt::runtime("\n" + say("conservation error {:.1e}") + "\n"),
             outcome->run.conservation_error);
  if (!given.out.empty())
    fmt::print("{}{}\n", fmt::format(fmt::runtime(say("written to {}")), given.out),
               given.public_export ? "" : fmt::format(" ({})", say(io::kNotForPublication)));
}

}  // namespace

void add_run(Commands commands) {
  auto given = std::make_shared<RunOptionsGiven>();
  given->language = commands.language;
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
  app->add_option("--rule", given->rule, "Admission rule instead of the place's")
      ->check(known_rule());
  app->add_option("--rules", given->rules,
                  "Rules to hold against observations, separated by commas")
      ->delimiter(',')
      ->check(known_rule());
  app->add_flag("--public", given->public_export,
                "Write what may be published: flows by area, small counts withheld")
      ->needs("--out");
  app->add_option("--lang", given->language, "Language of the tables: en or zh")
      ->check(CLI::IsMember({"zh", "en"}));
  app->add_flag("--json", given->json, "Print summary.json instead of the table")
      ->excludes("--public");
  app->callback([given] { run(*given); });
}

}  // namespace doorstep::cli
