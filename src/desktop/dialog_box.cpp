#include "desktop/dialog_box.h"

#include <algorithm>

namespace doorstep::desktop {

namespace {

double button_width(const Ui& ui, const std::string& label) {
  return std::max(88.0, ui.width(label, Font::Label) + 28);
}

}  // namespace

Rect open_box(const PanelContext& p, const Rect& window, double width, double height,
              const std::string& title) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.fill(window, scene::faded(t.ground, 0.72));
  const double w = std::min(width, window.w - 40), h = std::min(height, window.h - 40);
  const Rect box{(window.w - w) / 2, std::max(20.0, (window.h - h) * 0.4), w, h};
  ui.fill(box, t.panel, 6);
  ui.stroke(box, t.line_strong, 6);
  ui.text({box.x + 20, box.y + 14, box.w - 40, 24}, title, Font::Title, t.ink);
  return {box.x + 20, box.y + 46, box.w - 40, box.h - 62};
}

int choices(Ui& ui, const Rect& inside, const std::vector<Choice>& buttons) {
  double x = inside.right();
  int out = -1;
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    const double w = button_width(ui, buttons[i].label);
    x -= w;
    if (text_button(ui, buttons[i].id, {x, inside.bottom() - 30, w, 30}, buttons[i].label,
                    buttons[i].primary && buttons[i].enabled, buttons[i].enabled))
      out = static_cast<int>(i);
    x -= 10;
  }
  return out;
}

}  // namespace doorstep::desktop
