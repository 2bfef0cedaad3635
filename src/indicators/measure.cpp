#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>

#include "base/error.h"
#include "indicators/boarding.h"
#include "indicators/classes.h"
#include "indicators/indicators.h"
#include "indicators/measuring.h"
#include "indicators/travel_figures.h"

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
    if (!row_.empty() && row_.front().campus == f.campus) return row_.front().decisec;
    const FarWays* far = travel_.far();
    return far && !far->lacks(f.home, f.campus) ? far->decisec(f.home, f.campus)
                                                : travel_.decisec(f.home, f.campus);
  }

 private:
  const TravelTable& travel_;
  HomeId home_;
  std::span<const Way> row_;  ///< what is left of the home's row
};

/// Whether flows are at the own catchment's campuses; they come home by home.
class OwnInOrder {
 public:
  OwnInOrder(const Place& place, const IdVector<HomeId, CatchmentId>& catchment_of)
      : place_(place), catchment_of_(catchment_of) {}

  /// Counts a flow where its home has a catchment.
  void add(const PupilFlow& f) {
    if (f.home != home_) {
      const CatchmentId own = catchment_of_[home_ = f.home];
      serving_ = own.valid() ? &place_.catchments[own].campuses : nullptr;
    }
    if (!serving_) return;
    all += f.pupils;
    if (std::ranges::find(*serving_, f.campus) != serving_->end()) at_own += f.pupils;
  }

  double all = 0.0, at_own = 0.0;  ///< Units: pupils

 private:
  const Place& place_;
  const IdVector<HomeId, CatchmentId>& catchment_of_;
  HomeId home_;
  const std::vector<CampusId>* serving_ = nullptr;
};

/// What a run of flows adds up to.
struct FlowFigures {
  TravelSpread spread;
  std::vector<double> sum_ds, reached;     ///< by campus: pupils by tenths of a second, and pupils
  double with_catchment = 0.0, own = 0.0;  ///< Units: pupils
};

FlowFigures add_flows(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of,
                      const Boarding& boarding, std::span<const PupilFlow> flows) {
  FlowFigures out;
  out.sum_ds.resize(v.year.campuses.size(), 0.0);
  out.reached = out.sum_ds;
  WaysInOrder ways(v.travel);
  OwnInOrder own(v.place, catchment_of);
  const bool anyone_boards = boarding.anybody();
  for (const PupilFlow& f : flows) {
    own.add(f);
    const double daily = anyone_boards ? boarding.daily(f) : f.pupils;
    const uint32_t decisec = ways.decisec(f);
    out.spread.add(decisec, daily);
    if (decisec == TravelTable::kUnreachable) continue;
    out.sum_ds[f.campus.index] += daily * decisec;
    out.reached[f.campus.index] += daily;
  }
  out.with_catchment = own.all;
  out.own = own.at_own;
  return out;
}

/// The same of all flows, by several threads: runs whose number is that of the flows alone.
FlowFigures add_all_flows(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of) {
  constexpr std::size_t kFlowsOfRun = std::size_t{1} << 18;
  const Boarding boarding = Boarding::for_ways(v.place, v.travel, v.standards, v.id, v.year);
  const std::span<const PupilFlow> flows(v.year.flows);
  std::vector<FlowFigures> runs(std::max<std::size_t>(1, flows.size() / kFlowsOfRun));
  tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t i) {
    const std::size_t from = flows.size() * i / runs.size();
    const std::size_t to = flows.size() * (i + 1) / runs.size();
    runs[i] = add_flows(v, catchment_of, boarding, flows.subspan(from, to - from));
  });
  FlowFigures all = std::move(runs.front());
  for (std::size_t i = 1; i < runs.size(); ++i) {
    all.spread.add(runs[i].spread);
    all.with_catchment += runs[i].with_catchment;
    all.own += runs[i].own;
    for (std::size_t c = 0; c < all.reached.size(); ++c) {
      all.sum_ds[c] += runs[i].sum_ds[c];
      all.reached[c] += runs[i].reached[c];
    }
  }
  return all;
}

void measure_flows(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of,
                   StageIndicators& out) {
  const FlowFigures all = add_all_flows(v, catchment_of);
  for (auto c : out.campuses.ids()) {
    if (!(all.reached[c.index] > 0)) continue;
    out.campuses[c].travel_mean_min = all.sum_ds[c.index] / all.reached[c.index] / 600.0;
    out.campuses[c].travel_mean_m = way_m(v.travel, out.campuses[c].travel_mean_min);
  }
  out.travel_mean_min = all.spread.mean_min();
  out.travel_median_min = all.spread.percentile_min(0.5);
  out.travel_p90_min = all.spread.percentile_min(0.9);
  out.travel_mean_m = way_m(v.travel, out.travel_mean_min);
  out.travel_median_m = way_m(v.travel, out.travel_median_min);
  out.travel_p90_m = way_m(v.travel, out.travel_p90_min);
  out.share_over_radius = all.spread.share_over(v.stage.service_radius / v.travel.speed());
  out.share_over_1km = all.spread.share_over(v.standards.long_way / v.travel.speed());
  out.share_over_30min = all.spread.share_over(v.standards.long_time);
  out.own_catchment_share = all.with_catchment > 0 ? all.own / all.with_catchment
                                                   : std::numeric_limits<double>::quiet_NaN();
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
  measure_flows(v, catchment_of, out);
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
  tbb::parallel_for(std::size_t{0}, of.size(), [&](std::size_t i) {
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
  tbb::parallel_for(std::size_t{0}, of.size(), [&](std::size_t i) {
    const std::size_t y = i / stages;
    const StageId s(i % stages);
    out[y].stages[s] = measure_stage(
        {place, travel, standards, place.stages[s], run.years[y].stages[s], s}, *of[i]);
  });
  return out;
}

}  // namespace doorstep
