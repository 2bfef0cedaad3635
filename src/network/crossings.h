#pragma once
// Trunk roads and railways that children cross at grade on their way: counted street by street,
// where the streets' reader marked them.

#include <cstdint>
#include <span>
#include <vector>

#include "place/streets.h"

namespace doorstep {

class StreetRouter;
struct StreetSnap;

struct Crossings {
  uint32_t trunk = 0;
  uint32_t rail = 0;
  Crossings& operator+=(const Crossings& more) {
    trunk += more.trunk;
    rail += more.rail;
    return *this;
  }
  bool operator==(const Crossings&) const = default;
};

/// Those of the street from one node to a neighbour that takes just `ms`; none where the streets
/// do not know them. A street walked only in part, at either end of a way, counts where the way
/// comes to its head.
[[nodiscard]] Crossings crossings_of_step(const Streets& streets, uint32_t from, uint32_t to,
                                          uint32_t ms);

/// For each home those on the quickest way to its nearest campus; 0 where it reaches none. Among
/// ways equally quick one is taken, the same in every run. Cost: one search of all streets.
[[nodiscard]] std::vector<Crossings> crossings_to_nearest(const StreetRouter& router,
                                                          std::span<const StreetSnap> homes,
                                                          std::span<const StreetSnap> campuses);

}  // namespace doorstep
