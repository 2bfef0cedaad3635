// The text, JSON and CSV of why the children of one home go where they go.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/command.h"
#include "cli/explain_text.h"
#include "io/results/results.h"

namespace doorstep::cli {

using session::HomeAnswer;
using session::HomeOption;

namespace {

using Json = nlohmann::ordered_json;

Json real(double v) { return std::isfinite(v) ? Json(v) : Json(nullptr); }
Json both(const Name& n) { return {{"zh", n.zh}, {"en", n.en}}; }
std::string number(double v, int decimals) {
  return std::isnan(v) ? "-" : fmt::format("{:.{}f}", v, decimals);
}
std::string share(double v) { return std::isnan(v) ? "-" : fmt::format("{:.1f} %", 100 * v); }

std::string options_table(const HomeAnswer& a, bool zh) {
  const bool compares = !std::isnan(a.unplaced_before);
  std::vector<std::string> header{zh ? "学校" : "school", zh ? "占比" : "share"};
  if (compares) header.push_back(zh ? "原占比" : "without plan");
  for (const char* h : {zh ? "分钟" : "min", zh ? "顺位" : "priority", zh ? "能进" : "gets in",
                        zh ? "效用" : "utility", zh ? "若首选关闭" : "if first closed"})
    header.emplace_back(h);
  TextTable table(header);
  for (const HomeOption& o : a.options) {
    const Name tier = session::tier_text(o.tier);
    std::vector<std::string> cells{zh ? o.name.in_chinese() : o.name.in_english(), share(o.share)};
    if (compares) cells.push_back(share(o.share_before));
    cells.push_back(number(o.minutes, 1) +
                    (o.crossings > 0 ? fmt::format(" ({} x)", o.crossings) : ""));
    cells.push_back(zh ? tier.zh : tier.en);
    cells.push_back(share(o.chance));
    cells.push_back(o.terms.empty() ? "-" : number(o.utility, 2));
    cells.push_back(share(o.share_if_first_closed));
    table.row(cells);
  }
  return table.text();
}

}  // namespace

std::string home_text(const HomeAnswer& a, const Place& place, const Speech& speech) {
  const bool zh = speech.chinese();
  auto say = [&](const Name& n) { return speech.name(n); };
  const StageId stage = find_stage(place, a.stage);
  const std::string taught = zh ? speech.name(place.stages[stage].name) : printable(a.stage);
  std::string out = fmt::format(
      "{} {} {}{}{} {}{}\n  {}\n", printable(a.home), taught, a.year, speech.pick("：", ": "),
      number(a.entrants, 1), speech.pick("名新生", "entrants"),
      a.unplaced > 5e-4
          ? fmt::format(fmt::runtime(zh ? "，{} 无学位" : ", {} without a seat"), share(a.unplaced))
          : "",
      say(a.why));
  if (!a.change.en.empty()) out += "  " + say(a.change) + "\n";
  out += "  " + say(a.next) + "\n\n" + options_table(a, zh);
  if (a.more_options > 0)
    out += fmt::format(fmt::runtime(zh ? "另有 {} 所\n" : "and {} schools more\n"), a.more_options);
  bool headed = false;
  for (const HomeOption& o : a.options) {
    if (o.terms.empty()) continue;
    if (!headed) out += speech.pick("\n效用 = 各项之和\n", "\nutility = sum of its terms\n");
    headed = true;
    out += fmt::format("  {}{}", say(o.name), speech.pick("：", ": "));
    for (std::size_t i = 0; i < o.terms.size(); ++i)
      out += fmt::format("{}{} {:+.2f}", i > 0 ? ", " : "", say(o.terms[i].name), o.terms[i].value);
    out += fmt::format(" = {:.2f}\n", o.utility);
  }
  out += fmt::format("\n{}{}\n{}{}\n", speech.pick("规则：", "rule: "), speech.rule(a.rule),
                     speech.pick("来自：", "from row: "), speech.at(a.at));
  out += numbers_text(a.numbers, speech);
  for (const Name& n : a.notes)
    out += fmt::format("{}{}\n", speech.pick("说明：", "note: "), say(n));
  return out;
}

std::string home_json(const HomeAnswer& a) {
  Json options = Json::array(), numbers = Json::array(), notes = Json::array();
  for (const HomeOption& o : a.options) {
    Json terms = Json::array();
    for (const session::Part& p : o.terms)
      terms.push_back({{"zh", p.name.zh}, {"en", p.name.en}, {"value", p.value}});
    options.push_back({{"campus", o.campus},
                       {"name", both(o.name)},
                       {"share", o.share},
                       {"share_without_plan", real(o.share_before)},
                       {"share_if_first_closed", o.share_if_first_closed},
                       {"minutes", real(o.minutes)},
                       {"metres", real(o.metres)},
                       {"crossings", o.crossings < 0 ? Json(nullptr) : Json(o.crossings)},
                       {"own_catchment", o.own_catchment},
                       {"tier", tier_name(o.tier)},
                       {"chance", o.chance},
                       {"utility", o.terms.empty() ? Json(nullptr) : Json(o.utility)},
                       {"terms", terms}});
  }
  for (const auto& [name, c] : a.numbers)
    numbers.push_back({{"name", name}, {"value", c.value}, {"mark", c.mark}, {"source", c.source}});
  for (const Name& n : a.notes) notes.push_back(both(n));
  return Json{{"home", a.home},
              {"file", a.at.file},
              {"row", a.at.row},
              {"stage", a.stage},
              {"year", a.year},
              {"entrants", a.entrants},
              {"unplaced", a.unplaced},
              {"unplaced_without_plan", real(a.unplaced_before)},
              {"why", both(a.why)},
              {"change", both(a.change)},
              {"next", both(a.next)},
              {"options", options},
              {"more_options", a.more_options},
              {"rule", a.rule},
              {"numbers", numbers},
              {"notes", notes}}
             .dump(2) +
         "\n";
}

std::string home_csv(const HomeAnswer& a) {
  auto cell = [](double v) { return std::isfinite(v) ? fmt::format("{}", v) : std::string(); };
  std::string out =
      "home,stage,year,campus,name_zh,name_en,share,share_without_plan,share_if_first_closed,"
      "minutes,metres,crossings,own_catchment,tier,chance,utility,terms\n";
  for (const HomeOption& o : a.options) {
    std::string terms;
    for (const session::Part& p : o.terms)
      terms += fmt::format("{}{} {}", terms.empty() ? "" : "; ", p.name.en, p.value);
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", io::csv_cell(a.home),
                       io::csv_cell(a.stage), a.year, io::csv_cell(o.campus),
                       io::csv_cell(o.name.in_chinese()), io::csv_cell(o.name.in_english()),
                       cell(o.share), cell(o.share_before), cell(o.share_if_first_closed),
                       cell(o.minutes), cell(o.metres),
                       o.crossings < 0 ? "" : std::to_string(o.crossings),
                       o.own_catchment ? "yes" : "no", tier_name(o.tier), cell(o.chance),
                       o.terms.empty() ? "" : cell(o.utility), io::csv_cell(terms));
  }
  return out;
}

}  // namespace doorstep::cli
