#pragma once
// Drawing and touching, in pixels at 100 %: the few primitives all panels are made of. Every text
// goes through here with the frame that must hold it, so that a test can tell what does not fit.

#include <imgui.h>

#include <string>
#include <vector>

#include "base/words.h"
#include "desktop/focus.h"
#include "desktop/fonts.h"
#include "desktop/text_record.h"
#include "scene/theme.h"

namespace doorstep::desktop {

using scene::Colour;

inline constexpr Colour kNone{0, 0, 0, 0};

enum class Align { Left, Centre, Right };

/// What the mouse does with a rectangle this frame.
struct Touch {
  bool clicked = false;
  bool hovered = false;
  bool held = false;
  bool focused = false;  ///< by the keyboard
};

class Ui {
 public:
  explicit Ui(Fonts& fonts) : fonts_(fonts) {}

  /// Call between NewFrame and the first drawing.
  void begin(const scene::Theme& theme, const Words& words, double scale);
  [[nodiscard]] const scene::Theme& theme() const { return *theme_; }
  [[nodiscard]] const Words& words() const { return *words_; }
  [[nodiscard]] std::string word(const std::string& key) const { return (*words_)(key); }
  [[nodiscard]] bool chinese() const { return words_->chinese(); }
  [[nodiscard]] double scale() const { return scale_; }

  void fill(const Rect& r, Colour c, double radius = 0.0);
  void stroke(const Rect& r, Colour c, double radius = 0.0, double width = 1.0);
  void line(Xy a, Xy b, Colour c, double width = 1.0);
  /// On and off lengths alternate.
  void dashed(Xy a, Xy b, Colour c, double width, double on, double off);
  void polyline(const std::vector<Xy>& points, Colour c, double width, bool closed = false);
  /// Pre: convex.
  void polygon(const std::vector<Xy>& points, Colour c);
  void circle(Xy at, double radius, Colour fill, Colour stroke, double width);
  void hatch(const Rect& r, const scene::Hatch& hatch);

  [[nodiscard]] double width(const std::string& text, Font font) const;
  /// One line, middle of the frame; smaller letters where the frame is too narrow, down to 11 px.
  /// Returns the width drawn.
  double text(const Rect& frame, const std::string& text, Font font, Colour ink,
              Align align = Align::Left);
  /// Lines broken to the frame's width; its height is ignored. Returns the height taken.
  double paragraph(const Rect& frame, const std::string& text, Font font, Colour ink);
  [[nodiscard]] std::vector<std::string> broken(const std::string& text, Font font,
                                                double width) const;

  Touch touch(const char* id, const Rect& r);
  /// Characters that something other than text() is about to draw.
  void need(const std::string& text) { fonts_.need(text); }
  /// While blocked nothing answers the mouse: what lies under an open dialogue.
  void block(bool blocked) { blocked_ = blocked; }
  [[nodiscard]] bool blocked() const { return blocked_; }
  [[nodiscard]] ImFont* font(Font font) const { return fonts_.get(font); }
  /// Clips drawing and touching to `r`.
  void push_clip(const Rect& r);
  void pop_clip();
  [[nodiscard]] Xy mouse() const;
  /// What keeps the keyboard's place among things that answer the mouse; null: none.
  void follow(Focus* focus) { focus_ = focus; }
  [[nodiscard]] const Focus* focus() const { return focus_; }
  /// Whether a panel's own thing lies under the mouse.
  [[nodiscard]] bool touched_any() const { return touched_any_; }

  [[nodiscard]] const PaintedTexts& painted() const { return painted_; }
  [[nodiscard]] ImDrawList* list() const { return list_; }
  [[nodiscard]] ImVec2 device(Xy p) const {
    return {static_cast<float>(p.x * scale_), static_cast<float>(p.y * scale_)};
  }
  [[nodiscard]] static ImU32 packed(Colour c) { return IM_COL32(c.r, c.g, c.b, c.a); }

 private:
  [[nodiscard]] Rect clipped(const Rect& r) const;

  Fonts& fonts_;
  const scene::Theme* theme_ = nullptr;
  const Words* words_ = nullptr;
  double scale_ = 1.0;
  ImDrawList* list_ = nullptr;
  bool touched_any_ = false;
  bool blocked_ = false;
  Focus* focus_ = nullptr;
  PaintedTexts painted_;
};

}  // namespace doorstep::desktop
