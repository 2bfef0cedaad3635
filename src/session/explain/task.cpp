#include "session/explain/task.h"

#include <algorithm>
#include <array>

namespace doorstep::session {

void add_rule_numbers(const Task& t) {
  const Rule rule = t.place().policy.rule;
  t.out.rule = rule_name(rule);
  if (rule != Rule::Choice && rule != Rule::Micro) return;
  for (const auto& [name, c] : t.subject.outcome->opened->coefficients.items())
    if (name.starts_with("choice.") && c.mark != "numerical") t.out.numbers.emplace_back(name, c);
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
