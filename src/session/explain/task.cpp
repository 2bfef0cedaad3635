#include "session/explain/task.h"

#include <algorithm>
#include <array>
#include <set>

#include "assign/eligibility.h"

namespace doorstep::session {

void add_rule_numbers(const Outcome& outcome, Explanation& out) {
  const Rule rule = outcome.place.policy.rule;
  out.rule = rule_name(rule);
  if (rule != Rule::Choice && rule != Rule::Micro) return;
  for (const auto& [name, c] : outcome.opened->coefficients.items())
    if (name.starts_with("choice.") && c.mark != "numerical") out.numbers.emplace_back(name, c);
}

void add_rule_numbers(const Task& t) {
  add_rule_numbers(*t.subject.outcome, t.out);
  if (t.out.numbers.empty()) return;  // the rule knows no pull
  add_tie_rates(t, {"brand_share", "phase_in_years", "crowding", "free_members"});
}

void add_tie_rates(const Task& t, std::initializer_list<const char*> rates) {
  const GroupForms& forms = t.subject.outcome->opened->forms;
  std::set<std::string> told;
  for (const Group& g : t.place().groups)
    for (const Tie& tie : g.ties) {
      if (tie.member != t.subject.campus && g.core != t.subject.campus) continue;
      const auto form = forms.find(tie.form);
      if (form == forms.end() || !told.insert(tie.form).second) continue;
      for (const char* rate : rates)
        if (form->second.has(rate))
          t.out.numbers.emplace_back(tie.form + "." + rate, form->second.items().at(rate));
    }
}

void add_rows(const Task& t, const std::map<HomeId, double>& by_home, const char* unit) {
  std::vector<SourceRow> rows;
  for (const auto& [home, amount] : by_home)
    rows.push_back(home_row(t.place(), home, amount, unit));
  add_rows(t, std::move(rows));
}

void add_pupils(const Task& t, bool continuing) {
  std::map<HomeId, double> by_home;
  for (const PupilFlow& f : t.subject.result().flows)
    if (f.campus == t.subject.campus) by_home[f.home] += f.pupils;
  if (continuing)
    for (const PupilFlow& f : t.subject.result().first_grade)
      if (f.campus == t.subject.campus) by_home[f.home] -= f.pupils;
  // What is left of a home whose every pupil is in the first grade is rounding.
  std::erase_if(by_home, [](const auto& row) { return !(row.second > 1e-12); });
  add_rows(t, by_home, "pupils");
  add_rule_numbers(t);
}

std::map<HomeId, double> entitled_by_home(const Task& t) {
  const AdmissionInput& input = t.entry->input;
  std::map<HomeId, double> by_home;
  for (const Entrants& row : input.entrants) {
    const std::vector<CampusId> serving = serving_campuses(input, row.home);
    if (std::ranges::find(serving, t.subject.campus) == serving.end()) continue;
    double all = 0.0;
    for (CampusId c : serving) all += input.offers[c].seats;
    by_home[row.home] += row.pupils * (all > 0 ? input.offers[t.subject.campus].seats / all
                                               : 1.0 / static_cast<double>(serving.size()));
  }
  return by_home;
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

Name resource_words(std::string_view code) {
  // In the order of kResourceKinds.
  static const std::array<Name, kResourceKinds.size()> kWords{
      {{"教学及辅助用房面积", "teaching rooms"},
       {"体育运动场馆面积", "sports area"},
       {"教学仪器设备值", "equipment"},
       {"计算机", "computers"},
       {"图书", "books"},
       {"专任教师", "teachers"},
       {"高于规定学历教师", "teachers with a higher degree"},
       {"中级及以上职称教师", "teachers with a middle title"},
       {"县级以上骨干教师", "backbone teachers"},
       {"体育、艺术专任教师", "PE and arts teachers"},
       {"网络多媒体教室", "multimedia rooms"},
       {"寄宿床位", "boarding beds"}}};
  for (std::size_t k = 0; k < kResourceKinds.size(); ++k)
    if (code == kResourceKinds[k].code) return kWords[k];
  return {std::string(code), std::string(code)};
}

SourceRow home_row(const Place& place, HomeId home, double amount, const char* unit) {
  const Home& h = place.homes[home];
  return {h.source, h.code, {}, amount, unit};
}

}  // namespace doorstep::session
