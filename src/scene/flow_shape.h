#pragma once
// The shape of a flow: a quadratic curve bent to the left of travel, tapered. Shared by the
// renderers, the legend and the flow layer, so that all draw the same curve.

#include "geo/geometry.h"

namespace doorstep::scene {

/// Control point of the curve: 18 % of the length to the left of travel. North is up (y grows up).
[[nodiscard]] Xy flow_control(Xy from, Xy to);
/// Point of the quadratic curve at t in [0, 1].
[[nodiscard]] Xy flow_point(Xy from, Xy control, Xy to, double t);
/// Closed outline of the tapered curve, `steps` pieces a side. Units: those of the points.
[[nodiscard]] Ring flow_outline(Xy from, Xy control, Xy to, double width_from, double width_to,
                                int steps = 24);

}  // namespace doorstep::scene
