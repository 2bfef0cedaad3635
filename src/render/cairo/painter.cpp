#include "render/cairo/painter.h"

#include <cmath>
#include <numbers>

#include "scene/flow_shape.h"

namespace doorstep::render {

using namespace scene;

Painter::Painter(cairo_t* context, const Viewport& view)
    : cr_(context), view_(view), text_(context) {
  cairo_set_line_join(cr_, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
  cairo_set_tolerance(cr_, 0.1);
}

void Painter::draw(const DisplayList& list) {
  set_colour(list.background);
  cairo_paint(cr_);
  draw(std::span(list.marks));
}

void Painter::draw(std::span<const Mark> marks) {
  for (const Mark& mark : marks) std::visit(*this, mark);
}

void Painter::set_colour(Colour c) {
  cairo_set_source_rgba(cr_, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
}

bool Painter::in_view(const Box& box, double margin_px) const {
  if (box.empty()) return false;
  Xy low = view_.to_px({box.min.x, box.max.y});
  Xy high = view_.to_px({box.max.x, box.min.y});
  return low.x <= view_.width_px + margin_px && high.x >= -margin_px &&
         low.y <= view_.height_px + margin_px && high.y >= -margin_px;
}

void Painter::add_line(const Polyline& line, bool closed) {
  bool first = true;
  for (Xy p : line) {
    Xy px = view_.to_px(p);
    first ? cairo_move_to(cr_, px.x, px.y) : cairo_line_to(cr_, px.x, px.y);
    first = false;
  }
  if (closed && !first) cairo_close_path(cr_);
}

void Painter::add_ring(const Ring& ring) { add_line(ring, true); }

void Painter::add_round_rect(double x, double y, double w, double h, double radius) {
  double r = std::min({radius, w / 2, h / 2});
  if (r <= 0) return cairo_rectangle(cr_, x, y, w, h);
  constexpr double kQuarter = std::numbers::pi / 2;
  cairo_new_sub_path(cr_);
  cairo_arc(cr_, x + w - r, y + r, r, -kQuarter, 0);
  cairo_arc(cr_, x + w - r, y + h - r, r, 0, kQuarter);
  cairo_arc(cr_, x + r, y + h - r, r, kQuarter, 2 * kQuarter);
  cairo_arc(cr_, x + r, y + r, r, 2 * kQuarter, 3 * kQuarter);
  cairo_close_path(cr_);
}

void Painter::hatch_clip(const Hatch& hatch, Xy origin) {
  double x0, y0, x1, y1;
  cairo_clip_extents(cr_, &x0, &y0, &x1, &y1);
  // The clip of an unbounded vector page may reach past it.
  x0 = std::max(x0, -8.0);
  y0 = std::max(y0, -8.0);
  x1 = std::min(x1, view_.width_px + 8.0);
  y1 = std::min(y1, view_.height_px + 8.0);
  if (x0 >= x1 || y0 >= y1) return;
  // Lines x + y = c rise to the right (y is down); c steps by spacing · √2 from the origin's own.
  double step = hatch.spacing_px * std::numbers::sqrt2;
  double phase = std::fmod(origin.x + origin.y, step);
  double c = std::floor((x0 + y0 - phase) / step) * step + phase;
  for (; c <= x1 + y1; c += step) {
    cairo_move_to(cr_, c - y1, y1);
    cairo_line_to(cr_, c - y0, y0);
  }
  set_colour(hatch.colour);
  cairo_set_line_width(cr_, hatch.width_px);
  cairo_set_line_cap(cr_, CAIRO_LINE_CAP_BUTT);
  cairo_stroke(cr_);
  cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
}

void Painter::operator()(const FillMark& mark) {
  if (!in_view(bounds(mark.shape), 2.0)) return;
  cairo_new_path(cr_);
  for (const Polygon& p : mark.shape) {
    add_ring(p.outer);
    for (const Ring& hole : p.holes) add_ring(hole);
  }
  bool inside = mark.hatch.spacing_px > 0 || mark.inner_edge_px > 0;
  set_colour(mark.colour);
  cairo_fill_preserve(cr_);
  if (!inside) return cairo_new_path(cr_);
  cairo_path_t* outline = cairo_copy_path(cr_);
  cairo_save(cr_);
  cairo_clip(cr_);
  if (mark.inner_edge_px > 0) {
    cairo_append_path(cr_, outline);
    set_colour(mark.inner_edge);
    cairo_set_line_width(cr_, 2 * mark.inner_edge_px);  // the outer half is clipped away
    cairo_stroke(cr_);
  }
  if (mark.hatch.spacing_px > 0) hatch_clip(mark.hatch, view_.to_px({0.0, 0.0}));
  cairo_restore(cr_);
  cairo_path_destroy(outline);
}

void Painter::operator()(const ImageMark& mark) {
  if (!mark.picture || mark.picture->width < 1 || mark.picture->height < 1) return;
  const Picture& picture = *mark.picture;
  cairo_surface_t* surface =
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, picture.width, picture.height);
  unsigned char* rows = cairo_image_surface_get_data(surface);
  int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < picture.height; ++y) {
    auto* row = reinterpret_cast<uint32_t*>(rows + static_cast<std::ptrdiff_t>(y) * stride);
    const uint8_t* from = picture.rgba.data() +
                          static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) * 4;
    for (int x = 0; x < picture.width; ++x, from += 4) {
      const uint32_t a = from[3];
      if (a == 0) continue;  // stippled homes are mostly nothing; the surface begins empty
      auto premultiplied = [&](uint32_t c) { return (c * a + 127) / 255; };
      row[x] = a << 24 | premultiplied(from[0]) << 16 | premultiplied(from[1]) << 8 |
               premultiplied(from[2]);
    }
  }
  cairo_surface_mark_dirty(surface);
  Xy low = view_.to_px({mark.box.min.x, mark.box.max.y});
  Xy high = view_.to_px({mark.box.max.x, mark.box.min.y});
  cairo_save(cr_);
  cairo_translate(cr_, low.x, low.y);
  cairo_scale(cr_, (high.x - low.x) / picture.width, (high.y - low.y) / picture.height);
  cairo_set_source_surface(cr_, surface, 0, 0);
  cairo_pattern_set_extend(cairo_get_source(cr_), CAIRO_EXTEND_PAD);
  cairo_rectangle(cr_, 0, 0, picture.width, picture.height);
  cairo_clip(cr_);
  cairo_paint_with_alpha(cr_, mark.opacity);
  cairo_restore(cr_);
  cairo_surface_destroy(surface);
}

void Painter::operator()(const LineMark& mark) {
  cairo_new_path(cr_);
  set_colour(mark.colour);
  cairo_set_line_width(cr_, mark.width_px);
  cairo_set_dash(cr_, mark.dash_px.data(), static_cast<int>(mark.dash_px.size()), 0.0);
  if (!mark.dash_px.empty() && mark.dash_px[0] > 1.0) cairo_set_line_cap(cr_, CAIRO_LINE_CAP_BUTT);
  // One by one where crossings cannot show: a path of a whole city's borders takes far longer.
  const bool opaque = mark.colour.a == 255;
  for (const Polyline& line : mark.lines) {
    if (!in_view(bounds(line), mark.width_px)) continue;
    add_line(line, mark.closed);
    if (opaque) cairo_stroke(cr_);
  }
  cairo_stroke(cr_);
  cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash(cr_, nullptr, 0, 0.0);
}

void Painter::operator()(const FlowMark& mark) {
  Xy from = view_.to_px(mark.from), control = view_.to_px(mark.control), to = view_.to_px(mark.to);
  cairo_pattern_t* fade = cairo_pattern_create_linear(from.x, from.y, to.x, to.y);
  auto stop = [&](double t, Colour c) {
    cairo_pattern_add_color_stop_rgba(fade, t, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
  };
  stop(0.0, mark.colour_from);
  stop(1.0, mark.colour_to);
  cairo_new_path(cr_);
  if (mark.dashed) {  // lost flows: a tapered outline cannot be dashed, a line of mean width can
    cairo_move_to(cr_, from.x, from.y);
    Xy a = from + (control - from) * (2.0 / 3.0), b = to + (control - to) * (2.0 / 3.0);
    cairo_curve_to(cr_, a.x, a.y, b.x, b.y, to.x, to.y);
    constexpr double kDash[] = {5.0, 4.0};
    cairo_set_dash(cr_, kDash, 2, 0.0);
    cairo_set_line_cap(cr_, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_width(cr_, (mark.width_from_px + mark.width_to_px) / 2);
    cairo_set_source(cr_, fade);
    cairo_stroke(cr_);
    cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cr_, nullptr, 0, 0.0);
  } else {
    Ring outline = flow_outline(from, control, to, mark.width_from_px, mark.width_to_px);
    cairo_move_to(cr_, outline[0].x, outline[0].y);
    for (Xy p : outline) cairo_line_to(cr_, p.x, p.y);
    cairo_close_path(cr_);
    cairo_set_source(cr_, fade);
    cairo_fill(cr_);
  }
  cairo_pattern_destroy(fade);
}

void Painter::fill_and_stroke(Colour fill, Colour stroke, double stroke_px) {
  if (fill.a > 0) {
    set_colour(fill);
    cairo_fill_preserve(cr_);
  }
  if (stroke.a > 0 && stroke_px > 0) {
    set_colour(stroke);
    cairo_set_line_width(cr_, stroke_px);
    cairo_stroke_preserve(cr_);
  }
  cairo_new_path(cr_);
}

void Painter::operator()(const CircleMark& mark) {
  Xy px = view_.to_px(mark.at);
  cairo_new_path(cr_);
  cairo_arc(cr_, px.x, px.y, mark.radius_px, 0, 2 * std::numbers::pi);
  fill_and_stroke(mark.fill, mark.stroke, mark.stroke_px);
}

void Painter::operator()(const DotsMark& mark) {
  cairo_new_path(cr_);
  set_colour(mark.colour);
  // In groups: one huge path is slow to fill, one fill a dot slower still.
  constexpr int kGroup = 256;
  int pending = 0;
  for (Xy p : mark.at) {
    Xy px = view_.to_px(p);
    if (px.x < -4 || px.y < -4 || px.x > view_.width_px + 4 || px.y > view_.height_px + 4) continue;
    cairo_new_sub_path(cr_);
    cairo_arc(cr_, px.x, px.y, mark.radius_px, 0, 2 * std::numbers::pi);
    if (++pending % kGroup == 0) cairo_fill(cr_);
  }
  cairo_fill(cr_);
}

void Painter::operator()(const LabelMark& mark) {
  Xy px = view_.to_px(mark.at);
  text_.set(mark.text, mark.size_px, mark.bold);
  cairo_save(cr_);
  cairo_translate(cr_, px.x + mark.dx_px, px.y + mark.dy_px);
  cairo_rotate(cr_, mark.angle_rad);
  if (mark.halo_px > 0 && mark.halo.a > 0) {
    cairo_move_to(cr_, 0, 0);
    text_.add_path(cr_, mark.anchor);
    set_colour(mark.halo);
    cairo_set_line_width(cr_, 2 * mark.halo_px);
    cairo_stroke(cr_);
  }
  cairo_move_to(cr_, 0, 0);
  set_colour(mark.ink);
  text_.show(cr_, mark.anchor);
  cairo_restore(cr_);
  cairo_new_path(cr_);
}

void Painter::operator()(const BoxMark& mark) {
  Xy px = view_.to_px(mark.at);
  cairo_new_path(cr_);
  add_round_rect(px.x + mark.dx_px, px.y + mark.dy_px, mark.width_px, mark.height_px,
                 mark.radius_px);
  fill_and_stroke(mark.fill, mark.stroke, mark.stroke_px);
}

void Painter::operator()(const ScreenText& mark) {
  text_.set(mark.text, mark.size_px, mark.bold);
  cairo_move_to(cr_, mark.x_px, mark.y_px);
  set_colour(mark.ink);
  text_.show(cr_, mark.anchor);
  cairo_new_path(cr_);
}

void Painter::operator()(const ScreenRect& mark) {
  cairo_new_path(cr_);
  add_round_rect(mark.x_px, mark.y_px, mark.width_px, mark.height_px, mark.radius_px);
  if (mark.hatch.spacing_px > 0) {
    cairo_path_t* outline = cairo_copy_path(cr_);
    fill_and_stroke(mark.fill, Colour{0, 0, 0, 0}, 0.0);
    cairo_save(cr_);
    cairo_append_path(cr_, outline);
    cairo_clip(cr_);
    hatch_clip(mark.hatch, {mark.x_px, mark.y_px});
    cairo_restore(cr_);
    cairo_append_path(cr_, outline);
    cairo_path_destroy(outline);
    fill_and_stroke(Colour{0, 0, 0, 0}, mark.stroke, mark.stroke_px);
  } else {
    fill_and_stroke(mark.fill, mark.stroke, mark.stroke_px);
  }
}

void Painter::operator()(const ScreenLine& mark) {
  cairo_new_path(cr_);
  for (Xy p : mark.points_px) cairo_line_to(cr_, p.x, p.y);
  set_colour(mark.colour);
  if (mark.closed_filled) {
    cairo_close_path(cr_);
    cairo_fill(cr_);
    return;
  }
  cairo_set_line_width(cr_, mark.width_px);
  cairo_set_dash(cr_, mark.dash_px.data(), static_cast<int>(mark.dash_px.size()), 0.0);
  cairo_set_line_cap(cr_, CAIRO_LINE_CAP_BUTT);
  cairo_stroke(cr_);
  cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash(cr_, nullptr, 0, 0.0);
}

void Painter::operator()(const ScreenCircle& mark) {
  cairo_new_path(cr_);
  cairo_arc(cr_, mark.x_px, mark.y_px, mark.radius_px, 0, 2 * std::numbers::pi);
  fill_and_stroke(mark.fill, mark.stroke, mark.stroke_px);
}

}  // namespace doorstep::render
