#include "session/explain/ground.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "indicators/access.h"
#include "place/stage_kind.h"
#include "session/explain/chosen.h"
#include "session/explain/ground_figures.h"
#include "session/explain/task.h"

namespace doorstep::session {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const GroundFigure& figure_named(const std::string& name, bool group) {
  std::vector<std::string> known;
  std::string list;
  for (const GroundFigure& f : all_ground_figures()) {
    if (group && f.homes != nullptr) continue;
    if (f.about.figure == name) return f;
    known.push_back(f.about.figure);
    list += (list.empty() ? "" : ", ") + f.about.figure;
  }
  std::string near = closest(name, known);
  throw Error(fmt::format("no figure \"{}\"", name), "--figure",
              near.empty() ? "there are " + list : fmt::format("did you mean {}?", near));
}

const Group& group_named(const Place& place, const std::string& code) {
  std::vector<std::string> known;
  for (const Group& g : place.groups) {
    if (g.code == code || g.name.zh == code || g.name.en == code) return g;
    known.push_back(g.code);
  }
  std::string near = closest(code, known);
  throw Error(
      fmt::format("no group \"{}\"", code), "--group",
      near.empty() ? "groups.csv of a run lists them" : fmt::format("did you mean {}?", near));
}

Name name_of_ground(const Place& place, const GroundQuestion& q) {
  switch (q.of) {
    case GroundQuestion::Of::Place:
      return place.name;
    case GroundQuestion::Of::Group:
      return group_named(place, q.code).name;
    case GroundQuestion::Of::Town:
      for (const Area& a : place.areas)
        if (a.code == q.code || a.name.zh == q.code || a.name.en == q.code) return a.name;
      break;
    case GroundQuestion::Of::District:
      if (q.code == "city") return {"城区", "City"};
      if (q.code == "town") return {"镇区", "Towns"};
      if (q.code == "rural") return {"乡村", "Country"};
      break;
  }
  return {};
}

Ground ground_of(const Outcome& outcome, const GroundQuestion& q) {
  const StageId stage = stage_named(outcome.place, q.stage);
  const std::size_t year = year_named(outcome, q.year, outcome.run.years.back().year);
  Ground g{outcome, stage, year,
           Boarding::for_ways(outcome.place, outcome.travel, outcome.opened->standards, stage,
                              outcome.run.years[year].stages[stage])};
  const Chosen chosen(outcome.place, q);
  for (const Home& h : outcome.place.homes) g.home_in.push_back(chosen.home(h) ? 1 : 0);
  for (const Campus& c : outcome.place.campuses) g.campus_in.push_back(chosen.campus(c) ? 1 : 0);
  if (q.of == GroundQuestion::Of::Group) {
    const Group& group = group_named(outcome.place, q.code);
    const Year now = g.year().year;
    std::ranges::fill(g.campus_in, char{0});
    if (group.core.valid()) g.campus_in[group.core] = 1;
    for (const Tie& t : group.ties)
      if (t.member.valid() && now >= t.since && now <= t.until) g.campus_in[t.member] = 1;
  }
  g.children = children_at_homes(g.result());
  g.catchment_of = catchment_of_homes(outcome.place, g.stage, g.year().year);
  g.figures =
      campus_figures({outcome.place, outcome.travel, g.standards(), nullptr}, g.year(), g.stage);
  return g;
}

/// A name that ends in a dot is completed by the kind of stage: "radius." + "primary".
void add_standards(const Ground& g, const GroundFigure& figure, Explanation& out) {
  for (std::string name : figure.standards) {
    if (name.ends_with('.')) name += stage_kind_code(g.place().stages[g.stage].kind);
    if (g.standards().all.has(name))
      out.numbers.emplace_back(name, g.standards().all.items().at(name));
  }
}

}  // namespace

const std::vector<Explainable>& ground_figures() {
  static const std::vector<Explainable> kNames = [] {
    std::vector<Explainable> out;
    for (const GroundFigure& f : all_ground_figures()) out.push_back(f.about);
    return out;
  }();
  return kNames;
}

bool is_of_schools(const std::string& figure) {
  return std::ranges::any_of(all_ground_figures(), [&](const GroundFigure& f) {
    return f.about.figure == figure && f.campuses != nullptr;
  });
}

Explanation explain_ground(const Outcome& outcome, const GroundQuestion& question) {
  const GroundFigure& figure =
      figure_named(question.figure, question.of == GroundQuestion::Of::Group);
  const Ground g = ground_of(outcome, question);
  Explanation out;
  out.code = question.of == GroundQuestion::Of::Place ? outcome.place.code : question.code;
  out.about = name_of_ground(outcome.place, question);
  out.stage = g.place().stages[g.stage].code;
  out.year = g.year().year;
  out.figure = figure.about.figure;
  out.name = figure.about.meaning;
  out.formula = figure.formula;
  out.unit = figure.unit;
  const bool ratio = !figure.denominator.en.empty();
  const char* row_unit = *figure.row_unit != '\0' ? figure.row_unit : ratio ? "" : figure.unit;
  double over = 0.0, under = 0.0;
  std::vector<SourceRow> rows;
  if (figure.homes != nullptr) {
    HomeAmounts amounts(g.place().homes.size(), 0.0);
    figure.homes(g, amounts, under);
    for (HomeId h : amounts.ids()) {
      over += amounts[h];
      rows.push_back(home_row(g.place(), h, amounts[h], row_unit));
    }
  } else {
    CampusAmounts amounts(g.place().campuses.size(), 0.0);
    figure.campuses(g, amounts, under);
    for (CampusId c : amounts.ids()) {
      over += amounts[c];
      const Campus& campus = g.place().campuses[c];
      rows.push_back({campus.source, campus.code, campus.name, amounts[c], row_unit});
    }
  }
  out.value = figure.whole != nullptr ? figure.whole(g, out)
              : !ratio                ? over
              : under > 0             ? over / under
                                      : kNone;
  out.rows_part = out.parts.size();
  out.parts.push_back({figure.numerator, over, row_unit});
  if (ratio) out.parts.push_back({figure.denominator, under, figure.under_unit});
  add_rows(std::move(rows), question.rows, out);
  if (figure.admitted) add_rule_numbers(outcome, out);
  add_standards(g, figure, out);
  const Place& place = outcome.place;
  for (const Name& note : {place.travel.note, Name{place.origin_note_zh, place.origin_note_en}})
    if (!note.zh.empty() || !note.en.empty()) out.notes.push_back(note);
  return out;
}

}  // namespace doorstep::session
