#pragma once
// Everything that outputs show of a run beside the yearly indicators: campuses, ground, groups,
// reviews and outlook, computed once for all files that need it.

#include "indicators/equity.h"
#include "indicators/group_figures.h"
#include "indicators/outlook.h"
#include "indicators/review.h"
#include "indicators/territory.h"

namespace doorstep {

struct StageFigures {
  IdVector<CampusId, CampusFigures> campuses;
  std::vector<TerritoryFigures> territories;  ///< the whole place first
  double access_below_half = 0.0;  ///< share of children with less than half the mean access
  std::vector<GroupFigures> groups;
  GroupCoverage coverage;
  StageReview review;
  double mean_quality = 0.0;  ///< over placed pupils
};

struct Overview {
  std::vector<IdVector<StageId, StageFigures>> years;  ///< as the run's
  IdVector<StageId, IdVector<CampusId, CampusOutlook>> outlook;
  IdVector<StageId, SeatsAfterPeak> after_peak;
  bool crossings_known = false;
};

/// How many years ahead a stage is warned. Source: warning.years_ahead_* of standards.toml.
[[nodiscard]] int years_ahead(StageKind kind, const Coefficients& standards);

/// The same one year at a time while a run goes on, for runs whose flows do not all fit in memory.
class OverviewByYear {
 public:
  /// All outlive it. `crossings` may be null.
  OverviewByYear(const Place& place, const TravelTable& travel, const Standards& standards,
                 const WayCrossings* crossings = nullptr)
      : place_(place), travel_(travel), standards_(standards), crossings_(crossings) {}

  /// The next year. Pre: it has its flows; `meaning` is of the same year, with all stages.
  /// Cost: homes × open campuses a stage. Throws: Error naming a missing standard.
  void add(const YearResult& year, const YearIndicators& meaning);
  /// Pre: every year of `run` was added.
  [[nodiscard]] Overview finish(const RunResult& run,
                                const std::vector<YearIndicators>& meaning) &&;

 private:
  const Place& place_;
  const TravelTable& travel_;
  const Standards& standards_;
  const WayCrossings* crossings_;
  Overview out_;
};

/// Pre: `meaning` is measure() of the same run, with all stages.
/// Cost: homes × open campuses a stage and year; with streets one search a campus besides.
/// Throws: Error naming a missing standard, Cancelled.
[[nodiscard]] Overview overview_of(const Place& place, const TravelTable& travel,
                                   const RunResult& run, const std::vector<YearIndicators>& meaning,
                                   const Standards& standards, Progress& progress);

}  // namespace doorstep
