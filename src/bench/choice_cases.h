#pragma once
// What the benchmark of `choice` runs on: a city's homes and campuses as one admission, and a
// million pupils with lists for deferred acceptance.

#include "assign/assign.h"
#include "assign/nearest_live.h"
#include "bench/bench.h"
#include "bench/cities.h"
#include "network/home_sweep.h"

namespace doorstep::bench {

/// A city as an admission: two household classes at each home, each home in the catchment of its
/// nearest campus (which diverts), choice sets of about sixteen campuses by a limit of minutes.
class ChoiceTown {
 public:
  ChoiceTown(const City& city, const HomeSweep& sweep);
  /// Refers to this town. Seats are those of the city.
  [[nodiscard]] AdmissionInput admission(Rule rule) const;
  [[nodiscard]] double max_minutes() const { return max_minutes_; }

 private:
  void settle(const City& city);
  void find_limit();

  Place place_;
  TravelTable travel_;
  Coefficients coefficients_;
  std::vector<Entrants> entrants_;
  IdVector<CampusId, Offer> offers_;
  IdVector<HomeId, CatchmentId> catchment_of_;
  double max_minutes_ = 0.0;
};

/// Whether every home goes where a search over all campuses sends it, moved ones where they are.
[[nodiscard]] bool nearest_as_cold(const NearestLive& live, const AdmissionInput& input,
                                   Progress& progress);

/// Pupil by pupil: a million of them, a thousand schools, lists of twelve, three tiers.
[[nodiscard]] Report lottery_report(const Request& request);

}  // namespace doorstep::bench
