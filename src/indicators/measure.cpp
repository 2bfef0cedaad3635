#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "base/error.h"
#include "indicators/classes.h"
#include "indicators/indicators.h"
#include "indicators/travel_figures.h"
#include "network/parallel.h"

namespace doorstep {
namespace {

/// Everything of one stage and year at hand.
struct StageView {
  const Place& place;
  const TravelTable& travel;
  const Standards& standards;
  const Stage& stage;
  const StageYear& year;
};

double way_m(const TravelTable& travel, double minutes) {
  return (travel.speed() * Minutes(minutes)).value;
}

void measure_classes(const StageView& v, const CampusYear& year, CampusIndicators& out) {
  out.classes = class_count(year.enrolment, v.stage.class_standard, year.rooms);
  if (out.classes == 0) return;
  out.class_size = year.enrolment / out.classes;
  out.band = band_of(out.class_size);
  if (whole_size(out.class_size) >= v.standards.large_class) out.large = out.classes;
  if (whole_size(out.class_size) >= v.standards.very_large_class) out.very_large = out.classes;
}

/// Demand against planned intake, before diversion. Source: 浙教基〔2018〕100号.
void measure_pressure(const StageView& v, const CampusYear& year, CampusIndicators& out) {
  constexpr double kRounding = 1e-9;
  if (year.planned_intake > 0)
    out.pressure = year.entitled / year.planned_intake;
  else if (year.entitled > kRounding)
    out.pressure = std::numeric_limits<double>::quiet_NaN();
  bool red = std::isnan(out.pressure) || out.pressure >= v.standards.red - kRounding;
  out.warning = red ? 2 : out.pressure >= v.standards.yellow - kRounding ? 1 : 0;
}

void measure_campuses(const StageView& v, StageIndicators& out) {
  constexpr double kRounding = 1e-6;
  std::vector<double> pupils, seats;
  out.campuses.resize(v.year.campuses.size());
  for (auto c : v.year.campuses.ids()) {
    const CampusYear& year = v.year.campuses[c];
    CampusIndicators& one = out.campuses[c];
    one.open = year.open;
    if (!year.open) continue;
    one.utilisation = year.utilisation();
    measure_classes(v, year, one);
    measure_pressure(v, year, one);
    out.seats += year.seats;
    out.over_seats += std::max(0.0, year.enrolment - year.seats);
    if (year.enrolment > year.seats + kRounding) ++out.campuses_over;
    out.classes += one.classes;
    out.large += one.large;
    out.very_large += one.very_large;
    if (one.classes > 0) out.bands[static_cast<std::size_t>(one.band)] += one.classes;
    pupils.push_back(year.enrolment);
    seats.push_back(year.seats);
  }
  out.utilisation = out.seats > 0 ? out.placed / out.seats : 0.0;
  out.balance = balance_coefficient(pupils, seats);
}

void measure_travel(const StageView& v, StageIndicators& out) {
  TravelSpread spread;
  IdVector<CampusId, double> sum_min(v.year.campuses.size(), 0.0);
  IdVector<CampusId, double> reached(v.year.campuses.size(), 0.0);
  for (const PupilFlow& f : v.year.flows) {
    const uint32_t decisec = v.travel.decisec(f.home, f.campus);  // once: rows are searched for it
    spread.add(decisec, f.pupils);
    if (decisec == TravelTable::kUnreachable) continue;
    sum_min[f.campus] += f.pupils * (decisec / 600.0);
    reached[f.campus] += f.pupils;
  }
  for (auto c : out.campuses.ids()) {
    if (!(reached[c] > 0)) continue;
    out.campuses[c].travel_mean_min = sum_min[c] / reached[c];
    out.campuses[c].travel_mean_m = way_m(v.travel, out.campuses[c].travel_mean_min);
  }
  out.travel_mean_min = spread.mean_min();
  out.travel_median_min = spread.percentile_min(0.5);
  out.travel_p90_min = spread.percentile_min(0.9);
  out.travel_mean_m = way_m(v.travel, out.travel_mean_min);
  out.travel_median_m = way_m(v.travel, out.travel_median_min);
  out.travel_p90_m = way_m(v.travel, out.travel_p90_min);
  out.share_over_radius = spread.share_over(v.stage.service_radius / v.travel.speed());
  out.share_over_1km = spread.share_over(v.standards.long_way / v.travel.speed());
  out.share_over_30min = spread.share_over(v.standards.long_time);
}

/// Of the placed pupils whose home has a catchment, the share at a campus that serves it.
double own_catchment_share(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of) {
  double all = 0.0, own = 0.0;
  for (const PupilFlow& f : v.year.flows) {
    CatchmentId id = catchment_of[f.home];
    if (!id.valid()) continue;
    all += f.pupils;
    if (std::ranges::count(v.place.catchments[id].campuses, f.campus) > 0) own += f.pupils;
  }
  return all > 0 ? own / all : std::numeric_limits<double>::quiet_NaN();
}

using CatchmentOf = std::shared_ptr<const IdVector<HomeId, CatchmentId>>;

/// Catchments of homes by stage, kept while the same catchments hold.
struct CatchmentMemory {
  std::vector<CatchmentId> holding;
  CatchmentOf of;

  const CatchmentOf& move_to(const Place& place, StageId stage, Year year) {
    std::vector<CatchmentId> now;
    for (auto id : place.catchments.ids())
      if (place.catchments[id].stage == stage && place.catchments[id].holds_in(year))
        now.push_back(id);
    if (of && now == holding) return of;
    of = std::make_shared<IdVector<HomeId, CatchmentId>>(catchment_of_homes(place, stage, year));
    holding = std::move(now);
    return of;
  }
};

StageIndicators measure_stage(const StageView& v,
                              const IdVector<HomeId, CatchmentId>& catchment_of) {
  StageIndicators out;
  out.pupils = v.year.pupils;
  out.placed = v.year.placed;
  out.unplaced = v.year.unplaced;
  measure_campuses(v, out);
  measure_travel(v, out);
  out.own_catchment_share = own_catchment_share(v, catchment_of);
  return out;
}

}  // namespace

std::vector<YearIndicators> measure(const Place& place, const TravelTable& travel,
                                    const RunResult& run, const Standards& standards) {
  std::vector<YearIndicators> out(run.years.size());
  const std::size_t stages = place.stages.size();
  IdVector<StageId, CatchmentMemory> catchments(stages);
  std::vector<CatchmentOf> of;  // by year and stage
  for (std::size_t y = 0; y < run.years.size(); ++y) {
    DOORSTEP_ASSERT(run.years[y].stages.size() == stages);
    out[y].year = run.years[y].year;
    out[y].stages.resize(stages);
    for (auto s : place.stages.ids())
      of.push_back(catchments[s].move_to(place, s, run.years[y].year));
  }
  Progress unseen;
  in_parallel(of.size(), 0, "measuring", unseen, [&](std::size_t i, unsigned) {
    const std::size_t y = i / stages;
    const StageId s(i % stages);
    out[y].stages[s] =
        measure_stage({place, travel, standards, place.stages[s], run.years[y].stages[s]}, *of[i]);
  });
  return out;
}

}  // namespace doorstep
