#pragma once
// Where a figure comes from: the rows of the input, the rule, the coefficients with their sources,
// and the way from them to the number. Every explanation adds up to the figure it explains.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "session/outcome.h"

namespace doorstep::session {

/// A number on the way to the figure.
struct Part {
  Name name;
  double value = 0.0;
  std::string unit;
  InputRef at;  ///< the row of the input that says so; no file: it is worked out
};

/// A row of the input and what it contributes.
struct SourceRow {
  InputRef at;
  std::string code;
  Name name;
  double amount = 0.0;
  std::string unit;
};

struct Explanation {
  std::string code;  ///< of the campus, town, district or group; of the place for the whole
  Name about;        ///< its name
  std::string stage;
  Year year = 0;
  std::string figure;  ///< "utilisation"
  Name name;           ///< in words
  double value = 0.0;
  std::string unit;
  Name formula;  ///< how the parts make the value
  std::vector<Part> parts;
  std::vector<SourceRow> rows;  ///< largest amount first; those beyond the limit summed up below
  std::size_t more_rows = 0;
  double more_amount = 0.0;
  std::optional<std::size_t> rows_part;  ///< the part that the rows add up to; none: the figure
  std::string rule;
  std::vector<std::pair<std::string, Coefficient>> numbers;  ///< coefficients and standards used
  std::vector<Name> edits;  ///< of the scenario, that touch this campus
  std::vector<Name> notes;
};

struct CampusQuestion {
  std::string campus;  ///< code
  std::string stage;   ///< code; "" the campus's only stage
  Year year = 0;       ///< 0: the last year of the run
  std::string figure;
  std::size_t rows = 10;  ///< at most this many rows one by one
};

/// What the rows of an explanation add up to, shown or not.
[[nodiscard]] double sum_of_rows(const Explanation& e);

/// Figures that can be asked for a campus, with what each says.
struct Explainable {
  std::string figure;
  Name meaning;
};
[[nodiscard]] const std::vector<Explainable>& explainable_figures();

/// The stage of a code; "" the only one of the place. Throws: Error naming the stages there are.
[[nodiscard]] StageId stage_named(const Place& place, const std::string& code);

/// Pre: `outcome` is of all stages. Throws: Error naming an unknown campus, stage, year or figure
/// and what there is; Cancelled. Cost: one run more for figures of the entry admission.
[[nodiscard]] Explanation explain_campus(const Outcome& outcome, const CampusQuestion& question,
                                         Progress& progress);

}  // namespace doorstep::session
