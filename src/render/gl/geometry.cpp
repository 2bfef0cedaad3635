#include "render/gl/geometry.h"

#include <algorithm>
#include <cmath>

namespace doorstep::render {

namespace {

using namespace scene;

std::array<uint8_t, 4> bytes(Colour c) { return {c.r, c.g, c.b, c.a}; }

/// The middle of everything on the map, so that floats stay small.
struct OriginFinder {
  Box box;
  void operator()(const FillMark& m) { box.add(bounds(m.shape)); }
  void operator()(const ImageMark& m) { box.add(m.box); }
  void operator()(const LineMark& m) {
    for (const Polyline& l : m.lines) box.add(bounds(l));
  }
  void operator()(const FlowMark& m) {
    box.add(m.from);
    box.add(m.to);
  }
  void operator()(const DotsMark& m) { box.add(bounds(m.at)); }
  void operator()(const CircleMark& m) { box.add(m.at); }
  void operator()(const LabelMark& m) { box.add(m.at); }
  void operator()(const BoxMark& m) { box.add(m.at); }
  template <class Screen>
  void operator()(const Screen&) {}
};

class Builder {
 public:
  Builder(Geometry& out, double scale) : out_(out), scale_(scale) {}

  void operator()(const FillMark& m) {
    Step step = fill_step(m.colour, false);
    step.hatch = m.hatch;
    step.inner_edge_px = m.inner_edge_px;
    step.inner_edge = m.inner_edge;
    for (const Polygon& p : m.shape) {
      add_fan(p.outer, false, step);
      for (const Ring& hole : p.holes) add_fan(hole, false, step);
    }
    finish_fill(step);
    if (step.count > 0) join_alike();
  }
  void operator()(const ImageMark& m) {
    if (!m.picture) return;
    Step step;
    step.kind = StepKind::Image;
    step.count = 1;
    auto low = placed(m.box.min, false), high = placed(m.box.max, false);
    step.box = {low[0], low[1], high[0], high[1]};
    step.picture = m.picture;
    step.width_px = m.opacity;
    out_.steps.push_back(std::move(step));
  }
  void operator()(const LineMark& m) {
    Step& step = run(StepKind::Lines, out_.line_points.size(), [&](const Step& s) {
      return !s.screen && s.colour == m.colour && s.width_px == m.width_px &&
             s.dash_px == m.dash_px;
    });
    step.colour = m.colour;
    step.width_px = m.width_px;
    step.dash_px = m.dash_px;
    step.butt = !m.dash_px.empty() && m.dash_px[0] > 1.0;
    for (const Polyline& line : m.lines) add_line(line, m.closed, false);
    step.count = out_.line_points.size() - step.first;
  }
  void operator()(const FlowMark& m) {
    Step& step = run(StepKind::Flows, out_.flows.size());
    const auto a = local(m.from), b = local(m.to), c = local(m.control);
    const double mean = (m.width_from_px + m.width_to_px) / 2;  // a dashed one does not taper
    out_.flows.push_back({{a[0], a[1], b[0], b[1]},
                          {c[0], c[1], number(m.dashed ? mean : m.width_from_px),
                           number(m.dashed ? mean : m.width_to_px)},
                          bytes(m.colour_from),
                          bytes(m.colour_to),
                          m.dashed ? 1.0F : 0.0F});
    ++step.count;
  }
  void operator()(const CircleMark& m) {
    const auto at = local(m.at);
    add_shape({{at[0], at[1], 0, 0},
               {number(m.radius_px), number(m.radius_px), number(m.radius_px), number(m.stroke_px)},
               bytes(m.fill),
               bytes(m.stroke),
               {0, 0, 0, 0},
               {}});
  }
  void operator()(const DotsMark& m) {
    Step step;
    step.kind = StepKind::Dots;
    step.first = out_.dots.size();
    step.count = m.at.size();
    step.colour = m.colour;
    step.width_px = m.radius_px;
    for (Xy p : m.at) out_.dots.push_back(local(p));
    out_.steps.push_back(step);
  }
  void operator()(const LabelMark& m) {
    const auto at = local(m.at);
    add_text({{m.text, m.size_px, m.bold, m.ink, m.halo, m.halo_px, m.anchor, scale_, m.angle_rad},
              at[0],
              at[1],
              number(m.dx_px),
              number(m.dy_px),
              false});
  }
  void operator()(const BoxMark& m) {
    const auto at = local(m.at);
    add_shape({{at[0], at[1], number(m.dx_px + m.width_px / 2), number(m.dy_px + m.height_px / 2)},
               {number(m.width_px / 2), number(m.height_px / 2), number(m.radius_px),
                m.stroke.a == 0 ? 0.0F : number(m.stroke_px)},
               bytes(m.fill),
               bytes(m.stroke),
               {0, 0, 0, 0},
               {}});
  }
  void operator()(const ScreenText& m) {
    add_text({{m.text, m.size_px, m.bold, m.ink, Colour{0, 0, 0, 0}, 0.0, m.anchor, scale_, 0.0},
              number(m.x_px),
              number(m.y_px),
              0,
              0,
              true});
  }
  void operator()(const ScreenRect& m) {
    add_shape({{number(m.x_px + m.width_px / 2), number(m.y_px + m.height_px / 2), 0, 0},
               {number(m.width_px / 2), number(m.height_px / 2), number(m.radius_px),
                m.stroke.a == 0 ? 0.0F : number(m.stroke_px)},
               bytes(m.fill),
               bytes(m.stroke),
               {number(m.hatch.spacing_px), number(m.hatch.width_px), 1, 0},
               bytes(m.hatch.colour)});
  }
  void operator()(const ScreenLine& m) {
    if (m.closed_filled) {
      Step step = fill_step(m.colour, true);
      add_fan(m.points_px, true, step);
      finish_fill(step);
      return;
    }
    Step& step = run(StepKind::Lines, out_.line_points.size(), [](const Step&) { return false; });
    step.screen = true;
    step.colour = m.colour;
    step.width_px = m.width_px;
    step.dash_px = m.dash_px;
    step.butt = true;
    add_line(m.points_px, false, true);
    step.count = out_.line_points.size() - step.first;
  }
  void operator()(const ScreenCircle& m) {
    const float r = number(m.radius_px);
    add_shape({{number(m.x_px), number(m.y_px), 0, 0},
               {r, r, r, m.stroke.a == 0 ? 0.0F : number(m.stroke_px)},
               bytes(m.fill),
               bytes(m.stroke),
               {0, 0, 1, 0},
               {}});
  }

 private:
  static float number(double v) { return static_cast<float>(v); }
  [[nodiscard]] std::array<float, 2> local(Xy p) const {
    return {number(p.x - out_.origin.x), number(p.y - out_.origin.y)};
  }
  [[nodiscard]] std::array<float, 2> placed(Xy p, bool screen) const {
    return screen ? std::array<float, 2>{number(p.x), number(p.y)} : local(p);
  }

  /// The last step where it can take more of the same, else a new one.
  template <class Same>
  Step& run(StepKind kind, std::size_t first, Same same) {
    if (out_.steps.empty() || out_.steps.back().kind != kind || !same(out_.steps.back())) {
      Step step;
      step.kind = kind;
      step.first = first;
      out_.steps.push_back(step);
    }
    return out_.steps.back();
  }
  Step& run(StepKind kind, std::size_t first) {
    return run(kind, first, [](const Step&) { return true; });
  }

  void add_shape(const ShapeInstance& shape) {
    Step& step = run(StepKind::Shapes, out_.shapes.size());
    out_.shapes.push_back(shape);
    ++step.count;
  }
  void add_text(TextSource text) {
    if (text.look.text.empty()) return;
    Step& step = run(StepKind::Texts, out_.texts.size());
    out_.texts.push_back(std::move(text));
    ++step.count;
  }

  Step fill_step(Colour colour, bool screen) {
    Step step;
    step.kind = StepKind::Fill;
    step.first = out_.fill_indices.size();
    step.edge_first = out_.line_points.size();
    step.colour = colour;
    step.screen = screen;
    step.box = {1e30F, 1e30F, -1e30F, -1e30F};
    return step;
  }
  void add_fan(const Ring& ring, bool screen, Step& step) {
    if (ring.size() < 3) return;
    const auto start = static_cast<uint32_t>(out_.fill_points.size());
    for (Xy p : ring) {
      const auto at = placed(p, screen);
      out_.fill_points.push_back(at);
      step.box = {std::min(step.box[0], at[0]), std::min(step.box[1], at[1]),
                  std::max(step.box[2], at[0]), std::max(step.box[3], at[1])};
    }
    for (uint32_t i = 1; i + 1 < ring.size(); ++i) {
      out_.fill_indices.insert(out_.fill_indices.end(), {start, start + i, start + i + 1});
    }
    add_line(ring, true, screen);
  }
  void finish_fill(Step& step) {
    step.count = out_.fill_indices.size() - step.first;
    step.edge_count = out_.line_points.size() - step.edge_first;
    if (step.count == 0) return;
    step.boxes_first = out_.boxes.size();
    step.boxes_count = 1;
    out_.boxes.push_back(step.box);
    out_.steps.push_back(step);
  }

  static bool same_hatch(const Hatch& a, const Hatch& b) {
    return a.spacing_px == b.spacing_px && a.width_px == b.width_px && a.colour == b.colour;
  }
  /// Opaque fills of one look are one draw: their shapes, fans and rings follow each other already.
  void join_alike() {
    if (out_.steps.size() < 2) return;
    const Step& next = out_.steps.back();
    Step& step = out_.steps[out_.steps.size() - 2];
    const bool alike = step.kind == StepKind::Fill && !step.screen && step.colour == next.colour &&
                       next.colour.a == 255 && step.inner_edge_px == next.inner_edge_px &&
                       step.inner_edge == next.inner_edge && same_hatch(step.hatch, next.hatch);
    const bool adjoins = step.first + step.count == next.first &&
                         step.edge_first + step.edge_count == next.edge_first &&
                         step.boxes_first + step.boxes_count == next.boxes_first;
    if (!alike || !adjoins) return;
    step.count += next.count;
    step.edge_count += next.edge_count;
    step.boxes_count += next.boxes_count;
    for (std::size_t i : {0U, 1U}) step.box[i] = std::min(step.box[i], next.box[i]);
    for (std::size_t i : {2U, 3U}) step.box[i] = std::max(step.box[i], next.box[i]);
    out_.steps.pop_back();
  }

  void add_line(const Polyline& line, bool closed, bool screen) {
    std::size_t n = line.size();
    if (closed && n > 1 && line.front() == line.back()) --n;
    if (n < 2) return;
    closed = closed && n > 2;
    auto push = [&](Xy p, double along, float kind) {
      const auto at = placed(p, screen);
      out_.line_points.push_back({at[0], at[1], number(along), kind});
    };
    push(closed ? line[n - 1] : line[0], 0.0, closed ? 2.0F : 1.0F);
    double along = 0.0;
    push(line[0], 0.0, 0.0F);
    for (std::size_t i = 1; i < n; ++i) {
      along += distance_m(line[i - 1], line[i]);
      push(line[i], along, 0.0F);
    }
    if (closed) {
      push(line[0], along + distance_m(line[n - 1], line[0]), 0.0F);
      push(line[1], 0.0, 2.0F);
    }
    push(line[n - 1], 0.0, 1.0F);
  }

  Geometry& out_;
  double scale_;
};

}  // namespace

Geometry build_geometry(const DisplayList& list, double scale,
                        const std::vector<MarkRun>& painted) {
  Geometry out;
  out.background = list.background;
  OriginFinder finder;
  for (const Mark& mark : list.marks) std::visit(finder, mark);
  if (!finder.box.empty()) out.origin = finder.box.centre();
  Builder builder(out, scale);
  std::size_t next = 0;
  for (std::size_t i = 0; i < list.marks.size();) {
    if (next < painted.size() && painted[next].first == i) {
      Step step;
      step.kind = StepKind::Painted;
      step.first = next;
      step.count = 1;
      out.steps.push_back(step);
      i += painted[next++].count;
    } else {
      std::visit(builder, list.marks[i++]);
    }
  }
  return out;
}

}  // namespace doorstep::render
