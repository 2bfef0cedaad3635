#pragma once
// Changes to the streets that a planner tries: a new road, a closed bridge, another pace. Gives new
// streets with the same nodes; customizable.h makes them ready for sweeps in milliseconds.

#include <array>
#include <cstdint>
#include <vector>

#include "place/streets.h"

namespace doorstep {

struct StreetChanges {
  /// Directed edges that are closed; the way back is an edge of its own.
  std::vector<uint32_t> closed;
  /// A new way in one direction, straight. Units: minutes; below 0 at the streets' own speed.
  struct Added {
    uint32_t from = 0;
    uint32_t to = 0;
    double minutes = -1.0;
    uint8_t road_class = 1;
  };
  std::vector<Added> added;
  /// Times are multiplied by this, by road class; 1 leaves them. Above 5: as class 5.
  std::array<double, 6> time_factor{1, 1, 1, 1, 1, 1};
};

/// Throws: Error where an edge or node does not exist or a factor is not a positive number.
[[nodiscard]] Streets changed_streets(const Streets& streets, const StreetChanges& changes);

}  // namespace doorstep
