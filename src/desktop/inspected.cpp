#include "desktop/inspected.h"

#include <cmath>
#include <map>
#include <numbers>

#include "geo/polygon.h"

namespace doorstep::desktop {

namespace {

bool teaches(const Outcome& o, std::size_t year, StageId stage, CampusId c) {
  const auto& run = o.run.years[year].stages[stage].campuses;
  return c.index < run.size() && run[c].open && o.place.campuses[c].stages[stage].has_value();
}

bool holds(const Tie& tie, Year year) { return year >= tie.since && year <= tie.until; }

}  // namespace

SchoolFacts school_facts(const Outcome& o, std::size_t year, StageId stage, SchoolId school) {
  SchoolFacts out;
  out.school = school;
  for (CampusId c : o.place.campuses.ids())
    if (o.place.campuses[c].school == school)
      (teaches(o, year, stage, c) ? out.open : out.others).push_back(c);
  return out;
}

std::vector<GroupId> groups_of(const Place& place, CampusId campus, Year year) {
  std::vector<GroupId> out;
  for (GroupId g : place.groups.ids()) {
    const Group& group = place.groups[g];
    bool in = group.core == campus;
    for (const Tie& tie : group.ties) in = in || (tie.member == campus && holds(tie, year));
    if (in) out.push_back(g);
  }
  return out;
}

GroupFacts group_facts(const Outcome& o, std::size_t year, StageId stage, GroupId id) {
  GroupFacts out;
  out.group = id;
  const Group& group = o.place.groups[id];
  const YearResult& result = o.run.years[year];
  const StageYear& run = result.stages[stage];
  auto add = [&](CampusId c, const std::string& form, Year since) {
    if (!teaches(o, year, stage, c)) return;
    for (const GroupMember& m : out.members)
      if (m.campus == c) return;
    const CampusYear& one = run.campuses[c];
    out.members.push_back({c, form, since, one.quality, one.enrolment, one.seats, one.returned});
  };
  if (group.core.valid()) add(group.core, "", 0);
  for (const Tie& tie : group.ties)
    if (holds(tie, result.year)) add(tie.member, tie.form, tie.since);
  for (const YearResult& each : o.run.years)
    if (id.index < each.groups.size())
      out.by_year.push_back({each.year, each.groups[id].displaced, each.groups[id].induced});
  if (id.index < result.groups.size()) {
    const GroupYear& now = result.groups[id];
    out.staff_sent = now.staff_sent;
    out.posts_saved = now.posts_saved;
    out.relief = now.displaced;
    out.induced = now.induced;
  }
  // Who lives in the catchment of one campus of the group and attends another one of it.
  auto member = [&](CampusId c) {
    return std::any_of(out.members.begin(), out.members.end(),
                       [&](const GroupMember& m) { return m.campus == c; });
  };
  const auto catchment = catchment_of_homes(o.place, stage, result.year);
  for (const PupilFlow& flow : run.flows) {
    if (!member(flow.campus) || flow.home.index >= catchment.size()) continue;
    const CatchmentId lives = catchment[flow.home];
    if (!lives.valid()) continue;
    const auto& own = o.place.catchments[lives].campuses;
    const bool at_own = std::find(own.begin(), own.end(), flow.campus) != own.end();
    const bool of_group = std::any_of(own.begin(), own.end(), member);
    if (of_group) out.within += flow.pupils;
    if (of_group && !at_own) out.lent += flow.pupils;
  }
  return out;
}

CatchmentFacts catchment_facts(const Outcome& o, std::size_t year, StageId stage,
                               const scene::AreaGeometry& areas, int area) {
  CatchmentFacts out;
  const scene::MapArea& land = areas.areas[static_cast<std::size_t>(area)];
  out.campuses = land.campuses;
  auto own = [&](CampusId c) {
    return std::find(land.campuses.begin(), land.campuses.end(), c) != land.campuses.end();
  };
  IdVector<HomeId, char> lives(o.place.homes.size(), 0);
  for (HomeId h : o.place.homes.ids())
    lives[h] = h.index < areas.area_of_home.size() && areas.area_of_home[h] == area;
  IdVector<HomeId, double> children(o.place.homes.size(), 0.0);
  std::map<CampusId, double> to;
  const StageYear& run = o.run.years[year].stages[stage];
  double placed = 0.0, at_own = 0.0;
  for (const PupilFlow& flow : run.flows) {
    if (!lives[flow.home]) {
      if (own(flow.campus)) out.came_in += flow.pupils;
      continue;
    }
    children[flow.home] += flow.pupils;
    to[flow.campus] += flow.pupils;
    placed += flow.pupils;
    if (own(flow.campus)) at_own += flow.pupils;
  }
  for (HomeId h : run.unplaced_of.ids())
    if (h.index < lives.size() && lives[h]) {
      out.unplaced += run.unplaced_of[h];
      children[h] += run.unplaced_of[h];
    }
  for (double n : children) out.homes += n > 0;
  out.pupils = placed + out.unplaced;
  out.own_share = placed > 0 && !land.campuses.empty() ? at_own / placed : std::nan("");
  for (const auto& [campus, pupils] : to) out.to.push_back({campus, pupils, own(campus)});
  std::stable_sort(out.to.begin(), out.to.end(),
                   [](const Destination& a, const Destination& b) { return a.pupils > b.pupils; });
  for (const YearResult& each : o.run.years) {
    const StageYear& then = each.stages[stage];
    YearFigure figure{each.year, 0.0, 0.0};
    for (const PupilFlow& flow : then.flows)
      if (lives[flow.home]) figure.pupils += flow.pupils;
    for (HomeId h : then.unplaced_of.ids())
      if (h.index < lives.size() && lives[h]) figure.pupils += then.unplaced_of[h];
    for (CampusId c : land.campuses)
      if (c.index < then.campuses.size() && then.campuses[c].open)
        figure.seats += then.campuses[c].seats;
    out.years.push_back(figure);
  }
  out.seats = out.years[year].seats;
  out.area_m2 = land.shape.empty() ? 0.0 : area_m2(land.shape);
  const double round = land.shape.empty() ? 0.0 : perimeter_m(land.shape);
  out.compactness = round > 0 ? 4 * std::numbers::pi * out.area_m2 / (round * round) : std::nan("");
  out.ways = way_from_homes(o, year, stage, lives);
  return out;
}

const CatchmentFacts& CatchmentNotes::of(const std::shared_ptr<const Outcome>& outcome,
                                         std::size_t year, StageId stage,
                                         const std::shared_ptr<const scene::AreaGeometry>& areas,
                                         int area) {
  if (outcome_ == outcome && areas_ == areas && year_ == year && stage_ == stage && area_ == area)
    return facts_;
  facts_ = catchment_facts(*outcome, year, stage, *areas, area);
  outcome_ = outcome;
  areas_ = areas;
  year_ = year;
  stage_ = stage;
  area_ = area;
  return facts_;
}

}  // namespace doorstep::desktop
