// Ctrl+K: one line that finds names and commands; arrows choose, Enter takes.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "desktop/found.h"
#include "desktop/panels.h"
#include "desktop/rare_characters.h"

namespace doorstep::desktop {

namespace {

constexpr double kFoundRow = 28.0;

/// Which rows of a long list are seen: those round the chosen one, or where the wheel went.
struct SeenRows {
  std::size_t first = 0, shown = 0;

  void fit(std::size_t all, double room) {
    shown = std::min(all, static_cast<std::size_t>(std::max(3.0, std::floor(room / kFoundRow))));
    first = std::min(first, all - shown);
  }
  void show(std::size_t row) {
    first = std::min(first, row);
    if (row >= first + shown) first = row + 1 - shown;
  }
  void turn(double wheel) {
    if (wheel > 0 && first > 0) --first;
    if (wheel < 0) ++first;
  }
};

void draw_rows(const PanelContext& p, const Rect& box, const std::vector<Found>& found,
               const SeenRows& seen, std::size_t chosen, bool enter) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double w = box.w;
  if (seen.shown < found.size()) {
    const double all = static_cast<double>(found.size()), h = box.h - 56;
    ui.fill({box.right() - 5, box.y + 48 + h * static_cast<double>(seen.first) / all, 3,
             h * static_cast<double>(seen.shown) / all},
            t.line_strong, 1.5);
  }
  for (std::size_t i = seen.first; i < seen.first + seen.shown; ++i) {
    const Rect line{box.x + 6, box.y + 46 + kFoundRow * static_cast<double>(i - seen.first), w - 14,
                    kFoundRow};
    const bool hovered = line.contains(ui.mouse());
    const bool possible = found[i].command.empty() || p.app.commands.enabled(found[i].command);
    if (hovered || i == chosen) ui.fill(line, i == chosen ? t.accent_soft : t.sunken, 4);
    ui.text({line.x + 10, line.y, w * 0.62, kFoundRow}, found[i].label, Font::Body,
            possible ? t.ink : t.ink3);
    ui.text({line.x + w * 0.66, line.y, line.w - w * 0.66 - 10, kFoundRow}, found[i].note,
            Font::Caption, t.ink3, Align::Right);
    const bool clicked = hovered && ImGui::IsMouseReleased(0);
    if (possible && (clicked || (enter && i == chosen))) return take_found(p.app, found[i]);
  }
}

}  // namespace

void draw_search(const PanelContext& p, const Rect& window, const std::vector<std::string>& keys) {
  static char wanted[128] = {};
  static bool was_open = false;
  static std::size_t chosen = 0;
  static SeenRows seen;
  if (!p.app.view.palette_open) {
    was_open = false;
    return;
  }
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto found = find_all(p.app, without_stand_ins(wanted));
  ui.need(without_stand_ins(wanted));
  const double w = std::min(480.0, window.w - 40);
  constexpr double kMostRows = 14.0;
  seen.fit(found.size(), std::min(kMostRows * kFoundRow, window.h - 76 - 60));
  const Rect box{(window.w - w) / 2, 76, w, 46 + kFoundRow * static_cast<double>(seen.shown) + 6};
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
    seen = {};
    ImGui::SetKeyboardFocusHere();
  }
  was_open = true;
  const std::string before = wanted;
  bool enter =
      ImGui::InputText("##search", wanted, sizeof wanted, ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopStyleColor(2);
  ImGui::PopFont();
  enter = enter || std::find(keys.begin(), keys.end(), "Enter") != keys.end();
  ui.fill({box.x, box.y + 42, box.w, 1}, t.line);
  if (before != wanted) {  // another list follows
    chosen = 0;
    seen.first = 0;
  }
  for (const std::string& key : keys) {
    if (key == "Down") ++chosen;
    if (key == "Up" && chosen > 0) --chosen;
    if (key == "PageDown") chosen += seen.shown;
    if (key == "PageUp") chosen -= std::min(chosen, seen.shown);
    chosen = std::min(chosen, found.empty() ? 0 : found.size() - 1);
    seen.show(chosen);
  }
  if (box.contains(ui.mouse())) seen.turn(ImGui::GetIO().MouseWheel);
  seen.fit(found.size(), kFoundRow * static_cast<double>(seen.shown));
  draw_rows(p, box, found, seen, chosen, enter);
}

}  // namespace doorstep::desktop
