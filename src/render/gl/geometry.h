#pragma once
// A display list as arrays for the graphics card: points as floats from a local origin, marks of
// one kind and style run together, order kept. Knows no OpenGL, so tests count and read it.

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "render/gl/painted_run.h"
#include "render/gl/text_image.h"
#include "scene/display_list.h"

namespace doorstep::render {

/// Of a line: place, way along it, and kind (0 drawn, 1 gap, 2 neighbour only). See line.vert.
struct LinePoint {
  float x = 0, y = 0, along = 0, kind = 0;
};
struct FlowInstance {
  std::array<float, 4> ends{};
  std::array<float, 4> control_widths{};
  std::array<uint8_t, 4> colour_from{}, colour_to{};
  float dashed = 0;
};
struct ShapeInstance {
  std::array<float, 4> at_offset{};
  std::array<float, 4> half_radius_stroke{};
  std::array<uint8_t, 4> fill{}, stroke{};
  std::array<float, 4> hatch_screen{};
  std::array<uint8_t, 4> hatch_colour{};
};
/// A text still to be painted and placed.
struct TextSource {
  TextLook look;
  float x = 0, y = 0;
  float dx_px = 0, dy_px = 0;
  bool screen = false;
};

enum class StepKind { Fill, Image, Lines, Flows, Shapes, Dots, Texts, Painted };

/// One draw: a run of one kind with one style.
struct Step {
  StepKind kind = StepKind::Fill;
  /// Of indices, line points, instances, texts, or which of the painted runs.
  std::size_t first = 0, count = 0;
  bool screen = false;
  scene::Colour colour;
  scene::Hatch hatch;
  double width_px = 0;  ///< line width or dot radius
  std::vector<double> dash_px;
  bool butt = false;         ///< Lines: ends and dashes cut straight, else round
  double inner_edge_px = 0;  ///< Fill: a stronger band inside the edge
  scene::Colour inner_edge;
  std::size_t edge_first = 0, edge_count = 0;     ///< Fill: its rings among the line points
  std::array<float, 4> box{};                     ///< Fill, Image: min x, min y, max x, max y
  std::size_t boxes_first = 0, boxes_count = 0;   ///< Fill: of its shapes, more than one if opaque
  std::shared_ptr<const scene::Picture> picture;  ///< Image; its opacity is width_px
};

struct Geometry {
  Xy origin;  ///< of every map point below, metres
  scene::Colour background;
  std::vector<std::array<float, 2>> fill_points;
  std::vector<uint32_t> fill_indices;
  std::vector<std::array<float, 4>> boxes;
  std::vector<LinePoint> line_points;
  std::vector<FlowInstance> flows;
  std::vector<ShapeInstance> shapes;
  std::vector<std::array<float, 2>> dots;
  std::vector<TextSource> texts;
  std::vector<Step> steps;
};

/// `painted`: runs of marks that are a step of their own and leave nothing here.
[[nodiscard]] Geometry build_geometry(const scene::DisplayList& list, double scale,
                                      const std::vector<MarkRun>& painted = {});

}  // namespace doorstep::render
