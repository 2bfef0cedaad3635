#include "indicators/closure_case.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/procedure.h"

namespace doorstep {
namespace {

const YearResult* year_of(const RunResult& run, Year year) {
  auto found = std::ranges::find(run.years, year, &YearResult::year);
  return found == run.years.end() ? nullptr : &*found;
}

std::vector<std::string> open_steps(const CloseCampus& edit) {
  std::vector<std::string> out;
  for (std::string_view step : kClosureSteps)
    if (step_taken(edit, step).empty()) out.emplace_back(step);
  return out;
}

}  // namespace

std::vector<ClosureCase> closure_cases(const RunOfPlace& a, const RunOfPlace& b,
                                       const Scenario& scenario, const Standards& standards) {
  std::vector<ClosureCase> out;
  for (const Edit& edit : scenario.edits) {
    const auto* close = std::get_if<CloseCampus>(&edit);
    if (close == nullptr || b.run.years.empty()) continue;
    const Year year = std::max(close->year, b.run.years.front().year);
    const YearResult* before = year_of(a.run, year);
    const YearResult* after = year_of(b.run, year);
    const CampusId closed = find_campus(a.place, close->campus);
    if (before == nullptr || after == nullptr || !closed.valid()) continue;
    FiguresInput input{a.place, a.travel, standards, nullptr};
    for (StageId s : a.place.stages.ids()) {
      const CampusYear& was = before->stages[s].campuses[closed];
      if (!was.open) continue;
      ClosureCase one{*close, s, year, was.enrolment, was.seats};
      one.scale = campus_figures(input, *before, s)[closed].scale;
      one.review = review_closure(a.place, a.travel, before->stages[s], b.place, b.travel,
                                  after->stages[s], s, close->campus, standards);
      one.open_steps = open_steps(*close);
      out.push_back(std::move(one));
    }
  }
  std::ranges::stable_sort(out, [](const ClosureCase& x, const ClosureCase& y) {
    return std::pair(x.year, x.edit.campus) < std::pair(y.year, y.edit.campus);
  });
  return out;
}

Name veto_text(const Veto& v) {
  switch (v.kind) {
    case Veto::Kind::LargeClass:
      return {
          fmt::format("{} 出现大班额：平均 {:.0f} 人（界限 {:.0f}）", v.where, v.value, v.limit),
          fmt::format("{} gets a large class: {:.0f} on average (limit {:.0f})", v.where, v.value,
                      v.limit)};
    case Veto::Kind::LongWay:
      return {fmt::format("{} 上学 {:.0f} 分钟，超过 {:.0f} 分钟", v.where, v.value, v.limit),
              fmt::format("{} travels {:.0f} min, beyond {:.0f}", v.where, v.value, v.limit)};
    case Veto::Kind::NoSeat:
      return {fmt::format("{} 有 {:.1f} 人没有学位", v.where, v.value),
              fmt::format("{}: {:.1f} pupils without a seat", v.where, v.value)};
  }
  return {};
}

Name veto_text(const Veto& v, const Place& place) {
  const CampusId campus =
      v.kind == Veto::Kind::LargeClass ? find_campus(place, v.where) : CampusId();
  if (!campus.valid()) return veto_text(v);
  const Name& name = place.campuses[campus].name;
  Veto zh = v, en = v;
  zh.where = name.in_chinese();
  en.where = name.in_english();
  return {veto_text(zh).zh, veto_text(en).en};
}

const char* veto_kind_name(Veto::Kind kind) {
  switch (kind) {
    case Veto::Kind::LargeClass:
      return "large_class";
    case Veto::Kind::LongWay:
      return "long_way";
    case Veto::Kind::NoSeat:
      return "no_seat";
  }
  return "";
}

Name closure_step_text(const std::string& step) {
  if (step == "appraisal") return {"论证", "appraisal"};
  if (step == "notice") return {"公示", "public notice"};
  if (step == "hearing") return {"听证", "hearing"};
  if (step == "approval") return {"报批", "approval"};
  return {step, step};
}

}  // namespace doorstep
