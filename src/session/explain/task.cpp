#include "session/explain/task.h"

#include <algorithm>

namespace doorstep::session {

void add_rule_numbers(const Task& t) {
  const Rule rule = t.place().policy.rule;
  t.out.rule = rule_name(rule);
  if (rule != Rule::Choice && rule != Rule::Micro) return;
  for (const auto& [name, c] : t.subject.outcome->opened->coefficients.items())
    if (name.starts_with("choice.") && c.mark != "numerical") t.out.numbers.emplace_back(name, c);
}

void add_rows(const Task& t, std::vector<SourceRow> rows) {
  std::erase_if(rows, [](const SourceRow& r) { return !(r.amount > 0); });
  std::ranges::sort(rows, [](const SourceRow& a, const SourceRow& b) {
    return a.amount != b.amount ? a.amount > b.amount : a.code < b.code;
  });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i < t.limit) {
      t.out.rows.push_back(std::move(rows[i]));
      continue;
    }
    ++t.out.more_rows;
    t.out.more_amount += rows[i].amount;
  }
}

SourceRow home_row(const Place& place, HomeId home, double amount, const char* unit) {
  const Home& h = place.homes[home];
  return {h.source, h.code, {}, amount, unit};
}

}  // namespace doorstep::session
