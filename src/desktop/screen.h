#pragma once
// One frame: lays out the panels over the map, lets the mouse and keys act on the app, and draws.
// Owns everything of ImGui and OpenGL; the window only gives it a context and input.

#include <memory>
#include <vector>

#include "desktop/app.h"
#include "desktop/input.h"
#include "desktop/text_record.h"
#include "render/gl/image_file.h"

namespace doorstep::desktop {

class Screen {
 public:
  /// Pre: an OpenGL context is current and ImGui's backends are set up on it.
  explicit Screen(App& app);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// Draws into the bound frame of `width` × `height` device pixels. Units: `now` in seconds.
  /// `painted`: else all is laid out and acts as ever, but no pixel is drawn.
  void frame(const Input& input, int width, int height, double now, bool painted = true);
  /// Whether something still moves, so that the next frame must follow at once.
  [[nodiscard]] bool animating() const;
  /// Seconds until the years that are played go on; negative while none are. In between a window
  /// has nothing to draw.
  [[nodiscard]] double next_step_in(double now) const;
  [[nodiscard]] const PaintedTexts& texts() const;
  /// Where a point of the map is drawn in the window. Units: pixels at 100 %.
  [[nodiscard]] Xy on_window(Xy at) const;
  /// Display lists made, and times the map itself was drawn: probes for tests.
  [[nodiscard]] int lists_built() const;
  [[nodiscard]] int bases_drawn() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::desktop
