#pragma once
// What lies ahead of one campus: in which year it turns yellow and red, and when its large classes
// are gone. From a run of several years.

#include <optional>
#include <vector>

#include "indicators/indicators.h"

namespace doorstep {

struct CampusOutlook {
  std::optional<Year> first_yellow;
  std::optional<Year> first_red;
  /// Red within `years_ahead` of the first year: a warning to be given now.
  bool warn_now = false;
  std::optional<Year> last_large_class;  ///< latest year with a class of 56 and more
  double most_pupils = 0.0;
  Year most_pupils_in = 0;
  double empty_seats_at_end = 0.0;  ///< seats without a pupil in the last year
};

/// Pre: `years` and `run` are of one run, in order of years, not empty.
/// Source: 浙教基〔2018〕100号: primary schools are warned three years ahead.
[[nodiscard]] IdVector<CampusId, CampusOutlook> outlook(const std::vector<YearIndicators>& years,
                                                        const RunResult& run, StageId stage,
                                                        int years_ahead);

/// Seats of a stage that stand empty in the last year though its peak filled them: how many were
/// built for the peak alone. Units: seats.
struct SeatsAfterPeak {
  Year peak = 0;
  double pupils_at_peak = 0.0;
  double seats_at_end = 0.0;
  double empty_at_end = 0.0;
};
[[nodiscard]] SeatsAfterPeak seats_after_peak(const RunResult& run, StageId stage);

}  // namespace doorstep
