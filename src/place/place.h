#pragma once
// The world as given: stages, schools, campuses, groups, homes, catchments, feeders, policy.
// Validated and immutable once loaded; scenarios make a changed copy. Everything that changes with
// time (seats, opening, membership, catchments, housing) carries its years here.
// Travel is computed by `network` from what `travel` describes.

#include <string>
#include <string_view>
#include <vector>

#include "place/coefficient.h"
#include "place/homes.h"
#include "place/policy.h"
#include "place/schools.h"
#include "place/stated.h"
#include "place/surroundings.h"

namespace doorstep {

/// The whole. All ids index into the vectors here.
struct Place {
  std::string code;
  Name name;
  Year base_year = 0;
  std::string crs;  ///< the projected system of every Xy, as PROJ reads it
  Origin origin = Origin::Real;
  std::string origin_note_zh;  ///< what is real, derived, synthetic; "" where all is real
  std::string origin_note_en;
  std::string currency = "yuan";  ///< of costs in scenarios and of equipment
  Coefficients standards;         ///< its own, in place of those of config/standards.toml
  std::string map_approval;       ///< 审图号, "" where there is none

  IdVector<StageId, Stage> stages;
  IdVector<SchoolId, School> schools;
  IdVector<CampusId, Campus> campuses;
  IdVector<GroupId, Group> groups;
  IdVector<ClassId, HouseholdClass> classes;
  IdVector<AreaId, Area> areas;
  IdVector<HomeId, Home> homes;
  ChildTable children;
  std::vector<Housing> housing;
  IdVector<CatchmentId, Catchment> catchments;
  std::vector<Feeder> feeders;
  Growth growth;
  Travel travel;
  Policy policy;
  std::vector<Backdrop> backdrop;
  std::vector<Observation> observations;
  std::vector<LayerSource> sources;
  std::vector<StatedTotal> totals;
  std::vector<std::string> counties;  ///< six digits each, where the place names them
  Privacy privacy;
  std::optional<Basemap> basemap;
};

/// By stable code; invalid id where unknown. Cost: linear (use a CodeIndex in loops).
[[nodiscard]] CampusId find_campus(const Place& place, std::string_view code);
[[nodiscard]] StageId find_stage(const Place& place, std::string_view code);
[[nodiscard]] CatchmentId find_catchment(const Place& place, StageId stage, std::string_view code);
[[nodiscard]] GroupId find_group(const Place& place, std::string_view code);

/// The catchment of every home for a stage and year; `none` where no catchment holds the home.
[[nodiscard]] IdVector<HomeId, CatchmentId> catchment_of_homes(const Place& place, StageId stage,
                                                               Year year);
/// A housing project whose children are spread evenly over the ages of the compulsory stages
/// (primary and junior; all stages where there is none of them), and as many a year below them: who
/// is small now comes to school later.
[[nodiscard]] Housing housing_project(const Place& place, std::string code, Name name, HomeId home,
                                      Year completes, double dwellings, double pupils_per_dwelling);
/// The box of homes, campuses and catchments. Units: metres.
[[nodiscard]] Box extent(const Place& place);

/// What is wrong or in doubt in a place as it stands: seats, positions, memberships, sums.
[[nodiscard]] Diagnostics validate(const Place& place);

}  // namespace doorstep
