#pragma once
// Tells a click on the map from a drag: a press is a drag only after 5 pixels, and a drag begun on
// the map goes on over the panels. A state machine without a window.

#include <optional>

#include "geo/geometry.h"

namespace doorstep::desktop {

/// What a press, move or release meant. Units: pixels, y down.
struct MapEvent {
  enum class Kind { None, Pan, Click, DoubleClick, DragEnd };
  Kind kind = Kind::None;
  Xy at;
  Xy by;  ///< Pan: since the last event
};

class MapGesture {
 public:
  static constexpr double kDragAfterPx = 5.0;
  static constexpr double kDoubleSeconds = 0.35;

  /// The button went down; `on_map`: over the map and not over a panel's own thing.
  void press(Xy at, bool on_map, double now);
  MapEvent move(Xy at);
  MapEvent release(Xy at, double now);
  void cancel() { state_ = State::Up; }
  [[nodiscard]] bool dragging() const { return state_ == State::Dragging; }
  [[nodiscard]] bool down() const { return state_ != State::Up; }

 private:
  enum class State { Up, Pressed, Dragging };
  State state_ = State::Up;
  Xy pressed_at_;
  Xy last_;
  std::optional<double> last_click_;
  Xy last_click_at_;
};

}  // namespace doorstep::desktop
