// doorstep backtest TABLE --fit-until YEAR: pupils by school and grade carried forward, beside
// cohort survival with three-year ratios, on years held back.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "io/results/results.h"
#include "io/table/table.h"
#include "session/calibrate/cohorts.h"

namespace doorstep::cli {
namespace {

using session::ForecastError;
using session::GradeForecast;
using session::GradeTable;

struct BacktestGiven {
  std::string table, school = "School", grade = "grade", year = "year", pupils = "students", out;
  int known = 0, until = 0;
  bool json = false;
};

/// Kindergarten before first grade, numbers in order, the rest by name.
bool grade_before(const std::string& a, const std::string& b) {
  auto rank = [](const std::string& g) {
    double n = 0.0;
    if (parse_number(g, n)) return n;
    return g == "K" || g == "KG" ? 0.0 : g == "PK" ? -1.0 : 1e9;
  };
  return std::pair(rank(a), a) < std::pair(rank(b), b);
}

std::size_t column_of(const io::Table& table, const std::string& field, const char* option) {
  if (table.has(field)) return table.column(field, option);
  const std::string near = closest(field, table.columns);
  throw Error(fmt::format("has no field \"{}\"", field), table.file,
              fmt::format("{}name it with {}; there are {}",
                          near.empty() ? "" : "did you mean \"" + near + "\"? ", option,
                          fmt::join(table.columns, ", ")));
}

GradeTable read_grades(const BacktestGiven& given) {
  Diagnostics findings;
  io::Table table = io::read_table({.path = given.table, .shown = given.table}, findings);
  const std::size_t school = column_of(table, given.school, "--school"),
                    grade = column_of(table, given.grade, "--grade"),
                    year = column_of(table, given.year, "--year"),
                    pupils = column_of(table, given.pupils, "--pupils");
  std::set<std::string> schools;
  std::vector<std::string> grades;
  std::vector<Year> years;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const std::vector<std::string> cells = table.cells[r].strings();
    schools.insert(cells[school]);
    if (std::ranges::find(grades, cells[grade]) == grades.end()) grades.push_back(cells[grade]);
    double y = 0.0;
    if (!parse_number(cells[year], y) || y != std::floor(y))
      throw Error(fmt::format("\"{}\" is no year", cells[year]), table.at(r, given.year).text(),
                  "write a whole number, or name another field with --year");
    years.push_back(static_cast<Year>(y));
  }
  if (years.empty()) throw Error("has no rows", given.table, "give pupils by school, grade, year");
  std::ranges::sort(grades, grade_before);
  const auto [first, last] = std::ranges::minmax(years);
  GradeTable out(std::vector<std::string>(schools.begin(), schools.end()), grades, first,
                 last - first + 1);
  std::map<std::string, std::size_t> number;
  for (const std::string& s : out.schools()) number.emplace(s, number.size());
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const std::vector<std::string> cells = table.cells[r].strings();
    double n = 0.0;
    if (!parse_number(cells[pupils], n) || n < 0)
      throw Error(fmt::format("\"{}\" is no number of pupils", cells[pupils]),
                  table.at(r, given.pupils).text(), "write 0 or more, or leave the row out");
    const auto g =
        static_cast<std::size_t>(std::ranges::find(grades, cells[grade]) - grades.begin());
    double& there = out.at(number.at(cells[school]), g, years[r]);
    if (!std::isnan(there))
      throw Error(
          fmt::format("{} grade {} stands twice in {}", cells[school], cells[grade], years[r]),
          table.at(r).text(), "give one row for each school, grade and year");
    there = n;
  }
  return out;
}

std::string per_cent(double v) { return std::isnan(v) ? "–" : fmt::format("{:.1f} %", 100 * v); }

/// One rule with what it predicts and how far off it is.
struct Rival {
  std::string name;
  GradeForecast forecast;
  ForecastError error;
};

void print_readable(const GradeTable& table, const BacktestGiven& given,
                    const session::ChosenRule& chosen, const std::vector<Rival>& rivals) {
  fmt::print(
      "fitted on {}-{}, {}-{} predicted; {} schools of {} (open in the three years before and to "
      "the end)\nchosen on {} forecasts inside the fitted years ({} against {} of three-year "
      "ratios):\n  ratios drawn to all schools' by {} pupils, half-life {} years, entry smoothed "
      "by {}\n\n",
      table.first(), given.known, given.known + 1, given.until, rivals.front().error.schools,
      table.schools().size(), chosen.forecasts, per_cent(chosen.error),
      per_cent(chosen.plain_error),
      chosen.rule.pooling >= 1e6 ? "all" : grouped(chosen.rule.pooling), chosen.rule.half_life,
      chosen.rule.smoothing);
  std::vector<std::string> header{"error: |predicted - seen| / seen"};
  for (const Rival& r : rivals) header.push_back(r.name);
  TextTable errors(header);
  auto row = [&](const std::string& name, auto&& of) {
    std::vector<std::string> cells{name};
    for (const Rival& r : rivals) cells.push_back(per_cent(of(r.error)));
    errors.row(cells);
  };
  row("all schools, grades and years", [](const ForecastError& e) { return e.all; });
  row("  demand: how many in all", [](const ForecastError& e) { return e.demand(); });
  row("  choice: which school", [](const ForecastError& e) { return e.choice; });
  for (std::size_t y = 0; y < rivals.front().error.by_year.size(); ++y)
    row(std::to_string(given.known + static_cast<int>(y) + 1),
        [&](const ForecastError& e) { return e.by_year[y]; });
  for (std::size_t g = 0; g < table.grades().size(); ++g)
    row("grade " + printable(table.grades()[g]),
        [&](const ForecastError& e) { return e.by_grade[g]; });
  for (std::size_t s = 0; s < table.schools().size(); ++s)
    if (!std::isnan(rivals.front().error.by_school[s]))
      row(printable(table.schools()[s]), [&](const ForecastError& e) { return e.by_school[s]; });
  fmt::print("{}", errors.text());
}

std::string predictions_csv(const GradeTable& table, Year known, const std::vector<Rival>& rivals) {
  std::string out = "year,school,grade,seen";
  for (const Rival& r : rivals) out += "," + io::csv_cell(r.name);
  out += "\n";
  for (std::size_t y = 0; y < rivals.front().forecast.size(); ++y)
    for (std::size_t s = 0; s < table.schools().size(); ++s)
      for (std::size_t g = 0; g < table.grades().size(); ++g) {
        if (std::isnan(rivals.front().error.by_school[s])) continue;
        const Year year = known + static_cast<int>(y) + 1;
        out += fmt::format("{},{},{},{}", year, io::csv_cell(table.schools()[s]),
                           io::csv_cell(table.grades()[g]), table.at(s, g, year));
        for (const Rival& r : rivals) out += fmt::format(",{}", r.forecast[y][s][g]);
        out += "\n";
      }
  return out;
}

nlohmann::ordered_json as_json(const GradeTable& table, const BacktestGiven& given,
                               const session::ChosenRule& chosen,
                               const std::vector<Rival>& rivals) {
  using Json = nlohmann::ordered_json;
  auto numbers = [](const std::vector<double>& values) {
    Json out = Json::array();
    for (double v : values) out.push_back(std::isnan(v) ? Json(nullptr) : Json(v));
    return out;
  };
  Json rules = Json::array();
  for (const Rival& r : rivals)
    rules.push_back({{"rule", r.name},
                     {"error", r.error.all},
                     {"demand", r.error.demand()},
                     {"choice", r.error.choice},
                     {"by_year", numbers(r.error.by_year)},
                     {"by_grade", numbers(r.error.by_grade)},
                     {"by_school", numbers(r.error.by_school)},
                     {"bias_by_school", numbers(r.error.bias_by_school)}});
  return {{"fitted_from", table.first()},
          {"fitted_until", given.known},
          {"predicted_until", given.until},
          {"schools", table.schools()},
          {"grades", table.grades()},
          {"chosen",
           {{"pooling", chosen.rule.pooling},
            {"half_life", chosen.rule.half_life},
            {"smoothing", chosen.rule.smoothing},
            {"error_inside", chosen.error},
            {"three_year_ratios_inside", chosen.plain_error},
            {"forecasts", chosen.forecasts}}},
          {"rules", rules}};
}

/// Two years at least are needed to fit on, and one to predict.
void check_years(const GradeTable& table, const BacktestGiven& given) {
  const std::string range =
      fmt::format("the table runs from {} to {}", table.first(), table.last());
  if (table.last() < table.first() + 2)
    throw Error("holds fewer than three years", given.table,
                range + "; two to fit on and one to predict are the least");
  if (given.known <= table.first() || given.known >= table.last())
    throw UsageError(
        fmt::format("{} leaves no year {}", given.known,
                    given.known >= table.last() ? "to predict" : "before it to fit on"),
        "--fit-until",
        fmt::format("{}: write {} to {}", range, table.first() + 1, table.last() - 1));
  if (given.until <= given.known || given.until > table.last())
    throw UsageError(fmt::format("{} is not a year held back", given.until), "--until",
                     fmt::format("{}: write {} to {}", range, given.known + 1, table.last()));
}

void backtest(BacktestGiven given) {
  const GradeTable table = read_grades(given);
  if (given.until == 0) given.until = table.last();
  check_years(table, given);
  const int years = given.until - given.known;
  const session::ChosenRule chosen = session::choose_rule(table, given.known, years);
  std::vector<Rival> rivals;
  auto add = [&](const char* name, GradeForecast f) {
    ForecastError e = session::error_of(table, given.known, f);
    rivals.push_back({name, std::move(f), std::move(e)});
  };
  add("drawn together", session::forecast(table, given.known, years, chosen.rule));
  add("three-year ratios", session::three_year_ratios(table, given.known, years));
  add("as last year", session::unchanged(table, given.known, years));
  if (rivals.front().error.schools == 0)
    throw Error("no school is open in the three years before and to the end", given.table,
                "predict fewer years with --until");
  if (!given.out.empty()) write_file(given.out, predictions_csv(table, given.known, rivals));
  if (given.json)
    fmt::print("{}\n", as_json(table, given, chosen, rivals).dump(2));
  else
    print_readable(table, given, chosen, rivals);
}

}  // namespace

void add_backtest(Commands commands) {
  auto given = std::make_shared<BacktestGiven>();
  CLI::App* app = commands.app.add_subcommand(
      "backtest", "Predict years held back of an enrolment table, beside cohort survival");
  app->footer(
      "Example:\n"
      "  doorstep backtest enrolment.csv --fit-until 2010\n"
      "The table has a row for each school, grade and year; docs/hearing.md tells what it shows.");
  app->add_option("table", given->table, "CSV, XLSX … of pupils by school, grade and year")
      ->required();
  app->add_option("--fit-until", given->known, "Last year that is known")->required();
  app->add_option("--until", given->until, "Last year to predict; the table's last if left out");
  app->add_option("--school", given->school, "Field of the school (School)");
  app->add_option("--grade", given->grade, "Field of the grade (grade)");
  app->add_option("--year", given->year, "Field of the year (year)");
  app->add_option("--pupils", given->pupils, "Field of the pupils (students)");
  app->add_option("-o,--out", given->out, "CSV file for every prediction");
  app->add_flag("--json", given->json, "Everything as JSON");
  app->callback([given] { backtest(*given); });
}

}  // namespace doorstep::cli
