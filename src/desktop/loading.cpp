#include "desktop/loading.h"

#include <epoxy/gl.h>
// GLFW must not bring its own OpenGL header.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <chrono>
#include <future>

#include "base/error.h"
#include "desktop/widgets.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

void draw_progress(Ui& ui, const Words& words, const std::string& name, const Progress& progress,
                   double width, double height) {
  const scene::Theme& t = ui.theme();
  const double middle = height / 2;
  draw_logo(ui, {width / 2 - 20, middle - 70, 40, 40});
  ui.text({20, middle - 20, width - 40, 24}, scene::filled(words("window.opening"), {name}),
          Font::Title, t.ink, Align::Centre);
  const Rect bar{width / 2 - 140, middle + 14, 280, 6};
  ui.fill(bar, t.sunken, 3);
  ui.fill({bar.x, bar.y, bar.w * progress.fraction(), bar.h}, t.accent, 3);
  ui.text({20, middle + 26, width - 40, 20}, progress.task(), Font::Caption, t.ink2, Align::Centre);
}

void draw_frame(GLFWwindow* window, Fonts& fonts, const Words& words, const std::string& name,
                const Progress& progress, double scale) {
  const scene::Theme& t = scene::theme(scene::ThemeKind::Light);
  int width = 1, height = 1;
  glfwGetFramebufferSize(window, &width, &height);
  if (fonts.build(scale)) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::GetIO().DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("loading", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoInputs);
  Ui ui(fonts);
  ui.begin(t, words, scale);
  draw_progress(ui, words, name, progress, width / scale, height / scale);
  ImGui::End();
  ImGui::Render();
  glViewport(0, 0, width, height);
  glClearColor(static_cast<float>(t.panel.r) / 255.0F, static_cast<float>(t.panel.g) / 255.0F,
               static_cast<float>(t.panel.b) / 255.0F, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window);
}

}  // namespace

std::shared_ptr<const session::OpenPlace> load_place(GLFWwindow* window,
                                                     const std::filesystem::path& path,
                                                     const Words& words, double scale) {
  Progress progress;
  auto reading =
      std::async(std::launch::async, [&] { return session::open_place(path, progress); });
  Fonts fonts;
  const auto normal = std::filesystem::absolute(path).lexically_normal();
  std::string name = normal.filename() == "place.toml" ? normal.parent_path().filename().string()
                                                       : normal.filename().string();
  if (name.empty()) name = normal.parent_path().filename().string();
  fonts.need(words("window.opening") + name);
  while (reading.wait_for(std::chrono::milliseconds(15)) != std::future_status::ready) {
    glfwPollEvents();
    if (glfwWindowShouldClose(window) != GLFW_FALSE) progress.cancel();
    draw_frame(window, fonts, words, name, progress, scale);
  }
  try {
    return reading.get();
  } catch (const Cancelled&) {
    return nullptr;
  }
}

}  // namespace doorstep::desktop
