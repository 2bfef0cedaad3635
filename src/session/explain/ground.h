#pragma once
// Where a figure of a town, district, group or the whole place comes from: the homes or campuses it
// is added up from, the formula, the standards.

#include "session/explain/explain.h"

namespace doorstep::session {

struct GroundQuestion {
  enum class Of { Place, District, Town, Group };
  Of of = Of::Place;
  std::string code;   ///< of the town, county, urban class or group; ignored for the place
  std::string stage;  ///< code; "" where the place has one
  Year year = 0;      ///< 0: the last year of the run
  std::string figure;
  std::size_t rows = 10;
};

/// Figures that can be asked for a town, a district or the place; a group has those of schools.
[[nodiscard]] const std::vector<Explainable>& ground_figures();
/// Whether a figure is added up from campuses, and so may be asked of a group.
[[nodiscard]] bool is_of_schools(const std::string& figure);

/// Throws: Error naming an unknown town, group, stage, year or figure and what there is.
[[nodiscard]] Explanation explain_ground(const Outcome& outcome, const GroundQuestion& question);

}  // namespace doorstep::session
