#pragma once
// What the inspector tells of schools, groups and catchments, read from outcomes; nothing is
// modelled here. Homes are home_desk.h's.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desktop/figures.h"
#include "scene/map_geometry.h"

namespace doorstep::desktop {

/// Campuses of a school, in order of id. Those that teach the stage and are open in the year come
/// first, the others after them.
struct SchoolFacts {
  SchoolId school;
  std::vector<CampusId> open;    ///< of the stage, in the year
  std::vector<CampusId> others;  ///< of other stages, or closed
};
[[nodiscard]] SchoolFacts school_facts(const Outcome& outcome, std::size_t year, StageId stage,
                                       SchoolId school);

/// One campus of a group.
struct GroupMember {
  CampusId campus;
  std::string form;  ///< "" for the core
  Year since = 0;
  double quality = 1.0;  ///< as it is lent this year
  double pupils = 0.0, seats = 0.0;
  double returned = 0.0;  ///< children of its own catchment who came back this year
};
/// Demand through a group in one year. Units: pupils.
struct GroupDemand {
  Year year = 0;
  double relief = 0.0;   ///< would have gone to the core
  double induced = 0.0;  ///< would have gone elsewhere
};
struct GroupFacts {
  GroupId group;
  std::vector<GroupMember> members;  ///< the core first, then by order of the ties
  double staff_sent = 0.0;           ///< share of the core's staff that works at members
  double posts_saved = 0.0;
  double relief = 0.0, induced = 0.0;  ///< of the year, over all stages
  std::vector<GroupDemand> by_year;
  /// Pupils of catchments of members who attend another campus of the group, and the reverse.
  double lent = 0.0;
  double within = 0.0;  ///< pupils who attend a campus of the group and live in its catchments
};
[[nodiscard]] GroupFacts group_facts(const Outcome& outcome, std::size_t year, StageId stage,
                                     GroupId group);
/// Groups a campus belongs to in a year, as core or member.
[[nodiscard]] std::vector<GroupId> groups_of(const Place& place, CampusId campus, Year year);

/// Where pupils of an area go.
struct Destination {
  CampusId campus;
  double pupils = 0.0;
  bool own = false;  ///< it serves the area
};
struct CatchmentFacts {
  std::vector<CampusId> campuses;  ///< that serve it
  int homes = 0;                   ///< with children of the stage
  double pupils = 0.0;             ///< who live there, placed or not
  double unplaced = 0.0;
  double seats = 0.0;      ///< of its campuses
  double own_share = 0.0;  ///< of the placed, at its own campuses; NaN of none
  double came_in = 0.0;    ///< pupils of its campuses who live elsewhere
  double area_m2 = 0.0;
  /// 4π·area/perimeter²: 1 for a circle; NaN without a shape. Source: Polsby and Popper 1991.
  double compactness = 0.0;
  std::vector<Destination> to;    ///< most pupils first
  std::vector<YearFigure> years;  ///< pupils who live within today's borders, seats
  DistanceBars ways;
};
[[nodiscard]] CatchmentFacts catchment_facts(const Outcome& outcome, std::size_t year,
                                             StageId stage, const scene::AreaGeometry& areas,
                                             int area);

/// The facts of the area looked at, kept while nothing changes.
class CatchmentNotes {
 public:
  /// Pre: area is one of `areas`.
  const CatchmentFacts& of(const std::shared_ptr<const Outcome>& outcome, std::size_t year,
                           StageId stage, const std::shared_ptr<const scene::AreaGeometry>& areas,
                           int area);

 private:
  std::shared_ptr<const Outcome> outcome_;
  std::shared_ptr<const scene::AreaGeometry> areas_;
  std::size_t year_ = 0;
  StageId stage_;
  int area_ = -1;
  CatchmentFacts facts_;
};

}  // namespace doorstep::desktop
