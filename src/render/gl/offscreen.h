#pragma once
// An OpenGL 3.3 context without any display (EGL surfaceless) with a frame to draw into: tests and
// pictures on machines without a screen. Draws repeat bit for bit on one driver.

#include <memory>

#include "render/gl/frame.h"

namespace doorstep::render {

class OffscreenContext {
 public:
  /// Makes the context current on this thread. Units: device pixels.
  /// Throws: Error where EGL has no surfaceless platform or no OpenGL 3.3.
  OffscreenContext(int width, int height);
  ~OffscreenContext();
  OffscreenContext(const OffscreenContext&) = delete;
  OffscreenContext& operator=(const OffscreenContext&) = delete;

  /// Binds the frame for drawing.
  void begin();
  /// Waits until everything asked for is drawn.
  void finish();
  [[nodiscard]] const Frame& frame() const;
  /// What was drawn.
  [[nodiscard]] Image read();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace doorstep::render
