#pragma once
// One stage and year put together from admissions that are kept up to date elsewhere, while a
// planner tries an edit: what campuses offer under the edit, and what a run would report. Decides
// nothing of its own; every figure is made by the functions that a run uses.

#include <vector>

#include "simulate/simulate.h"

namespace doorstep {

/// The stage and year that is looked at. Refers to data that outlives it.
struct YearScope {
  const Place& place;  ///< with its edits
  const TravelTable& travel;
  const Coefficients& coefficients;
  const GroupForms& forms;
  StageId stage;
  Year first = 0;  ///< of the run
  Year year = 0;
  uint64_t seed = 1;
};

/// Who asked, and what was decided.
struct AdmittedRows {
  const std::vector<Entrants>* rows = nullptr;
  const Admission* admission = nullptr;
};

/// What campuses offer to a grade above the first in the first year.
[[nodiscard]] IdVector<CampusId, Offer> older_grade_offers(const YearScope& scope, int grade);
/// What campuses offer to the first grade, with `continuing` pupils in the grades above it.
[[nodiscard]] IdVector<CampusId, Offer> entry_offers(const YearScope& scope,
                                                     const IdVector<CampusId, double>& continuing);

/// Pupils at each campus after some admissions.
[[nodiscard]] IdVector<CampusId, double> admitted_by(const std::vector<AdmittedRows>& grades,
                                                     std::size_t campuses);

/// The first year of a run: `grades` from the first grade up, all of them.
[[nodiscard]] StageYear first_year_of(const YearScope& scope,
                                      const std::vector<AdmittedRows>& grades,
                                      const IdVector<CampusId, Offer>& entry);
/// A later year: that of the run without the edit, with another entry to the first grade in the
/// place of the run's. Older pupils stay where the run has them.
[[nodiscard]] StageYear later_year_of(const YearScope& scope, const StageYear& run,
                                      const AdmittedRows& before, const AdmittedRows& now,
                                      const IdVector<CampusId, Offer>& entry);

}  // namespace doorstep
