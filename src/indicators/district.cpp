#include "indicators/district.h"

#include <algorithm>

namespace doorstep {

DistrictFigures district_figures(const Place& place, const TravelTable& travel, StageId stage,
                                 Year calendar_year, const StageYear& year,
                                 const Standards& standards) {
  DistrictFigures out;
  const Metres radius = place.stages[stage].service_radius;
  IdVector<HomeId, double> children = children_at_homes(year);
  out.covered = covered_share(travel, year, children, radius);
  SeatAccess access = two_step_access(travel, year, children, standards.long_time);
  out.access_mean = access.mean;
  out.access_below_half = access.share_below_half;
  out.seats_balance = seats_balance(place, year, standards.all.value("scale.point_left_out"));
  out.groups = group_coverage(place, stage, calendar_year, year);
  SchoolScale scale = school_scale(place, stage, year, standards.all);
  out.too_large = scale.too_large.size();
  out.funded_up = scale.funded_up.size();
  out.point_size = scale.point_size.size();
  for (double teachers : teachers_needed(place, stage, year, standards.all))
    out.teachers_needed += teachers;
  for (const CampusYear& c : year.campuses)
    if (c.open) out.empty_seats += std::max(0.0, c.seats - c.enrolment);
  return out;
}

}  // namespace doorstep
