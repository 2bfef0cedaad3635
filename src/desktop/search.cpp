// Ctrl+K: one line that finds names and commands; arrows choose, Enter takes.
#include <algorithm>
#include <cstring>

#include "desktop/found.h"
#include "desktop/panels.h"
#include "desktop/rare_characters.h"

namespace doorstep::desktop {

void draw_search(const PanelContext& p, const Rect& window, const std::vector<std::string>& keys) {
  static char wanted[128] = {};
  static bool was_open = false;
  static std::size_t chosen = 0;
  if (!p.app.view.palette_open) {
    was_open = false;
    return;
  }
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto found = find_all(p.app, without_stand_ins(wanted));
  ui.need(without_stand_ins(wanted));
  const double w = std::min(480.0, window.w - 40);
  const Rect box{(window.w - w) / 2, 76, w, 46 + 28.0 * static_cast<double>(found.size()) + 6};
  if (ui.touch("search_out", window).clicked && !box.contains(ui.mouse()))
    p.app.view.palette_open = false;
  ui.fill(box, t.raised, 6);
  ui.stroke(box, t.line_strong, 6);
  draw_icon(ui, Icon::Search, {box.x + 22, box.y + 22}, t.ink2);
  ImGui::SetCursorScreenPos(ui.device({box.x + 40, box.y + 10}));
  ImGui::SetNextItemWidth(static_cast<float>((w - 56) * ui.scale()));
  ImGui::PushFont(ui.font(Font::Body));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, Ui::packed(t.raised));
  ImGui::PushStyleColor(ImGuiCol_Text, Ui::packed(t.ink));
  if (!was_open) {
    wanted[0] = 0;
    chosen = 0;
    ImGui::SetKeyboardFocusHere();
  }
  was_open = true;
  bool enter =
      ImGui::InputText("##search", wanted, sizeof wanted, ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopStyleColor(2);
  ImGui::PopFont();
  enter = enter || std::find(keys.begin(), keys.end(), "Enter") != keys.end();
  ui.fill({box.x, box.y + 42, box.w, 1}, t.line);
  for (const std::string& key : keys) {
    if (key == "Down") ++chosen;
    if (key == "Up" && chosen > 0) --chosen;
  }
  chosen = std::min(chosen, found.empty() ? 0 : found.size() - 1);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Rect line{box.x + 6, box.y + 46 + 28.0 * static_cast<double>(i), w - 12, 28};
    const bool hovered = line.contains(ui.mouse());
    const bool possible = found[i].command.empty() || p.app.commands.enabled(found[i].command);
    if (hovered || i == chosen) ui.fill(line, i == chosen ? t.accent_soft : t.sunken, 4);
    ui.text({line.x + 10, line.y, w * 0.62, 28}, found[i].label, Font::Body,
            possible ? t.ink : t.ink3);
    ui.text({line.x + w * 0.66, line.y, line.w - w * 0.66 - 10, 28}, found[i].note, Font::Caption,
            t.ink3, Align::Right);
    const bool clicked = hovered && ImGui::IsMouseReleased(0);
    if (possible && (clicked || (enter && i == chosen))) {
      take_found(p.app, found[i]);
      return;
    }
  }
}

}  // namespace doorstep::desktop
