#pragma once
// The recipe of a synthetic town: a short TOML file of people, ground, schools and groups.
// docs/synth.md describes every key. What is made from it is plan.h's.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "place/place.h"
#include "synth/province_recipe.h"

namespace doorstep::synth {

/// A settlement by name: a street of the core, or a town or township outside it.
struct TownRecipe {
  std::string code;
  Name name;
  UrbanClass urban = UrbanClass::Town;  ///< City: a street of the core
  double people = 0.0;                  ///< of the town's own centre; City: share of the core
};

/// Children counted by band of ages, inclusive.
struct AgeBand {
  int first = 0;
  int last = 0;
  double children = 0.0;
};

struct StageRecipe {
  std::string code;
  Name name;
  StageKind kind = StageKind::Primary;
  int grades = 6;
  int entry_age = 6;
  double pupils_core = 1500.0;  ///< a campus is sited for about so many pupils
  double pupils_rural = 350.0;
  std::string synthetic_zh, synthetic_en;  ///< names of further campuses, with a number after them
  int count_core = 0, count_rural = 0;     ///< public campuses; 0: as many as the pupils ask for
  bool only_core = false;                  ///< none outside the core, as senior schools
  double utilisation = 0.0;                ///< of all its campuses; 0: by where they lie
  double attended = 1.0;                   ///< share of later cohorts that enter it at all
  bool catchments = true;                  ///< no: admitted by choice alone, as senior schools
  int private_campuses = 0;                ///< beside the public ones, in the core, no catchment
  double private_share = 0.0;              ///< of the stage's pupils that they have seats for
  std::string private_zh, private_en;      ///< names of those that are not named
};

/// A school that exists by name; position and seats are synthetic.
struct SchoolRecipe {
  std::string code;
  Name name;
  std::string stage;
  std::string town;    ///< code of a town, or "" anywhere in the core
  std::string school;  ///< legal person, "" its own
  double quality = 1.0;
  double brand = 0.0;  ///< pull of the name, utility units
  bool is_private = false;
};

struct TieRecipe {
  std::string campus;
  std::string form;
  Year since = 0;
};

struct GroupRecipe {
  std::string code;
  Name name;
  std::string core;
  std::vector<TieRecipe> ties;

  [[nodiscard]] std::vector<std::string> members() const {
    std::vector<std::string> out;
    for (const TieRecipe& t : ties) out.push_back(t.campus);
    return out;
  }
};

/// Pupils over seats by where a campus lies.
struct UtilisationRecipe {
  double core = 1.12, core_spread = 0.12;
  double new_side = 1.35;  ///< the side of the core that grew last
  double edge = 0.85;
  double town = 0.80, town_spread = 0.08;
  double township = 0.0;  ///< centres of towns of urban class rural; 0: as town
  double village = 0.50, village_spread = 0.14;
  double largest_campus = 3000.0;  ///< no campus is planned above so many pupils
};

struct Recipe {
  std::string code;
  Name name;
  Name note;  ///< what is real and what is not
  uint64_t seed = 1;
  Year base_year = 2020;
  std::string crs;
  LonLat centre;
  double people = 0.0;
  double urban_people = 0.0;  ///< of them in the core
  double area_km2 = 0.0;
  double core_radius_km = 0.0;
  double density_scale_km = 0.0;  ///< density of the core falls by e over this distance
  double block_m = 300.0;         ///< side of a block of homes in the core
  int villages = 0;
  bool river = false;
  bool railway = false;
  double new_side_deg = 90.0;  ///< bearing of the side that grew last
  std::vector<AgeBand> ages;
  std::vector<TownRecipe> towns;
  std::vector<StageRecipe> stages;
  std::vector<SchoolRecipe> schools;
  std::vector<GroupRecipe> groups;
  UtilisationRecipe utilisation;
  MigrantRecipe migrants;
  double quality_bearing_deg = 90.0;  ///< synthetic schools are better on this side …
  double quality_slope = 0.0;         ///< … by this share from the centre to the core's border
  double quality_spread = 0.06;       ///< of the logarithm of quality
  std::vector<CountyRecipe> counties;
  int zones = 0;  ///< management zones without a name in the source, out of the largest
  int homes_per_county = 90;
  GroupingRecipe grouping;
  ResourceRecipe resources;
  std::string place_extra;  ///< TOML: further tables of place.toml, as they are
  bool own_policy = false;  ///< place_extra holds [policy]
  std::map<Year, double> birth_factor, birth_factor_low, birth_factor_high;
  std::string births_source, births_mark;
  std::string facts_source;  ///< licence and source of the counts used
};

/// Throws: Error naming file, key and remedy.
[[nodiscard]] Recipe read_recipe(const std::filesystem::path& path);

}  // namespace doorstep::synth
