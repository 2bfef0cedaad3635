// The text, JSON and CSV of an explanation.

#include "cli/explain_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/command.h"
#include "cli/speech.h"
#include "io/results/results.h"

namespace doorstep::cli {

using session::Explanation;
using session::Part;
using session::SourceRow;

namespace {

std::string amount(double v) {
  if (std::isnan(v)) return "-";
  return std::abs(v) < 1000 ? fmt::format("{:.4g}", v) : fmt::format("{:.1f}", v);
}

/// A share as the tables have it: 1.4286 → "142.9%", 0.9 → "90%". JSON and CSV keep the ratio.
std::string percentage(double v) {
  if (std::isnan(v)) return "-";
  const std::string text = percent(v, 1);
  return text.ends_with(".0%") ? text.substr(0, text.size() - 3) + "%" : text;
}

bool is_share(const std::string& unit) { return unit == "share"; }

/// Limits of a seat warning are shares of the intake; other coefficients are as config/ has them.
bool is_share_of_intake(const std::string& number) {
  return number == "warning.yellow" || number == "warning.red";
}

}  // namespace

std::string explanation_json(const Explanation& e) {
  const Name& rows_are = e.rows_part ? e.parts[*e.rows_part].name : e.name;
  nlohmann::ordered_json out{{"code", e.code},
                             {"about", {{"zh", e.about.zh}, {"en", e.about.en}}},
                             {"stage", e.stage},
                             {"year", e.year},
                             {"figure", e.figure},
                             {"name", {{"zh", e.name.zh}, {"en", e.name.en}}},
                             {"value", std::isfinite(e.value) ? nlohmann::ordered_json(e.value)
                                                              : nlohmann::ordered_json(nullptr)},
                             {"unit", e.unit},
                             {"formula", {{"zh", e.formula.zh}, {"en", e.formula.en}}},
                             {"rule", e.rule},
                             {"parts", nlohmann::ordered_json::array()},
                             {"rows", nlohmann::ordered_json::array()},
                             {"more_rows", e.more_rows},
                             {"more_amount", e.more_amount},
                             {"rows_add_up_to", {{"zh", rows_are.zh}, {"en", rows_are.en}}},
                             {"numbers", nlohmann::ordered_json::array()},
                             {"edits", nlohmann::ordered_json::array()},
                             {"notes", nlohmann::ordered_json::array()}};
  for (const Part& p : e.parts)
    out["parts"].push_back({{"zh", p.name.zh},
                            {"en", p.name.en},
                            {"value", std::isfinite(p.value) ? nlohmann::ordered_json(p.value)
                                                             : nlohmann::ordered_json(nullptr)},
                            {"unit", p.unit},
                            {"file", p.at.file},
                            {"row", p.at.row}});
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
  return out.dump(2) + "\n";
}

std::string explanation_csv(const Explanation& e) {
  std::string out = "kind,code,name_zh,name_en,amount,unit,file,row,mark,source\n";
  auto row = [&](const char* kind, const std::string& code, const Name& name, double value,
                 const std::string& unit, const InputRef& at, const std::string& mark,
                 const std::string& source) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", kind, io::csv_cell(code),
                       io::csv_cell(name.zh), io::csv_cell(name.en),
                       std::isfinite(value) ? fmt::format("{}", value) : "", io::csv_cell(unit),
                       io::csv_cell(at.file), at.row > 0 ? std::to_string(at.row) : "", mark,
                       io::csv_cell(source));
  };
  row("figure", e.figure, e.formula, e.value, e.unit, {}, "", "");
  for (const Part& p : e.parts) row("part", "", p.name, p.value, p.unit, p.at, "", "");
  for (const SourceRow& r : e.rows) row("row", r.code, r.name, r.amount, r.unit, r.at, "", "");
  if (e.more_rows > 0)
    row("more_rows", std::to_string(e.more_rows), {}, e.more_amount, "", {}, "", "");
  for (const auto& [name, c] : e.numbers)
    row("number", name, {}, c.value, "", {}, c.mark, c.source);
  for (const Name& n : e.edits) row("edit", "", n, NAN, "", {}, "", "");
  for (const Name& n : e.notes) row("note", "", n, NAN, "", {}, "", "");
  return out;
}

namespace {

/// The headings and the texts of the answer in one language.
class Answer {
 public:
  Answer(const Explanation& e, const Place& place, const Speech& speech)
      : e_(e), place_(place), say_(speech) {}

  [[nodiscard]] std::string text() const {
    std::string out = fmt::format("{} {}{}{}\n  = {}\n", about(), figure(), say_.pick("：", ": "),
                                  with_unit(e_.value, e_.unit), say_.name(e_.formula));
    out += parts() + rows() + numbers();
    for (const Name& n : e_.edits)
      out += fmt::format("{}{}\n", say_.pick("方案改动：", "edit: "), say_.name(n));
    for (const Name& n : e_.notes)
      out += fmt::format("{}{}\n", say_.pick("说明：", "note: "), say_.name(n));
    return out;
  }

 private:
  [[nodiscard]] std::string figure() const {
    return say_.chinese() && !e_.name.zh.empty() ? e_.name.zh : e_.figure;
  }
  /// "No. 1 Primary (p1), Primary, 2026"
  [[nodiscard]] std::string about() const {
    const std::string name = say_.name(e_.about);
    std::string out = name.empty() ? printable(e_.code) : name;
    if (!name.empty() && name != e_.code)
      out += fmt::format("{}{}{}", say_.pick("（", " ("), printable(e_.code), say_.pick("）", ")"));
    const StageId stage = find_stage(place_, e_.stage);
    const std::string taught = stage.valid() ? say_.name(place_.stages[stage].name) : e_.stage;
    return out + fmt::format(fmt::runtime(say_.pick(" {} {} 年", ", {}, {},")), taught, e_.year);
  }
  [[nodiscard]] std::string with_unit(double value, const std::string& unit) const {
    if (is_share(unit)) return percentage(value);
    return fmt::format("{} {}", amount(value), say_.unit(unit));
  }
  [[nodiscard]] std::string parts() const {
    if (e_.parts.empty()) return "";
    const bool told =
        std::ranges::any_of(e_.parts, [](const Part& p) { return !p.at.file.empty(); });
    std::vector<std::string> header{say_.pick("组成", "parts"), say_.pick("数值", "value"),
                                    say_.pick("单位", "unit")};
    if (told) header.emplace_back(say_.pick("来自", "from row"));
    TextTable table(header);
    for (const Part& p : e_.parts) {
      const bool share = is_share(p.unit);
      std::vector<std::string> cells{say_.name(p.name),
                                     share ? percentage(p.value) : amount(p.value),
                                     share ? std::string() : say_.unit(p.unit)};
      if (told) cells.push_back(p.at.file.empty() ? "" : say_.at(p.at));
      table.row(cells);
    }
    return "\n" + table.text();
  }
  [[nodiscard]] std::string rows() const {
    if (e_.rows.empty()) return "";
    TextTable table(
        {say_.pick("来自", "from rows"), say_.pick("编码", "code"), say_.pick("数量", "amount")});
    for (const SourceRow& r : e_.rows)
      table.row({say_.at(r.at), r.code, with_unit(r.amount, r.unit)});
    const std::string& unit = e_.rows.front().unit;
    if (e_.more_rows > 0)
      table.row({fmt::format("{} {}", e_.more_rows, say_.pick("行其余", "more rows")), "",
                 with_unit(e_.more_amount, unit)});
    table.row({fmt::format("{}{}", say_.pick("合计 = ", "in all = "), sum_name()), "",
               with_unit(sum_of_rows(e_), unit)});
    return "\n" + table.text();
  }
  /// What the rows add up to: a part, or the figure itself.
  [[nodiscard]] std::string sum_name() const {
    return e_.rows_part ? say_.name(e_.parts[*e_.rows_part].name) : figure();
  }
  [[nodiscard]] std::string numbers() const {
    std::string out;
    if (!e_.rule.empty())
      out += fmt::format("\n{}{}\n", say_.pick("规则：", "rule: "), say_.rule(e_.rule));
    if (e_.numbers.empty()) return out;
    return out +
           fmt::format("\n{}\n",
                       say_.pick("系数与标准（标记；来源）", "numbers used (mark; source)")) +
           numbers_text(e_.numbers, say_);
  }

  const Explanation& e_;
  const Place& place_;
  const Speech& say_;
};

}  // namespace

std::string numbers_text(const std::vector<std::pair<std::string, Coefficient>>& numbers,
                         const Speech& speech) {
  int width = 0;
  for (const auto& [name, c] : numbers) width = std::max(width, display_width(speech.number(name)));
  std::string out;
  for (const auto& [name, c] : numbers)
    out += fmt::format("  {}{:>8}  ({}; {})\n", padded(speech.number(name), std::max(22, width)),
                       is_share_of_intake(name) ? percentage(c.value) : amount(c.value),
                       speech.mark(c.mark), speech.source(c.source));
  return out;
}

std::string explanation_text(const Explanation& e, const Place& place, const Speech& speech) {
  return Answer(e, place, speech).text();
}

}  // namespace doorstep::cli
