#pragma once
// What the explanations of a campus's figures share: the task at hand, rows in order, and how one
// figure is read and explained. Internal to explain.

#include "session/explain/subject.h"

namespace doorstep::session {

/// What explaining one figure works with.
struct Task {
  const Subject& subject;
  const Witness* entry;  ///< null where the figure does not need it
  std::size_t limit;
  Explanation& out;

  void part(const char* zh, const char* en, double value, const char* unit) const {
    out.parts.push_back({{zh, en}, value, unit});
  }
  void standard(const char* name) const {
    const Coefficients& all = subject.outcome->opened->standards.all;
    if (all.has(name)) out.numbers.emplace_back(name, all.items().at(name));
  }
  [[nodiscard]] const Place& place() const { return subject.outcome->place; }
};

/// Coefficients that the place's rule reads.
void add_rule_numbers(const Task& t);
/// Largest first, ties by code; beyond the limit summed up, so that the rows always add up.
void add_rows(std::vector<SourceRow> rows, std::size_t limit, Explanation& out);
inline void add_rows(const Task& t, std::vector<SourceRow> rows) {
  add_rows(std::move(rows), t.limit, t.out);
}
[[nodiscard]] SourceRow home_row(const Place& place, HomeId home, double amount, const char* unit);

/// "books" in words: 图书, books.
[[nodiscard]] Name resource_words(std::string_view code);

/// A figure with how it is read from a run and how it is explained.
struct Kind {
  Explainable about;
  const char* unit;
  double (*value)(const Subject&);
  void (*explain)(const Task&);
  bool needs_entry = false;
};

/// Figures about where a campus's pupils come from and what they need (campus_figures.h).
[[nodiscard]] std::vector<Kind> kinds_of_pupils();
/// Figures about who changes school, who applies, and what a campus has for its pupils.
[[nodiscard]] std::vector<Kind> kinds_of_moves();

}  // namespace doorstep::session
