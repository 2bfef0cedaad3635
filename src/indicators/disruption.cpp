#include "indicators/disruption.h"

#include <cmath>
#include <limits>
#include <map>
#include <string_view>

#include "base/error.h"

namespace doorstep {
namespace {

/// First-graders and elder pupils of one home by campus code.
struct HomePupils {
  std::map<std::string_view, double> first, elder;
};
using ByHome = std::map<std::string_view, HomePupils>;

ByHome by_home(const Place& place, const StageYear& year) {
  ByHome out;
  for (const PupilFlow& f : year.flows)
    out[place.homes[f.home].code].elder[place.campuses[f.campus].code] += f.pupils;
  for (const PupilFlow& f : year.first_grade) {
    HomePupils& home = out[place.homes[f.home].code];
    home.first[place.campuses[f.campus].code] += f.pupils;
    home.elder[place.campuses[f.campus].code] -= f.pupils;
  }
  return out;
}

double sum_of(const std::map<std::string_view, double>& by_campus) {
  double sum = 0.0;
  for (const auto& [campus, pupils] : by_campus) sum += std::max(0.0, pupils);
  return sum;
}

/// Share of a home's pupils at another campus in B than in A; 0 where either has none.
double changed_share(const std::map<std::string_view, double>& a,
                     const std::map<std::string_view, double>& b) {
  const double all_a = sum_of(a), all_b = sum_of(b);
  if (!(all_a > 0) || !(all_b > 0)) return 0.0;
  double kept = 0.0;
  for (const auto& [campus, pupils] : b)
    if (auto had = a.find(campus); had != a.end())
      kept += std::min(std::max(0.0, pupils) / all_b, std::max(0.0, had->second) / all_a);
  return std::max(0.0, 1.0 - kept);
}

double siblings_split(const ByHome& a, const ByHome& b, double sibling_share) {
  double split = 0.0;
  constexpr double kRounding = 1e-9;
  for (const auto& [code, now] : b) {
    auto before = a.find(code);
    if (before == a.end()) continue;
    double apart = changed_share(before->second.first, now.first) -
                   changed_share(before->second.elder, now.elder);
    if (apart > kRounding && sum_of(now.elder) > kRounding) split += apart * sum_of(now.first);
  }
  return split * sibling_share;
}

double beyond(const TravelTable& travel, const StageYear& year, Minutes limit) {
  const double limit_ds = std::round(limit.value * 600.0);
  double out = 0.0;
  for (const PupilFlow& f : year.flows)
    if (travel.reachable(f.home, f.campus) && travel.decisec(f.home, f.campus) > limit_ds)
      out += f.pupils;
  return out;
}

double open_seats(const StageYear& year) {
  double seats = 0.0;
  for (const CampusYear& c : year.campuses)
    if (c.open) seats += c.seats;
  return seats;
}

}  // namespace

double mean_quality(const StageYear& year) {
  double pupils = 0.0, sum = 0.0;
  for (const CampusYear& c : year.campuses) {
    if (!c.open) continue;
    pupils += c.enrolment;
    sum += c.enrolment * c.quality;
  }
  return pupils > 0 ? sum / pupils : std::numeric_limits<double>::quiet_NaN();
}

Disruption disruption(const Place& a, const TravelTable& travel_a, const StageYear& run_a,
                      const Place& b, const TravelTable& travel_b, const StageYear& run_b,
                      const Standards& standards) {
  if (!standards.all.has("disruption.sibling_share"))
    throw Error("no standard disruption.sibling_share", "config/standards.toml",
                "write it there with value, unit, source and mark");
  Disruption out;
  StageComparison moved = compare_stage(a, travel_a, run_a, b, travel_b, run_b);
  out.must_move = moved.must_move;
  out.nearer = moved.nearer;
  out.farther = moved.farther;
  out.farther_beyond_limit =
      beyond(travel_b, run_b, standards.long_time) - beyond(travel_a, run_a, standards.long_time);
  out.mid_course_a = run_a.moved;
  out.mid_course_b = run_b.moved;
  out.siblings_split = siblings_split(by_home(a, run_a), by_home(b, run_b),
                                      standards.all.value("disruption.sibling_share"));
  out.quality_a = mean_quality(run_a);
  out.quality_b = mean_quality(run_b);
  out.seats_gained = open_seats(run_b) - open_seats(run_a);
  return out;
}

}  // namespace doorstep
