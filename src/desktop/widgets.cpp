#include "desktop/widgets.h"

#include <algorithm>
#include <cmath>

namespace doorstep::desktop {

void divider(Ui& ui, const Rect& panel, double y) {
  ui.fill({panel.x, y, panel.w, 1}, ui.theme().line);
}

bool icon_button(Ui& ui, const char* id, const Rect& r, Icon icon, bool enabled) {
  const auto& t = ui.theme();
  const Touch touch = enabled ? ui.touch(id, r) : Touch{};
  ui.fill(r, touch.hovered ? t.sunken : t.raised, 4);
  ui.stroke(r, enabled ? t.line_strong : t.line, 4);
  draw_icon(ui, icon, r.centre(), enabled ? t.ink : scene::faded(t.ink3, 0.6), 15);
  return touch.clicked;
}

bool cross_button(Ui& ui, const std::string& id, const Rect& r) {
  const Touch touch = ui.touch(id.c_str(), r);
  draw_icon(ui, Icon::Cross, r.centre(), touch.hovered ? ui.theme().ink : ui.theme().ink3, 11);
  return touch.clicked;
}

bool text_button(Ui& ui, const char* id, const Rect& r, const std::string& label, bool primary,
                 bool enabled) {
  const auto& t = ui.theme();
  const Touch touch = enabled ? ui.touch(id, r) : Touch{};
  primary = primary && enabled;  // what cannot be done does not ask for it
  Colour back = primary ? t.accent : touch.hovered ? t.sunken : t.raised;
  if (primary && touch.hovered) back = scene::faded(t.accent, 0.88);
  ui.fill(r, back, 4);
  if (!primary) ui.stroke(r, enabled ? t.line_strong : t.line, 4);
  ui.text(r.inset(std::min(8.0, r.w * 0.12), 0), label, primary ? Font::Label : Font::Body,
          primary   ? t.accent_ink
          : enabled ? t.ink
                    : t.ink3,
          Align::Centre);
  return touch.clicked;
}

double chip_width(const Ui& ui, const std::string& label, bool icon) {
  return ui.width(label, Font::Caption) + 18 + (icon ? 18 : 0);
}

double chip(Ui& ui, Xy at, const std::string& label, ChipLook look) {
  const auto& t = ui.theme();
  const bool warn = look == ChipLook::Warn;
  const double w = chip_width(ui, label, warn);
  const Rect r{at.x, at.y, w, 22};
  const Colour ink = warn ? t.warn : look == ChipLook::Accent ? t.accent : t.ink2;
  ui.fill(r, warn ? t.warn_soft : look == ChipLook::Accent ? t.accent_soft : t.raised, 11);
  if (look == ChipLook::Plain) ui.stroke(r, t.line_strong, 11);
  if (warn) draw_icon(ui, Icon::Warn, {r.x + 15, r.y + 11}, ink, 13);
  ui.text({r.x + (warn ? 26 : 9), r.y, w - (warn ? 34 : 18) + 1, r.h}, label, Font::Caption, ink);
  return w;
}

bool toggle(Ui& ui, const char* id, Xy at, bool on) {
  const auto& t = ui.theme();
  const Rect r{at.x, at.y, 26, 14};
  const Touch touch = ui.touch(id, {r.x - 4, r.y - 5, r.w + 8, r.h + 10});
  ui.fill(r, on ? t.accent : t.line_strong, 7);
  ui.circle({on ? r.right() - 7 : r.x + 7, r.y + 7}, 5, on ? t.accent_ink : t.raised, kNone, 0);
  return touch.clicked;
}

int segments(Ui& ui, const char* id, const Rect& r, const std::vector<std::string>& labels,
             int chosen) {
  const auto& t = ui.theme();
  ui.fill(r, t.sunken, 6);
  ui.stroke(r, t.line, 6);
  const double w = (r.w - 4) / static_cast<double>(labels.size());
  int clicked = -1;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Rect part{r.x + 2 + w * static_cast<double>(i), r.y + 2, w, r.h - 4};
    const bool on = static_cast<int>(i) == chosen;
    const Touch touch = ui.touch((std::string(id) + std::to_string(i)).c_str(), part);
    if (on) {
      ui.fill(part, t.raised, 4);
      ui.stroke(part, t.line_strong, 4);
    }
    ui.text(part.inset(4, 0), labels[i], on ? Font::Label : Font::Body,
            on || touch.hovered ? t.ink : t.ink2, Align::Centre);
    if (touch.clicked) clicked = static_cast<int>(i);
  }
  return clicked;
}

int stepper(Ui& ui, const char* id, const Rect& r, const std::string& value) {
  const auto& t = ui.theme();
  const double b = r.h;
  int out = 0;
  auto button = [&](const char* sign, double x, int step) {
    const Rect part{x, r.y, b, r.h};
    const Touch touch = ui.touch((std::string(id) + sign).c_str(), part);
    ui.fill(part, touch.hovered ? t.sunken : t.raised, 4);
    ui.stroke(part, t.line_strong, 4);
    ui.text(part, sign, Font::Label, t.ink, Align::Centre);
    if (touch.clicked) out = step;
  };
  button("−", r.x, -1);
  button("+", r.right() - b, 1);
  ui.text({r.x + b + 2, r.y, r.w - 2 * b - 4, r.h}, value, Font::Label, t.ink, Align::Centre);
  return out;
}

void gauge(Ui& ui, const Rect& r, double utilisation, Colour excess) {
  const auto& t = ui.theme();
  if (std::isnan(utilisation)) return;
  constexpr double kFull = 1.5;
  const double tick = r.x + r.w / kFull;
  const double filled = r.w * std::clamp(utilisation, 0.0, kFull) / kFull;
  ui.fill(r, t.sunken);
  ui.fill({r.x, r.y, std::min(filled, tick - r.x), r.h}, t.ink2);
  if (filled > tick - r.x) ui.fill({tick, r.y, filled - (tick - r.x), r.h}, excess);
  ui.fill({tick - 0.75, r.y - 3, 1.5, r.h + 6}, t.ink);
}

double key_cap(Ui& ui, const Rect& r, const std::string& key) {
  const auto& t = ui.theme();
  const double w = std::max(18.0, ui.width(key, Font::Axis) + 10);
  const Rect cap{r.right() - w, r.y + (r.h - 18) / 2, w, 18};
  ui.stroke(cap, t.line_strong, 4);
  ui.text(cap.inset(2, 0), key, Font::Axis, t.ink3, Align::Centre);
  return w;
}

void swatch(Ui& ui, const Rect& r, Colour colour, const scene::Hatch& hatch) {
  ui.fill(r, colour, 2);
  ui.hatch(r, hatch);
  ui.stroke(r, ui.theme().line_strong, 2);
}

void heading(Ui& ui, const Rect& r, const std::string& label, const std::string& note, Font font) {
  const double w = ui.width(label, font);
  const double room = std::max(r.w - std::min(w, r.w) - 10, 0.0);
  ui.text({r.x, r.y, r.w, r.h}, label, font, ui.theme().ink);
  if (!note.empty() && room > 20)
    ui.text({r.right() - room, r.y, room, r.h}, note, Font::Caption, ui.theme().ink2, Align::Right);
}

double Scroll::begin(Ui& ui, const Rect& view) {
  view_ = view;
  ui.push_clip(view);
  if (view.contains(ui.mouse())) offset_ -= ImGui::GetIO().MouseWheel * 40.0;
  return view.y - offset_;
}

void Scroll::end(Ui& ui, double end_y) {
  // What the keyboard went to is brought into sight.
  if (const Focus* focus = ui.focus(); focus && focus->on()) {
    const Rect r = focus->rect();
    const bool here = r.x >= view_.x - 4 && r.right() <= view_.right() + 4;
    if (here && focus->id() != followed_) {
      constexpr double kAround = 14.0;
      if (r.y >= view_.y - 2000 && r.y < view_.y + kAround) offset_ -= view_.y + kAround - r.y;
      if (r.bottom() > view_.bottom() - kAround && r.y < end_y)
        offset_ += r.bottom() - view_.bottom() + kAround;
      followed_ = focus->id();
    }
  }
  const double content = end_y + offset_ - view_.y;
  const double most = std::max(0.0, content - view_.h);
  if (most > 0) {
    const double h = std::max(24.0, view_.h * view_.h / content);
    const double y = view_.y + (view_.h - h) * std::clamp(offset_ / most, 0.0, 1.0);
    ui.fill({view_.right() - 5, y, 3, h}, scene::faded(ui.theme().line_strong, 0.7), 1.5);
  }
  offset_ = std::clamp(offset_, 0.0, most);
  ui.pop_clip();
}

}  // namespace doorstep::desktop
