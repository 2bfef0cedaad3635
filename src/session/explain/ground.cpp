#include "session/explain/ground.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "indicators/access.h"
#include "indicators/overview.h"
#include "session/explain/chosen.h"

namespace doorstep::session {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Everything one question is answered from.
struct Ground {
  const Outcome& outcome;
  StageId stage;
  std::size_t year_index;
  IdVector<CampusId, CampusFigures> figures;
  IdVector<HomeId, char> home_in;      ///< who belongs to it
  IdVector<CampusId, char> campus_in;  ///< which schools belong to it
  IdVector<HomeId, double> children;
  IdVector<HomeId, CatchmentId> catchment_of;

  [[nodiscard]] const Place& place() const { return outcome.place; }
  [[nodiscard]] const YearResult& year() const { return outcome.run.years[year_index]; }
  [[nodiscard]] const StageYear& result() const { return year().stages[stage]; }
  [[nodiscard]] const StageIndicators& meaning() const {
    return outcome.indicators[year_index].stages[stage];
  }
  [[nodiscard]] const Standards& standards() const { return outcome.opened->standards; }
};

using HomeAmounts = IdVector<HomeId, double>;
using CampusAmounts = IdVector<CampusId, double>;

/// A figure as numerator over denominator (or the numerator alone), with who makes up the first.
struct Figure {
  Explainable about;
  Name formula;
  const char* unit;
  Name numerator, denominator;  ///< the second empty: none
  void (*homes)(const Ground&, HomeAmounts& over, double& under);
  void (*campuses)(const Ground&, CampusAmounts& over, double& under);
  std::vector<const char*> standards;
};

/// Adds up flows of the ground's homes for which `counts` says so; `under` gets all of them.
template <class Counts>
void share_of_flows(const Ground& g, HomeAmounts& over, double& under, Counts&& counts) {
  for (const PupilFlow& f : g.result().flows) {
    if (!g.home_in[f.home]) continue;
    const double weight = counts(f);
    if (std::isnan(weight)) continue;  // not among those the share is of
    under += f.pupils;
    over[f.home] += f.pupils * weight;
  }
}

template <class Limit>
void beyond(const Ground& g, HomeAmounts& over, double& under, Limit&& limit) {
  const double limit_ds = std::round(limit.value * 600.0);
  share_of_flows(g, over, under, [&](const PupilFlow& f) {
    const uint32_t ds = g.outcome.travel.decisec(f.home, f.campus);
    return ds == TravelTable::kUnreachable || ds > limit_ds ? 1.0 : 0.0;
  });
}

template <class Value>
void of_campuses(const Ground& g, CampusAmounts& over, Value&& value) {
  for (CampusId c : over.ids())
    if (g.campus_in[c] && g.result().campuses[c].open) over[c] = value(c);
}

Figure of_homes(Explainable about, Name formula, const char* unit, Name numerator, Name denominator,
                void (*homes)(const Ground&, HomeAmounts&, double&),
                std::vector<const char*> standards = {}) {
  return {std::move(about),
          std::move(formula),
          unit,
          std::move(numerator),
          std::move(denominator),
          homes,
          nullptr,
          std::move(standards)};
}
Figure of_schools(Explainable about, Name formula, const char* unit, Name numerator,
                  Name denominator, void (*campuses)(const Ground&, CampusAmounts&, double&),
                  std::vector<const char*> standards = {}) {
  return {std::move(about),
          std::move(formula),
          unit,
          std::move(numerator),
          std::move(denominator),
          nullptr,
          campuses,
          std::move(standards)};
}

std::vector<Figure> figures_of_children() {
  const Name children{"儿童", "children"}, pupils{"在读学生", "pupils"};
  return {of_homes({"children", {"应在读儿童", "children of the stage who live there"}},
                   {"各居住点儿童之和", "sum over homes"}, "pupils", children, {},
                   [](const Ground& g, HomeAmounts& over, double&) {
                     for (HomeId h : over.ids())
                       if (g.home_in[h]) over[h] = g.children[h];
                   }),
          of_homes({"children_unplaced", {"无学位儿童", "children without a seat"}},
                   {"各居住点无学位儿童之和", "sum over homes"}, "pupils", children, {},
                   [](const Ground& g, HomeAmounts& over, double&) {
                     for (HomeId h : over.ids())
                       if (g.home_in[h]) over[h] = g.result().unplaced_of[h];
                   }),
          of_homes({"travel_mean_min", {"平均上学时间", "mean way"}},
                   {"各居住点人数 × 分钟 之和 ÷ 人数", "pupils × minutes over pupils with a way"},
                   "min", {"人·分钟", "pupil-minutes"}, pupils,
                   [](const Ground& g, HomeAmounts& over, double& under) {
                     share_of_flows(g, over, under, [&](const PupilFlow& f) {
                       return g.outcome.travel.reachable(f.home, f.campus)
                                  ? g.outcome.travel.minutes(f.home, f.campus).value
                                  : kNone;
                     });
                   })};
}

std::vector<Figure> figures_of_long_ways() {
  const Name pupils{"在读学生", "pupils"};
  return {
      of_homes({"share_over_service_radius", {"超出服务半径", "share beyond the service radius"}},
               {"超出服务半径的学生 ÷ 学生", "pupils beyond the service radius / pupils"}, "share",
               {"超出者", "beyond it"}, pupils,
               [](const Ground& g, HomeAmounts& over, double& under) {
                 beyond(g, over, under,
                        g.place().stages[g.stage].service_radius / g.outcome.travel.speed());
               },
               {"radius."}),
      of_homes({"share_over_1km", {"超过1公里", "share beyond the long way"}},
               {"超过界限的学生 ÷ 学生", "pupils beyond the limit / pupils"}, "share",
               {"超出者", "beyond it"}, pupils,
               [](const Ground& g, HomeAmounts& over, double& under) {
                 beyond(g, over, under, g.standards().long_way / g.outcome.travel.speed());
               },
               {"travel.long_way"}),
      of_homes({"share_over_30min", {"超过30分钟", "share beyond half an hour"}},
               {"超过界限的学生 ÷ 学生", "pupils beyond the limit / pupils"}, "share",
               {"超出者", "beyond it"}, pupils,
               [](const Ground& g, HomeAmounts& over, double& under) {
                 beyond(g, over, under, g.standards().long_time);
               },
               {"travel.long_time"})};
}

std::vector<Figure> figures_of_access() {
  const Name children{"儿童", "children"}, pupils{"在读学生", "pupils"};
  return {
      of_homes({"covered_share", {"服务半径覆盖率", "share covered by a service radius"}},
               {"服务半径内有学校的儿童 ÷ 儿童",
                "children with an open campus within the service radius, by the way they walk / "
                "children"},
               "share", {"被覆盖儿童", "covered children"}, children,
               [](const Ground& g, HomeAmounts& over, double& under) {
                 IdVector<HomeId, char> near = covered_homes(
                     g.outcome.travel, g.result(), g.place().stages[g.stage].service_radius);
                 for (HomeId h : over.ids()) {
                   if (!g.home_in[h]) continue;
                   under += g.children[h];
                   if (near[h]) over[h] = g.children[h];
                 }
               },
               {"radius."}),
      of_homes({"seats_within_reach", {"可及学位", "seats within reach of one child (2SFCA)"}},
               {"每校学位分给时限内的儿童，再对每户时限内各校求和，按儿童加权",
                "each campus shares its seats among the children within the limit; a home adds up "
                "the campuses within the limit; mean over children"},
               "seats a child", {"儿童 × 可及学位", "children × seats within reach"}, children,
               [](const Ground& g, HomeAmounts& over, double& under) {
                 SeatAccess access = two_step_access(g.outcome.travel, g.result(), g.children,
                                                     g.standards().long_time);
                 for (HomeId h : over.ids()) {
                   if (!g.home_in[h]) continue;
                   under += g.children[h];
                   over[h] = g.children[h] * access.seats_per_child[h];
                 }
               },
               {"travel.long_time"}),
      of_homes(
          {"own_catchment_share",
           {"本学区就读率", "share at a school of the own catchment (择校热 is the rest)"}},
          {"在本学区学校就读者 ÷ 有学区者", "at a campus of their own catchment / who have one"},
          "share", {"在本学区者", "at the own catchment's campus"}, pupils,
          [](const Ground& g, HomeAmounts& over, double& under) {
            share_of_flows(g, over, under, [&](const PupilFlow& f) {
              const CatchmentId own = g.catchment_of[f.home];
              if (!own.valid()) return kNone;
              const auto& serving = g.place().catchments[own].campuses;
              return std::ranges::find(serving, f.campus) != serving.end() ? 1.0 : 0.0;
            });
          }),
      of_homes(
          {"schooled_elsewhere_share", {"外出就读率", "share at a campus elsewhere"}},
          {"到区外学校就读者 ÷ 学生", "pupils at a campus outside / pupils"}, "share",
          {"在外者", "outside"}, pupils, [](const Ground& g, HomeAmounts& over, double& under) {
            share_of_flows(g, over, under,
                           [&](const PupilFlow& f) { return g.campus_in[f.campus] ? 0.0 : 1.0; });
          })};
}

std::vector<Figure> figures_of_schools() {
  const Name total{"合计", "total"};
  const Name sum{"各校之和", "sum over campuses"};
  return {
      of_schools({"pupils", {"在校生", "pupils of its campuses"}}, sum, "pupils", total, {},
                 [](const Ground& g, CampusAmounts& over, double&) {
                   of_campuses(g, over,
                               [&](CampusId c) { return g.result().campuses[c].enrolment; });
                 }),
      of_schools({"seats", {"学位", "seats of its campuses"}}, sum, "seats", total, {},
                 [](const Ground& g, CampusAmounts& over, double&) {
                   of_campuses(g, over, [&](CampusId c) { return g.result().campuses[c].seats; });
                 }),
      of_schools({"utilisation", {"学位使用率", "pupils over seats"}},
                 {"在校生 ÷ 学位", "pupils / seats"}, "share", {"在校生", "pupils"},
                 {"学位", "seats"},
                 [](const Ground& g, CampusAmounts& over, double& under) {
                   of_campuses(g, over, [&](CampusId c) {
                     under += g.result().campuses[c].seats;
                     return g.result().campuses[c].enrolment;
                   });
                 }),
      of_schools({"pupils_over_seats", {"超学位人数", "pupils beyond the seats of their campus"}},
                 sum, "pupils", total, {},
                 [](const Ground& g, CampusAmounts& over, double&) {
                   of_campuses(g, over, [&](CampusId c) {
                     const CampusYear& y = g.result().campuses[c];
                     return std::max(0.0, y.enrolment - y.seats);
                   });
                 }),
      of_schools({"empty_seats", {"空余学位", "seats without a pupil"}}, sum, "seats", total, {},
                 [](const Ground& g, CampusAmounts& over, double&) {
                   of_campuses(g, over, [&](CampusId c) {
                     const CampusYear& y = g.result().campuses[c];
                     return std::max(0.0, y.seats - y.enrolment);
                   });
                 })};
}

std::vector<Figure> figures_of_classes() {
  const Name total{"合计", "total"};
  const Name sum{"各校之和", "sum over campuses"};
  return {of_schools({"classes", {"班数", "classes"}}, sum, "classes", total, {},
                     [](const Ground& g, CampusAmounts& over, double&) {
                       of_campuses(g, over, [&](CampusId c) {
                         return static_cast<double>(g.meaning().campuses[c].classes);
                       });
                     }),
          of_schools({"large_classes", {"大班额班数", "large classes"}}, sum, "classes", total, {},
                     [](const Ground& g, CampusAmounts& over, double&) {
                       of_campuses(g, over, [&](CampusId c) {
                         return static_cast<double>(g.meaning().campuses[c].large);
                       });
                     },
                     {"class.large"}),
          of_schools({"very_large_classes", {"超大班额班数", "very large classes"}}, sum, "classes",
                     total, {},
                     [](const Ground& g, CampusAmounts& over, double&) {
                       of_campuses(g, over, [&](CampusId c) {
                         return static_cast<double>(g.meaning().campuses[c].very_large);
                       });
                     },
                     {"class.very_large"}),
          of_schools({"warnings_red", {"红色预警校数", "campuses with a red seat warning"}}, sum,
                     "campuses", total, {},
                     [](const Ground& g, CampusAmounts& over, double&) {
                       of_campuses(g, over, [&](CampusId c) {
                         return g.meaning().campuses[c].warning == 2 ? 1.0 : 0.0;
                       });
                     },
                     {"warning.red"}),
          of_schools({"teachers_needed", {"应配教师", "teachers that its pupils need"}}, sum,
                     "persons", total, {},
                     [](const Ground& g, CampusAmounts& over, double&) {
                       of_campuses(g, over,
                                   [&](CampusId c) { return g.figures[c].teachers_needed; });
                     },
                     {"staff.pupils_per_teacher."})};
}

const std::vector<Figure>& figures() {
  static const std::vector<Figure> kFigures = [] {
    std::vector<Figure> out = figures_of_children();
    for (auto* more :
         {figures_of_long_ways, figures_of_access, figures_of_schools, figures_of_classes})
      for (Figure& f : more()) out.push_back(std::move(f));
    return out;
  }();
  return kFigures;
}

const Figure& figure_named(const std::string& name, bool group) {
  std::vector<std::string> known;
  std::string list;
  for (const Figure& f : figures()) {
    if (group && f.homes != nullptr) continue;
    if (f.about.figure == name) return f;
    known.push_back(f.about.figure);
    list += (list.empty() ? "" : ", ") + f.about.figure;
  }
  std::string near = closest(name, known);
  throw Error(fmt::format("no figure \"{}\"", name), "--figure",
              near.empty() ? "there are " + list : fmt::format("did you mean {}?", near));
}

StageId stage_named(const Place& place, const std::string& code) {
  std::string list;
  for (StageId s : place.stages.ids()) {
    if (place.stages[s].code == code) return s;
    list += (list.empty() ? "" : ", ") + place.stages[s].code;
  }
  if (code.empty() && place.stages.size() == 1) return StageId(0);
  throw Error(code.empty() ? std::string("the place has several stages")
                           : fmt::format("no stage \"{}\"", code),
              "--stage", "there are " + list);
}

std::size_t year_named(const Outcome& outcome, Year wanted) {
  const auto& years = outcome.run.years;
  if (wanted == 0) return years.size() - 1;
  auto found = std::ranges::find(years, wanted, &YearResult::year);
  if (found == years.end())
    throw Error(fmt::format("the run does not reach {}", wanted), "--year",
                fmt::format("it runs from {} to {}", years.front().year, years.back().year));
  return static_cast<std::size_t>(found - years.begin());
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

Ground ground_of(const Outcome& outcome, const GroundQuestion& q) {
  Ground g{outcome, stage_named(outcome.place, q.stage), year_named(outcome, q.year)};
  const Chosen chosen(outcome.place, q);
  for (const Home& h : outcome.place.homes) g.home_in.push_back(chosen.home(h) ? 1 : 0);
  for (const Campus& c : outcome.place.campuses) g.campus_in.push_back(chosen.campus(c) ? 1 : 0);
  if (q.of == GroundQuestion::Of::Group) {
    const Group& group = group_named(outcome.place, q.code);
    const Year year = g.year().year;
    std::ranges::fill(g.campus_in, char{0});
    if (group.core.valid()) g.campus_in[group.core] = 1;
    for (const Tie& t : group.ties)
      if (t.member.valid() && year >= t.since && year <= t.until) g.campus_in[t.member] = 1;
  }
  g.children = children_at_homes(g.result());
  g.catchment_of = catchment_of_homes(outcome.place, g.stage, g.year().year);
  g.figures =
      campus_figures({outcome.place, outcome.travel, g.standards(), nullptr}, g.year(), g.stage);
  return g;
}

void add_rows(std::vector<SourceRow> rows, std::size_t limit, Explanation& out) {
  std::erase_if(rows, [](const SourceRow& r) { return !(r.amount > 0); });
  std::ranges::sort(rows, [](const SourceRow& a, const SourceRow& b) {
    return a.amount != b.amount ? a.amount > b.amount : a.code < b.code;
  });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i < limit) {
      out.rows.push_back(std::move(rows[i]));
      continue;
    }
    ++out.more_rows;
    out.more_amount += rows[i].amount;
  }
}

const char* kind_word(StageKind kind) {
  constexpr const char* kWords[] = {"kindergarten", "primary", "junior", "senior"};
  return kWords[static_cast<int>(kind)];
}

/// A name that ends in a dot is completed by the kind of stage: "radius." + "primary".
void add_standards(const Ground& g, const Figure& figure, Explanation& out) {
  for (std::string name : figure.standards) {
    if (name.ends_with('.')) name += kind_word(g.place().stages[g.stage].kind);
    if (g.standards().all.has(name))
      out.numbers.emplace_back(name, g.standards().all.items().at(name));
  }
}

}  // namespace

const std::vector<Explainable>& ground_figures() {
  static const std::vector<Explainable> kNames = [] {
    std::vector<Explainable> out;
    for (const Figure& f : figures()) out.push_back(f.about);
    return out;
  }();
  return kNames;
}

Explanation explain_ground(const Outcome& outcome, const GroundQuestion& question) {
  const Figure& figure = figure_named(question.figure, question.of == GroundQuestion::Of::Group);
  const Ground g = ground_of(outcome, question);
  Explanation out;
  out.figure = figure.about.figure;
  out.formula = figure.formula;
  out.unit = figure.unit;
  double over = 0.0, under = 0.0;
  const char* row_unit = figure.denominator.en.empty() ? figure.unit : "";
  std::vector<SourceRow> rows;
  if (figure.homes != nullptr) {
    HomeAmounts amounts(g.place().homes.size(), 0.0);
    figure.homes(g, amounts, under);
    for (HomeId h : amounts.ids()) {
      over += amounts[h];
      rows.push_back(
          {g.place().homes[h].source, g.place().homes[h].code, {}, amounts[h], row_unit});
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
  out.value = figure.denominator.en.empty() ? over : under > 0 ? over / under : kNone;
  out.parts.push_back({figure.numerator, over, row_unit});
  if (!figure.denominator.en.empty()) out.parts.push_back({figure.denominator, under, ""});
  add_rows(std::move(rows), question.rows, out);
  add_standards(g, figure, out);
  const Place& place = outcome.place;
  for (const Name& note : {place.travel.note, Name{place.origin_note_zh, place.origin_note_en}})
    if (!note.zh.empty() || !note.en.empty()) out.notes.push_back(note);
  return out;
}

}  // namespace doorstep::session
