#include "scene/serialise.h"

#include <fmt/format.h>

namespace doorstep::scene {
namespace {

std::string num(double v) {
  std::string s = fmt::format("{:.2f}", v);
  return s == "-0.00" ? "0.00" : s;
}
std::string at(Xy p) { return num(p.x) + "," + num(p.y); }
std::string colour(Colour c) {
  return fmt::format("#{:02x}{:02x}{:02x}/{:02x}", c.r, c.g, c.b, c.a);
}
std::string hatch(const Hatch& h) {
  return h.spacing_px > 0
             ? " hatch " + num(h.spacing_px) + " " + num(h.width_px) + " " + colour(h.colour)
             : "";
}
std::string points(const std::vector<Xy>& line) {
  std::string out;
  for (Xy p : line) out += " " + at(p);
  return out;
}
std::string dashes(const std::vector<double>& dash) {
  std::string out = dash.empty() ? "" : " dash";
  for (double d : dash) out += " " + num(d);
  return out;
}
const char* anchor(Anchor a) {
  constexpr const char* kNames[] = {"centre", "left", "right", "top", "bottom"};
  return kNames[static_cast<int>(a)];
}

struct Writer {
  std::string operator()(const FillMark& m) const {
    std::string out = fmt::format("fill id {} {}", m.id, colour(m.colour)) + hatch(m.hatch);
    if (m.inner_edge_px > 0) out += " edge " + num(m.inner_edge_px) + " " + colour(m.inner_edge);
    for (const Polygon& p : m.shape) {
      out += "\n  outer" + points(p.outer);
      for (const Ring& hole : p.holes) out += "\n  hole" + points(hole);
    }
    return out;
  }
  std::string operator()(const ImageMark& m) const {
    return fmt::format("image {}x{} ", m.picture ? m.picture->width : 0,
                       m.picture ? m.picture->height : 0) +
           at(m.box.min) + " " + at(m.box.max) + " opacity " + num(m.opacity);
  }
  std::string operator()(const LineMark& m) const {
    std::string out = "line " + colour(m.colour) + " " + num(m.width_px) + dashes(m.dash_px) +
                      (m.closed ? " closed" : "");
    for (const Polyline& line : m.lines) out += "\n  path" + points(line);
    return out;
  }
  std::string operator()(const FlowMark& m) const {
    return "flow " + at(m.from) + " " + at(m.control) + " " + at(m.to) + " width " +
           num(m.width_from_px) + " " + num(m.width_to_px) + " " + colour(m.colour_from) + " " +
           colour(m.colour_to) + (m.dashed ? " dashed" : "");
  }
  std::string operator()(const CircleMark& m) const {
    return fmt::format("circle id {} ", m.id) + at(m.at) + " r " + num(m.radius_px) + " " +
           colour(m.fill) + " stroke " + colour(m.stroke) + " " + num(m.stroke_px);
  }
  std::string operator()(const DotsMark& m) const {
    return "dots " + num(m.radius_px) + " " + colour(m.colour) + points(m.at);
  }
  std::string operator()(const LabelMark& m) const {
    return "label " + at(m.at) + " by " + num(m.dx_px) + "," + num(m.dy_px) + " " +
           anchor(m.anchor) + " " + num(m.size_px) + (m.bold ? " bold " : " ") + colour(m.ink) +
           " angle " + num(m.angle_rad) + " \"" + m.text + "\"";
  }
  std::string operator()(const BoxMark& m) const {
    return "box " + at(m.at) + " by " + num(m.dx_px) + "," + num(m.dy_px) + " size " +
           num(m.width_px) + "x" + num(m.height_px) + " " + colour(m.fill) + " stroke " +
           colour(m.stroke);
  }
  std::string operator()(const ScreenText& m) const {
    return "screen-text " + num(m.x_px) + "," + num(m.y_px) + " " + anchor(m.anchor) + " " +
           num(m.size_px) + (m.bold ? " bold " : " ") + colour(m.ink) + " \"" + m.text + "\"";
  }
  std::string operator()(const ScreenRect& m) const {
    return "screen-rect " + num(m.x_px) + "," + num(m.y_px) + " " + num(m.width_px) + "x" +
           num(m.height_px) + " " + colour(m.fill) + " stroke " + colour(m.stroke) + hatch(m.hatch);
  }
  std::string operator()(const ScreenLine& m) const {
    return "screen-line " + colour(m.colour) + " " + num(m.width_px) + dashes(m.dash_px) +
           (m.closed_filled ? " filled" : "") + points(m.points_px);
  }
  std::string operator()(const ScreenCircle& m) const {
    return "screen-circle " + num(m.x_px) + "," + num(m.y_px) + " r " + num(m.radius_px) + " " +
           colour(m.fill) + " stroke " + colour(m.stroke);
  }
};

}  // namespace

std::string to_text(const DisplayList& list) {
  std::string out = "background " + colour(list.background) + "\n";
  for (const Mark& mark : list.marks) out += std::visit(Writer{}, mark) + "\n";
  return out;
}

}  // namespace doorstep::scene
