#include "desktop/text_field.h"

#include <array>
#include <cstring>

#include "desktop/rare_characters.h"

namespace doorstep::desktop {

bool text_field(Ui& ui, const char* id, const Rect& r, std::string& value, const std::string& hint,
                bool focus) {
  const auto& t = ui.theme();
  std::array<char, 512> text{};
  const std::string written = with_stand_ins(value);
  std::memcpy(text.data(), written.data(), std::min(written.size(), text.size() - 1));
  ui.need(value);
  ui.fill(r, t.raised, 4);
  ImGui::SetCursorScreenPos(ui.device({r.x + 6, r.y + (r.h - 20) / 2}));
  ImGui::SetNextItemWidth(static_cast<float>((r.w - 12) * ui.scale()));
  ImGui::PushFont(ui.font(Font::Body));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, Ui::packed(kNone));
  ImGui::PushStyleColor(ImGuiCol_Text, Ui::packed(t.ink));
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, Ui::packed(scene::faded(t.accent, 0.35)));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(2, 0));
  if (focus) ImGui::SetKeyboardFocusHere();
  const std::string label = std::string("##") + id;
  const bool entered = ImGui::InputText(label.c_str(), text.data(), text.size(),
                                        ImGuiInputTextFlags_EnterReturnsTrue);
  const bool active = ImGui::IsItemActive();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(3);
  ImGui::PopFont();
  value = without_stand_ins(text.data());
  ui.stroke(r, active ? t.focus : t.line_strong, 4, active ? 2 : 1);
  if (value.empty() && !active) ui.text({r.x + 8, r.y, r.w - 16, r.h}, hint, Font::Caption, t.ink3);
  return entered;
}

}  // namespace doorstep::desktop
