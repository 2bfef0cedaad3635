#include "desktop/gesture.h"

namespace doorstep::desktop {

void MapGesture::press(Xy at, bool on_map, double) {
  if (!on_map) return;
  state_ = State::Pressed;
  pressed_at_ = last_ = at;
}

MapEvent MapGesture::move(Xy at) {
  if (state_ == State::Pressed && distance_m(at, pressed_at_) > kDragAfterPx)
    state_ = State::Dragging;
  if (state_ != State::Dragging || at == last_) return {};
  MapEvent out{MapEvent::Kind::Pan, at, at - last_};
  last_ = at;
  return out;
}

MapEvent MapGesture::release(Xy at, double now) {
  const State was = state_;
  state_ = State::Up;
  if (was == State::Dragging) return {MapEvent::Kind::DragEnd, at, {}};
  if (was == State::Up) return {};
  const bool twice = last_click_ && now - *last_click_ < kDoubleSeconds &&
                     distance_m(at, last_click_at_) <= kDragAfterPx;
  last_click_ = twice ? std::nullopt : std::optional<double>(now);
  last_click_at_ = at;
  return {twice ? MapEvent::Kind::DoubleClick : MapEvent::Kind::Click, at, {}};
}

}  // namespace doorstep::desktop
