#include "session/explain/closure.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "indicators/closure_case.h"
#include "session/edit_words.h"
#include "session/explain/subject.h"

namespace doorstep::session {
namespace {

const ClosureCase& case_of(const std::vector<ClosureCase>& cases, const std::string& campus,
                           StageId stage) {
  for (const ClosureCase& c : cases)
    if (c.edit.campus == campus && c.stage == stage) return c;
  std::string closed;
  for (const ClosureCase& c : cases) closed += (closed.empty() ? "" : ", ") + c.edit.campus;
  throw Error(fmt::format("the scenario does not close {}", campus), "--campus",
              closed.empty() ? "it closes no campus that its baseline has open in a year both reach"
                             : "it closes " + closed);
}

void add_children(const Place& place, const ClosureCase& c, std::size_t limit, Explanation& out) {
  std::map<std::string, HomeId> homes;
  for (HomeId h : place.homes.ids()) homes.emplace(place.homes[h].code, h);
  std::vector<const MovedChildren*> moved;
  for (const MovedChildren& m : c.review.children) moved.push_back(&m);
  std::ranges::stable_sort(
      moved, [](const MovedChildren* x, const MovedChildren* z) { return x->pupils > z->pupils; });
  for (std::size_t i = 0; i < moved.size(); ++i) {
    const MovedChildren& m = *moved[i];
    if (i >= limit) {
      ++out.more_rows;
      out.more_amount += m.pupils;
      continue;
    }
    std::string where = m.campus.empty() ? "-" : m.campus;
    out.rows.push_back({place.homes[homes.at(m.home)].source,
                        fmt::format("{} -> {}, {:.0f} -> {:.0f} min", m.home, where,
                                    m.minutes_before, m.minutes_after),
                        {},
                        m.pupils,
                        "pupils"});
  }
}

}  // namespace

Explanation explain_closure(const Outcome& before, const Outcome& outcome,
                            const CampusQuestion& question) {
  CampusQuestion there = question;
  there.year = 0;
  const Subject subject = find_subject(before, there);
  const Standards& standards = outcome.opened->standards;
  const std::vector<ClosureCase> cases =
      closure_cases({before.place, before.travel, before.run},
                    {outcome.place, outcome.travel, outcome.run}, outcome.scenario, standards);
  const ClosureCase& c = case_of(cases, subject.given().code, subject.stage);
  Explanation out;
  out.code = subject.given().code;
  out.about = subject.given().name;
  out.stage = subject.stage_given().code;
  out.year = c.edit.year;
  out.figure = "closure";
  out.name = {"撤并影响", "closure"};
  out.value = c.review.moved;
  out.unit = "pupils";
  out.formula = {"撤并前在读、撤并后去别处的学生，逐户对照",
                 "pupils there without the closure who are elsewhere with it, home by home"};
  out.parts.push_back({{"撤并前在校生", "pupils before"}, c.pupils_before, "pupils"});
  out.parts.push_back({{"学位", "seats before"}, c.seats_before, "seats"});
  out.parts.push_back({{"原平均路程", "mean way before"}, c.review.minutes_before, "min"});
  out.parts.push_back({{"新平均路程", "mean way after"}, c.review.minutes_after, "min"});
  out.parts.push_back({{"否决理由", "vetoes"}, static_cast<double>(c.review.vetoes.size()), ""});
  add_children(before.place, c, question.rows, out);
  for (const char* name : {"class.large", "travel.long_time", "scale.funded_as"})
    if (standards.all.has(name)) out.numbers.emplace_back(name, standards.all.items().at(name));
  for (std::string_view step : kClosureSteps) {
    const bool open = std::ranges::find(c.open_steps, step) != c.open_steps.end();
    const Name text = closure_step_text(std::string(step));
    out.notes.push_back({fmt::format("程序 {}：{}", text.zh, open ? "未办" : "已办"),
                         fmt::format("procedure, {}: {}", text.en, open ? "not yet" : "done")});
  }
  if (c.edit.opposed) out.notes.push_back({"家长反对", "parents oppose it"});
  for (const Veto& v : c.review.vetoes) {
    const Name text = veto_text(v, outcome.place);
    out.notes.push_back({"否决：" + text.zh, "veto: " + text.en});
  }
  out.edits.push_back(named(Edit(c.edit), edit_names_of(before.place, outcome.scenario)));
  return out;
}

}  // namespace doorstep::session
