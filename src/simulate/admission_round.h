#pragma once
// One year's admissions: what campuses offer, entry to the first grade, and seats left in later
// grades for those who wait. Internal to `simulate`.

#include <algorithm>

#include "simulate/carry_over.h"

namespace doorstep {

/// What holds for all admissions of one year. Refers to data that outlives it.
struct RoundContext {
  const Place& place;
  const TravelTable& travel;
  const Coefficients& coefficients;
  uint64_t seed;
  Year year;
  const IdVector<CampusId, Standing>& standing;
};

/// Stage seats of a campus in a year; 0 where it does not teach the stage or is closed.
[[nodiscard]] double stage_seats(const Place& place, CampusId campus, StageId stage, Year year);
/// Planned intake of the first grade: as given, else seats / grades.
[[nodiscard]] double planned_intake(const Place& place, CampusId campus, StageId stage, Year year);
/// Pupils at each campus in grades from `first` up.
[[nodiscard]] IdVector<CampusId, double> enrolled(const StageState& state, std::size_t first,
                                                  std::size_t campuses);

/// Seats that campuses offer in one grade. A campus may be open and have none left.
struct GradeOffer {
  IdVector<CampusId, double> seats;
  IdVector<CampusId, char> open;
  explicit GradeOffer(std::size_t campuses) : seats(campuses, 0.0), open(campuses, 0) {}
  void give(CampusId c, double n) {
    seats[c] = n;
    open[c] = 1;
  }
  [[nodiscard]] bool any() const {
    return std::ranges::any_of(open, [](char o) { return o != 0; });
  }
};

/// What one admission under `policy` is decided from. `catchment_of` may be empty where the rule
/// needs none.
[[nodiscard]] AdmissionInput admission_input(const RoundContext& context, StageId stage,
                                             const Policy& policy, std::vector<Entrants> entrants,
                                             const GradeOffer& offer,
                                             const IdVector<HomeId, CatchmentId>& catchment_of);
/// The cohort that an admission makes of its entrants; `size`, counted apart, is left at 0.
[[nodiscard]] Cohort cohort_of(const std::vector<Entrants>& entrants, const Admission& admission);
/// Who waits in grades above the first goes by least travel over seats left in the grade.
void place_waiting(const RoundContext& context, StageId stage, StageState& state,
                   Progress& progress);
/// Whether a campus has this grade yet: one that fills up from the first grade gets one a year.
[[nodiscard]] bool has_grade(const Campus& campus, int grade, Year year);

}  // namespace doorstep
