#include "indicators/group_figures.h"

#include <algorithm>
#include <limits>

namespace doorstep {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Core and members tied in the year, each once, in order of id.
std::vector<CampusId> campuses_of(const Group& group, Year year) {
  std::vector<CampusId> out;
  if (group.core.valid()) out.push_back(group.core);
  for (const Tie& t : group.ties)
    if (t.member.valid() && year >= t.since && year <= t.until) out.push_back(t.member);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

GroupFigures figures_of(const Group& group, const YearResult& year, StageId stage,
                        const StageIndicators& meaning) {
  GroupFigures out;
  out.core_quality = kNone;
  double members = 0.0, quality = 0.0, minutes = 0.0;
  std::vector<double> pupils, seats;
  for (CampusId c : campuses_of(group, year.year)) {
    const CampusYear& numbers = year.stages[stage].campuses[c];
    if (!numbers.open) continue;
    const CampusIndicators& i = meaning.campuses[c];
    ++out.campuses;
    out.pupils += numbers.enrolment;
    out.seats += numbers.seats;
    out.over_seats += std::max(0.0, numbers.enrolment - numbers.seats);
    out.classes += i.classes;
    out.large += i.large;
    out.very_large += i.very_large;
    out.yellow += i.warning == 1 ? 1 : 0;
    out.red += i.warning == 2 ? 1 : 0;
    out.entrants += numbers.entrants;
    out.turned_away += numbers.turned_away;
    minutes += numbers.enrolment * i.travel_mean_min;
    pupils.push_back(numbers.enrolment);
    seats.push_back(numbers.seats);
    if (c == group.core) {
      out.core_quality = numbers.quality;
    } else {
      members += numbers.enrolment;
      quality += numbers.enrolment * numbers.quality;
    }
  }
  out.utilisation = out.seats > 0 ? out.pupils / out.seats : kNone;
  out.member_quality = members > 0 ? quality / members : kNone;
  out.balance = pupils.size() < 2 ? kNone : balance_coefficient(pupils, seats);
  out.travel_mean_min = out.pupils > 0 ? minutes / out.pupils : kNone;
  const double all = year.stages[stage].placed;
  out.share_of_pupils = all > 0 ? out.pupils / all : kNone;
  return out;
}

}  // namespace

std::vector<GroupFigures> group_figures(const Place& place, const YearResult& year, StageId stage,
                                        const StageIndicators& meaning) {
  std::vector<GroupFigures> out;
  for (GroupId g : place.groups.ids()) {
    GroupFigures one = figures_of(place.groups[g], year, stage, meaning);
    one.group = g;
    if (one.campuses > 0) out.push_back(one);
  }
  return out;
}

}  // namespace doorstep
