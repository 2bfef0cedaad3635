#pragma once
// The same figures for any ground: the whole place, its counties, city, town and country, and each
// town or district. Two sides that differ: the children who live there, and the schools that stand
// there.

#include <string>
#include <vector>

#include "indicators/campus_figures.h"

namespace doorstep {

struct Territory {
  enum class Kind { Place, County, Urban, Town };
  Kind kind = Kind::Place;
  std::string code;  ///< "371602", "rural", code of the area; "" homes without an area
  Name name;
};
[[nodiscard]] const char* territory_kind_name(Territory::Kind kind);

struct TerritoryFigures {
  Territory what;
  // The children who live there.
  double children = 0.0, placed = 0.0, unplaced = 0.0;
  double travel_mean_min = 0.0, travel_median_min = 0.0, travel_p90_min = 0.0;
  double share_over_radius = 0.0, share_over_1km = 0.0, share_over_30min = 0.0;
  double share_crossing = 0.0;       ///< NaN: not known
  double covered = 0.0;              ///< share within the service radius of an open campus
  double access = 0.0;               ///< seats within reach of one child (2SFCA), mean
  double own_catchment_share = 0.0;  ///< NaN where nobody has one
  double schooled_elsewhere = 0.0;   ///< of the placed, those at a campus outside the territory
  // The campuses that stand there.
  int campuses = 0, classes = 0, large = 0, very_large = 0, yellow = 0, red = 0;
  ClassBands bands{};
  double pupils = 0.0, seats = 0.0, utilisation = 0.0, over_seats = 0.0, empty_seats = 0.0;
  double balance = 0.0, balance_by_person = 0.0;  ///< of seats per pupil; NaN where undefined
  /// The reviews by what schools report: composite of the eight, largest of the seven; else NaN.
  double balance_eight = 0.0, balance_seven = 0.0;
  double migrant_share_public =
      0.0;                     ///< of migrant children placed there, those at public campuses
  double dissimilarity = 0.0;  ///< of migrants and others over its campuses
  double teachers_needed = 0.0;
  int points = 0, funded_up = 0, too_large = 0, below_viable = 0;
};

/// The whole place first, then counties (where area codes begin with six digits that differ),
/// city/town/rural, then towns by code. Without areas only the first.
/// Pre: `meaning` is of the same stage and year, `campuses` of campus_figures.
/// Cost: homes × open campuses.
[[nodiscard]] std::vector<TerritoryFigures> territory_figures(
    const FiguresInput& in, const YearResult& year, StageId stage, const StageIndicators& meaning,
    const IdVector<CampusId, CampusFigures>& campuses);

}  // namespace doorstep
