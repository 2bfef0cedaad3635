#include "desktop/window.h"

#include <epoxy/gl.h>
// GLFW must not bring its own OpenGL header.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <clocale>
#include <cstdlib>
#include <thread>

#include "base/error.h"
#include "desktop/rare_characters.h"
#include "desktop/screen.h"
#include "desktop/script_player.h"

namespace doorstep::desktop {

namespace {

/// What the callbacks saw since the last frame. GLFW calls them on the window's thread.
struct Seen {
  std::vector<std::string> keys;
  std::vector<std::filesystem::path> dropped;
  double wheel = 0.0;
  int frames = 3;  ///< still to draw
};

Seen& seen(GLFWwindow* window) { return *static_cast<Seen*>(glfwGetWindowUserPointer(window)); }

void install_callbacks(GLFWwindow* window) {
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int, int action, int mods) {
    const std::string name = key_name(key, mods);
    if (action != GLFW_RELEASE && !name.empty()) seen(w).keys.push_back(name);
    seen(w).frames = 3;
  });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double, double y) {
    seen(w).wheel += y;
    seen(w).frames = 3;
  });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    for (int i = 0; i < count; ++i) seen(w).dropped.emplace_back(paths[i]);
    seen(w).frames = 3;
  });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int, int, int) { seen(w).frames = 3; });
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double, double) { seen(w).frames = 2; });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned) { seen(w).frames = 3; });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { seen(w).frames = 3; });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { seen(w).frames = 3; });
}

/// In a locale of single bytes, as where nothing is set, X hands over no Chinese, be it composed or
/// from a key.
void take_characters_of_all_scripts() {
  std::setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace

Window::Window(int width, int height, const std::string& title) {
  glfwSetErrorCallback([](int, const char*) {});  // said once, below
  take_characters_of_all_scripts();
  if (glfwInit() == GLFW_FALSE)
    throw Error("cannot open a window: there is no display", "window",
                "start it in a desktop session, or use `doorstep render` for pictures");
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  window_ = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (window_ == nullptr) {
    glfwTerminate();
    throw Error("cannot open a window: no OpenGL 3.3", "window", "update the graphics driver");
  }
  glfwMakeContextCurrent(window_);
  glfwSwapInterval(1);
  glfwSetWindowUserPointer(window_, new Seen);
  install_callbacks(window_);
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window_, true);
  // What an input method has composed comes here character by character; the library's own callback
  // would lose those beyond U+FFFF.
  glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned c) {
    seen(w).frames = 3;
    ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(stand_in(c)));
  });
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

Window::~Window() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  delete &seen(window_);
  glfwDestroyWindow(window_);
  glfwTerminate();
}

double Window::content_scale() const {
  float x = 1.0F, y = 1.0F;
  glfwGetWindowContentScale(window_, &x, &y);
  return x;
}

// Scenes are presented on the whole screen; then the window is as it was.
void Window::follow_presentation(bool presenting) {
  if (presenting == whole_screen_) return;
  whole_screen_ = presenting;
  if (presenting) {
    glfwGetWindowPos(window_, &before_[0], &before_[1]);
    glfwGetWindowSize(window_, &before_[2], &before_[3]);
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode != nullptr)
      glfwSetWindowMonitor(window_, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
  } else {
    glfwSetWindowMonitor(window_, nullptr, before_[0], before_[1], before_[2], before_[3], 0);
  }
}

std::pair<int, int> Window::size() const {
  if (whole_screen_) return {before_[2], before_[3]};
  int w = 0, h = 0;
  glfwGetWindowSize(window_, &w, &h);
  return {w, h};
}

Input Window::take_input() {
  Input input;
  double x = 0, y = 0;
  glfwGetCursorPos(window_, &x, &y);
  int w = 1, h = 1, dw = 1, dh = 1;
  glfwGetWindowSize(window_, &w, &h);
  glfwGetFramebufferSize(window_, &dw, &dh);
  input.mouse = {x * dw / std::max(w, 1), y * dh / std::max(h, 1)};
  input.down = glfwGetMouseButton(window_, GLFW_MOUSE_BUTTON_LEFT) == GLFW_PRESS;
  auto held = [this](int left, int right) {
    return glfwGetKey(window_, left) == GLFW_PRESS || glfwGetKey(window_, right) == GLFW_PRESS;
  };
  input.shift = held(GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT);
  input.alt = held(GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT);
  input.wheel = seen(window_).wheel;
  input.dropped.swap(seen(window_).dropped);
  input.keys.swap(seen(window_).keys);
  seen(window_).wheel = 0;
  return input;
}

int Window::run(App& app, const std::function<void()>& each_frame) {
  Screen screen(app);
  double fraction = -1.0;
  while (!app.files.leaving()) {
    Seen& s = seen(window_);
    if (glfwWindowShouldClose(window_) != GLFW_FALSE) {
      glfwSetWindowShouldClose(window_, GLFW_FALSE);  // unsaved work is asked about first
      app.files.close();
      s.frames = std::max(s.frames, 2);
    }
    const bool awake = s.frames > 0 || screen.animating();
    const double step = screen.next_step_in(glfwGetTime());
    const bool working =
        app.document().busy() || app.desk.waiting() || app.data.busy() || app.home_desk.working();
    const double longest = working ? 0.02 : 1.0;
    if (awake || step == 0.0)
      glfwPollEvents();
    else
      glfwWaitEventsTimeout(step > 0.0 ? std::min(step, longest) : longest);
    if (screen.next_step_in(glfwGetTime()) == 0.0) s.frames = std::max(s.frames, 1);
    app.now = glfwGetTime();  // what is said in passing goes away while nothing else happens
    if (app.poll()) s.frames = std::max(s.frames, 2);
    follow_presentation(app.show.presenting() >= 0);
    if (app.document().busy() && app.document().job_fraction() != fraction) {
      fraction = app.document().job_fraction();
      s.frames = std::max(s.frames, 1);
    }
    if (s.frames <= 0 && !screen.animating()) continue;
    s.frames = std::max(0, s.frames - 1);
    int width = 0, height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    if (width == 0 || height == 0) continue;  // minimised
    ImGui_ImplGlfw_NewFrame();
    screen.frame(take_input(), width, height, glfwGetTime());
    glfwSwapBuffers(window_);
    each_frame();
  }
  return 0;
}

int Window::run_script(App& app, const std::filesystem::path& script, std::size_t& line,
                       const std::function<void()>& each_frame) {
  Screen screen(app);
  ScriptPlayer player(app, screen, script, line);
  while (!player.finished() && !app.files.leaving() &&
         glfwWindowShouldClose(window_) == GLFW_FALSE) {
    glfwPollEvents();
    app.poll();
    int width = 0, height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    const Input input = player.next(glfwGetTime());
    ImGui_ImplGlfw_NewFrame();
    const bool painted = player.paints();
    screen.frame(input, width, height, player.now(), painted);
    player.after_frame(width, height);
    if (painted)
      glfwSwapBuffers(window_);
    else if (player.waits())
      std::this_thread::sleep_for(std::chrono::milliseconds(16));  // the work needs the processor
    each_frame();
  }
  line = player.next_line();
  return player.status();
}

}  // namespace doorstep::desktop
