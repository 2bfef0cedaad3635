#include "indicators/campus_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "indicators/boarding.h"
#include "indicators/equity.h"
#include "indicators/flow_sums.h"
#include "indicators/standard.h"

namespace doorstep {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kDecisecPerMinute = 600.0;

bool teaches(const Campus& campus, StageId s) {
  return s.index < campus.stages.size() && campus.stages[s].has_value();
}

/// Pupils of a campus in the compulsory stages, and the cap of that kind of school; no cap: 0.
struct SchoolSize {
  double pupils = 0.0;
  double most = 0.0;
};
SchoolSize compulsory_size(const FiguresInput& in, const YearResult& year, CampusId c) {
  SchoolSize out;
  bool primary = false, junior = false;
  for (StageId s : in.place.stages.ids()) {
    const StageKind kind = in.place.stages[s].kind;
    if (kind != StageKind::Primary && kind != StageKind::Junior) continue;
    if (!teaches(in.place.campuses[c], s)) continue;
    (kind == StageKind::Primary ? primary : junior) = true;
    out.pupils += year.stages[s].campuses[c].enrolment;
  }
  if (primary || junior)
    out.most = standard(in.standards.all,
                        primary && junior ? "scale.nine_year_most" : "scale.primary_most");
  return out;
}

void measure_scale(const FiguresInput& in, const YearResult& year, StageId stage, CampusId c,
                   CampusFigures& out) {
  const double pupils = year.stages[stage].campuses[c].enrolment;
  const double funded = standard(in.standards.all, "scale.funded_as");
  const bool compulsory = in.place.stages[stage].kind == StageKind::Primary ||
                          in.place.stages[stage].kind == StageKind::Junior;
  const SchoolSize size = compulsory_size(in, year, c);
  out.funded_pupils = pupils;
  if (!(pupils > 0)) return;
  if (compulsory && in.place.campuses[c].urban == UrbanClass::Rural)
    out.funded_pupils = std::max(pupils, funded);
  out.below_viable = compulsory && pupils < standard(in.standards.all, "scale.viable");
  if (compulsory && pupils < standard(in.standards.all, "scale.point_left_out"))
    out.scale = Scale::Point;
  else if (compulsory && pupils < funded)
    out.scale = Scale::FundedUp;
  else
    out.scale =
        compulsory && size.most > 0 && size.pupils > size.most ? Scale::TooLarge : Scale::Usual;
}

void measure_staff(const CampusYear& year, const Campus& campus, StageId stage, double needed,
                   const Place& place, CampusFigures& out) {
  out.teachers_needed = needed;
  out.teachers_short =
      std::max(0.0, needed - campus.stages[stage]->resources.at(Resource::Teachers));
  if (std::isnan(campus.stages[stage]->resources.at(Resource::Teachers)))
    out.teachers_short = kNone;
  double migrants = 0.0;
  bool any = false;
  for (ClassId k : place.classes.ids()) {
    if (!place.classes[k].migrant || k.index >= year.by_class.size()) continue;
    any = true;
    migrants += year.by_class[k.index];
  }
  out.migrant_share = any && year.enrolment > 0 ? migrants / year.enrolment : kNone;
}

}  // namespace

const char* scale_name(Scale scale) {
  switch (scale) {
    case Scale::None:
      return "";
    case Scale::Point:
      return "point";
    case Scale::FundedUp:
      return "funded_up";
    case Scale::Usual:
      return "usual";
    case Scale::TooLarge:
      return "too_large";
  }
  return "";
}

void WaySums::add(uint32_t decisec, double pupils) {
  pupils_ += pupils;
  if (decisec == TravelTable::kUnreachable) {
    unreached_ += pupils;
    return;
  }
  ways_.emplace_back(decisec, pupils);
  sorted_ = false;
}

double WaySums::mean_min() const {
  double sum = 0.0, reached = 0.0;
  for (const auto& [ds, pupils] : ways_) {
    sum += ds * pupils;
    reached += pupils;
  }
  return reached > 0 ? sum / reached / kDecisecPerMinute : kNone;
}

double WaySums::percentile_min(double share) {
  if (!sorted_) std::ranges::sort(ways_);
  sorted_ = true;
  double reached = 0.0;
  for (const auto& [ds, pupils] : ways_) reached += pupils;
  double so_far = 0.0;
  constexpr double kRounding = 1e-12;
  for (const auto& [ds, pupils] : ways_) {
    so_far += pupils;
    if (so_far >= share * reached * (1.0 - kRounding)) return ds / kDecisecPerMinute;
  }
  return kNone;
}

double WaySums::pupils_over(Minutes limit) const {
  const double limit_ds = std::round(limit.value * kDecisecPerMinute);
  double over = 0.0;
  for (const auto& [ds, pupils] : ways_)
    if (ds > limit_ds) over += pupils;
  return over;
}

double WaySums::share_over(Minutes limit) const {
  // Who has no way at all is beyond every limit.
  return pupils_ > 0 ? (pupils_over(limit) + unreached_) / pupils_ : kNone;
}

IdVector<CampusId, CampusFigures> campus_figures(const FiguresInput& in, const YearResult& year,
                                                 StageId stage) {
  const StageYear& result = year.stages[stage];
  const std::size_t campuses = result.campuses.size();
  IdVector<CampusId, CampusFigures> out(campuses);
  IdVector<CampusId, FlowSums> sums(campuses);
  IdVector<HomeId, CatchmentId> catchment_of = catchment_of_homes(in.place, stage, year.year);
  const Boarding boarding(in.place, in.travel, in.standards, stage, result);
  for (const PupilFlow& f : result.flows)
    sums[f.campus].add(in, catchment_of, f, boarding.daily(f));
  IdVector<CampusId, double> teachers = teachers_needed(in.place, stage, result, in.standards.all);
  for (CampusId c : out.ids()) {
    const CampusYear& numbers = result.campuses[c];
    if (!numbers.open || !teaches(in.place.campuses[c], stage)) continue;
    CampusFigures& one = out[c];
    WaySums& way = sums[c].ways();
    one.travel_median_min = way.percentile_min(0.5);
    one.travel_p90_min = way.percentile_min(0.9);
    one.share_over_radius =
        way.share_over(in.place.stages[stage].service_radius / in.travel.speed());
    one.share_over_1km = way.share_over(in.standards.long_way / in.travel.speed());
    one.share_over_30min = way.share_over(in.standards.long_time);
    one.share_crossing = sums[c].share_crossing(in);
    one.own_catchment_share = sums[c].own_catchment_share();
    measure_staff(numbers, in.place.campuses[c], stage, teachers[c], in.place, one);
    measure_scale(in, year, stage, c, one);
    one.far_pupils = boarding.far(c).all;
    one.far_and_young = boarding.far(c).young;
    one.boarders = boarding.far(c).boarders;
    double beds = in.place.campuses[c].stages[stage]->resources.at(Resource::BoardingBeds);
    one.beds_short =
        std::isnan(beds) ? kNone : std::max(0.0, one.far_pupils - one.far_and_young - beds);
  }
  return out;
}

}  // namespace doorstep
