#pragma once
// Where children live and who serves them: homes, children by age, housing to come, areas,
// catchments, feeders, and how births move on.

#include <string>
#include <vector>

#include "place/schools.h"

namespace doorstep {

/// A class of household in admission order, e.g. owner with hukou, migrant.
struct HouseholdClass {
  std::string code;
  Name name;
  bool migrant = false;  ///< 随迁子女: families from elsewhere
};

/// Children at homes, home-major: index (home * classes + class) * ages + age. Units: pupils.
/// Age 0 … ages-1 in whole years at the cut-off of the base year.
struct ChildTable {
  std::size_t classes = 1;
  int ages = 19;
  std::vector<double> count;
  [[nodiscard]] double at(HomeId h, ClassId c, int age) const {
    return count[(h.index * classes + c.index) * static_cast<std::size_t>(ages) +
                 static_cast<std::size_t>(age)];
  }
  double& at(HomeId h, ClassId c, int age) {
    return count[(h.index * classes + c.index) * static_cast<std::size_t>(ages) +
                 static_cast<std::size_t>(age)];
  }
};

/// A home 居住点: a point, cell, community or village.
struct Home {
  std::string code;
  Xy at;
  AreaId area;
  InputRef source;
};

/// New homes from a housing project: pupils a year join at one home as dwellings complete.
struct Housing {
  std::string code;
  Name name;
  HomeId home;
  Year completes = 0;
  double dwellings = 0.0;
  /// Children per dwelling by age, same length as ChildTable::ages.
  std::vector<double> yield_by_age;
};

/// A catchment 学区 of one stage: its area, its homes, and the campuses that serve it.
struct Catchment {
  std::string code;
  Name name;
  StageId stage;
  Year from = -1000000;
  Year until = 1000000;
  MultiPolygon area;
  std::vector<HomeId> homes;
  std::vector<CampusId> campuses;
  InputRef source;
  [[nodiscard]] bool holds_in(Year y) const { return y >= from && y <= until; }
};

/// A feeder 对口直升: who finishes at `from` may enter `to`.
struct Feeder {
  CampusId from;
  CampusId to;
  Year since = -1000000;
};

/// A town, 街道 or district: where homes are counted.
struct Area {
  std::string code;
  Name name;
  UrbanClass urban = UrbanClass::City;
  MultiPolygon shape;
  InputRef source;
};

/// Entrants of a stage given outright for areas and years (a register or a forecast).
/// Shared among the area's homes as the base-year entrants are.
struct EntrantTotal {
  AreaId area;
  StageId stage;
  Year year = 0;
  double pupils = 0.0;
};

/// Families that move: the share by which an area's children change each year, births apart.
/// Minus: they leave, as from villages to towns. Areas without an entry keep their children.
struct Migration {
  AreaId area;
  std::vector<Step> yearly_share;  ///< from a year on; 0.02 adds two in a hundred each year
};

/// How many of a grade come on to the next a year later: below 1 some leave, above 1 some come.
struct Progression {
  StageId stage;
  AreaId area;                   ///< of the homes it holds for; invalid: all
  std::vector<double> survival;  ///< by grade left behind: grades - 1 entries
};

/// How births move on from the base year: factor a year on the base year's age-0 children.
struct Growth {
  std::vector<Step> birth_factor;  ///< middle variant, 1 = base year
  std::vector<Step> birth_factor_low;
  std::vector<Step> birth_factor_high;
  std::vector<EntrantTotal> entrants;
  std::vector<Migration> migration;
  std::vector<Progression> progression;
  std::string source;
  std::string mark = "assumed";
};

}  // namespace doorstep
