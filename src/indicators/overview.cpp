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

void OverviewByYear::add(const YearResult& year, const YearIndicators& meaning) {
  const FiguresInput input{place_, travel_, standards_, crossings_};
  IdVector<StageId, StageFigures> stages(place_.stages.size());
  for (StageId s : place_.stages.ids()) {
    const StageYear& result = year.stages[s];
    StageFigures& one = stages[s];
    one.campuses = campus_figures(input, year, s);
    one.territories = territory_figures(input, year, s, meaning.stages[s], one.campuses);
    one.access_below_half =
        two_step_access(travel_, result, children_at_homes(result), standards_.long_time)
            .share_below_half;
    one.groups = group_figures(place_, year, s, meaning.stages[s]);
    one.coverage = group_coverage(place_, s, year.year, result);
    one.review = review_stage(place_, s, result, standards_.all);
    one.mean_quality = mean_quality(result);
  }
  out_.years.push_back(std::move(stages));
}

Overview OverviewByYear::finish(const RunResult& run,
                                const std::vector<YearIndicators>& meaning) && {
  out_.crossings_known = crossings_ != nullptr;
  for (StageId s : place_.stages.ids()) {
    out_.outlook.push_back(
        outlook(meaning, run, s, years_ahead(place_.stages[s].kind, standards_.all)));
    out_.after_peak.push_back(seats_after_peak(run, s));
  }
  return std::move(out_);
}

Overview overview_of(const Place& place, const TravelTable& travel, const RunResult& run,
                     const std::vector<YearIndicators>& meaning, const Standards& standards,
                     Progress& progress) {
  std::optional<WayCrossings> crossings = WayCrossings::of(place, travel, run, progress);
  OverviewByYear out(place, travel, standards, crossings ? &*crossings : nullptr);
  for (std::size_t y = 0; y < run.years.size(); ++y) {
    progress.step("figures of towns and groups",
                  static_cast<double>(y) / static_cast<double>(run.years.size()));
    out.add(run.years[y], meaning[y]);
  }
  return std::move(out).finish(run, meaning);
}

}  // namespace doorstep
