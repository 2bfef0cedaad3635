#pragma once
// Where a hand puts something down.

#include <cmath>

#include "geo/geometry.h"

namespace doorstep::desktop {

/// To the tenth of a metre: nobody aims finer, and a plan's file stays readable.
[[nodiscard]] inline Xy as_put_down(Xy at) {
  return {std::round(at.x * 10) / 10, std::round(at.y * 10) / 10};
}

}  // namespace doorstep::desktop
