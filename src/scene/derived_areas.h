#pragma once
// Areas for places that give no catchment polygons: the land nearest to homes that belong together.
// Internal to scene, but for how far they reach.

#include <vector>

#include "place/place.h"

namespace doorstep::scene {

/// Shape by owner. `owner_of` by home, -1: none. Land far from any home (more than a few times the
/// usual distance between homes) belongs to no area, so that a lone village does not claim a
/// desert. Pre: owners are 0 … count-1.
[[nodiscard]] std::vector<MultiPolygon> derived_areas(const Place& place,
                                                      const IdVector<HomeId, int>& owner_of,
                                                      std::size_t count);

/// How far beyond their homes such areas may reach: what fits a map to homes leaves this much room.
/// Units: metres. Cost: a search of the neighbour of every home.
[[nodiscard]] double derived_reach_m(const std::vector<Xy>& homes);

}  // namespace doorstep::scene
