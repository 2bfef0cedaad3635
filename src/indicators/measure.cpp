#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <utility>

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

/// Ways beyond the rows of a large table, as one year's flows need them: most are the next year's.
struct FarWay {
  HomeId home;
  CampusId campus;
  uint32_t decisec = 0;
  [[nodiscard]] std::pair<HomeId, CampusId> key() const { return {home, campus}; }
};
using FarFlows = std::vector<FarWay>;  // by rising home and campus

/// Looks ways beyond the rows up, by rising home and campus.
class FarInOrder {
 public:
  /// `known`: ways of an earlier year; those that are asked for are added to `met`.
  FarInOrder(const TravelTable& travel, const FarFlows& known, FarFlows& met)
      : travel_(travel), known_(known), met_(met) {}

  uint32_t decisec(HomeId home, CampusId campus) {
    const FarWays* far = travel_.far();
    if (!far || far->lacks(home, campus)) return travel_.decisec(home, campus);
    const std::pair key(home, campus);
    if (met_.empty())
      next_ = static_cast<std::size_t>(std::ranges::lower_bound(known_, key, {}, &FarWay::key) -
                                       known_.begin());
    while (next_ < known_.size() && known_[next_].key() < key) ++next_;
    const bool same = next_ < known_.size() && known_[next_].key() == key;
    met_.push_back({home, campus, same ? known_[next_].decisec : far->decisec(home, campus)});
    return met_.back().decisec;
  }

 private:
  const TravelTable& travel_;
  const FarFlows& known_;
  FarFlows& met_;
  std::size_t next_ = 0;  ///< of `known_`
};

/// Some flows that follow each other. What is worked out of them is worked out of all, one thing
/// after the other: short loops keep what they need at hand.
struct FlowBatch {
  static constexpr std::size_t kMost = 64;
  std::array<PupilFlow, kMost> flows;
  std::array<uint32_t, kMost> decisec;
  std::size_t size = 0;
};

/// Ways of flows, which come home by home and by rising campus, as the rows of a large table do.
class WaysInOrder {
 public:
  WaysInOrder(const TravelTable& travel, FarInOrder& far)
      : travel_(travel), near_(travel.near()), far_(far) {}

  void find(FlowBatch& batch) {
    for (std::size_t i = 0; i < batch.size; ++i) {
      const PupilFlow& f = batch.flows[i];
      batch.decisec[i] = near_ ? in_row(f) : travel_.decisec(f.home, f.campus);
    }
  }

 private:
  uint32_t in_row(const PupilFlow& f) {
    if (f.home != home_) {
      const std::span<const Way> row = near_->row(home_ = f.home);
      next_ = row.data();
      end_ = row.data() + row.size();
    }
    while (next_ != end_ && next_->campus < f.campus) ++next_;
    if (next_ != end_ && next_->campus == f.campus) return next_->decisec;
    return far_.decisec(f.home, f.campus);
  }

  const TravelTable& travel_;
  const NearWays* near_;
  FarInOrder& far_;
  HomeId home_;
  const Way* next_ = nullptr;  ///< of the home's row
  const Way* end_ = nullptr;
};

/// How many are at the own catchment's campuses. Flows come home by home.
class OwnInOrder {
 public:
  OwnInOrder(const Place& place, const IdVector<HomeId, CatchmentId>& catchment_of)
      : place_(place), catchment_of_(catchment_of) {}

  /// Counts flows of homes that have a catchment.
  void add(const FlowBatch& batch) {
    double all_here = 0.0, own_here = 0.0;
    for (std::size_t i = 0; i < batch.size; ++i) {
      const PupilFlow& f = batch.flows[i];
      if (f.home != home_) {
        own_ = catchment_of_[home_ = f.home];
        serving_ = {};
        if (own_.valid()) serving_ = place_.catchments[own_].campuses;
      }
      if (own_.valid()) all_here += f.pupils;
      for (const CampusId c : serving_)
        if (c == f.campus) {
          own_here += f.pupils;
          break;
        }
    }
    all += all_here;
    at_own += own_here;
  }

  double all = 0.0, at_own = 0.0;  ///< Units: pupils

 private:
  const Place& place_;
  const IdVector<HomeId, CatchmentId>& catchment_of_;
  HomeId home_;
  CatchmentId own_;
  std::span<const CampusId> serving_;
};

/// What a run of flows adds up to.
struct FlowFigures {
  struct AtCampus {
    double sum_ds = 0.0;   ///< pupils by tenths of a second
    double reached = 0.0;  ///< Units: pupils
  };
  TravelSpread spread;
  std::vector<AtCampus> campuses;
  double with_catchment = 0.0, own = 0.0;  ///< Units: pupils
  FarFlows far;
};

/// Adds the ways of those who travel daily. What they are added to lies far apart: it is fetched
/// for the whole batch first.
void add_ways(const FlowBatch& batch, const Boarding& boarding, FlowFigures& to) {
  for (std::size_t i = 0; i < batch.size; ++i) to.spread.expect(batch.decisec[i]);
  const bool anyone_boards = boarding.anybody();
  for (std::size_t i = 0; i < batch.size; ++i) {
    const PupilFlow& f = batch.flows[i];
    const uint32_t decisec = batch.decisec[i];
    const double daily = anyone_boards ? boarding.daily(f) : f.pupils;
    to.spread.add(decisec, daily);
    if (decisec == TravelTable::kUnreachable) continue;
    FlowFigures::AtCampus& at = to.campuses[f.campus.index];
    at.sum_ds += daily * decisec;
    at.reached += daily;
  }
}

FlowFigures add_flows(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of,
                      const Boarding& boarding, const FarFlows& known,
                      const PupilFlows::Run& flows) {
  FlowFigures out;
  out.campuses.resize(v.year.campuses.size());
  FarInOrder far(v.travel, known, out.far);
  WaysInOrder ways(v.travel, far);
  OwnInOrder own(v.place, catchment_of);
  FlowBatch batch;
  for (auto at = flows.begin(); at != flows.end();) {
    for (batch.size = 0; batch.size < FlowBatch::kMost && at != flows.end(); ++at)
      batch.flows[batch.size++] = *at;
    ways.find(batch);
    own.add(batch);
    add_ways(batch, boarding, out);
  }
  out.with_catchment = own.all;
  out.own = own.at_own;
  return out;
}

void add_run(const FlowFigures& run, FlowFigures& all) {
  all.spread.add(run.spread);
  all.with_catchment += run.with_catchment;
  all.own += run.own;
  for (std::size_t c = 0; c < all.campuses.size(); ++c) {
    all.campuses[c].sum_ds += run.campuses[c].sum_ds;
    all.campuses[c].reached += run.campuses[c].reached;
  }
}

/// The same of all flows, by several threads: runs whose number is that of the flows alone.
/// `far`: ways of an earlier year, and then of this one.
FlowFigures add_all_flows(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of,
                          FarFlows& far) {
  constexpr std::size_t kFlowsOfRun = std::size_t{1} << 18;
  constexpr std::size_t kRunsAtOnce = 16;  // each has sums by campus: a hundred take much memory
  const Boarding boarding = Boarding::for_ways(v.place, v.travel, v.standards, v.id, v.year);
  const PupilFlows& flows = v.year.flows;
  const std::size_t number = std::max<std::size_t>(1, flows.size() / kFlowsOfRun);
  std::vector<FlowFigures> runs(std::min(number, kRunsAtOnce));
  FlowFigures all;
  FarFlows now;
  now.reserve(far.size());
  for (std::size_t first = 0; first < number; first += runs.size()) {
    runs.resize(std::min(runs.size(), number - first));
    tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t i) {
      const std::size_t from = flows.size() * (first + i) / number;
      const std::size_t to = flows.size() * (first + i + 1) / number;
      runs[i] = add_flows(v, catchment_of, boarding, far, flows.run(from, to));
    });
    for (std::size_t i = 0; i < runs.size(); ++i) {
      now.insert(now.end(), runs[i].far.begin(), runs[i].far.end());
      if (first + i == 0)
        all = std::move(runs[i]);
      else
        add_run(runs[i], all);
    }
  }
  far = std::move(now);
  return all;
}

void measure_flows(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of,
                   FarFlows& far, StageIndicators& out) {
  const FlowFigures all = add_all_flows(v, catchment_of, far);
  for (auto c : out.campuses.ids()) {
    const FlowFigures::AtCampus& at = all.campuses[c.index];
    if (!(at.reached > 0)) continue;
    out.campuses[c].travel_mean_min = at.sum_ds / at.reached / 600.0;
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

StageIndicators measure_stage(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of,
                              FarFlows& far) {
  StageIndicators out;
  out.pupils = v.year.pupils;
  out.placed = v.year.placed;
  out.unplaced = v.year.unplaced;
  measure_campuses(v, out);
  measure_flows(v, catchment_of, far, out);
  return out;
}

}  // namespace

struct YearMeasure::Inside {
  const Place& place;
  const TravelTable& travel;
  const Standards& standards;
  IdVector<StageId, CatchmentMemory> catchments;
  IdVector<StageId, FarFlows> far;  ///< of the year before
};

YearMeasure::YearMeasure(const Place& place, const TravelTable& travel, const Standards& standards)
    : inside_(new Inside{place, travel, standards,
                         IdVector<StageId, CatchmentMemory>(place.stages.size()),
                         IdVector<StageId, FarFlows>(place.stages.size())}) {}
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
        {place, inside_->travel, inside_->standards, place.stages[s], year.stages[s], s}, *of[i],
        inside_->far[s]);
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
    FarFlows far;
    out[y].stages[s] = measure_stage(
        {place, travel, standards, place.stages[s], run.years[y].stages[s], s}, *of[i], far);
  });
  return out;
}

}  // namespace doorstep
