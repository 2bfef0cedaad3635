#pragma once
// A campus made larger or smaller by dragging a handle over it: its seats follow the mouse, one
// class for every few pixels. A state machine without a window.

#include <optional>
#include <string>

#include "desktop/layout.h"
#include "desktop/tools.h"

namespace doorstep::desktop {

class ResizeTool {
 public:
  /// Pixels to the right that one class of pupils takes; with Shift they are that of one seat.
  static constexpr double kClassPx = 14.0, kSeatPx = 2.0;

  /// Takes the handle of a campus at `px`. Pre: the campus teaches the stage.
  void press(const Place& place, CampusId campus, StageId stage, Year year, Xy px);
  /// The mouse is at `px`; `fine`: by single seats.
  ToolRequest move(Xy px, bool fine);
  /// The seats as they are; nothing where they are what they were.
  ToolRequest release();
  ToolRequest cancel();
  /// Code of the campus that a click of "add seats" would enlarge, while the mouse is on it.
  std::string over;
  [[nodiscard]] bool dragging() const { return edit_.has_value(); }
  [[nodiscard]] double before() const { return before_; }
  /// Pre: dragging().
  [[nodiscard]] const SetSeats& edit() const { return *edit_; }

 private:
  std::optional<SetSeats> edit_;
  double before_ = 0.0;
  double class_size_ = 45.0;
  Xy from_;
};

/// Where the handle of a campus at `px` lies: above its symbol. Units: pixels.
[[nodiscard]] inline Rect resize_handle(Xy px) { return {px.x - 78, px.y - 48, 156, 24}; }

/// The edit that already gives a campus its seats from a year on, and would be made again: that
/// opened it, or that sets them; -1 none.
[[nodiscard]] int edit_of_seats(const Scenario& scenario, const SetSeats& seats);
/// That edit with the seats of `seats`.
[[nodiscard]] Edit with_seats(const Edit& edit, const SetSeats& seats);

}  // namespace doorstep::desktop
