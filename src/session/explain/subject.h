#pragma once
// The campus, stage and year that a question is about, found in an outcome, and the admission that
// was held there. Internal to explain.

#include <memory>

#include "session/explain/explain.h"

namespace doorstep::session {

/// One entry admission with what it was decided from.
struct Witness {
  AdmissionInput input;
  Admission admission;
};

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

/// Throws: Error naming the nearest campus, the stages or the years there are.
[[nodiscard]] Subject find_subject(const Outcome& outcome, const CampusQuestion& question);

/// Runs again up to the year and keeps the entry admission of the stage. Throws: Cancelled.
[[nodiscard]] std::unique_ptr<Witness> witness_entry(const Subject& subject, Progress& progress);

}  // namespace doorstep::session
