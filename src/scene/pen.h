#pragma once
// Appends screen furniture to a display list in a few words. Internal to scene.

#include <string>
#include <utility>
#include <vector>

#include "scene/map_content.h"

namespace doorstep::scene {

class Pen {
 public:
  Pen(DisplayList& out, const Theme& theme) : out_(out), theme_(theme) {}

  void text(double x, double y, const std::string& s, Colour ink, double size = 12.0,
            bool bold = false, Anchor anchor = Anchor::Left) {
    if (!s.empty()) out_.marks.push_back(ScreenText{x, y, anchor, s, size, bold, ink});
  }
  void rect(const PixelFrame& f, Colour fill, Colour stroke = Colour{0, 0, 0, 0},
            double radius = 0.0, const Hatch& hatch = {}) {
    out_.marks.push_back(ScreenRect{f.x, f.y, f.width, f.height, radius, fill, stroke, 1.0, hatch});
  }
  void line(Xy a, Xy b, Colour colour, double width = 1.0, std::vector<double> dash = {}) {
    out_.marks.push_back(ScreenLine{{a, b}, colour, width, std::move(dash), false});
  }
  void curve(std::vector<Xy> points, Colour colour, double width, std::vector<double> dash) {
    out_.marks.push_back(ScreenLine{std::move(points), colour, width, std::move(dash), false});
  }
  void polygon(std::vector<Xy> points, Colour colour) {
    out_.marks.push_back(ScreenLine{std::move(points), colour, 0.0, {}, true});
  }
  void circle(Xy at, double radius, Colour fill, Colour stroke, double width = 1.6) {
    out_.marks.push_back(ScreenCircle{at.x, at.y, radius, fill, stroke, width});
  }
  [[nodiscard]] const Theme& theme() const { return theme_; }

 private:
  DisplayList& out_;
  const Theme& theme_;
};

}  // namespace doorstep::scene
