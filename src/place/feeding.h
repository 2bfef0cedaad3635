#pragma once
// Whether a feeder can lead anybody anywhere.

#include "place/place.h"

namespace doorstep {

/// Whether `to` teaches a stage that follows one of `from`: its first grade is entered at the age
/// at which the other's last one is left.
[[nodiscard]] bool leads_on(const Place& place, CampusId from, CampusId to);

}  // namespace doorstep
