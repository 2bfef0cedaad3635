// doorstep explain PLACE [SCENARIO]: where a figure of a campus, town, group or the place comes
// from, what a closure does, and why the children of one home go where they go.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "cli/baseline.h"
#include "cli/explain_text.h"
#include "session/explain/closure.h"
#include "session/explain/ground.h"

namespace doorstep::cli {
namespace {

using session::Explanation;
using session::GroundQuestion;
using session::Outcome;
using OutcomePtr = std::shared_ptr<const Outcome>;

struct ExplainGiven {
  std::string place, scenario, language = "en";
  std::string town, district, group, home, household;
  bool whole_place = false;
  session::CampusQuestion question;
  bool json = false, csv = false;

  [[nodiscard]] int subjects() const {
    return int(!question.campus.empty()) + int(!town.empty()) + int(!district.empty()) +
           int(!group.empty()) + int(!home.empty()) + int(whole_place);
  }
};

/// What a figure may be called, by what it is asked of.
std::vector<std::string> figures_of(const ExplainGiven& given) {
  std::vector<std::string> out;
  if (!given.question.campus.empty()) {
    for (const session::Explainable& f : session::explainable_figures()) out.push_back(f.figure);
    out.emplace_back("closure");
    return out;
  }
  for (const session::Explainable& f : session::ground_figures())
    if (given.group.empty() || session::is_of_schools(f.figure)) out.push_back(f.figure);
  return out;
}

/// Wrong questions are refused before anything is run.
void check_question(const ExplainGiven& given) {
  if (given.subjects() != 1)
    throw UsageError(given.subjects() == 0 ? "names nothing to explain" : "names several things",
                     "explain",
                     "give one of --campus, --town, --district, --whole, --group or --home");
  if (!given.home.empty()) return;
  if (given.question.figure == "closure" && given.scenario.empty())
    throw UsageError("a closure is a plan's", "--figure",
                     "name the scenario that closes the campus after the place");
  const std::vector<std::string> known = figures_of(given);
  const std::string& figure = given.question.figure;
  if (std::ranges::find(known, figure) != known.end()) return;
  const std::string near = closest(figure, known);
  throw UsageError(
      figure.empty() ? "is missing" : fmt::format("no figure \"{}\"", figure), "--figure",
      near.empty() ? fmt::format("there are {}", fmt::join(known, ", "))
                   : fmt::format("did you mean {}? doorstep explain --help lists all", near));
}

std::string figures_there_are() {
  std::string out = "Figures of a campus:\n";
  for (const session::Explainable& f : session::explainable_figures())
    out += fmt::format("  {:<26}{}\n", f.figure, f.meaning.en);
  out += fmt::format("  {:<26}{}\n", "closure",
                     "whom closing it moves (of a scenario that closes it)");
  out += "Figures of --town, --district, --whole (of --group those from pupils on):\n";
  for (const session::Explainable& f : session::ground_figures())
    out += fmt::format("  {:<26}{}\n", f.figure, f.meaning.en);
  return out;
}

OutcomePtr run_until(const std::shared_ptr<const session::OpenPlace>& opened,
                     const Scenario& scenario, Year year, Progress& progress) {
  constexpr int kMostYears = 60;
  const Year first = scenario.first_year == 0 ? opened->place.base_year : scenario.first_year;
  if (year != 0 && (year < first || year > first + kMostYears))
    throw UsageError(
        fmt::format("{} is not {} to {}", year, first, first + kMostYears), "--year",
        fmt::format("the run begins in {}; leave it out for {}", first, first + scenario.years));
  return session::run_scenario(opened, scenario, progress, year == 0 ? -1 : year - first);
}

/// The run without the plan, as long as the plan's.
OutcomePtr run_without(const std::shared_ptr<const session::OpenPlace>& opened,
                       const Scenario& plan, Year year, Progress& progress) {
  return run_until(opened, baseline_of(*opened, plan), year, progress);
}

GroundQuestion ground_question(const ExplainGiven& given) {
  GroundQuestion q;
  q.of = !given.town.empty()       ? GroundQuestion::Of::Town
         : !given.group.empty()    ? GroundQuestion::Of::Group
         : !given.district.empty() ? GroundQuestion::Of::District
                                   : GroundQuestion::Of::Place;
  q.code = given.town + given.group + given.district;
  q.stage = given.question.stage;
  q.year = given.question.year;
  q.figure = given.question.figure;
  q.rows = given.question.rows;
  return q;
}

void explain_one_home(const ExplainGiven& given, Progress& progress) {
  const Speech speech(given.language);
  auto opened = open_for_run(given.place, progress);
  Scenario scenario = scenario_for(*opened, given.scenario, -1, speech.sentences());
  session::HomeQuestion q{given.home, given.question.stage, given.household, given.question.year,
                          given.question.rows};
  Year first = scenario.first_year == 0 ? opened->place.base_year : scenario.first_year;
  if (q.year == 0) q.year = given.scenario.empty() ? first : first + scenario.years;
  OutcomePtr outcome = run_until(opened, scenario, q.year, progress);
  OutcomePtr before;
  if (!given.scenario.empty()) before = run_without(opened, scenario, q.year, progress);
  session::HomeAnswer a = session::explain_home(*outcome, before.get(), q, progress);
  fmt::print("{}", given.json  ? home_json(a)
                   : given.csv ? home_csv(a)
                               : home_text(a, opened->place, speech));
}

void explain(const ExplainGiven& given) {
  TerminalProgress terminal;
  check_question(given);
  if (!given.home.empty()) return explain_one_home(given, terminal.progress());
  const Speech speech(given.language);
  auto opened = open_for_run(given.place, terminal.progress());
  if (given.question.campus.empty())
    (void)session::stage_named(opened->place, given.question.stage);  // before the run
  Scenario scenario = scenario_for(*opened, given.scenario, -1, speech.sentences());
  OutcomePtr outcome = run_until(opened, scenario, given.question.year, terminal.progress());
  Explanation e;
  if (given.question.campus.empty()) {
    e = session::explain_ground(*outcome, ground_question(given));
  } else if (given.question.figure == "closure") {
    OutcomePtr before = run_without(opened, scenario, given.question.year, terminal.progress());
    e = session::explain_closure(*before, *outcome, given.question);
  } else {
    e = session::explain_campus(*outcome, given.question, terminal.progress());
  }
  fmt::print("{}", given.json  ? explanation_json(e)
                   : given.csv ? explanation_csv(e)
                               : explanation_text(e, outcome->place, speech));
}

}  // namespace

void add_explain(Commands commands) {
  auto given = std::make_shared<ExplainGiven>();
  given->language = commands.language;
  CLI::App* app = commands.app.add_subcommand(
      "explain", "Where a figure comes from: rows, rule, coefficients, sources; or why one home");
  app->footer(
      "Examples:\n"
      "  doorstep explain maps/brighton --campus \"Varndean School\" --figure entrants --year "
      "2025\n"
      "  doorstep explain maps/bincheng scenarios/bincheng-branch --campus 第一小学 --figure "
      "utilisation\n"
      "  doorstep explain maps/bincheng scenarios/bincheng-close --campus primary_s52 --figure "
      "closure\n"
      "  doorstep explain maps/bincheng --whole --stage primary --figure covered_share\n"
      "  doorstep explain maps/bincheng scenarios/bincheng-branch --home v0101 --stage primary\n" +
      figures_there_are());
  app->add_option("place", given->place, "Place folder or place.toml")->required();
  app->add_option("scenario", given->scenario, "Scenario folder or scenario.toml");
  app->add_option("--campus", given->question.campus, "Code or name of a campus");
  app->add_option("--town", given->town, "Code or name of a town or district of the place");
  app->add_option("--district", given->district, "city, town or rural, or six digits of a county");
  app->add_option("--group", given->group, "Code or name of an education group");
  app->add_flag("--whole", given->whole_place, "The whole place");
  app->add_option("--home", given->home, "Code of a home: why its children go where they go");
  app->add_option("--class", given->household, "With --home: one household class");
  app->add_option("--figure", given->question.figure, "One of the figures below");
  app->add_option("--stage", given->question.stage, "Stage, where there are several");
  app->add_option("--year", given->question.year,
                  "Year; the last of the run if left out (of a home without a plan the first)");
  app->add_option("--rows", given->question.rows, "Rows shown one by one (10)")
      ->check(CLI::Range(0, 100000));
  app->add_option("--lang", given->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  app->add_flag("--json", given->json, "The answer as JSON");
  app->add_flag("--csv", given->csv, "The answer as CSV")->excludes("--json");
  app->callback([given] { explain(*given); });
}

}  // namespace doorstep::cli
