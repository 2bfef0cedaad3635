#pragma once
// The campus, stage and year that a question is about, found in an outcome, and the admission that
// was held there. Internal to explain.

#include <memory>

#include "assign/refusals.h"
#include "session/explain/explain.h"

namespace doorstep::session {

/// One entry admission with what it was decided from, and what is known of the year row by row.
struct Witness {
  AdmissionInput input;
  Admission admission;
  Refusals refusals;  ///< where asked for
  StageRows rows;
};
/// What of a year a figure is explained from, beyond the figures of the run.
enum class Needs { Run, Entry, Refusals };

struct Subject {
  const Outcome* outcome = nullptr;
  CampusId campus;
  StageId stage;
  std::size_t year_index = 0;

  [[nodiscard]] Year year() const { return outcome->run.years[year_index].year; }
  [[nodiscard]] const StageYear& result() const {
    return outcome->run.years[year_index].stages[stage];
  }
  [[nodiscard]] const CampusYear& numbers() const { return result().campuses[campus]; }
  [[nodiscard]] const CampusIndicators& meaning() const {
    return outcome->indicators[year_index].stages[stage].campuses[campus];
  }
  [[nodiscard]] const Campus& given() const { return outcome->place.campuses[campus]; }
  [[nodiscard]] const Stage& stage_given() const { return outcome->place.stages[stage]; }
};

/// Where a year stands in the run; 0 asks for `otherwise`. Pre: the run has a year.
/// Throws: Error naming the first and the last.
[[nodiscard]] std::size_t year_named(const Outcome& outcome, Year wanted, Year otherwise);

/// Throws: Error naming the nearest campus, the stages or the years there are.
[[nodiscard]] Subject find_subject(const Outcome& outcome, const CampusQuestion& question);

/// Runs again up to the year and keeps the entry admission of the stage, with the rows of pupils
/// and of moves. Throws: Cancelled.
[[nodiscard]] std::unique_ptr<Witness> witness_entry(const Subject& subject, Needs needs,
                                                     Progress& progress);

}  // namespace doorstep::session
