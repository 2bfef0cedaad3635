#pragma once
// Where the keyboard is: on the map, or on one of the things that panels offer to the mouse. Knows
// what was offered in the last frame, and where the next one lies. A state machine without a
// window.

#include <string>
#include <vector>

#include "desktop/layout.h"

namespace doorstep::desktop {

class Focus {
 public:
  /// Before the panels draw: what they offered stays known until they have offered anew.
  void begin_frame();
  struct Offer {
    bool focused = false;    ///< draw the ring
    bool activated = false;  ///< Enter or Space: as a click
  };
  /// A thing answers the mouse inside `r`. In drawing order.
  Offer offer(const std::string& id, const Rect& r);
  /// What panels stand in the window, in the order they are walked.
  void set_panels(std::vector<Rect> panels) { panels_ = std::move(panels); }

  /// Whether the keyboard is in a panel; else it is the map's.
  [[nodiscard]] bool on() const { return !id_.empty(); }
  /// On to the next thing, over the ends round. From the map: the first.
  void next(int by);
  /// To the nearest thing that way; stays where there is none.
  void towards(int dx, int dy);
  /// Into the first thing of the next panel; past the last one back to the map.
  void next_panel();
  /// Clicks what has the focus, in the next frame.
  void activate() { activates_ = on(); }
  void leave();
  /// A key of the focus; false where it is another's. Letters never are.
  bool press(const std::string& key);
  [[nodiscard]] const std::string& id() const { return id_; }
  /// Where the thing lay that has the focus; empty without one.
  [[nodiscard]] Rect rect() const { return rect_; }

 private:
  struct Thing {
    std::string id;
    Rect r;
  };
  [[nodiscard]] std::size_t index() const;
  void take(std::size_t thing);

  std::vector<Thing> last_, now_;
  std::vector<Rect> panels_;
  std::string id_;
  Rect rect_;
  bool activates_ = false;
  bool seen_ = true;  ///< what has the focus was offered in the frame
};

}  // namespace doorstep::desktop
