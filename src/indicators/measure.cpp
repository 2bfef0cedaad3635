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

/// Ways of flows, which come home by home and by rising campus, as the rows of a large table do.
class WaysInOrder {
 public:
  WaysInOrder(const TravelTable& travel, FarInOrder& far)
      : travel_(travel), near_(travel.near()), far_(far) {}

  /// Flows of another home come.
  void move_to(HomeId home) {
    if (!near_) return;
    const std::span<const Way> row = near_->row(home);
    next_ = row.data();
    end_ = row.data() + row.size();
  }
  uint32_t decisec(const PupilFlow& f) {
    if (!near_) return travel_.decisec(f.home, f.campus);
    while (next_ != end_ && next_->campus < f.campus) ++next_;
    if (next_ != end_ && next_->campus == f.campus) return next_->decisec;
    return far_.decisec(f.home, f.campus);
  }

 private:
  const TravelTable& travel_;
  const NearWays* near_;
  FarInOrder& far_;
  const Way* next_ = nullptr;  ///< of the home's row
  const Way* end_ = nullptr;
};

/// Whether flows are at the own catchment's campuses; they come home by home.
class OwnInOrder {
 public:
  OwnInOrder(const Place& place, const IdVector<HomeId, CatchmentId>& catchment_of)
      : place_(place), catchment_of_(catchment_of) {}

  /// Flows of another home come.
  void move_to(HomeId home) {
    const CatchmentId own = catchment_of_[home];
    serving_ = {};
    has_catchment_ = own.valid();
    if (has_catchment_) serving_ = place_.catchments[own].campuses;
  }
  /// Counts a flow where its home has a catchment.
  void add(const PupilFlow& f) {
    if (!has_catchment_) return;
    all += f.pupils;
    for (const CampusId c : serving_)
      if (c == f.campus) {
        at_own += f.pupils;
        break;
      }
  }

  double all = 0.0, at_own = 0.0;  ///< Units: pupils

 private:
  const Place& place_;
  const IdVector<HomeId, CatchmentId>& catchment_of_;
  bool has_catchment_ = false;
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

/// Adds up ways some flows later than they are known, so that what they are added to is at hand.
class LateSums {
 public:
  explicit LateSums(FlowFigures& to) : to_(to) {}
  ~LateSums() { flush(); }
  LateSums(const LateSums&) = delete;
  LateSums& operator=(const LateSums&) = delete;

  void add(CampusId campus, uint32_t decisec, double pupils) {
    to_.spread.expect(decisec);
    waiting_[count_++] = {campus.index, decisec, pupils};
    if (count_ == waiting_.size()) flush();
  }

 private:
  struct Waiting {
    uint32_t campus;
    uint32_t decisec;
    double pupils;
  };
  void flush() {
    for (std::size_t i = 0; i < count_; ++i) {
      const Waiting& w = waiting_[i];
      to_.spread.add(w.decisec, w.pupils);
      if (w.decisec == TravelTable::kUnreachable) continue;
      to_.campuses[w.campus].sum_ds += w.pupils * w.decisec;
      to_.campuses[w.campus].reached += w.pupils;
    }
    count_ = 0;
  }

  FlowFigures& to_;
  std::array<Waiting, 64> waiting_;
  std::size_t count_ = 0;
};

FlowFigures add_flows(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of,
                      const Boarding& boarding, const FarFlows& known,
                      const PupilFlows::Run& flows) {
  FlowFigures out;
  out.campuses.resize(v.year.campuses.size());
  FarInOrder far(v.travel, known, out.far);
  WaysInOrder ways(v.travel, far);
  OwnInOrder own(v.place, catchment_of);
  {
    LateSums sums(out);
    const bool anyone_boards = boarding.anybody();
    HomeId home;
    for (const PupilFlow& f : flows) {
      if (f.home != home) {
        home = f.home;
        ways.move_to(home);
        own.move_to(home);
      }
      own.add(f);
      sums.add(f.campus, ways.decisec(f), anyone_boards ? boarding.daily(f) : f.pupils);
    }
  }
  out.with_catchment = own.all;
  out.own = own.at_own;
  return out;
}

/// The same of all flows, by several threads: runs whose number is that of the flows alone.
/// `far`: ways of an earlier year, and then of this one.
FlowFigures add_all_flows(const StageView& v, const IdVector<HomeId, CatchmentId>& catchment_of,
                          FarFlows& far) {
  constexpr std::size_t kFlowsOfRun = std::size_t{1} << 18;
  const Boarding boarding = Boarding::for_ways(v.place, v.travel, v.standards, v.id, v.year);
  const PupilFlows& flows = v.year.flows;
  std::vector<FlowFigures> runs(std::max<std::size_t>(1, flows.size() / kFlowsOfRun));
  tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t i) {
    const std::size_t from = flows.size() * i / runs.size();
    const std::size_t to = flows.size() * (i + 1) / runs.size();
    runs[i] = add_flows(v, catchment_of, boarding, far, flows.run(from, to));
  });
  far.clear();
  for (const FlowFigures& run : runs) far.insert(far.end(), run.far.begin(), run.far.end());
  FlowFigures all = std::move(runs.front());
  for (std::size_t i = 1; i < runs.size(); ++i) {
    all.spread.add(runs[i].spread);
    all.with_catchment += runs[i].with_catchment;
    all.own += runs[i].own;
    for (std::size_t c = 0; c < all.campuses.size(); ++c) {
      all.campuses[c].sum_ds += runs[i].campuses[c].sum_ds;
      all.campuses[c].reached += runs[i].campuses[c].reached;
    }
  }
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
