#pragma once
// A closure as a file that a bureau can decide on: whom it moves and what stands against it
// (closure.h), beside the procedure it has gone through and what kind of school it is.

#include "indicators/campus_figures.h"
#include "indicators/closure.h"
#include "scenario/scenario.h"

namespace doorstep {

struct ClosureCase {
  CloseCampus edit;
  StageId stage;  ///< of B
  Year year = 0;  ///< the first autumn without it that the runs reach
  double pupils_before = 0.0, seats_before = 0.0;  ///< in A in that year
  Scale scale = Scale::None;                       ///< in A in that year
  ClosureReview review;
  std::vector<std::string> open_steps;  ///< steps of the procedure without a date
  /// No veto, not opposed, every step taken: nothing that is known here stands against it.
  [[nodiscard]] bool clear() const {
    return review.vetoes.empty() && !edit.opposed && open_steps.empty();
  }
};

/// One side: a place with its run.
struct RunOfPlace {
  const Place& place;
  const TravelTable& travel;
  const RunResult& run;
};

/// Every closure among the edits of B, stage by stage, held against A, which has the campus open;
/// closures that the runs do not reach, or that A makes too, are left out. Ordered by year, then
/// campus. Pre: runs of the same stages. Throws: Error naming a missing standard.
[[nodiscard]] std::vector<ClosureCase> closure_cases(const RunOfPlace& a, const RunOfPlace& b,
                                                     const Scenario& scenario,
                                                     const Standards& standards);

/// A veto in words, in both languages.
[[nodiscard]] Name veto_text(const Veto& veto);
/// The same with the campus of a large class by its name in `place`.
[[nodiscard]] Name veto_text(const Veto& veto, const Place& place);
[[nodiscard]] const char* veto_kind_name(Veto::Kind kind);
/// 论证, 公示, 听证, 报批 and what they are called in English.
[[nodiscard]] Name closure_step_text(const std::string& step);

}  // namespace doorstep
