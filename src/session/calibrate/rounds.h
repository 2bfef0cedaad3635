#pragma once
// Observed rounds of a place and what a run says of them: by campus, and where the source tells it
// by the catchment that children live in. Internal to calibrate.

#include <vector>

#include "session/calibrate/fisher.h"
#include "session/outcome.h"

namespace doorstep::session {

/// A pull of one campus's own beside its quality.
struct CampusPull {
  std::string campus;  ///< code
  double brand = 0.0;  ///< added to the pull of its name. Units: utility
};

class Rounds {
 public:
  /// Rounds with pupils, by year. `odd_cases`: the share of a catchment's children who go to any
  /// school seen, for reasons that no priority tells (siblings, special needs, appeals); without it
  /// one child at a school that its catchment cannot reach would make every model impossible.
  /// Throws: Error where the place has no rounds.
  explicit Rounds(const Place& place, double odd_cases = 0.0);

  [[nodiscard]] const std::vector<const Observation*>& all() const { return seen_; }
  [[nodiscard]] Year last_year() const { return seen_.back()->year; }
  [[nodiscard]] std::string labels() const;

  /// What is fitted to: one multinomial a catchment where flows are known, else one over campuses.
  [[nodiscard]] std::vector<CountRound> counts(const Observation& o) const;
  /// The same of a run; zeros where the run does not reach the year.
  [[nodiscard]] Predicted predicted(const RunResult& run, const Observation& o) const;
  /// Entrants at the campuses of a round.
  [[nodiscard]] static std::vector<double> entrants(const RunResult& run, const Observation& o);
  [[nodiscard]] const Place& place() const { return place_; }

 private:
  const Place& place_;
  double odd_cases_;
  std::vector<const Observation*> seen_;
};

/// Catchments named by an observation's flows, each once, in order of id.
[[nodiscard]] std::vector<CatchmentId> catchments_of(const Observation& o);

/// Sum of |predicted − seen| over the pupils seen.
[[nodiscard]] double error_of(const std::vector<double>& predicted, const Observation& o);

/// The run of a place under some coefficients and pulls, up to the last round.
class Runner {
 public:
  Runner(const OpenPlace& opened, Year last);
  [[nodiscard]] RunResult run(const Coefficients& coefficients,
                              const std::vector<CampusPull>& pulls, Rule rule) const;
  /// The same on a changed place of the same shape (its entrants or seats).
  [[nodiscard]] RunResult run_on(Place place, const Coefficients& coefficients,
                                 const std::vector<CampusPull>& pulls, Rule rule) const;
  [[nodiscard]] const Place& place() const { return place_; }

  /// Campuses that the model fills beyond what a round saw get the seats that were taken there, in
  /// proportion in all years: the rest is held by children whom the place does not know. A campus
  /// seen less than 85 % full was not full: there families chose otherwise. Repeated until none is
  /// left. Returns how many were cut.
  int take_seats_as_seen(const Observation& o, const Coefficients& coefficients,
                         const std::vector<CampusPull>& pulls);

 private:
  const OpenPlace& opened_;
  Place place_;  ///< as opened, with seats as taken
  RunOptions options_;
};

/// What the error of a round is made of, found by mending one thing after the other: the children
/// of each catchment (of the whole where flows are not known) as they were seen, then the seats of
/// schools that the model fills as they were seen. Each is what mending it takes away; choice is
/// what is left. A part may be below 0, where two mistakes hid one another.
struct ErrorSplit {
  double demand = 0.0, capacity = 0.0, choice = 0.0;
};
[[nodiscard]] ErrorSplit split_error(const Runner& runner, const Rounds& rounds,
                                     const Observation& o, const Coefficients& coefficients,
                                     const std::vector<CampusPull>& pulls);

}  // namespace doorstep::session
