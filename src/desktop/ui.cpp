#include "desktop/ui.h"

#include <algorithm>
#include <cmath>

#include "desktop/rare_characters.h"

namespace doorstep::desktop {

namespace {
/// Middle of capitals and ideographs below the top of ImGui's line box, in letter sizes.
constexpr double kMiddle = 0.80;
constexpr double kSmallest = 11.0;

float f(double v) { return static_cast<float>(v); }

/// Marks that close what stands before them.
bool closes(const std::string& mark) {
  for (const char* one :
       {"，", "。", "：", "；", "、", "！", "？", "）", "」", "》", "…", ",", ".", ")"})
    if (mark == one) return true;
  return false;
}
}  // namespace

void Ui::begin(const scene::Theme& theme, const Words& words, double scale) {
  theme_ = &theme;
  words_ = &words;
  scale_ = scale;
  list_ = ImGui::GetWindowDrawList();
  touched_any_ = false;
  painted_.texts.clear();
  painted_.rects.clear();
  painted_.touchable.clear();
}

// What is clipped away covers nothing.
Rect Ui::clipped(const Rect& r) const {
  const ImVec2 low = list_->GetClipRectMin(), high = list_->GetClipRectMax();
  const double x = std::max(r.x, low.x / scale_), y = std::max(r.y, low.y / scale_);
  return {x, y, std::min(r.right(), high.x / scale_) - x,
          std::min(r.bottom(), high.y / scale_) - y};
}

void Ui::fill(const Rect& r, Colour c, double radius) {
  if (c.a > 0) painted_.rects.push_back({clipped(r), c});
  list_->AddRectFilled(device({r.x, r.y}), device({r.right(), r.bottom()}), packed(c),
                       f(radius * scale_));
}

void Ui::stroke(const Rect& r, Colour c, double radius, double width) {
  const double in = width / 2;  // keeps one-pixel lines on one pixel
  list_->AddRect(device({r.x + in, r.y + in}), device({r.right() - in, r.bottom() - in}), packed(c),
                 f(radius * scale_), 0, f(width * scale_));
}

void Ui::line(Xy a, Xy b, Colour c, double width) {
  list_->AddLine(device(a), device(b), packed(c), f(width * scale_));
}

void Ui::dashed(Xy a, Xy b, Colour c, double width, double on, double off) {
  const double length = distance_m(a, b);
  for (double s = 0; s < length; s += on + off) {
    line(a + (b - a) * (s / length), a + (b - a) * (std::min(s + on, length) / length), c, width);
  }
}

void Ui::polyline(const std::vector<Xy>& points, Colour c, double width, bool closed) {
  for (Xy p : points) list_->PathLineTo(device(p));
  list_->PathStroke(packed(c), closed ? ImDrawFlags_Closed : 0, f(width * scale_));
}

void Ui::polygon(const std::vector<Xy>& points, Colour c) {
  for (Xy p : points) list_->PathLineTo(device(p));
  list_->PathFillConvex(packed(c));
}

void Ui::circle(Xy at, double radius, Colour fill, Colour stroke, double width) {
  if (fill.a > 0) {
    constexpr double kInside = 0.7;  // of the radius: the square within
    painted_.rects.push_back({clipped({at.x - kInside * radius, at.y - kInside * radius,
                                       2 * kInside * radius, 2 * kInside * radius}),
                              fill});
  }
  if (fill.a > 0) list_->AddCircleFilled(device(at), f(radius * scale_), packed(fill), 0);
  if (stroke.a > 0 && width > 0)
    list_->AddCircle(device(at), f(radius * scale_), packed(stroke), 0, f(width * scale_));
}

void Ui::hatch(const Rect& r, const scene::Hatch& hatch) {
  if (hatch.spacing_px <= 0 || r.w <= 0 || r.h <= 0) return;
  push_clip(r);
  const double step = hatch.spacing_px * std::sqrt(2.0);
  for (double s = step / 2; s < r.w + r.h; s += step) {
    line({r.x + s, r.y}, {r.x + s - r.h, r.bottom()}, hatch.colour, hatch.width_px);
  }
  pop_clip();
}

double Ui::width(const std::string& text, Font font) const {
  ImFont* used = fonts_.get(font);
  const std::string drawn = with_stand_ins(text);
  const ImVec2 size =
      used->CalcTextSizeA(used->FontSize, 1e6F, 0.0F, drawn.c_str(), drawn.c_str() + drawn.size());
  return size.x / scale_;
}

double Ui::text(const Rect& frame, const std::string& text, Font font, Colour ink, Align align) {
  if (text.empty()) return 0.0;
  fonts_.need(text);
  ImFont* used = fonts_.get(font);
  const double em = size_of(font).em;
  double w = width(text, font), shrink = 1.0;
  if (w > frame.w) {
    shrink = std::max(frame.w / w, kSmallest / em);
    w *= shrink;
  }
  double x = frame.x;
  if (align == Align::Right) x = frame.right() - w;
  if (align == Align::Centre) x = frame.x + (frame.w - w) / 2;
  const double middle = frame.y + frame.h / 2;
  const ImVec2 at{std::round(f(x * scale_)),
                  std::round(f((middle - kMiddle * em * shrink) * scale_))};
  const std::string drawn = with_stand_ins(text);
  list_->AddText(used, f(used->FontSize * shrink), at, packed(ink), drawn.c_str(),
                 drawn.c_str() + drawn.size());
  // Letters reach from 0.88 above to 0.12 below the base line, which is the middle plus 0.36.
  const Rect box{x, middle - 0.52 * em * shrink, w, em * shrink};
  painted_.texts.push_back({text, box, frame, clipped(box), ink, painted_.rects.size(), shrink});
  return w;
}

std::vector<std::string> Ui::broken(const std::string& text, Font font, double limit) const {
  std::vector<std::string> out;
  std::string line;
  std::size_t last_break = 0, break_before = 0;  // bytes of `line` that may stand alone
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t n = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    const std::string next = text.substr(i, n);
    if (!line.empty() && width(line + next, font) > limit) {
      // A closing mark does not begin a line: it takes what stands before it along.
      const std::size_t at = closes(next) && break_before > 0 ? break_before : last_break;
      const std::size_t cut = at > 0 ? at : line.size();
      out.push_back(line.substr(0, cut));
      line = line.substr(cut);
      while (!line.empty() && line.front() == ' ') line.erase(0, 1);
      last_break = break_before = 0;
    }
    line += next;
    if (lead == 0x20 || lead >= 0xE3) {
      break_before = last_break;
      last_break = line.size();
    }
    i += n;
  }
  if (!line.empty()) out.push_back(line);
  return out;
}

double Ui::paragraph(const Rect& frame, const std::string& words, Font font, Colour ink) {
  fonts_.need(words);
  const double step = size_of(font).line;
  double y = frame.y;
  for (const std::string& part : broken(words, font, frame.w)) {
    text({frame.x, y, frame.w, step}, part, font, ink);
    y += step;
  }
  return y - frame.y;
}

Touch Ui::touch(const char* id, const Rect& r) {
  Touch out;
  if (blocked_ || r.w <= 0 || r.h <= 0) return out;
  painted_.touchable.push_back({id, clipped(r)});
  ImGui::SetCursorScreenPos(device({r.x, r.y}));
  out.clicked = ImGui::InvisibleButton(id, {f(r.w * scale_), f(r.h * scale_)});
  out.hovered = ImGui::IsItemHovered();
  out.held = ImGui::IsItemActive();
  const Focus::Offer offer = focus_ ? focus_->offer(id, r) : Focus::Offer{};
  out.focused = offer.focused;
  out.clicked = out.clicked || offer.activated;
  touched_any_ = touched_any_ || out.hovered || out.held;
  if (out.focused) {
    // Over what the panel is about to draw there, and over its neighbours.
    const Rect ring = {r.x - 2, r.y - 2, r.w + 4, r.h + 4};
    ImDrawList* over = ImGui::GetForegroundDrawList();
    const ImVec2 a = list_->GetClipRectMin(), b = list_->GetClipRectMax();
    over->PushClipRect({a.x - 3, a.y - 3}, {b.x + 3, b.y + 3});
    over->AddRect(device({ring.x, ring.y}), device({ring.right(), ring.bottom()}),
                  packed(theme_->focus), f(5 * scale_), 0, f(2 * scale_));
    over->PopClipRect();
  }
  return out;
}

void Ui::push_clip(const Rect& r) {
  ImGui::PushClipRect(device({r.x, r.y}), device({r.right(), r.bottom()}), true);
}

void Ui::pop_clip() { ImGui::PopClipRect(); }

Xy Ui::mouse() const {
  const ImVec2 p = ImGui::GetIO().MousePos;
  return {p.x / scale_, p.y / scale_};
}

}  // namespace doorstep::desktop
