#pragma once
// Classes of a campus and their bands. Internal to `indicators`.

#include "indicators/indicators.h"

namespace doorstep {

/// ceil(pupils / standard), at most the rooms where they are known; 0 without pupils.
[[nodiscard]] int class_count(double pupils, int standard, double rooms);
/// Position in kBandNames of an average class size, rounded half up.
[[nodiscard]] int band_of(double class_size);
/// Average class size in whole pupils, rounded half up.
[[nodiscard]] int whole_size(double class_size);

}  // namespace doorstep
