#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>

#include "base/error.h"
#include "indicators/boarding.h"
#include "indicators/classes.h"
#include "indicators/flow_sums.h"
#include "indicators/indicators.h"
#include "indicators/measuring.h"
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
  StageId id;
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

/// Ways of flows, which come home by home and by rising campus, as the rows of a large table do.
class WaysInOrder {
 public:
  explicit WaysInOrder(const TravelTable& travel) : travel_(travel) {}

  uint32_t decisec(const PupilFlow& f) {
    if (!travel_.near()) return travel_.decisec(f.home, f.campus);
    if (f.home != home_) row_ = travel_.near()->row(home_ = f.home);
    while (!row_.empty() && row_.front().campus < f.campus) row_ = row_.subspan(1);
    const bool found = !row_.empty() && row_.front().campus == f.campus;
    return found ? row_.front().decisec : travel_.decisec(f.home, f.campus);
  }

 private:
  const TravelTable& travel_;
  HomeId home_;
  std::span<const Way> row_;  ///< what is left of the home's row
};

void measure_travel(const StageView& v, StageIndicators& out) {
  TravelSpread spread;
  WaysInOrder ways(v.travel);
  IdVector<CampusId, double> sum_min(v.year.campuses.size(), 0.0);
  IdVector<CampusId, double> reached(v.year.campuses.size(), 0.0);
  const Boarding boarding = Boarding::for_ways(v.place, v.travel, v.standards, v.id, v.year);
  for (const PupilFlow& f : v.year.flows) {
    const double daily = boarding.daily(f);
    const uint32_t decisec = ways.decisec(f);
    spread.add(decisec, daily);
    if (decisec == TravelTable::kUnreachable) continue;
    sum_min[f.campus] += daily * (decisec / 600.0);
    reached[f.campus] += daily;
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
    const std::optional<bool> at_own = at_own_catchment(v.place, catchment_of, f);
    if (!at_own) continue;
    all += f.pupils;
    if (*at_own) own += f.pupils;
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

struct YearMeasure::Inside {
  const Place& place;
  const TravelTable& travel;
  const Standards& standards;
  IdVector<StageId, CatchmentMemory> catchments;
};

YearMeasure::YearMeasure(const Place& place, const TravelTable& travel, const Standards& standards)
    : inside_(new Inside{place, travel, standards,
                         IdVector<StageId, CatchmentMemory>(place.stages.size())}) {}
YearMeasure::~YearMeasure() = default;

YearIndicators YearMeasure::of(const YearResult& year) {
  const Place& place = inside_->place;
  YearIndicators out;
  out.year = year.year;
  out.stages.resize(place.stages.size());
  std::vector<CatchmentOf> of;  // by stage
  for (auto s : place.stages.ids())
    of.push_back(inside_->catchments[s].move_to(place, s, year.year));
  Progress unseen;
  in_parallel(of.size(), 0, "measuring", unseen, [&](std::size_t i, unsigned) {
    const StageId s(i);
    out.stages[s] = measure_stage(
        {place, inside_->travel, inside_->standards, place.stages[s], year.stages[s], s}, *of[i]);
  });
  return out;
}

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
    out[y].stages[s] = measure_stage(
        {place, travel, standards, place.stages[s], run.years[y].stages[s], s}, *of[i]);
  });
  return out;
}

}  // namespace doorstep
