#pragma once
// What one draw says of towns, districts and groups. Internal to the ensemble.

#include <compare>
#include <map>
#include <string>

#include "session/ensemble/ensemble.h"

namespace doorstep::session {

/// One figure of one ground in one year, in the order in which bands are listed.
struct GroundKey {
  uint32_t stage = 0;
  Year year = 0;
  std::string kind, code, figure;
  auto operator<=>(const GroundKey&) const = default;
};
using GroundValues = std::map<GroundKey, double>;

/// Figures of every year. Cost: homes × open campuses a year.
[[nodiscard]] GroundValues ground_values(const Place& place, const TravelTable& travel,
                                         const RunResult& run,
                                         const std::vector<YearIndicators>& meaning,
                                         const Standards& standards);

/// Which way a figure of ground_values is better.
[[nodiscard]] Better better_way(const std::string& figure);

}  // namespace doorstep::session
