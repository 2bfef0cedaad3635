#pragma once
// The GLFW window and its loop: asleep while nothing happens, a frame when something does.

#include <array>
#include <functional>

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

  /// Runs until closed, or until something else is to be opened (App::files says what). Returns
  /// the exit status. `each_frame`: called after every frame that was drawn.
  int run(App& app, const std::function<void()>& each_frame);
  /// Runs a script of commands instead of the user. Returns 1 where a check of it failed.
  /// `line`: where it goes on, after something else was opened in between.
  int run_script(App& app, const std::filesystem::path& script, std::size_t& line,
                 const std::function<void()>& each_frame);
  [[nodiscard]] double content_scale() const;
  [[nodiscard]] std::pair<int, int> size() const;
  [[nodiscard]] GLFWwindow* handle() const { return window_; }

 private:
  [[nodiscard]] Input take_input();
  void follow_presentation(bool presenting);
  GLFWwindow* window_ = nullptr;
  bool whole_screen_ = false;
  std::array<int, 4> before_{};  ///< position and size of the window, for afterwards
};

}  // namespace doorstep::desktop
