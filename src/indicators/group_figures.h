#pragma once
// How an education group stands in a stage and year: size, crowding, and the gap between its core
// and its members, which is what a group is judged by.

#include "indicators/indicators.h"

namespace doorstep {

struct GroupFigures {
  GroupId group;
  int campuses = 0;  ///< open, core and members of this stage
  double pupils = 0.0, seats = 0.0, utilisation = 0.0, over_seats = 0.0;
  int classes = 0, large = 0, very_large = 0, yellow = 0, red = 0;
  double entrants = 0.0, turned_away = 0.0;
  double share_of_pupils = 0.0;  ///< of all pupils of the stage
  double core_quality = 0.0;     ///< NaN where the core does not teach the stage
  double member_quality = 0.0;   ///< weighted by pupils, the core apart; NaN of none
  double balance = 0.0;          ///< of seats per pupil inside the group; NaN of one campus
  double travel_mean_min = 0.0;
};

/// Groups with an open core or member of the stage, in the place's order. A tie counts in its
/// years.
[[nodiscard]] std::vector<GroupFigures> group_figures(const Place& place, const YearResult& year,
                                                      StageId stage,
                                                      const StageIndicators& meaning);

}  // namespace doorstep
