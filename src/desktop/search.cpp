// Ctrl+K: one line that finds campuses by name and commands by word or key.
#include <algorithm>
#include <cstring>

#include "desktop/panels.h"

namespace doorstep::desktop {

namespace {

struct Found {
  std::string label, note;
  std::string command;
  CampusId campus;
};

bool matches(const std::string& text, const std::string& wanted) {
  return wanted.empty() || lower_ascii(text).find(lower_ascii(wanted)) != std::string::npos;
}

std::vector<Found> find_all(const PanelContext& p, const std::string& wanted) {
  constexpr std::size_t kMost = 9;
  std::vector<Found> out;
  const Place& place = p.outcome() ? p.outcome()->place : p.app.place();
  for (CampusId c : place.campuses.ids()) {
    const Campus& campus = place.campuses[c];
    if (wanted.empty() || out.size() >= kMost || !campus.stages[p.app.view.stage]) continue;
    if (matches(campus.name.zh, wanted) || matches(campus.name.en, wanted) ||
        matches(campus.code, wanted))
      out.push_back({p.app.name(campus.name), campus.code, "", c});
  }
  for (const Command& c : p.app.commands.all()) {
    const std::string& word = p.word("command." + c.id);
    if (out.size() < kMost && c.id != "search" && p.app.commands.enabled(c.id) &&
        (matches(word, wanted) || matches(c.key, wanted)))
      out.push_back({word, c.key, c.id, {}});
  }
  return out;
}

void take(const PanelContext& p, const Found& found) {
  p.app.view.palette_open = false;
  if (!found.command.empty()) {
    p.app.commands.run(found.command);
    return;
  }
  scene::MapItem item;
  item.kind = scene::MapItem::Kind::Campus;
  item.campus = found.campus;
  p.app.select(item);
  const Place& place = p.outcome() ? p.outcome()->place : p.app.place();
  p.app.camera.centre_on(place.campuses[found.campus].at, p.app.now);
}

}  // namespace

void draw_search(const PanelContext& p, const Rect& window, const std::vector<std::string>& keys) {
  static char wanted[128] = {};
  static bool was_open = false;
  if (!p.app.view.palette_open) {
    was_open = false;
    return;
  }
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto found = find_all(p, wanted);
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
    ImGui::SetKeyboardFocusHere();
  }
  was_open = true;
  bool enter =
      ImGui::InputText("##search", wanted, sizeof wanted, ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopStyleColor(2);
  ImGui::PopFont();
  enter = enter || std::find(keys.begin(), keys.end(), "Enter") != keys.end();
  ui.fill({box.x, box.y + 42, box.w, 1}, t.line);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Rect line{box.x + 6, box.y + 46 + 28.0 * static_cast<double>(i), w - 12, 28};
    const bool hovered = line.contains(ui.mouse());
    if (hovered || i == 0) ui.fill(line, hovered ? t.sunken : t.accent_soft, 4);
    ui.text({line.x + 10, line.y, w * 0.62, 28}, found[i].label, Font::Body, t.ink);
    ui.text({line.x + w * 0.66, line.y, line.w - w * 0.66 - 10, 28}, found[i].note, Font::Caption,
            t.ink3, Align::Right);
    const bool clicked = hovered && ImGui::IsMouseReleased(0);
    if (clicked || (enter && i == 0)) {
      take(p, found[i]);
      return;
    }
  }
}

}  // namespace doorstep::desktop
