// doorstep compare PLACE A [B] -o OUT: two scenarios, or one and the baseline.

#include <fmt/format.h>

#include <optional>

#include "base/text.h"
#include "cli/command.h"
#include "cli/figures_report.h"
#include "cli/report.h"

namespace doorstep::cli {
namespace {

struct CompareOptions {
  std::string place, a, b, out, language = "en";
  int years = -1;
  bool json = false;
};

void compare(const CompareOptions& given) {
  TerminalProgress terminal;
  auto opened = open_for_run(given.place, terminal.progress());
  const Speech say(given.language);
  // With one scenario given, it is B and the baseline is A.
  Scenario a = scenario_for(*opened, given.b.empty() || given.a == "baseline" ? "" : given.a,
                            given.years, say.sentences());
  const std::string& second = given.b.empty() ? given.a : given.b;
  Scenario b =
      scenario_for(*opened, second == "baseline" ? "" : second, given.years, say.sentences());
  if (a.edits.empty()) {
    a.first_year = b.first_year;
    a.years = b.years;
  }
  a.seed = b.seed;  // both share their luck
  std::optional<OutputFolder> out;
  if (!given.out.empty()) out.emplace(given.out);
  auto run_a = session::run_scenario(opened, a, terminal.progress(), given.years);
  auto run_b = session::run_scenario(opened, b, terminal.progress(), given.years);
  print_warnings(run_b->findings, say.sentences());
  const io::RunReport report_a = with_overview(report_of(*run_a), terminal.progress());
  const io::RunReport report_b = with_overview(report_of(*run_b), terminal.progress());
  if (out) {
    terminal.progress().step("writing results", 0.98);
    io::write_comparison(report_a, report_b, *out);
    terminal.progress().step("results are written", 1.0);  // the last moment to stop
    out->commit();
  }
  if (given.json) {
    fmt::print("{}", io::comparison_json(report_a, report_b));
    return;
  }
  fmt::print("A: {}\nB: {}\n\n{}\n{}\n{}{}", say.name(a.name), say.name(b.name),
             change_table(*run_a, *run_b, say), campus_change_table(*run_a, *run_b, 12, say),
             disruption_table(report_a, report_b, say), closure_text(report_a, report_b, say));
  for (const io::RunReport* report : {&report_a, &report_b})
    if (const std::string costs = cost_table(*report, say); !costs.empty())
      fmt::print("\n{}:\n{}", report == &report_a ? "A" : "B", costs);
  if (!given.out.empty())
    fmt::print("\n{}\n", fmt::format(fmt::runtime(say("written to {}")), given.out));
}

}  // namespace

void add_compare(Commands commands) {
  auto given = std::make_shared<CompareOptions>();
  given->language = commands.language;
  CLI::App* app = commands.app.add_subcommand(
      "compare", "Two scenarios, or one and the baseline, side by side");
  app->footer(
      "Examples:\n"
      "  doorstep compare maps/brighton scenarios/brighton-option-a\n"
      "  doorstep compare maps/brighton scenarios/brighton-option-a scenarios/brighton-option-b -o "
      "out");
  app->add_option("place", given->place, "Place folder or place.toml")->required();
  app->add_option("a", given->a, "Scenario A, or \"baseline\"")->required();
  app->add_option("b", given->b, "Scenario B; without it A is held against the baseline");
  app->add_option("-o,--out", given->out, "Folder for comparison.json and comparison.csv");
  app->add_option("--years", given->years, "Years after the first")->check(CLI::Range(0, 60));
  app->add_option("--lang", given->language, "Language of the tables: en or zh")
      ->check(CLI::IsMember({"zh", "en"}));
  app->add_flag("--json", given->json, "Print comparison.json instead of the tables");
  app->callback([given] { compare(*given); });
}

}  // namespace doorstep::cli
