#pragma once
// The findings of a place as people go through them: errors first, those of one kind together, and
// a number for each that can be shown on the map.

#include <vector>

#include "base/diagnostics.h"
#include "place/place.h"

namespace doorstep::session {

struct Finding {
  Diagnostic what;  ///< with a spot wherever one could be found
  int pin = 0;      ///< from 1, in the order of the list; 0: nowhere on the map
};

/// Errors, warnings, remarks; within each by kind, kinds in the order in which they came up. A
/// finding without a spot gets that of the campus or home whose row it names.
[[nodiscard]] std::vector<Finding> findings_to_walk(const Diagnostics& findings,
                                                    const Place& place);

}  // namespace doorstep::session
