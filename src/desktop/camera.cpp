#include "desktop/camera.h"

#include <algorithm>
#include <cmath>

namespace doorstep::desktop {

void Camera::resize(double width_px, double height_px, double scale) {
  for (scene::Viewport* v : {&view_, &from_, &target_}) {
    v->width_px = width_px;
    v->height_px = height_px;
    v->scale = scale;
  }
}

void Camera::pan_by(Xy px) {
  moving_ = false;
  view_.centre = view_.centre + Xy{-px.x * view_.m_per_px, px.y * view_.m_per_px};
  target_ = view_;
}

void Camera::zoom_at(Xy at_px, double factor, double now) {
  scene::Viewport next = moving_ ? target_ : view_;
  const Xy held = next.to_map(at_px);
  next.m_per_px = std::clamp(next.m_per_px / factor, kNearest, kFarthest);
  const Xy moved = next.to_map(at_px);
  next.centre = next.centre + (held - moved);
  go(next, now);
}

void Camera::fit(const Box& box, double now) {
  if (box.empty()) return;
  constexpr double kMargin = 28.0;
  scene::Viewport next = view_;
  next.centre = box.centre();
  const double w = std::max(view_.width_px - 2 * kMargin, 50.0);
  const double h = std::max(view_.height_px - 2 * kMargin, 50.0);
  next.m_per_px = std::clamp(std::max(box.width() / w, box.height() / h), kNearest, kFarthest);
  go(next, now);
}

void Camera::centre_on(Xy at, double now) {
  scene::Viewport next = moving_ ? target_ : view_;
  next.centre = at;
  go(next, now);
}

void Camera::go(scene::Viewport target, double now) {
  target_ = target;
  if (now < 0 || reduced_motion) {
    view_ = target;
    moving_ = false;
    return;
  }
  from_ = view_;
  started_ = now;
  moving_ = true;
}

bool Camera::advance(double now) {
  if (!moving_) return false;
  const double t = std::clamp((now - started_) / kZoomSeconds, 0.0, 1.0);
  const double eased = 1.0 - (1.0 - t) * (1.0 - t);
  // Even in the logarithm of the scale; the centre follows so that the fixed point stays.
  const double ratio = target_.m_per_px / from_.m_per_px;
  view_.m_per_px = from_.m_per_px * std::pow(ratio, eased);
  const double moved = std::abs(ratio - 1.0) < 1e-9 ? eased
                                                    : (view_.m_per_px - from_.m_per_px) /
                                                          (target_.m_per_px - from_.m_per_px);
  view_.centre = from_.centre + (target_.centre - from_.centre) * moved;
  if (t >= 1.0) {
    view_ = target_;
    moving_ = false;
  }
  return true;
}

double Camera::scale_number() const {
  constexpr double kMetresPerPixelOnScreen = 0.0254 / 96.0;
  return view_.m_per_px / kMetresPerPixelOnScreen;
}

}  // namespace doorstep::desktop
