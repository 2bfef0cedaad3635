#pragma once
// One draw: the numbers taken, and the place, coefficients and forms that follow. Internal to the
// ensemble.

#include "session/ensemble/ensemble.h"

namespace doorstep::session {

/// The value below which a triangular distribution has a share `u`. Pre: 0 <= u <= 1,
/// low <= value <= high.
[[nodiscard]] double triangular(const Coefficient& range, double u);

/// Values by input, in the order of the inputs.
using Draw = std::vector<double>;
[[nodiscard]] Draw values_as_they_stand(const std::vector<Uncertain>& inputs);
/// Keyed by seed, number of the draw and name: adding an input changes no other.
[[nodiscard]] Draw draw_values(const std::vector<Uncertain>& inputs, uint64_t seed, int number);

/// What a run needs under one draw.
struct DrawnWorld {
  Coefficients coefficients;
  GroupForms forms;
  /// The place with births and housing as drawn.
  [[nodiscard]] static Place place_under(const Place& place, const std::vector<Uncertain>& inputs,
                                         const Draw& draw);
};
[[nodiscard]] DrawnWorld world_under(const OpenPlace& opened, const std::vector<Uncertain>& inputs,
                                     const Draw& draw);

}  // namespace doorstep::session
