#include "desktop/menu.h"

#include <algorithm>
#include <cmath>

#include "desktop/panels.h"

namespace doorstep::desktop {

const std::vector<MenuPart>& menu_parts() {
  static const std::vector<MenuPart> kParts{
      {"menu.file", {"open", "import", "save", "save_as", "pack", "carry", "quit"}},
      {"menu.edit",
       {"undo", "redo", "cancel", "search", "select_all", "select_box", "select_lasso", "next_item",
        "previous_item", "table", "check", "measure", "cancel_job"}},
      {"menu.tasks", {"look", "try", "compare", "show", "capture", "present", "pin"}},
      {"menu.try",
       {"new_campus", "join_group", "close_campus", "add_seats", "paint", "brush_larger",
        "brush_smaller", "repair", "feeder", "housing", "policy"}},
      {"menu.compare",
       {"baseline", "scenario", "difference", "swipe", "side_by_side", "keep_as_a", "open_as_a",
        "baseline_as_a", "relative"}},
      {"menu.view",
       {"fit_all", "fit_selection", "previous_year", "next_year", "play", "next_stage", "left",
        "right", "up", "down"}},
      {"menu.manners",
       {"language", "theme", "larger", "smaller", "reduced_motion", "next_panel", "other_side",
        "tour", "menu"}}};
  return kParts;
}

namespace {

double column(const PanelContext& p, const MenuPart& part, double x, double y, double w) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.text({x, y, w, 24}, p.word(part.word), Font::Label, t.ink);
  ui.fill({x, y + 25, w, 1}, t.line);
  y += 30;
  for (const std::string& id : part.commands) {
    const Command* command = p.app.commands.find(id);
    if (command == nullptr) continue;
    const bool enabled = p.app.commands.enabled(id);
    const Rect line{x - 6, y, w + 12, 24};
    const Touch touch = enabled ? ui.touch(("menu_" + id).c_str(), line) : Touch{};
    if (touch.hovered) ui.fill(line, t.sunken, 4);
    const double key = command->key.empty() ? 0 : ui.width(command->key, Font::Axis) + 8;
    ui.text({x, y, w - key, 24}, p.word("command." + id), Font::Body, enabled ? t.ink : t.ink3);
    if (key > 0) ui.text({x + w - key, y, key, 24}, command->key, Font::Axis, t.ink3, Align::Right);
    if (touch.clicked) {
      p.app.view.menu_open = false;
      p.app.commands.run(id);
    }
    y += 24;
  }
  return y;
}

}  // namespace

void draw_menu(const PanelContext& p, const Rect& window) {
  static Scroll scroll;
  if (!p.app.view.menu_open) return;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto& parts = menu_parts();
  const auto columns = static_cast<std::size_t>(std::clamp((window.w - 24) / 240.0, 1.0, 4.0));
  const double w = std::min(260.0 * static_cast<double>(columns) - 4, window.w - 24);
  const double column_w =
      (w - 40 - 24 * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  // Parts in order, each column filled to about its share.
  double all = 0, height = 0, h = 0;
  auto tall = [](const MenuPart& part) {
    return 42 + 24.0 * static_cast<double>(part.commands.size());
  };
  for (const MenuPart& part : parts) all += tall(part);
  const double share = all / static_cast<double>(columns);
  std::vector<bool> begins(parts.size(), false);
  std::size_t used = 1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double next = h + tall(parts[i]);
    begins[i] = i > 0 && used < columns && std::abs(h - share) < std::abs(next - share);
    used += begins[i];
    h = begins[i] ? tall(parts[i]) : next;
    height = std::max(height, h);
  }
  const Rect box{12, p.r.bottom() + 4, w,
                 std::min(height + 20, window.bottom() - p.r.bottom() - 12)};
  ui.fill(box, t.panel, 6);
  ui.stroke(box, t.line_strong, 6);
  const double top = scroll.begin(ui, box.inset(1, 8)) + 4;
  double y = top, x = box.x + 20, lowest = top;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (begins[i]) {
      x += column_w + 24;
      y = top;
    }
    y = column(p, parts[i], x, y, column_w) + 12;
    lowest = std::max(lowest, y);
  }
  scroll.end(ui, lowest - 8);
  // Last: what was drawn first answers the mouse first.
  if (ui.touch("menu_out", window).clicked && !box.contains(ui.mouse()))
    p.app.view.menu_open = false;
}

}  // namespace doorstep::desktop
