#pragma once
// A scenario's edits on an opened place, ready to be simulated: no year is run.

#include "session/outcome.h"

namespace doorstep::session {

struct AppliedPlan {
  Place place;  ///< with every edit made
  TravelTable travel;
  Diagnostics findings;  ///< of the edits and of the ways to what they build
};

/// Without edits the place and its ways as they are. Throws: Error of an edit that cannot be made;
/// Cancelled. Cost: the ways to campuses and homes that the edits add.
[[nodiscard]] AppliedPlan apply_plan(const OpenPlace& opened, const Scenario& scenario,
                                     Progress& progress);

}  // namespace doorstep::session
