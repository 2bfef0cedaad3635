#pragma once
// The GLFW window and its loop: asleep while nothing happens, a frame when something does.

#include "desktop/app.h"
#include "desktop/input.h"
#include "session/window_request.h"

struct GLFWwindow;

namespace doorstep::desktop {

class Window {
 public:
  /// Throws: Error where there is no display or no OpenGL 3.3.
  Window(int width, int height, const std::string& title);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Runs until closed. Returns the exit status.
  int run(App& app);
  /// Runs a script of commands instead of the user. Returns 1 where a check of it failed.
  int run_script(App& app, const std::filesystem::path& script);
  [[nodiscard]] double content_scale() const;
  [[nodiscard]] GLFWwindow* handle() const { return window_; }

 private:
  [[nodiscard]] Input take_input();
  GLFWwindow* window_ = nullptr;
};

}  // namespace doorstep::desktop
