#include "indicators/overview.h"

#include "base/error.h"
#include "indicators/access.h"
#include "indicators/disruption.h"
#include "indicators/standard.h"

namespace doorstep {

int years_ahead(StageKind kind, const Coefficients& standards) {
  const char* name =
      kind == StageKind::Primary ? "warning.years_ahead_primary" : "warning.years_ahead_other";
  return static_cast<int>(standard(standards, name));
}

Overview overview_of(const Place& place, const TravelTable& travel, const RunResult& run,
                     const std::vector<YearIndicators>& meaning, const Standards& standards,
                     Progress& progress) {
  Overview out;
  std::optional<WayCrossings> crossings = WayCrossings::of(place, travel, run, progress);
  out.crossings_known = crossings.has_value();
  FiguresInput input{place, travel, standards, crossings ? &*crossings : nullptr};
  for (std::size_t y = 0; y < run.years.size(); ++y) {
    const YearResult& year = run.years[y];
    progress.step("figures of towns and groups",
                  static_cast<double>(y) / static_cast<double>(run.years.size()));
    IdVector<StageId, StageFigures> stages(place.stages.size());
    for (StageId s : place.stages.ids()) {
      const StageYear& result = year.stages[s];
      StageFigures& one = stages[s];
      one.campuses = campus_figures(input, year, s);
      one.territories = territory_figures(input, year, s, meaning[y].stages[s], one.campuses);
      one.access_below_half =
          two_step_access(travel, result, children_at_homes(result), standards.long_time)
              .share_below_half;
      one.groups = group_figures(place, year, s, meaning[y].stages[s]);
      one.coverage = group_coverage(place, s, year.year, result);
      one.review = review_stage(place, s, result, standards.all);
      one.mean_quality = mean_quality(result);
    }
    out.years.push_back(std::move(stages));
  }
  for (StageId s : place.stages.ids()) {
    out.outlook.push_back(
        outlook(meaning, run, s, years_ahead(place.stages[s].kind, standards.all)));
    out.after_peak.push_back(seats_after_peak(run, s));
  }
  return out;
}

}  // namespace doorstep
