// Explanations of pupils who change school, of applications to private schools, and of what a
// campus has for its pupils.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "session/explain/task.h"

namespace doorstep::session {
namespace {

template <auto Member>
double number(const Subject& s) {
  return s.numbers().*Member;
}

void coefficient(const Task& t, const char* name) {
  const auto& all = t.subject.outcome->opened->coefficients.items();
  if (auto found = all.find(name); found != all.end())
    t.out.numbers.emplace_back(name, found->second);
}

/// Who looks again, and how strongly the present school holds.
void transfers(const Task& t) {
  if (t.place().policy.transfers) {
    coefficient(t, "choice.transfer_share");
    coefficient(t, "choice.stay");
  } else {
    t.out.notes.push_back({"政策不允许转学：变动来自撤并、搬家和等待学位者",
                           "the policy has no transfers: pupils move where a campus closes, a "
                           "family moves in, or a seat comes free for who waits"});
  }
}

/// Later grades a year ago and now, which the moves link.
void grades_then_and_now(const Task& t) {
  if (t.subject.year_index == 0) {
    t.out.notes.push_back({"首年没有上一年可比", "the first year has none before it"});
    return;
  }
  const auto& before = t.subject.outcome->run.years[t.subject.year_index - 1]
                           .stages[t.subject.stage]
                           .campuses[t.subject.campus]
                           .by_grade;
  const auto& now = t.subject.numbers().by_grade;
  double then_sum = 0.0, now_sum = 0.0;
  for (std::size_t g = 0; g + 1 < before.size(); ++g) then_sum += before[g];
  for (std::size_t g = 1; g < now.size(); ++g) now_sum += now[g];
  t.part("上年除毕业年级外在校生", "pupils a year ago, the last grade apart", then_sum, "pupils");
  t.part("今年一年级以上在校生", "pupils above the first grade now", now_sum, "pupils");
}

/// Home by home who moved and is counted, and why pupils may move.
template <class Counts>
void add_moves(const Task& t, Counts&& counts) {
  std::map<HomeId, double> by_home;
  for (const PupilMove& m : t.entry->rows.moves)
    if (counts(m)) by_home[m.home] += m.pupils;
  add_rows(t, by_home, "pupils");
  transfers(t);
}

/// Pupils of the moves that count.
template <class Counts>
double moved(const Task& t, Counts&& counts) {
  double sum = 0.0;
  for (const PupilMove& m : t.entry->rows.moves)
    if (counts(m)) sum += m.pupils;
  return sum;
}

void came(const Task& t) {
  t.out.formula = {"一年级以上、上年在别校或没有学位的学生",
                   "pupils above the first grade who a year ago were elsewhere or had no seat"};
  const CampusId here = t.subject.campus;
  t.part("来自别校（再择校）", "from another campus, looking again",
         moved(t, [&](const PupilMove& m) { return m.to == here && m.from.valid(); }), "pupils");
  t.part("原无学位（撤并、迁入、等待）", "had no seat: closed campus, moved in, waiting",
         moved(t, [&](const PupilMove& m) { return m.to == here && !m.from.valid(); }), "pupils");
  grades_then_and_now(t);
  add_moves(t, [&](const PupilMove& m) { return m.to == here; });
}

void left(const Task& t) {
  t.out.formula = {"一年级以上、上年在本校而今年在别校的学生",
                   "pupils above the first grade who were here a year ago and are elsewhere"};
  const CampusId here = t.subject.campus;
  t.part("去别校（再择校）", "to another campus, looking again",
         moved(t, [&](const PupilMove& m) { return m.from == here && m.to.valid(); }), "pupils");
  t.part("本校撤并", "since the campus closed",
         moved(t, [&](const PupilMove& m) { return m.from == here && !m.to.valid(); }), "pupils");
  grades_then_and_now(t);
  add_moves(t, [&](const PupilMove& m) { return m.from == here; });
}

void returned(const Task& t) {
  t.out.formula = {"转入者中家在本学区的学生（回流）",
                   "of those who came by looking again, children of its own catchments (回流)"};
  t.part("转入", "came", t.subject.numbers().came, "pupils");
  t.part("相对质量", "relative quality", t.subject.numbers().quality, "");
  add_moves(t, [&](const PupilMove& m) { return m.returned && m.to == t.subject.campus; });
}

void applied(const Task& t) {
  t.out.formula = {"公民同招：把唯一一次报名给本校的家庭",
                   "families whose one application to a private school goes here"};
  const CampusYear& y = t.subject.numbers();
  t.part("起始年级学位", "seats open to the first grade", y.entry_seats, "seats");
  t.part("录取", "admitted", y.entrants, "pupils");
  if (y.applied > 0)
    t.part("中签率", "share of applications drawn", std::min(1.0, y.entry_seats / y.applied),
           "share");
  t.part("学费", "fee a year", t.subject.given().fee, "currency");
  if (!t.place().policy.private_first)
    t.out.notes.push_back({"政策没有公民同招，没有人报名", "the policy has no private stage"});
  std::map<HomeId, double> by_home;
  for (const Flow& f : t.entry->refusals.applied)
    if (f.campus == t.subject.campus) by_home[t.entry->input.entrants[f.entrants].home] += f.pupils;
  add_rows(t, by_home, "pupils");
  for (const char* name :
       {"choice.p_fee", "choice.public_bonus", "choice.a_quality", "choice.b_distance"})
    coefficient(t, name);
}

template <std::size_t K>
double per_pupil(const Subject& s) {
  const double pupils = s.numbers().enrolment;
  return pupils > 0 ? s.given().stages[s.stage]->resources.at(K) / pupils : std::nan("");
}

template <std::size_t K>
void resource(const Task& t) {
  const Campus& campus = t.subject.given();
  const double amount = campus.stages[t.subject.stage]->resources.at(K);
  if (std::isnan(amount))
    throw Error(fmt::format("{} does not report {}", campus.code, kResourceKinds[K].code),
                "--figure", "name its field under [campuses.stage.resources]");
  t.out.formula = {"全校总量 ÷ 在校生", "what the campus has in all / pupils"};
  t.part_of_rows("总量", "in all", amount, kResourceKinds[K].unit);
  t.part("在校生", "pupils", t.subject.numbers().enrolment, "pupils");
  const bool junior = t.subject.stage_given().kind == StageKind::Junior;
  t.standard(
      fmt::format("quality.least.{}.{}", kResourceKinds[K].code, junior ? "junior" : "primary")
          .c_str());
  t.out.rows.push_back({campus.source, campus.code, campus.name, amount, kResourceKinds[K].unit});
}

template <std::size_t... K>
void add_resources(std::vector<Kind>& out, std::index_sequence<K...>) {
  static const std::array<std::string, sizeof...(K)> kUnits{
      (std::string(kResourceKinds[K].unit) + " a pupil")...};
  (out.push_back({{kResourceKinds[K].code,
                   {"生均" + resource_words(kResourceKinds[K].code).zh,
                    resource_words(kResourceKinds[K].code).en + " a pupil"}},
                  kUnits[K].c_str(),
                  per_pupil<K>,
                  resource<K>}),
   ...);
}

}  // namespace

std::vector<Kind> kinds_of_moves() {
  std::vector<Kind> out{
      {{"came", {"转入", "pupils of later grades who came"}},
       "pupils",
       number<&CampusYear::came>,
       came,
       Needs::Entry},
      {{"left", {"转出", "pupils of later grades who left"}},
       "pupils",
       number<&CampusYear::left>,
       left,
       Needs::Entry},
      {{"returned", {"回流", "of those who came, back at the own catchment's school"}},
       "pupils",
       number<&CampusYear::returned>,
       returned,
       Needs::Entry},
      {{"applied", {"报名", "applications to a private school (公民同招)"}},
       "pupils",
       number<&CampusYear::applied>,
       applied,
       Needs::Refusals}};
  add_resources(out, std::make_index_sequence<kResourceKinds.size()>());
  return out;
}

}  // namespace doorstep::session
