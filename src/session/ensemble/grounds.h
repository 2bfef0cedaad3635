#pragma once
// What one draw says of the place, its towns, groups and campuses. Internal to the ensemble.

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "indicators/way_crossings.h"
#include "session/ensemble/ensemble.h"

namespace doorstep::session {

/// One ground in one year, in the order in which bands are listed. Kinds: those of territories
/// ("place", "county", "urban", "town"), "stage", "group" and "campus".
struct GroundKey {
  uint32_t stage = 0;
  Year year = 0;
  std::string kind, code;
  auto operator<=>(const GroundKey&) const = default;
};
/// By ground, in the order of the figures of its kind.
using GroundValues = std::map<GroundKey, std::vector<double>>;

/// Every figure that tables have of a kind of ground, by the name of its column.
[[nodiscard]] const std::vector<std::string>& ground_figures(const std::string& kind);

/// Crossings on the ways to all campuses, whoever goes there; nothing where streets know none.
/// Cost: one search of all streets a campus. Throws: Cancelled.
[[nodiscard]] std::optional<WayCrossings> crossings_to_all(const Place& place,
                                                           const TravelTable& travel,
                                                           Progress& progress);

/// Figures of every year. `crossings`: null where not known. Cost: homes × open campuses a year.
[[nodiscard]] GroundValues ground_values(const Place& place, const TravelTable& travel,
                                         const RunResult& run,
                                         const std::vector<YearIndicators>& meaning,
                                         const Standards& standards, const WayCrossings* crossings);

/// Which way a figure of ground_values is better.
[[nodiscard]] Better better_way(const std::string& figure);

}  // namespace doorstep::session
