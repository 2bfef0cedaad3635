#include "desktop/screen.h"

#include <backends/imgui_impl_opengl3.h>
#include <epoxy/gl.h>
#include <imgui.h>

#include <cmath>

#include "desktop/data_panels.h"
#include "desktop/gesture.h"
#include "desktop/map_view.h"
#include "desktop/panels.h"
#include "desktop/plan_actions.h"
#include "desktop/seats_desk.h"
#include "scene/format.h"

namespace doorstep::desktop {

struct Screen::State {
  explicit State(App& a) : app(a), ui(fonts) {}
  void note_characters();
  void act(const Input& input, const Rect& map, double now);
  void mouse_on_map(const Input& input, const Rect& map, double now);
  void drag_campus(const Input& input, const Rect& map);
  void on_event(const MapEvent& event, const Rect& map, double now);
  [[nodiscard]] MapPointer pointer_at(const Input& input, const Rect& map);
  [[nodiscard]] Rect half_under(Xy mouse, const Rect& map) const;
  void draw_map(const Layout& l, bool at_rest);
  using PinWork = void (*)(const PanelContext&, const scene::Viewport&);
  void each_pinned_map(const Layout& l, PinWork work);
  void draw_panels(const Layout& l, const Rect& window, const std::vector<std::string>& keys);
  void advance_play(double now);
  void show_map(const MapView& shown, const Rect& r, const Rect& part);
  void hover(const MapPointer& p);
  /// Whether a menu or a question stands over everything: Tab then walks what it offers.
  [[nodiscard]] bool over_map_closed() const {
    return app.view.menu_open ||
           (app.files.asking() != Files::Asking::Nothing || app.data.asking()) ||
           app.view.tour >= 0;
  }

  App& app;
  Fonts fonts;
  Ui ui;
  MapView map_view;
  std::unique_ptr<MapView> left_view;  ///< the baseline's half of a swipe
  MapGesture gesture;
  Scroll left_scroll, try_scroll, show_scroll, right_scroll, compare_scroll, findings_scroll;
  bool was_down = false;
  bool captured = false;  ///< a tool holds the mouse until it is released
  bool fitted = false;
  bool painted = true;
  int settle = 0;  ///< frames still to draw after something happened
  double last_step = 0.0;
  Rect map;
};

Screen::Screen(App& app) : state_(std::make_unique<State>(app)) { state_->note_characters(); }
Screen::~Screen() = default;

const PaintedTexts& Screen::texts() const { return state_->ui.painted(); }
Xy Screen::on_window(Xy at) const {
  const Rect& r = state_->map;
  const Xy px = state_->app.camera.view().to_px(at);
  // Side by side the plan is on the right.
  const double left = state_->app.split() == Split::SideBySide ? r.x + r.w / 2 : r.x;
  return {left + px.x, r.y + px.y};
}
int Screen::lists_built() const { return state_->map_view.lists_built(); }
int Screen::bases_drawn() const { return state_->map_view.bases_drawn(); }

namespace {
constexpr double kYearSeconds = 0.4;  // of play
}

bool Screen::animating() const {
  const App& app = state_->app;
  return app.camera.moving() || state_->settle > 0;
}

double Screen::next_step_in(double now) const {
  if (!state_->app.view.playing) return -1.0;
  return std::max(0.0, state_->last_step + kYearSeconds - now);
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

// Side by side each half shows the whole view: the mouse is in one of them.
Rect Screen::State::half_under(Xy mouse, const Rect& r) const {
  if (app.split() != Split::SideBySide) return r;
  const double half = r.w / 2;
  return {mouse.x < r.x + half ? r.x : r.x + half, r.y, half, r.h};
}

MapPointer Screen::State::pointer_at(const Input& input, const Rect& r) {
  const Xy mouse = ui.mouse();
  MapPointer p;
  p.over = r.contains(mouse) && !ui.touched_any() && !ui.blocked();
  const Rect part = half_under(mouse, r);
  p.px = {mouse.x - part.x, mouse.y - part.y};
  p.at = app.camera.view().to_map(p.px);
  p.m_per_px = app.camera.view().m_per_px;
  p.shift = input.shift;
  p.alt = input.alt;
  if (p.over) p.item = map_view.pick(app.camera.view(), p.px);
  return p;
}

void Screen::State::hover(const MapPointer& p) {
  app.pointer.reset();
  scene::MapItem item;
  if (p.over && !gesture.dragging()) {
    app.pointer = p.at;
    item = p.item;
    if (!captured) app.under = map_view.pick_all(app.camera.view(), p.px);
  }
  if (!(item == app.view.hover)) settle = std::max(settle, 1);
  app.view.hover = item;
  if (!captured) hover_seats(app, p);
}

void Screen::State::on_event(const MapEvent& event, const Rect& r, double now) {
  const Rect part = half_under(event.at, r);
  const Xy px{event.at.x - part.x, event.at.y - part.y};
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
  const MapPointer p = pointer_at(input, r);
  if (app.tool() == ToolKind::NewCampus &&
      app.campus_tool().phase() != NewCampusTool::Phase::Idle) {
    drag_campus(input, r);
  } else {
    if (input.down && !was_down) {
      captured = app.press(p);
      if (!captured) gesture.press(mouse, p.over, now);
    }
    if (captured) {
      if (input.down)
        app.drag(p);
      else
        app.release(p);
      captured = input.down;
      settle = std::max(settle, 2);
    } else {
      on_event(gesture.move(mouse), r, now);
      if (!input.down && was_down) on_event(gesture.release(mouse, now), r, now);
    }
  }
  if (p.over && input.wheel != 0) app.camera.zoom_at(p.px, std::pow(1.25, input.wheel), now);
  hover(p);
  was_down = input.down;
}

void Screen::State::act(const Input& input, const Rect& r, double now) {
  for (const std::string& key : input.keys) {
    // Letters belong to the text that is being written; what a dialog asks comes first.
    const bool typing = app.view.palette_open || ImGui::GetIO().WantTextInput;
    const bool asked = (app.files.asking() != Files::Asking::Nothing || app.data.asking());
    const bool always = key == "Esc" || (key == "Ctrl+K" && !asked);
    const int scene = app.show.presenting();
    if (scene >= 0) {
      app.show.press(key);
      if (app.show.presenting() >= 0 && app.show.presenting() != scene)
        put_on_map(app, app.show.scenes[static_cast<std::size_t>(app.show.presenting())]);
    } else if (!typing && app.focus.press(key)) {
      // The keyboard is in a panel; Esc brings it back to the map.
    } else if (!typing && !app.focus.on() && over_map_closed() && key == "Tab") {
      app.focus.next(1);
    } else if (always || (!typing && !asked)) {
      app.commands.press(key);
    }
    if (key == "Esc") {
      gesture.cancel();
      captured = false;
    }
    settle = 2;
  }
  if (!input.dropped.empty()) {
    // What is neither a place nor a plan is data: a place is drafted from it.
    if (auto data = app.files.drop(input.dropped); !data.empty()) app.data.import(std::move(data));
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

void Screen::State::draw_map(const Layout& l, bool at_rest) {
  const double scale = ui.scale();
  const Split split = app.split();
  Rect right = l.map;
  if (split == Split::SideBySide) {
    right.w = l.map.w / 2;
    right.x += right.w;
  }
  map_view.paint(painted);
  const auto pins = pin_frames(app, app.camera.view(), right.w, right.h);
  map_view.keep_clear_of(pins);
  map_view.update(app, right, scale, at_rest, app.view.mode);
  ui.fill(l.map, ui.theme().outside);
  show_map(map_view, right, right);
  if (split == Split::None) {
    left_view.reset();
    return;
  }
  if (!left_view) left_view = std::make_unique<MapView>();
  const Rect left{l.map.x, l.map.y, right.w, l.map.h};
  left_view->paint(painted);
  left_view->keep_clear_of(pins);
  left_view->update(app, left, scale, at_rest, scene::MapMode::Baseline);
  Rect part = left;
  if (split == Split::Swipe) part.w = l.map.w * app.view.swipe_at;
  show_map(*left_view, left, part);
}

void Screen::State::advance_play(double now) {
  if (!app.view.playing || now - last_step < kYearSeconds) return;
  last_step = now;
  const auto [first, last] = app.years();
  if (app.view.year >= last) {
    app.view.playing = false;
  } else {
    app.step_year(1);
  }
}

/// In both maps where there are two side by side.
void Screen::State::each_pinned_map(const Layout& l, PinWork work) {
  if (!app.data.findings_open() || app.show.presenting() >= 0) return;
  const Shown shown = app.shown();
  Rect part = l.map;
  if (app.split() == Split::SideBySide) part.w /= 2;
  for (; part.x < l.map.right() - 1; part.x += part.w)
    work({ui, app, shown, map_view.content(), part}, app.camera.view());
}

void Screen::State::draw_panels(const Layout& l, const Rect& window,
                                const std::vector<std::string>& keys) {
  const Shown shown = app.shown();
  auto context = [&](const Rect& r) { return PanelContext{ui, app, shown, map_view.content(), r}; };
  ui.block(app.view.palette_open || app.view.menu_open ||
           (app.files.asking() != Files::Asking::Nothing || app.data.asking()) ||
           app.view.tour >= 0);
  if (app.show.presenting() < 0) {
    // Marks and pins lie under the switch, the tooltip and the messages.
    draw_map_marks(context(l.map));
    each_pinned_map(l, draw_finding_pins);
    ui.push_clip(l.map);
    draw_map_overlay(context(l.map));
    ui.pop_clip();
  }
  if (app.show.presenting() >= 0) {
    draw_presentation(context(l.map), window);
    return;
  }
  if (l.left.w > 0 && app.view.task == Task::Show)
    draw_show(context(l.left), show_scroll);
  else if (l.left.w > 0 && app.view.task == Task::Try)
    draw_try(context(l.left), try_scroll);
  else if (l.left.w > 0)
    draw_layers(context(l.left), left_scroll);
  if (l.right.w > 0 && app.data.findings_open())
    draw_findings(context(l.right), findings_scroll);
  else if (l.right.w > 0 && (app.view.task == Task::Look || app.view.task == Task::Show))
    draw_inspector(context(l.right), right_scroll);
  else if (l.right.w > 0)
    draw_comparison(context(l.right), compare_scroll);
  each_pinned_map(l, touch_finding_pins);
  draw_years(context(l.years));
  draw_status(context(l.status));
  draw_top_bar(context(l.top));
  ui.block(false);
  draw_menu(context(l.top), window);
  draw_dialogs(context(l.map), window, keys);
  draw_data_desk(context(l.map), window, keys);
  draw_tour(context(l.map), l, window);
  draw_search(context(l.top), window, keys);
  // The mouse still sees that something lies over the map.
  ui.block(app.view.palette_open || app.view.menu_open ||
           (app.files.asking() != Files::Asking::Nothing || app.data.asking()) ||
           app.view.tour >= 0);
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

void Screen::frame(const Input& input, int width, int height, double now, bool painted) {
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
  s.ui.follow(&app.focus);
  app.focus.begin_frame();

  const Rect window{0, 0, width / scale, height / scale};
  Layout l = layout_for(window.w, window.h, app.view.task == Task::Compare, app.view.side);
  if (app.show.presenting() >= 0) l = presentation_layout(window.w, window.h);
  s.map = l.map;
  app.focus.set_panels({l.top, l.left, l.right, l.years, l.status});
  app.resize_map(app.split() == Split::SideBySide ? l.map.w / 2 : l.map.w, l.map.h, scale);
  app.now = now;
  app.view.hovered_code.clear();
  app.camera.reduced_motion = app.view.reduced_motion;
  app.camera.advance(now);
  s.advance_play(now);
  if (!s.fitted && app.shown().b) {
    app.fit_all(-1.0);
    s.fitted = true;
  }
  const bool at_rest = !s.gesture.dragging() && !app.camera.moving();
  s.painted = painted;
  s.draw_map(l, at_rest);
  // Enter is the button's that the keyboard is on, not the question's first.
  std::vector<std::string> keys = input.keys;
  if (app.focus.on()) std::erase(keys, "Enter");
  s.draw_panels(l, window, keys);
  s.act(input, l.map, now);
  ImGui::End();
  ImGui::Render();
  if (!painted) return;
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, width, height);
  glClearColor(static_cast<float>(theme.ground.r) / 255.0F,
               static_cast<float>(theme.ground.g) / 255.0F,
               static_cast<float>(theme.ground.b) / 255.0F, 1.0F);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace doorstep::desktop
