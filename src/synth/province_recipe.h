#pragma once
// Parts of a recipe that few towns need: migrant children, the counties of a province, groups by
// rule. recipe.h holds the rest.

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "place/place.h"

namespace doorstep::synth {

/// Children of families without local hukou: their share of all, and where they live.
struct MigrantRecipe {
  double share = 0.0;  ///< of all children; 0: the place has one class of households
  double core = 1.0, new_side = 1.8, edge = 1.5, town = 0.6, village = 0.1;  ///< relative
};

/// A county of a province: people, of them urban, children by the bands of [ages].
struct CountyRecipe {
  std::string code;
  Name name;
  std::string city;  ///< prefecture: counties of one lie together
  double people = 0.0;
  double urban_people = 0.0;
  std::vector<double> children;
};

/// What schools have, per pupil: [resources]. Without it the place reports none.
struct ResourceRecipe {
  /// By index into kResourceKinds, per seat (rooms, grounds, goods) or per pupil (staff) of a
  /// campus in the core; 0: not reported.
  using Amounts = std::array<double, kResourceKinds.size()>;
  std::vector<std::pair<std::string, Amounts>> stages;  ///< by code of the stage
  double town = 1.0, village = 1.0;                     ///< relative to the core
  double spread = 0.0;  ///< of the logarithm, campus by campus and kind by kind
};

/// Groups of a province beyond those named.
struct GroupingRecipe {
  int groups = 0;                                     ///< in all, those named among them
  int schools = 0;                                    ///< in any group, cores among them
  Year first = 0, last = 0;                           ///< years in which they are founded
  std::vector<std::string> full;                      ///< counties where every school is in a group
  std::vector<std::pair<std::string, double>> forms;  ///< form and share of the ties
  bool as_scenarios = false;  ///< the place has none; scenarios beside it found them
};

}  // namespace doorstep::synth
