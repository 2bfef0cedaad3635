#pragma once
// What is drawn, without saying how: an ordered list of marks that render/gl and render/cairo both
// draw. Positions are metres in the place's system; widths, radii and text are screen pixels at
// 100 %, which the renderer multiplies by Viewport::scale.

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "geo/geometry.h"
#include "scene/picture.h"

namespace doorstep::scene {

struct Colour {
  uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Colour&) const = default;
};

/// Screen-space hatch at 45°, its phase tied to the map origin so that it never swims.
struct Hatch {
  double spacing_px = 0.0;  ///< 0: none
  double width_px = 0.0;
  Colour colour;
};

/// A picture that fills a box of the map.
struct ImageMark {
  std::shared_ptr<const Picture> picture;
  Box box;
  double opacity = 1.0;
};

/// Area filled by the non-zero rule of outer ring and holes (holes run the other way).
struct FillMark {
  MultiPolygon shape;
  Colour colour;
  Hatch hatch;
  int id = -1;  ///< what it is, for hit tests; -1: not pickable
  /// A stronger band of this width just inside the outline; 0: none.
  double inner_edge_px = 0.0;
  Colour inner_edge{};
};

struct LineMark {
  std::vector<Polyline> lines;
  Colour colour;
  double width_px = 1.0;
  std::vector<double> dash_px;  ///< on, off, …; empty: solid
  bool closed = false;
};

/// A flow: quadratic curve, tapered from `width_from_px` at home to `width_to_px` at school,
/// alpha likewise from colour_from.a to colour_to.a.
struct FlowMark {
  Xy from, control, to;
  double width_from_px = 2.0, width_to_px = 0.8;
  Colour colour_from, colour_to;
  bool dashed = false;
};

struct CircleMark {
  Xy at;
  double radius_px = 4.0;
  Colour fill;
  Colour stroke;
  double stroke_px = 1.6;
  int id = -1;
};

/// Many equal dots (homes).
struct DotsMark {
  std::vector<Xy> at;
  double radius_px = 1.25;
  Colour colour;
};

enum class Anchor { Centre, Left, Right, Top, Bottom };  ///< which side of the text is at the point

/// Text at a map point plus a pixel offset (y down), with a halo.
struct LabelMark {
  Xy at;
  double dx_px = 0.0, dy_px = 0.0;
  Anchor anchor = Anchor::Left;
  std::string text;
  double size_px = 12.0;
  bool bold = false;
  Colour ink;
  Colour halo;
  double halo_px = 1.6;
  double angle_rad = 0.0;
};

/// Filled rectangle at a map point plus a pixel offset: gauges, chips.
struct BoxMark {
  Xy at;
  double dx_px = 0.0, dy_px = 0.0, width_px = 0.0, height_px = 0.0, radius_px = 0.0;
  Colour fill;
  Colour stroke;  ///< a = 0: none
  double stroke_px = 1.0;
};

// Screen furniture: positions in pixels from the top left corner of the map.

struct ScreenText {
  double x_px = 0.0, y_px = 0.0;  ///< of the anchor; vertical centre of the line
  Anchor anchor = Anchor::Left;
  std::string text;
  double size_px = 12.0;
  bool bold = false;
  Colour ink;
};
struct ScreenRect {
  double x_px = 0.0, y_px = 0.0, width_px = 0.0, height_px = 0.0, radius_px = 0.0;
  Colour fill;
  Colour stroke;
  double stroke_px = 1.0;
  Hatch hatch;
};
struct ScreenLine {
  std::vector<Xy> points_px;
  Colour colour;
  double width_px = 1.0;
  std::vector<double> dash_px;
  bool closed_filled = false;  ///< draw as a filled polygon (north arrow, taper samples)
};
struct ScreenCircle {
  double x_px = 0.0, y_px = 0.0, radius_px = 4.0;
  Colour fill;
  Colour stroke;
  double stroke_px = 1.6;
};

using Mark = std::variant<FillMark, ImageMark, LineMark, FlowMark, CircleMark, DotsMark, LabelMark,
                          BoxMark, ScreenText, ScreenRect, ScreenLine, ScreenCircle>;

/// Drawn in order. `background` fills the whole first.
struct DisplayList {
  Colour background;
  std::vector<Mark> marks;
};

/// Where the map looks: `centre` in metres, `m_per_px` at 100 %, north up.
struct Viewport {
  Xy centre;
  double m_per_px = 1.0;
  double width_px = 1280.0;  ///< logical pixels; device pixels are width_px * scale
  double height_px = 720.0;
  double scale = 1.0;

  [[nodiscard]] Xy to_px(Xy p) const {
    return {(p.x - centre.x) / m_per_px + width_px / 2,
            height_px / 2 - (p.y - centre.y) / m_per_px};
  }
  [[nodiscard]] Xy to_map(Xy px) const {
    return {centre.x + (px.x - width_px / 2) * m_per_px,
            centre.y - (px.y - height_px / 2) * m_per_px};
  }
};

/// Width of a text in pixels at 100 %, as the fonts of the renderer measure it.
class TextMeasure {
 public:
  virtual ~TextMeasure() = default;
  [[nodiscard]] virtual double width_px(const std::string& text, double size_px,
                                        bool bold) const = 0;
};

}  // namespace doorstep::scene
