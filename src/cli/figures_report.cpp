#include "cli/figures_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "cli/command.h"
#include "io/results/change_tables.h"
#include "io/results/figures.h"

namespace doorstep::cli {
namespace {

std::string share(double v) { return std::isnan(v) ? "–" : percent(v, 1); }
std::string number(double v, int decimals) { return std::isnan(v) ? "–" : grouped(v, decimals); }

/// A line of the table of meanings: what it is called and how it reads.
struct Line {
  const char* name;
  std::string (*text)(const StageFigures&, const TerritoryFigures&);
};

const std::vector<Line>& meaning_lines() {
  using F = StageFigures;
  using T = TerritoryFigures;
  static const std::vector<Line> kLines{
      {"classes, large, very large",
       [](const F&, const T& t) {
         return fmt::format("{} / {} / {}", t.classes, t.large, t.very_large);
       }},
      {"way: median / 90th, min",
       [](const F&, const T& t) {
         return number(t.travel_median_min, 1) + " / " + number(t.travel_p90_min, 1);
       }},
      {"beyond the service radius",
       [](const F&, const T& t) { return share(t.share_over_radius); }},
      {"beyond the longest time", [](const F&, const T& t) { return share(t.share_over_30min); }},
      {"cross a trunk road or railway",
       [](const F&, const T& t) { return share(t.share_crossing); }},
      {"covered by a service radius", [](const F&, const T& t) { return share(t.covered); }},
      {"seats within reach of a child", [](const F&, const T& t) { return number(t.access, 2); }},
      {"children with less than half of it",
       [](const F& f, const T&) { return share(f.access_below_half); }},
      {"in the own catchment's school",
       [](const F&, const T& t) { return share(t.own_catchment_share); }},
      {"balance of seats: campus / person",
       [](const F&, const T& t) {
         return number(t.balance, 3) + " / " + number(t.balance_by_person, 3);
       }},
      {"pupils in groups", [](const F& f, const T&) { return share(f.coverage.pupils); }},
      {"migrant children in public",
       [](const F&, const T& t) { return share(t.migrant_share_public); }},
      {"dissimilarity of migrants",
       [](const F&, const T& t) { return number(t.dissimilarity, 3); }},
      {"warnings yellow / red",
       [](const F&, const T& t) { return fmt::format("{} / {}", t.yellow, t.red); }},
      {"teachers needed", [](const F&, const T& t) { return number(t.teachers_needed, 0); }},
      {"empty seats", [](const F&, const T& t) { return number(t.empty_seats, 0); }},
      {"points <50 / below 100 / too large",
       [](const F&, const T& t) {
         return fmt::format("{} / {} / {}", t.points, t.funded_up, t.too_large);
       }},
      {"mean quality", [](const F& f, const T&) { return number(f.mean_quality, 3); }}};
  return kLines;
}

std::string steps_text(const ClosureCase& c, const Speech& say) {
  if (c.open_steps.empty()) return say("all steps taken");
  std::string out;
  for (const std::string& step : c.open_steps) {
    const Name text = closure_step_text(step);
    out += (out.empty() ? "" : say.pick("、", ", ")) + say.name(text);
  }
  return say("not yet:") + " " + out;
}

}  // namespace

io::RunReport with_overview(io::RunReport report, Progress& progress) {
  report.overview = std::make_shared<Overview>(overview_of(
      report.place, report.travel, report.run, report.indicators, report.standards, progress));
  return report;
}

std::string meaning_table(const io::RunReport& r, const Speech& say) {
  std::vector<std::string> header{
      fmt::format(fmt::runtime(say("what it means, {}")), r.run.years.back().year)};
  for (const Stage& s : r.place.stages) header.push_back(say.name(s.name));
  TextTable table(header, &say);
  const auto& stages = r.overview->years.back();
  for (const Line& line : meaning_lines()) {
    std::vector<std::string> cells{line.name};
    if (cells.front() == "beyond the longest time")
      cells.front() =
          fmt::format(fmt::runtime(say("beyond {:.0f} min")), r.standards.long_time.value);
    bool any = false;
    for (StageId s : r.place.stages.ids()) {
      cells.push_back(line.text(stages[s], stages[s].territories.front()));
      any |= cells.back() != "–";
    }
    if (any) table.row(cells);
  }
  return table.text();
}

std::string warning_table(const io::RunReport& r, std::size_t rows, const Speech& say) {
  struct Warned {
    Year red, yellow;
    bool now;
    StageId stage;
    CampusId campus;
  };
  constexpr Year kNever = 9999;
  std::vector<Warned> all;
  for (StageId s : r.place.stages.ids())
    for (CampusId c : r.overview->outlook[s].ids()) {
      const CampusOutlook& o = r.overview->outlook[s][c];
      if (o.first_yellow || o.first_red)
        all.push_back(
            {o.first_red.value_or(kNever), o.first_yellow.value_or(kNever), o.warn_now, s, c});
    }
  if (all.empty()) return "";
  std::ranges::stable_sort(all, [](const Warned& x, const Warned& z) {
    return std::tuple(!x.now, x.red, x.yellow) < std::tuple(!z.now, z.red, z.yellow);
  });
  const auto now = std::ranges::count_if(all, [](const Warned& w) { return w.now; });
  TextTable table({"seat warning", "stage", "first yellow", "first red", "warn now"}, &say);
  for (std::size_t i = 0; i < std::min(rows, all.size()); ++i) {
    const Warned& w = all[i];
    table.row({say.name(r.place.campuses[w.campus].name), say.name(r.place.stages[w.stage].name),
               w.yellow == kNever ? "–" : std::to_string(w.yellow),
               w.red == kNever ? "–" : std::to_string(w.red), w.now ? "yes" : ""});
  }
  return table.text() +
         fmt::format(fmt::runtime(say("{} of {} campuses that turn yellow or red "
                                      "are to be warned now; campuses.csv lists "
                                      "all")),
                     now, all.size()) +
         "\n";
}

std::string group_table(const io::RunReport& r, const Speech& say) {
  if (r.place.groups.empty()) return "";
  TextTable table(
      {fmt::format(fmt::runtime(say("group, {}")), r.run.years.back().year), "stage", "campuses",
       "pupils", "use", "large classes", "quality core / members", "displaced", "induced"},
      &say);
  const auto& last = r.run.years.back();
  for (StageId s : r.place.stages.ids())
    for (const GroupFigures& g : r.overview->years.back()[s].groups) {
      const GroupYear year =
          g.group.index < last.groups.size() ? last.groups[g.group] : GroupYear{};
      table.row({say.name(r.place.groups[g.group].name), say.name(r.place.stages[s].name),
                 std::to_string(g.campuses), grouped(g.pupils), share(g.utilisation),
                 std::to_string(g.large),
                 number(g.core_quality, 2) + " / " + number(g.member_quality, 2),
                 grouped(year.displaced), grouped(year.induced)});
    }
  return table.text();
}

std::string review_table(const io::RunReport& r, const Speech& say) {
  if (!io::reports_resources(r.place)) return "";
  TextTable table({fmt::format(fmt::runtime(say("balance, {}")), r.run.years.back().year), "stage",
                   "over", "coefficient", "limit", "passes", "reporting"},
                  &say);
  for (StageId s : r.place.stages.ids())
    for (const ReviewLine& l : r.overview->years.back()[s].review.lines) {
      if (l.set == "eight" && l.indicator != "composite") continue;
      table.row({say(l.set) + say.pick("：", ": ") + say(l.indicator),
                 say.name(r.place.stages[s].name), review_unit_name(l.unit),
                 number(l.coefficient, 3), number(l.limit, 2),
                 std::isnan(l.coefficient) ? "not known"
                 : l.passes                ? "yes"
                                           : "no",
                 fmt::format(fmt::runtime(say("{} of {}")), l.reported, l.schools)});
    }
  return table.text();
}

std::string disruption_table(const io::RunReport& a, const io::RunReport& b, const Speech& say) {
  TextTable table({"disruption", "year", "other campus", "farther", "beyond limit", "mid-course",
                   "siblings split", "quality", "seats",
                   fmt::format("{}, {}", say("cost a seat"), say.unit(a.place.currency))},
                  &say);
  for (StageId s : a.place.stages.ids()) {
    std::string name = say.name(a.place.stages[s].name);
    for (auto [ya, yb] : io::common_years(a, b)) {
      const Disruption d = io::disruption_of(a, b, ya, yb, s);
      const Year year = a.run.years[ya].year;
      if (d.must_move < 0.5 && std::abs(d.seats_gained) < 0.5) continue;
      const double cost = io::cost_until(b, a.place.stages[s].code, year) -
                          io::cost_until(a, a.place.stages[s].code, year);
      table.row({name, std::to_string(year), grouped(d.must_move), grouped(d.farther),
                 signed_grouped(d.farther_beyond_limit),
                 signed_grouped(d.mid_course_b - d.mid_course_a), grouped(d.siblings_split, 1),
                 signed_grouped(d.quality_b - d.quality_a, 4), signed_grouped(d.seats_gained),
                 cost > 0 && d.seats_gained > 0 ? grouped(cost / d.seats_gained) : "–"});
      name.clear();
    }
  }
  return table.text();
}

std::string closure_text(const io::RunReport& a, const io::RunReport& b, const Speech& say) {
  constexpr std::size_t kShownVetoes = 5;
  std::string out;
  for (const ClosureCase& c : io::closures_of(a, b)) {
    const Campus& campus = a.place.campuses[find_campus(a.place, c.edit.campus)];
    out += fmt::format(
        fmt::runtime(say("closure {} {} {}: {} pupils of {} seats{}; {} move, way {} -> {} min on "
                         "average") +
                     "\n  " + say("procedure:") + " {}{}\n"),
        say.name(campus.name), say.name(a.place.stages[c.stage].name), c.year,
        grouped(c.pupils_before), grouped(c.seats_before),
        c.scale == Scale::Point      ? say(" (teaching point)")
        : c.scale == Scale::FundedUp ? say(" (protected: funded as 100)")
                                     : "",
        grouped(c.review.moved), number(c.review.minutes_before, 1),
        number(c.review.minutes_after, 1), steps_text(c, say),
        c.edit.opposed ? say("; parents oppose it") : "");
    for (std::size_t i = 0; i < std::min(kShownVetoes, c.review.vetoes.size()); ++i)
      out +=
          fmt::format("  {} {}\n", say("veto:"), say.name(veto_text(c.review.vetoes[i], b.place)));
    if (c.review.vetoes.size() > kShownVetoes)
      out += fmt::format(
          fmt::runtime("  " + say("and {} vetoes more; closure_vetoes.csv lists all") + "\n"),
          c.review.vetoes.size() - kShownVetoes);
    if (c.review.vetoes.empty())
      out += "  " + say("no veto: no large class, no way beyond the limit") + "\n";
  }
  return out;
}

}  // namespace doorstep::cli
