#pragma once
// Fits the coefficients of `choice` to observed rounds of a place, and tells how well rounds held
// back are then predicted, beside plain rules that any clerk could use.

#include <string>
#include <vector>

#include "session/calibrate/rounds.h"
#include "session/outcome.h"

namespace doorstep::session {

struct CalibrateOptions {
  /// Coefficients to fit; empty: choice.a_quality, choice.b_distance, and choice.group_bonus where
  /// the place has groups or catchments.
  std::vector<std::string> free;
  /// Also one pull of its own for each observed campus, drawn to 0 by `campus_spread`.
  bool campuses = false;
  /// Standard deviation of the campuses' pulls around 0. Units: utility. Marked as assumed.
  double campus_spread = 1.0;
  /// Schools that the model fills beyond what the last fitted round saw get the seats taken there:
  /// children from outside the place hold the others.
  bool seats_as_taken = false;
  /// Where flows are known, the share of a catchment's children who go to any school seen, whatever
  /// the priorities. Assumed.
  double odd_cases = 0.01;
  std::vector<std::string> hold_out;  ///< labels of rounds not fitted to but predicted
};

/// Sum of |predicted − seen| over the pupils seen, for one round.
struct RoundError {
  std::string label;
  bool held_out = false;
  double before = 0.0;  ///< with the coefficients as they stood
  double after = 0.0;
  /// The plain rules, where they can be had: last year's shares, nearest, catchment, catchment
  /// shifted by last year's difference. NaN where not.
  double last_year = 0.0, nearest = 0.0, catchment = 0.0, catchment_shifted = 0.0;
  ErrorSplit split;  ///< of `after`
};

struct Calibration {
  Fit fit;
  std::vector<CampusPull> pulls;
  std::vector<RoundError> rounds;
  int seats_cut = 0;  ///< campuses whose seats were taken as seen
  /// The coefficients as fitted: value, ± 1.96 standard errors as low and high, source, mark "D".
  Coefficients coefficients;
};

/// Throws: Error where the place has no rounds, a label or coefficient is unknown, or nothing is
/// left to fit to; Cancelled.
[[nodiscard]] Calibration calibrate(const std::shared_ptr<const OpenPlace>& opened,
                                    const CalibrateOptions& options, Progress& progress);

/// As a [coefficients] section for place.toml, with the pulls as a comment table.
[[nodiscard]] std::string calibration_toml(const Calibration& calibration, const Place& place);

}  // namespace doorstep::session
