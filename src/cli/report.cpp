#include "cli/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "cli/command.h"
#include "io/config.h"
#include "session/edit_words.h"

namespace doorstep::cli {

using session::Outcome;

io::RunReport report_of(const Outcome& outcome) {
  io::RunReport report{outcome.place,
                       outcome.travel,
                       outcome.scenario,
                       outcome.run,
                       outcome.indicators,
                       outcome.opened->coefficients,
                       outcome.opened->forms,
                       outcome.opened->standards,
                       outcome.findings,
                       nullptr,
                       nullptr};
  if (!outcome.scenario.edits.empty())
    report.cost = std::make_shared<const PlanCost>(
        plan_cost(outcome.opened->place, outcome.scenario, io::load_costs()));
  return report;
}

namespace {

/// What a plan costs beside its budget, in one line.
std::string cost_line(const io::RunReport& report, const Speech& say) {
  const PlanCost& cost = *report.cost;
  auto filled = [&](const char* phrase, const auto&... values) {
    return fmt::format(fmt::runtime(say(phrase)), values...);
  };
  std::string out = filled("cost of the plan {} {}", grouped(cost.total),
                           say.unit(printable(report.place.currency)));
  if (const auto budget = cost.budget)
    out += cost.over()        ? filled(": {} OVER the budget of {}", grouped(cost.total - *budget),
                                       grouped(*budget))
           : cost.unknown > 0 ? filled(" so far, of a budget of {}", grouped(*budget))
                              : filled(", within the budget of {}", grouped(*budget));
  if (cost.unknown == 1)
    out += say("; 1 edit without a cost: write cost = … in it");
  else if (cost.unknown > 1)
    out += filled("; {} edits without a cost: write cost = … in them", cost.unknown);
  return out + "\n";
}

}  // namespace

std::string cost_table(const io::RunReport& report, const Speech& say) {
  if (!report.cost) return "";
  const std::string currency = say.unit(printable(report.place.currency));
  TextTable table({"edit", "year", fmt::format("{}, {}", say("cost"), currency),
                   fmt::format("{}, {}", say("so far"), currency), ""},
                  &say);
  const EditNames names = session::edit_names_of(report.place, report.scenario);
  double sum = 0.0;
  for (std::size_t i = 0; i < report.cost->edits.size(); ++i) {
    const EditCost& c = report.cost->edits[i];
    sum += c.amount;
    table.row({describe(report.scenario.edits[i], names, say.chinese()),
               c.year > 0 ? std::to_string(c.year) : "", c.known ? grouped(c.amount) : "?",
               grouped(sum),
               c.given       ? "stated"
               : !c.known    ? "no standard"
               : c.assumed() ? "assumed"
                             : ""});
  }
  return table.text() + cost_line(report, say);
}

std::string ways_line(const Place& place, const Speech& say) {
  const std::string note = say.name(place.travel.note);
  return note.empty() ? "" : fmt::format("{}{}\n", say.pick("路程：", "ways: "), note);
}

std::string stage_table(const Outcome& outcome, const Speech& say) {
  TextTable table(
      {"stage", "year", "pupils", "unplaced", "seats", "utilisation", "over seats", "large classes",
       "mean way m", fmt::format("> {:.3g} km", outcome.opened->standards.long_way.value / 1000.0)},
      &say);
  std::vector<std::size_t> years{0};
  if (outcome.indicators.size() > 1) years.push_back(outcome.indicators.size() - 1);
  for (StageId s : outcome.place.stages.ids())
    for (std::size_t y : years) {
      const StageIndicators& i = outcome.indicators[y].stages[s];
      table.row({say.name(outcome.place.stages[s].name), std::to_string(outcome.indicators[y].year),
                 grouped(i.pupils), grouped(i.unplaced), grouped(i.seats), percent(i.utilisation),
                 grouped(i.over_seats), std::to_string(i.large), grouped(i.travel_mean_m),
                 percent(i.share_over_1km)});
    }
  return table.text() + ways_line(outcome.place, say);
}

namespace {

/// How a column of a comparison is headed: the plan by its name, or its code where it has none.
std::string column_name(const Outcome& outcome, const Speech& say) {
  if (outcome.scenario.edits.empty()) return say("baseline");
  const std::string name = say.name(outcome.scenario.name);
  return name.empty() ? outcome.scenario.code : name;
}

}  // namespace

std::string change_table(const Outcome& a, const Outcome& b, const Speech& say) {
  TextTable table({"stage", "figure", column_name(a, say), column_name(b, say), "change"}, &say);
  std::size_t y = std::min(a.indicators.size(), b.indicators.size()) - 1;
  for (StageId s : a.place.stages.ids()) {
    const StageIndicators& ia = a.indicators[y].stages[s];
    const StageIndicators& ib = b.indicators[y].stages[s];
    StageComparison moved = compare_stage(a.place, a.travel, a.run.years[y].stages[s], b.place,
                                          b.travel, b.run.years[y].stages[s]);
    std::string name = fmt::format("{} {}", say.name(a.place.stages[s].name), a.indicators[y].year);
    auto row = [&](const char* figure, double va, double vb, int decimals = 0) {
      table.row({name, figure, grouped(va, decimals), grouped(vb, decimals),
                 signed_grouped(vb - va, decimals)});
      name.clear();
    };
    row("pupils", ia.pupils, ib.pupils);
    row("unplaced", ia.unplaced, ib.unplaced);
    row("pupils over seats", ia.over_seats, ib.over_seats);
    row("campuses over seats", ia.campuses_over, ib.campuses_over);
    row("large classes", ia.large, ib.large);
    row("mean way, m", ia.travel_mean_m, ib.travel_mean_m);
    table.row({"", "pupils at another campus", "–", grouped(moved.must_move), ""});
    table.row({"", "  nearer / farther", "", grouped(moved.nearer), grouped(moved.farther)});
  }
  return table.text() + ways_line(b.place, say);
}

std::string campus_change_table(const Outcome& a, const Outcome& b, std::size_t rows,
                                const Speech& say) {
  std::size_t y = std::min(a.indicators.size(), b.indicators.size()) - 1;
  TextTable table(
      {"campus", "stage", column_name(a, say), column_name(b, say), "change", "utilisation"}, &say);
  struct Line {
    double change;
    std::vector<std::string> cells;
  };
  std::vector<Line> lines;
  for (StageId s : b.place.stages.ids())
    for (const auto& row : compare_stage(a.place, a.travel, a.run.years[y].stages[s], b.place,
                                         b.travel, b.run.years[y].stages[s])
                               .rows) {
      double change = row.pupils_b - row.pupils_a;
      if (std::abs(change) < 0.5) continue;
      CampusId id = find_campus(b.place, row.campus);
      std::string name = id.valid() ? say.name(b.place.campuses[id].name) : row.campus;
      // Two plans may give one code to campuses of their own.
      if (const CampusId other = find_campus(a.place, row.campus); id.valid() && other.valid())
        if (std::string in_a = say.name(a.place.campuses[other].name); in_a != name)
          name = fmt::format("A: {}, B: {}", in_a, name);
      lines.push_back(
          {change,
           {name, say.name(b.place.stages[s].name), row.in_a ? grouped(row.pupils_a) : "–",
            row.in_b ? grouped(row.pupils_b) : "–", signed_grouped(change),
            row.seats_b > 0 ? percent(row.pupils_b / row.seats_b) : "–"}});
    }
  std::ranges::stable_sort(
      lines, [](const Line& x, const Line& z) { return std::abs(x.change) > std::abs(z.change); });
  for (std::size_t i = 0; i < std::min(rows, lines.size()); ++i) table.row(lines[i].cells);
  std::string text = table.text();
  if (lines.size() > rows)
    text += fmt::format(fmt::runtime(say("showing {} of {} campuses that change")), rows,
                        lines.size()) +
            "\n";
  return text;
}

namespace {

/// Observed rows of every rule, aligned: all outcomes are of one place.
struct ObservedByRule {
  std::vector<std::vector<io::ObservedRow>> rows;
  explicit ObservedByRule(const std::vector<std::shared_ptr<const Outcome>>& by_rule) {
    for (const auto& outcome : by_rule)
      rows.push_back(io::observed_rows(outcome->place, outcome->run));
  }
  /// Sum of |error| over an observation's campuses, over its observed pupils.
  [[nodiscard]] double error_share(std::size_t rule, const std::string& label) const {
    double error = 0.0;
    double total = 0.0;
    for (const io::ObservedRow& r : rows[rule]) {
      if (r.label != label) continue;
      error += std::abs(r.modelled - r.observed);
      total += r.observed;
    }
    return total > 0 ? error / total : NAN;
  }
};

}  // namespace

std::string observed_table(const std::vector<std::shared_ptr<const Outcome>>& by_rule,
                           const Speech& say) {
  ObservedByRule all(by_rule);
  const Place& place = by_rule.front()->place;
  std::vector<std::string> header{"campus", "round", "allocated"};
  for (const auto& outcome : by_rule) {
    header.push_back(say.rule(rule_name(outcome->place.policy.rule)));
    header.emplace_back("difference");
  }
  TextTable table(header, &say);
  std::string label;
  auto total_row = [&] {
    if (label.empty()) return;
    std::vector<std::string> cells{"sum of errors / allocated", label, ""};
    for (std::size_t k = 0; k < by_rule.size(); ++k) {
      cells.emplace_back("");
      cells.push_back(percent(all.error_share(k, label), 1));
    }
    table.row(cells);
  };
  for (std::size_t i = 0; i < all.rows.front().size(); ++i) {
    const io::ObservedRow& first = all.rows.front()[i];
    if (first.label != label) total_row();
    label = first.label;
    std::vector<std::string> cells{say.name(place.campuses[first.campus].name), label,
                                   grouped(first.observed)};
    for (const auto& rows : all.rows) {
      cells.push_back(grouped(rows[i].modelled));
      cells.push_back(signed_grouped(rows[i].modelled - rows[i].observed));
    }
    table.row(cells);
  }
  total_row();
  return table.text();
}

std::string observed_csv(const std::vector<std::shared_ptr<const Outcome>>& by_rule) {
  ObservedByRule all(by_rule);
  const Place& place = by_rule.front()->place;
  std::string out = "label,year,campus,name,observed,rule,modelled,error\n";
  for (std::size_t i = 0; i < all.rows.front().size(); ++i)
    for (std::size_t k = 0; k < by_rule.size(); ++k) {
      const io::ObservedRow& row = all.rows[k][i];
      out += fmt::format("{},{},{},{},{},{},{},{}\n", io::csv_cell(row.label), row.year,
                         io::csv_cell(place.campuses[row.campus].code),
                         io::csv_cell(place.campuses[row.campus].name.in_english()), row.observed,
                         rule_name(by_rule[k]->place.policy.rule), row.modelled,
                         row.modelled - row.observed);
    }
  return out;
}

}  // namespace doorstep::cli
