#include "desktop/screen.h"

#include <backends/imgui_impl_opengl3.h>
#include <epoxy/gl.h>
#include <imgui.h>

#include <cmath>

#include "desktop/map_view.h"
#include "desktop/panels.h"

namespace doorstep::desktop {

struct Screen::State {
  explicit State(App& a) : app(a), ui(fonts) {}
  void note_characters();
  void act(const Input& input, const Rect& map, double now);
  void mouse_on_map(const Input& input, const Rect& map, double now);
  void drag_campus(const Input& input, const Rect& map);
  void on_event(const MapEvent& event, const Rect& map, double now);
  void draw_panels(const Layout& l, const Rect& window);
  void advance_play(double now);
  void show_map(const MapView& shown, const Rect& r, const Rect& part);
  void hover(const Rect& map, Xy mouse, bool over);

  App& app;
  Fonts fonts;
  Ui ui;
  MapView map_view;
  std::unique_ptr<MapView> left_view;  ///< the baseline's half of a swipe
  MapGesture gesture;
  Scroll left_scroll, try_scroll, right_scroll, compare_scroll;
  bool was_down = false;
  bool fitted = false;
  int settle = 0;  ///< frames still to draw after something happened
  double last_step = 0.0;
  Rect map;
};

Screen::Screen(App& app) : state_(std::make_unique<State>(app)) { state_->note_characters(); }
Screen::~Screen() = default;

const std::vector<TextRecord>& Screen::texts() const { return state_->ui.records(); }
int Screen::lists_built() const { return state_->map_view.lists_built(); }
int Screen::bases_drawn() const { return state_->map_view.bases_drawn(); }

bool Screen::animating() const {
  return state_->app.camera.moving() || state_->app.view.playing || state_->settle > 0;
}

void Screen::State::note_characters() {
  for (Language l : {Language::Chinese, Language::English}) {
    for (const auto& [key, text] : app.words(l).all()) fonts.need(text);
  }
  auto names = [&](const auto& things) {
    for (const auto& thing : things) {
      fonts.need(thing.name.zh);
      fonts.need(thing.name.en);
    }
  };
  const Place& place = app.place();
  fonts.need(place.name.zh + place.name.en);
  names(place.stages);
  names(place.campuses);
  names(place.groups);
}

void Screen::State::hover(const Rect& r, Xy mouse, bool over) {
  app.pointer.reset();
  scene::MapItem item;
  if (over && !gesture.dragging()) {
    const Xy px{mouse.x - r.x, mouse.y - r.y};
    app.pointer = app.camera.view().to_map(px);
    item = map_view.pick(app.camera.view(), px);
  }
  if (!(item == app.view.hover)) settle = std::max(settle, 1);
  app.view.hover = item;
}

void Screen::State::on_event(const MapEvent& event, const Rect& r, double now) {
  const Xy px{event.at.x - r.x, event.at.y - r.y};
  switch (event.kind) {
    case MapEvent::Kind::None:
      return;
    case MapEvent::Kind::Pan:
      app.camera.pan_by(event.by);
      break;
    case MapEvent::Kind::Click:
      app.click(app.camera.view().to_map(px), map_view.pick(app.camera.view(), px));
      break;
    case MapEvent::Kind::DoubleClick:
      app.camera.zoom_at(px, 2.0, now);
      break;
    case MapEvent::Kind::DragEnd:
      break;
  }
  settle = 2;
}

// The new campus follows the mouse; it is placed where the button is let go over the map.
void Screen::State::drag_campus(const Input& input, const Rect& r) {
  NewCampusTool& tool = app.campus_tool();
  const Xy mouse = ui.mouse();
  const bool over = r.contains(mouse);
  const Xy at = app.camera.view().to_map({mouse.x - r.x, mouse.y - r.y});
  const OpenCampus model = app.campus_model();
  if (tool.phase() == NewCampusTool::Phase::Armed && input.down && !was_down && over &&
      !ui.touched_any())
    tool.begin_drag();
  app.apply(tool.move(at, over, model));
  if (!input.down && was_down && tool.phase() == NewCampusTool::Phase::Dragging) {
    app.apply(tool.release(at, over, model));
    if (tool.phase() == NewCampusTool::Phase::Idle) app.take_tool(ToolKind::None);
  }
  settle = std::max(settle, 1);
}

void Screen::State::mouse_on_map(const Input& input, const Rect& r, double now) {
  const Xy mouse = ui.mouse();
  const bool over = r.contains(mouse) && !ui.touched_any() && !app.view.palette_open;
  if (app.tool() == ToolKind::NewCampus &&
      app.campus_tool().phase() != NewCampusTool::Phase::Idle) {
    drag_campus(input, r);
  } else {
    if (input.down && !was_down) gesture.press(mouse, over, now);
    on_event(gesture.move(mouse), r, now);
    if (!input.down && was_down) on_event(gesture.release(mouse, now), r, now);
  }
  if (over && input.wheel != 0) {
    app.camera.zoom_at({mouse.x - r.x, mouse.y - r.y}, std::pow(1.25, input.wheel), now);
  }
  hover(r, mouse, over);
  was_down = input.down;
}

void Screen::State::act(const Input& input, const Rect& r, double now) {
  for (const std::string& key : input.keys) {
    const bool typing = app.view.palette_open;
    if (!typing || key == "Esc" || key == "Ctrl+K") app.commands.press(key);
    if (key == "Esc") gesture.cancel();
    settle = 2;
  }
  mouse_on_map(input, r, now);
}

// Shows a drawn map at its rectangle `r`, of which only `part` is seen.
void Screen::State::show_map(const MapView& shown, const Rect& r, const Rect& part) {
  if (!shown.ready()) return;
  const Xy size = shown.device_size();
  const double scale = ui.scale();
  const ImVec2 at{std::round(static_cast<float>(r.x * scale)),
                  std::round(static_cast<float>(r.y * scale))};
  ui.push_clip(part);
  // ImGui takes the name of a texture as a pointer.
  ui.list()->AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(shown.texture())),
                      at, {at.x + static_cast<float>(size.x), at.y + static_cast<float>(size.y)},
                      {0, 1}, {1, 0});
  ui.pop_clip();
}

void Screen::State::advance_play(double now) {
  constexpr double kYearSeconds = 0.4;
  if (!app.view.playing || now - last_step < kYearSeconds) return;
  last_step = now;
  const auto [first, last] = app.years();
  if (app.view.year >= last) {
    app.view.playing = false;
  } else {
    app.step_year(1);
  }
}

void Screen::State::draw_panels(const Layout& l, const Rect& window) {
  const Shown shown = app.shown();
  auto context = [&](const Rect& r) { return PanelContext{ui, app, shown, map_view.content(), r}; };
  ui.block(app.view.palette_open);
  ui.push_clip(l.map);
  draw_map_overlay(context(l.map));
  ui.pop_clip();
  if (app.view.task == Task::Try)
    draw_try(context(l.left), try_scroll);
  else
    draw_layers(context(l.left), left_scroll);
  if (app.view.task == Task::Look)
    draw_inspector(context(l.right), right_scroll);
  else
    draw_comparison(context(l.right), compare_scroll);
  draw_years(context(l.years));
  draw_status(context(l.status));
  draw_top_bar(context(l.top));
  ui.block(false);
  draw_search(context(l.top), window);
}

namespace {

/// ImGui's own clock and input for one frame; one borderless window over everything.
void begin_whole_window(const Input& input, int width, int height) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.MousePos = {static_cast<float>(input.mouse.x), static_cast<float>(input.mouse.y)};
  io.MouseDown[0] = input.down;
  io.MouseWheel = static_cast<float>(input.wheel);
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::Begin("doorstep", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
}

}  // namespace

void Screen::frame(const Input& input, int width, int height, double now) {
  State& s = *state_;
  App& app = s.app;
  const double scale = app.view.scale;
  if (s.fonts.build(scale)) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  if (s.settle > 0) --s.settle;
  ImGui_ImplOpenGL3_NewFrame();
  begin_whole_window(input, width, height);
  const scene::Theme& theme = scene::theme(app.view.theme);
  s.ui.begin(theme, app.words(), scale);

  const Rect window{0, 0, width / scale, height / scale};
  const Layout l = layout_for(window.w, window.h, app.view.task == Task::Compare);
  s.map = l.map;
  app.resize_map(l.map.w, l.map.h, scale);
  app.now = now;
  app.camera.advance(now);
  s.advance_play(now);
  if (!s.fitted && app.shown().b) {
    app.fit_all(-1.0);
    s.fitted = true;
  }
  const bool at_rest = !s.gesture.dragging() && !app.camera.moving();
  s.map_view.update(app, l.map, scale, at_rest, app.view.mode);
  s.ui.fill(l.map, theme.outside);
  s.show_map(s.map_view, l.map, l.map);
  if (app.swiping()) {
    if (!s.left_view) s.left_view = std::make_unique<MapView>();
    s.left_view->update(app, l.map, scale, at_rest, scene::MapMode::Baseline);
    s.show_map(*s.left_view, l.map, {l.map.x, l.map.y, l.map.w * app.view.swipe_at, l.map.h});
  } else {
    s.left_view.reset();
  }
  s.draw_panels(l, window);
  s.act(input, l.map, now);
  ImGui::End();
  ImGui::Render();
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, width, height);
  glClearColor(static_cast<float>(theme.ground.r) / 255.0F,
               static_cast<float>(theme.ground.g) / 255.0F,
               static_cast<float>(theme.ground.b) / 255.0F, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace doorstep::desktop
