#include "render/gl/shifted_map.h"

#include <cmath>

namespace doorstep::render {

void ShiftedMap::upload(const scene::DisplayList& list, double scale) {
  map_.upload(list, scale);
  stale_ = true;
}

bool ShiftedMap::covers(const scene::Viewport& view) const {
  const Xy shift = (view.centre - base_view_.centre) * (1.0 / view.m_per_px);
  return !stale_ && base_view_.m_per_px == view.m_per_px && base_view_.scale == view.scale &&
         std::abs(shift.x) <= margin_ && std::abs(shift.y) <= margin_;
}

void ShiftedMap::draw_base(const scene::Viewport& view, const Frame& frame) {
  const bool panned =
      !stale_ && base_view_.m_per_px == view.m_per_px && base_view_.scale == view.scale;
  margin_ = panned ? kMargin : 0.0;
  const int more = 2 * static_cast<int>(std::lround(margin_ * view.scale));
  base_.resize(frame.width() + more, frame.height() + more);
  base_view_ = view;
  base_view_.width_px = base_.width() / view.scale;
  base_view_.height_px = base_.height() / view.scale;
  base_.bind();
  map_.draw(base_view_);
  stale_ = false;
  ++drawn_;
}

void ShiftedMap::draw(const scene::Viewport& view, const Frame& frame) {
  const int more = 2 * static_cast<int>(std::lround(margin_ * view.scale));
  const bool resized =
      base_.width() != frame.width() + more || base_.height() != frame.height() + more;
  stale_ = stale_ || resized;
  if (!covers(view)) draw_base(view, frame);
  const Xy shift = (view.centre - base_view_.centre) * (view.scale / view.m_per_px);
  base_.copy_to(frame, static_cast<int>(std::lround((base_.width() - frame.width()) / 2 + shift.x)),
                static_cast<int>(std::lround((base_.height() - frame.height()) / 2 + shift.y)));
}

}  // namespace doorstep::render
