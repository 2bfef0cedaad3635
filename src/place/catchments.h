#pragma once
// Which homes lie in which catchment: by list first, then by polygon.
// Used by `place` itself and by edits that redraw catchments.

#include "place/place.h"

namespace doorstep {

/// Homes inside a shape or on its border, in order of id.
[[nodiscard]] std::vector<HomeId> homes_inside(const Place& place, const MultiPolygon& shape);

/// Every (home, catchment) pair of a stage and year, ordered by home; pairs by list come before
/// pairs by polygon, then by catchment code. More than one pair of a home: it is claimed twice.
struct Membership {
  HomeId home;
  CatchmentId catchment;
  bool listed = false;
};
[[nodiscard]] std::vector<Membership> memberships(const Place& place, StageId stage, Year year);

}  // namespace doorstep
