// doorstep explain PLACE [SCENARIO] --campus CODE --figure NAME: where a figure comes from.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/command.h"
#include "session/explain/explain.h"

namespace doorstep::cli {
namespace {

using session::Explanation;
using session::Part;
using session::SourceRow;

struct ExplainGiven {
  std::string place, scenario, language = "en";
  session::CampusQuestion question;
  bool json = false;
};

std::string amount(double v) {
  if (std::isnan(v)) return "-";
  return std::abs(v) < 1000 ? fmt::format("{:.4g}", v) : fmt::format("{:.1f}", v);
}

nlohmann::ordered_json as_json(const Explanation& e) {
  nlohmann::ordered_json out{{"figure", e.figure},
                             {"value", e.value},
                             {"unit", e.unit},
                             {"formula", {{"zh", e.formula.zh}, {"en", e.formula.en}}},
                             {"rule", e.rule},
                             {"parts", nlohmann::ordered_json::array()},
                             {"rows", nlohmann::ordered_json::array()},
                             {"more_rows", e.more_rows},
                             {"more_amount", e.more_amount},
                             {"numbers", nlohmann::ordered_json::array()},
                             {"edits", nlohmann::ordered_json::array()},
                             {"notes", nlohmann::ordered_json::array()}};
  for (const Part& p : e.parts)
    out["parts"].push_back(
        {{"zh", p.name.zh}, {"en", p.name.en}, {"value", p.value}, {"unit", p.unit}});
  for (const SourceRow& r : e.rows)
    out["rows"].push_back({{"file", r.at.file},
                           {"row", r.at.row},
                           {"code", r.code},
                           {"amount", r.amount},
                           {"unit", r.unit}});
  for (const auto& [name, c] : e.numbers)
    out["numbers"].push_back({{"name", name},
                              {"value", c.value},
                              {"low", c.low},
                              {"high", c.high},
                              {"mark", c.mark},
                              {"source", c.source}});
  for (const Name& n : e.edits) out["edits"].push_back({{"zh", n.zh}, {"en", n.en}});
  for (const Name& n : e.notes) out["notes"].push_back({{"zh", n.zh}, {"en", n.en}});
  return out;
}

/// The two headings and the texts of the answer in one language.
class Answer {
 public:
  Answer(const Explanation& e, bool chinese) : e_(e), chinese_(chinese) {}

  [[nodiscard]] std::string text(const std::string& campus, Year year) const {
    std::string out = fmt::format("{} {} {}: {} {}\n  = {}\n", campus, year, e_.figure,
                                  amount(e_.value), e_.unit, say(e_.formula));
    out += parts() + rows() + numbers();
    for (const Name& n : e_.edits) out += fmt::format("{}: {}\n", word("方案改动", "edit"), say(n));
    for (const Name& n : e_.notes) out += fmt::format("{}: {}\n", word("说明", "note"), say(n));
    return out;
  }

 private:
  [[nodiscard]] const char* word(const char* zh, const char* en) const {
    return chinese_ ? zh : en;
  }
  [[nodiscard]] std::string say(const Name& n) const {
    return printable(chinese_ ? n.in_chinese() : n.in_english());
  }
  [[nodiscard]] std::string parts() const {
    if (e_.parts.empty()) return "";
    TextTable table({word("组成", "parts"), word("数值", "value"), word("单位", "unit")});
    for (const Part& p : e_.parts) table.row({say(p.name), amount(p.value), p.unit});
    return "\n" + table.text();
  }
  [[nodiscard]] std::string rows() const {
    if (e_.rows.empty()) return "";
    TextTable table({word("来自", "from rows"), word("编码", "code"), word("数量", "amount")});
    for (const SourceRow& r : e_.rows)
      table.row({r.at.text(), r.code, fmt::format("{} {}", amount(r.amount), r.unit)});
    if (e_.more_rows > 0)
      table.row({fmt::format("{} {}", e_.more_rows, word("行其余", "more rows")), "",
                 fmt::format("{} {}", amount(e_.more_amount), e_.rows.front().unit)});
    return "\n" + table.text();
  }
  [[nodiscard]] std::string numbers() const {
    std::string out;
    if (!e_.rule.empty()) out += fmt::format("\n{}: {}\n", word("规则", "rule"), e_.rule);
    if (e_.numbers.empty()) return out;
    out += fmt::format("\n{}\n", word("系数与标准（标记；来源）", "numbers used (mark; source)"));
    for (const auto& [name, c] : e_.numbers)
      out += fmt::format("  {:<22}{:>8}  ({}; {})\n", name, amount(c.value), c.mark,
                         printable(c.source));
    return out;
  }

  const Explanation& e_;
  bool chinese_;
};

std::string figures_there_are() {
  std::string out = "Figures:\n";
  for (const session::Explainable& f : session::explainable_figures())
    out += fmt::format("  {:<18}{}\n", f.figure, f.meaning.en);
  return out;
}

void explain(const ExplainGiven& given) {
  TerminalProgress terminal;
  auto opened = open_for_run(given.place, terminal.progress());
  Scenario scenario = scenario_for(*opened, given.scenario);
  Year first = scenario.first_year == 0 ? opened->place.base_year : scenario.first_year;
  int years = given.question.year == 0 ? -1 : std::max(0, given.question.year - first);
  auto outcome = session::run_scenario(opened, scenario, terminal.progress(), years);
  Explanation e = session::explain_campus(*outcome, given.question, terminal.progress());
  if (given.json) {
    fmt::print("{}\n", as_json(e).dump(2));
    return;
  }
  Year year = given.question.year == 0 ? outcome->run.years.back().year : given.question.year;
  fmt::print("{}", Answer(e, given.language == "zh").text(given.question.campus, year));
}

}  // namespace

void add_explain(Commands commands) {
  auto given = std::make_shared<ExplainGiven>();
  CLI::App* app = commands.app.add_subcommand(
      "explain", "Where a figure comes from: rows, rule, coefficients, sources");
  app->footer(
      "Examples:\n"
      "  doorstep explain maps/brighton --campus \"Varndean School\" --figure entrants --year "
      "2025\n"
      "  doorstep explain maps/bincheng scenarios/bincheng-branch --campus 第一小学 --figure "
      "utilisation\n" +
      figures_there_are());
  app->add_option("place", given->place, "Place folder or place.toml")->required();
  app->add_option("scenario", given->scenario, "Scenario folder or scenario.toml");
  app->add_option("--campus", given->question.campus, "Code or name of a campus")->required();
  app->add_option("--figure", given->question.figure, "One of the figures below")->required();
  app->add_option("--stage", given->question.stage, "Stage, where the campus teaches several");
  app->add_option("--year", given->question.year, "Year; the last of the run if left out");
  app->add_option("--rows", given->question.rows, "Rows shown one by one (10)")
      ->check(CLI::Range(0, 100000));
  app->add_option("--lang", given->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  app->add_flag("--json", given->json, "The explanation as JSON");
  app->callback([given] { explain(*given); });
}

}  // namespace doorstep::cli
