// The text, JSON and CSV of an explanation.

#include "cli/explain_text.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/command.h"
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

}  // namespace

std::string explanation_json(const Explanation& e) {
  nlohmann::ordered_json out{{"figure", e.figure},
                             {"value", std::isfinite(e.value) ? nlohmann::ordered_json(e.value)
                                                              : nlohmann::ordered_json(nullptr)},
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
    out["parts"].push_back({{"zh", p.name.zh},
                            {"en", p.name.en},
                            {"value", std::isfinite(p.value) ? nlohmann::ordered_json(p.value)
                                                             : nlohmann::ordered_json(nullptr)},
                            {"unit", p.unit}});
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
  for (const Part& p : e.parts) row("part", "", p.name, p.value, p.unit, {}, "", "");
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

/// The two headings and the texts of the answer in one language.
class Answer {
 public:
  Answer(const Explanation& e, bool chinese) : e_(e), chinese_(chinese) {}

  [[nodiscard]] std::string text(const std::string& about) const {
    std::string out = fmt::format("{} {}: {} {}\n  = {}\n", printable(about), e_.figure,
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

}  // namespace

std::string explanation_text(const Explanation& e, const std::string& about, bool chinese) {
  return Answer(e, chinese).text(about);
}

}  // namespace doorstep::cli
