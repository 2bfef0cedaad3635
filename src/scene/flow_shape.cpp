#include "scene/flow_shape.h"

#include <cmath>

namespace doorstep::scene {

Xy flow_control(Xy from, Xy to) {
  constexpr double kBend = 0.18;
  Xy d = to - from;
  return (from + to) * 0.5 + Xy{-d.y, d.x} * kBend;
}

Xy flow_point(Xy from, Xy control, Xy to, double t) {
  double u = 1.0 - t;
  return from * (u * u) + control * (2.0 * u * t) + to * (t * t);
}

Ring flow_outline(Xy from, Xy control, Xy to, double width_from, double width_to, int steps) {
  Ring left, right;
  for (int i = 0; i <= steps; ++i) {
    double t = static_cast<double>(i) / steps;
    Xy p = flow_point(from, control, to, t);
    Xy d = (control - from) * (1.0 - t) + (to - control) * t;
    double length = std::hypot(d.x, d.y);
    Xy normal = length > 0 ? Xy{-d.y / length, d.x / length} : Xy{0.0, 0.0};
    double half = (width_from + (width_to - width_from) * t) / 2;
    left.push_back(p + normal * half);
    right.push_back(p - normal * half);
  }
  left.insert(left.end(), right.rbegin(), right.rend());
  return left;
}

}  // namespace doorstep::scene
