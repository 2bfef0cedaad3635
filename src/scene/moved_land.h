#pragma once
// Land that goes with homes moved to another catchment than their outline says: without it a plan
// that paints homes would change figures and not the map. Internal to scene.

#include <vector>

#include "place/place.h"

namespace doorstep::scene {

/// Takes the ground nearest to each moved home off the shape it lies in and adds it to its owner's.
/// `owner_of` by home: index into `shapes`, -1 none; `given`: which shapes are outlines of the
/// place. Nothing changes where every home lies in its own outline.
/// Cost: linear to find them; the ground of homes near the moved ones.
void move_land(const Place& place, const IdVector<HomeId, int>& owner_of,
               const std::vector<bool>& given, std::vector<MultiPolygon>& shapes);

}  // namespace doorstep::scene
