#pragma once
// A synthetic town as planned: ground, streets, homes with children, campuses with catchments.
// Built step by step from a recipe, each step a function of the recipe and what came before, with
// random numbers keyed by the seed: the same recipe gives the same town, byte for byte.

#include "base/progress.h"
#include "base/random.h"
#include "synth/recipe.h"

namespace doorstep::synth {

enum class Zone { Core, NewSide, Edge, Town, Village };

struct PlannedTown {
  TownRecipe recipe;
  Xy at;
  double radius_m = 0.0;
};

struct PlannedHome {
  std::string code;
  Xy at;
  int town = 0;  ///< index into towns
  Zone zone = Zone::Core;
  double people = 0.0;
  std::vector<double> children;  ///< by single year of age, hundredths
  double migrant_share = 0.0;    ///< of its children
};

enum class RoadClass { Arterial, Collector, Street };

struct PlannedRoad {
  uint32_t from = 0;
  uint32_t to = 0;
  RoadClass road = RoadClass::Street;
  bool bridge = false;
};

struct PlannedCampus {
  std::string code;
  Name name;
  std::string school;
  Xy at;
  int stage = 0;
  int town = 0;
  Zone zone = Zone::Core;
  Origin origin = Origin::Synthetic;
  double quality = 1.0;
  double brand = 0.0;
  bool is_private = false;
  double pupils = 0.0;  ///< of its catchment in the base year
  int rooms = 0;
  double seats = 0.0;
};

struct Plan {
  Recipe recipe;
  Xy centre;             ///< in the place's system
  bool centred = false;  ///< the centre is set; else from the recipe's degrees
  MultiPolygon outline;
  Polyline river;
  double river_width_m = 0.0;
  Polyline railway;
  std::vector<PlannedTown> towns;
  std::vector<PlannedHome> homes;
  std::vector<Xy> nodes;
  std::vector<PlannedRoad> roads;
  std::vector<PlannedCampus> campuses;
  /// Campus index by stage and home: the catchment each home belongs to.
  std::vector<std::vector<int>> campus_of_home;
  bool straight = false;                    ///< no streets: ways are straight lines and a detour
  std::map<std::string, std::string> more;  ///< further files: name in the folder, content

  [[nodiscard]] RandomKey key(const char* what) const { return RandomKey(recipe.seed).with(what); }
  /// Metres from the core's centre.
  [[nodiscard]] double from_core_m(Xy p) const { return distance_m(p, centre); }
  [[nodiscard]] bool in_core(Xy p) const {
    return from_core_m(p) <= recipe.core_radius_km * 1000.0;
  }
};

/// Outline, river, railway and the sites of towns.
void plan_ground(Plan& plan);
/// Homes and their people; children by age, totals equal to the recipe's.
void plan_homes(Plan& plan);
/// Streets from core grid to village lanes, crossing river and railway only at bridges.
void plan_roads(Plan& plan);
/// Campuses by stage, their catchments and seats.
void plan_campuses(Plan& plan);

/// A province: every county a town of its own in a cell of it, then groups by rule (province.cpp).
void plan_province(Plan& plan, Progress& progress);
/// Groups by rule beside those named, until as many schools are in one as [grouping] says
/// (grouping.cpp).
void plan_grouping(Plan& plan);

/// All steps. Throws: Error, Cancelled.
[[nodiscard]] Plan make_plan(const Recipe& recipe, Progress& progress);

/// Writes place.toml and its tables into `folder`, complete or not at all. Throws: Error.
void write_plan(const Plan& plan, const std::filesystem::path& folder);

/// Splits `total` hundredths over weights so that the parts add up to it exactly (largest
/// remainder, ties to the lower index). Units: as total, with two decimals.
[[nodiscard]] std::vector<double> shared_exactly(double total, const std::vector<double>& weights);

/// Whether the segments a-b and c-d cross.
[[nodiscard]] bool segments_cross(Xy a, Xy b, Xy c, Xy d);
/// Whether the segment crosses any part of the line.
[[nodiscard]] bool crosses(Xy a, Xy b, const Polyline& line);

}  // namespace doorstep::synth
