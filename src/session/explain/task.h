#pragma once
// What the explanations of a campus's figures share: the task at hand, rows in order, and how one
// figure is read and explained. Internal to explain.

#include <initializer_list>
#include <map>

#include "session/explain/subject.h"

namespace doorstep::session {

/// What explaining one figure works with.
struct Task {
  const Subject& subject;
  const Witness* entry;  ///< null where the figure needs the run alone
  std::size_t limit;
  Explanation& out;

  void part(const char* zh, const char* en, double value, const char* unit,
            InputRef at = {}) const {
    out.parts.push_back({{zh, en}, value, unit, std::move(at)});
  }
  /// A part that the rows add up to.
  void part_of_rows(const char* zh, const char* en, double value, const char* unit) const {
    out.rows_part = out.parts.size();
    part(zh, en, value, unit);
  }
  void standard(const char* name) const {
    const Coefficients& all = subject.outcome->opened->standards.all;
    if (all.has(name)) out.numbers.emplace_back(name, all.items().at(name));
  }
  [[nodiscard]] const Place& place() const { return subject.outcome->place; }
};

/// The rule of admission with the coefficients that it reads, and the rates of the campus's ties.
void add_rule_numbers(const Task& t);
/// The same for a whole place.
void add_rule_numbers(const Outcome& outcome, Explanation& out);
/// Rates of the forms in which the campus is tied, each form once.
void add_tie_rates(const Task& t, std::initializer_list<const char*> rates);
/// Largest first, ties by code; beyond the limit summed up, so that the rows always add up.
void add_rows(std::vector<SourceRow> rows, std::size_t limit, Explanation& out);
inline void add_rows(const Task& t, std::vector<SourceRow> rows) {
  add_rows(std::move(rows), t.limit, t.out);
}
/// Rows of amounts by home, those of 0 left out.
void add_rows(const Task& t, const std::map<HomeId, double>& by_home, const char* unit);
/// The pupils of the campus, home by home, and the rule that brought them there. With `continuing`
/// those above the first grade.
void add_pupils(const Task& t, bool continuing = false);
/// Where more enter than there are seats open to the first grade: why they do, as a note.
void say_beyond_seats(const Task& t);
/// First-grade children entitled to the campus, home by home. Pre: the task has seen an entry.
[[nodiscard]] std::map<HomeId, double> entitled_by_home(const Task& t);
[[nodiscard]] SourceRow home_row(const Place& place, HomeId home, double amount, const char* unit);

/// "books" in words: 图书, books.
[[nodiscard]] Name resource_words(std::string_view code);

/// A figure with how it is read from a run and how it is explained.
struct Kind {
  Explainable about;
  const char* unit;
  double (*value)(const Subject&);
  void (*explain)(const Task&);
  Needs needs = Needs::Run;
  /// The year whose admission is looked at, where it is another than the one asked for.
  std::size_t (*seen_year)(const Subject&) = nullptr;
};

/// Figures about where a campus's pupils come from and what they need (campus_figures.h).
[[nodiscard]] std::vector<Kind> kinds_of_pupils();
/// Figures about seats and classes: how full a campus is.
[[nodiscard]] std::vector<Kind> kinds_of_crowding();
/// Figures about who changes school, who applies, and what a campus has for its pupils.
[[nodiscard]] std::vector<Kind> kinds_of_moves();

}  // namespace doorstep::session
