#include "io/results/change_tables.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "io/results/figures.h"
#include "io/results/number.h"
#include "scenario/procedure.h"

namespace doorstep::io {
namespace {

using Json = nlohmann::ordered_json;

Json real(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string stage_code(const RunReport& r, const ClosureCase& c) {
  return csv_cell(r.place.stages[c.stage].code);
}

int vetoes_of(const ClosureCase& c, Veto::Kind kind) {
  int count = 0;
  for (const Veto& v : c.review.vetoes) count += v.kind == kind ? 1 : 0;
  return count;
}

/// What a row of changes is about.
struct Heading {
  Year year;
  std::string stage, kind, code;
};

template <class F>
void add_changes(const Heading& at, const std::vector<Column<F>>& columns, const F& a, const F& b,
                 std::string& out) {
  constexpr double kRounding = 1e-9;
  for (const auto& c : columns) {
    const double va = c.value(a), vb = c.value(b);
    const bool same = std::isnan(va)
                          ? std::isnan(vb)
                          : std::abs(vb - va) <= std::max(kDust, kRounding * std::abs(va));
    if (same) continue;
    out +=
        fmt::format("{},{},{},{},{},{},{},{}\n", at.year, csv_cell(at.stage), at.kind,
                    csv_cell(at.code), c.name, csv_number(va), csv_number(vb), csv_number(vb - va));
  }
}

void add_group_changes(const RunReport& a, const RunReport& b, const StageFigures& fa,
                       const StageFigures& fb, Heading at, std::string& out) {
  std::map<std::string, std::pair<GroupFigures, GroupFigures>> groups;
  for (const GroupFigures& g : fa.groups) groups[a.place.groups[g.group].code].first = g;
  for (const GroupFigures& g : fb.groups) groups[b.place.groups[g.group].code].second = g;
  at.kind = "group";
  for (const auto& [code, pair] : groups) {
    at.code = code;
    add_changes(at, group_columns(), pair.first, pair.second, out);
  }
}

}  // namespace

std::string changed_grounds_csv(const RunReport& a, const RunReport& b) {
  std::string out = "year,stage,kind,code,figure,a,b,change\n";
  const std::shared_ptr<const Overview> oa = overview_for(a), ob = overview_for(b);
  for (auto [ya, yb] : common_years(a, b))
    for (StageId s : a.place.stages.ids()) {
      const StageFigures& fa = oa->years[ya][s];
      const StageFigures& fb = ob->years[yb][s];
      Heading at{a.run.years[ya].year, a.place.stages[s].code, "", ""};
      std::map<std::pair<int, std::string>, const TerritoryFigures*> before;
      for (const TerritoryFigures& t : fa.territories)
        before[{static_cast<int>(t.what.kind), t.what.code}] = &t;
      for (const TerritoryFigures& t : fb.territories) {
        auto was = before.find({static_cast<int>(t.what.kind), t.what.code});
        if (was == before.end()) continue;
        at.kind = territory_kind_name(t.what.kind);
        at.code = t.what.code;
        add_changes(at, territory_columns(), *was->second, t, out);
      }
      add_group_changes(a, b, fa, fb, at, out);
    }
  return out;
}

std::vector<std::pair<std::size_t, std::size_t>> common_years(const RunReport& a,
                                                              const RunReport& b) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t ya = 0; ya < a.run.years.size(); ++ya)
    for (std::size_t yb = 0; yb < b.run.years.size(); ++yb)
      if (a.run.years[ya].year == b.run.years[yb].year) out.emplace_back(ya, yb);
  return out;
}

Disruption disruption_of(const RunReport& a, const RunReport& b, std::size_t ya, std::size_t yb,
                         StageId stage) {
  return disruption(a.place, a.travel, a.run.years[ya].stages[stage], b.place, b.travel,
                    b.run.years[yb].stages[stage], b.standards);
}

std::vector<ClosureCase> closures_of(const RunReport& a, const RunReport& b) {
  return closure_cases({a.place, a.travel, a.run}, {b.place, b.travel, b.run}, b.scenario,
                       b.standards);
}

CampusOfCode campus_of_code(const RunReport& a, const RunReport& b, const std::string& code) {
  CampusOfCode out;
  const CampusId in_a = find_campus(a.place, code), in_b = find_campus(b.place, code);
  if (in_a.valid()) out.in_a = a.place.campuses[in_a].name;
  if (in_b.valid()) out.in_b = b.place.campuses[in_b].name;
  if (in_a.valid() && in_b.valid())
    out.same = out.in_a.zh == out.in_b.zh && out.in_a.en == out.in_b.en;
  return out;
}

double cost_until(const RunReport& report, const std::string& stage, Year year) {
  double sum = 0.0;
  for (std::size_t i = 0; i < report.scenario.edits.size(); ++i) {
    const Edit& e = report.scenario.edits[i];
    const double amount =
        report.cost ? report.cost->edits[i].amount : std::max(0.0, stated_cost(e));
    std::visit(
        [&](const auto& edit) {
          using T = std::decay_t<decltype(edit)>;
          if constexpr (std::is_same_v<T, OpenCampus> || std::is_same_v<T, SetSeats>)
            if (edit.year <= year && (stage.empty() || edit.stage == stage)) sum += amount;
        },
        e);
  }
  return sum;
}

std::string disruption_csv(const RunReport& a, const RunReport& b) {
  std::string out =
      "year,stage,must_move,nearer,farther,farther_beyond_limit,changed_mid_course_a,"
      "changed_mid_course_b,siblings_split,mean_quality_a,mean_quality_b,quality_gained,"
      "seats_gained,cost,cost_per_seat_gained\n";
  for (auto [ya, yb] : common_years(a, b))
    for (StageId s : a.place.stages.ids()) {
      const Disruption d = disruption_of(a, b, ya, yb, s);
      const Year year = a.run.years[ya].year;
      const double cost =
          cost_until(b, a.place.stages[s].code, year) - cost_until(a, a.place.stages[s].code, year);
      out += fmt::format(
          "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", year, csv_cell(a.place.stages[s].code),
          csv_number(d.must_move), csv_number(d.nearer), csv_number(d.farther),
          csv_number(d.farther_beyond_limit), csv_number(d.mid_course_a),
          csv_number(d.mid_course_b), csv_number(d.siblings_split), csv_number(d.quality_a),
          csv_number(d.quality_b), csv_number(d.quality_b - d.quality_a),
          csv_number(d.seats_gained), csv_number(cost),
          cost > 0 && d.seats_gained > 0 ? csv_number(cost / d.seats_gained) : "");
    }
  return out;
}

std::string closures_csv(const RunReport& a, const std::vector<ClosureCase>& cases) {
  std::string out =
      "campus,name_zh,name_en,stage,year,pupils_before,seats_before,scale,moved,minutes_before,"
      "minutes_after,vetoes_large_class,vetoes_long_way,vetoes_no_seat,opposed,appraisal,notice,"
      "hearing,approval,clear\n";
  for (const ClosureCase& c : cases) {
    const Campus& campus = a.place.campuses[find_campus(a.place, c.edit.campus)];
    out += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(campus.code),
        csv_cell(campus.name.in_chinese()), csv_cell(campus.name.in_english()), stage_code(a, c),
        c.year, csv_number(c.pupils_before), csv_number(c.seats_before), scale_name(c.scale),
        csv_number(c.review.moved), csv_number(c.review.minutes_before),
        csv_number(c.review.minutes_after), vetoes_of(c, Veto::Kind::LargeClass),
        vetoes_of(c, Veto::Kind::LongWay), vetoes_of(c, Veto::Kind::NoSeat),
        c.edit.opposed ? "yes" : "no", csv_cell(step_taken(c.edit, "appraisal")),
        csv_cell(step_taken(c.edit, "notice")), csv_cell(step_taken(c.edit, "hearing")),
        csv_cell(step_taken(c.edit, "approval")), c.clear() ? "yes" : "no");
  }
  return out;
}

std::string closure_children_csv(const RunReport& a, const std::vector<ClosureCase>& cases) {
  std::string out = "closed,stage,year,home,to,pupils,minutes_before,minutes_after\n";
  for (const ClosureCase& c : cases)
    for (const MovedChildren& m : c.review.children)
      out += fmt::format("{},{},{},{},{},{},{},{}\n", csv_cell(c.edit.campus), stage_code(a, c),
                         c.year, csv_cell(m.home), csv_cell(m.campus), csv_number(m.pupils),
                         csv_number(m.minutes_before), csv_number(m.minutes_after));
  return out;
}

std::string closure_vetoes_csv(const RunReport& a, const std::vector<ClosureCase>& cases) {
  std::string out = "closed,stage,year,kind,where,value,limit,text_zh,text_en\n";
  for (const ClosureCase& c : cases)
    for (const Veto& v : c.review.vetoes) {
      const Name text = veto_text(v);
      out += fmt::format("{},{},{},{},{},{},{},{},{}\n", csv_cell(c.edit.campus), stage_code(a, c),
                         c.year, veto_kind_name(v.kind), csv_cell(v.where), csv_number(v.value),
                         csv_number(v.limit), csv_cell(text.zh), csv_cell(text.en));
    }
  return out;
}

Json closures_json(const RunReport& a, const std::vector<ClosureCase>& cases) {
  Json out = Json::array();
  for (const ClosureCase& c : cases) {
    Json vetoes = Json::array(), children = Json::array(), procedure = Json::object();
    for (const Veto& v : c.review.vetoes)
      vetoes.push_back({{"kind", veto_kind_name(v.kind)},
                        {"where", v.where},
                        {"value", real(v.value)},
                        {"limit", real(v.limit)}});
    for (const MovedChildren& m : c.review.children)
      children.push_back({{"home", m.home},
                          {"to", m.campus},
                          {"pupils", m.pupils},
                          {"minutes_before", real(m.minutes_before)},
                          {"minutes_after", real(m.minutes_after)}});
    for (std::string_view step : kClosureSteps)
      procedure[std::string(step)] = step_taken(c.edit, step);
    out.push_back({{"campus", c.edit.campus},
                   {"stage", a.place.stages[c.stage].code},
                   {"year", c.year},
                   {"pupils_before", c.pupils_before},
                   {"seats_before", c.seats_before},
                   {"scale", scale_name(c.scale)},
                   {"moved", c.review.moved},
                   {"minutes_before", real(c.review.minutes_before)},
                   {"minutes_after", real(c.review.minutes_after)},
                   {"procedure", procedure},
                   {"opposed", c.edit.opposed},
                   {"clear", c.clear()},
                   {"vetoes", vetoes},
                   {"children", children}});
  }
  return out;
}

}  // namespace doorstep::io
