#pragma once
// Draws marks on a Cairo context whose unit is a pixel at 100 %. Internal to render/cairo.

#include <cairo.h>

#include <span>

#include "render/cairo/text_layout.h"
#include "scene/display_list.h"

namespace doorstep::render {

class Painter {
 public:
  Painter(cairo_t* context, const scene::Viewport& view);
  void draw(const scene::DisplayList& list);
  /// Some of a list's marks, over what is there.
  void draw(std::span<const scene::Mark> marks);

  void operator()(const scene::FillMark& mark);
  void operator()(const scene::ImageMark& mark);
  void operator()(const scene::LineMark& mark);
  void operator()(const scene::FlowMark& mark);
  void operator()(const scene::CircleMark& mark);
  void operator()(const scene::DotsMark& mark);
  void operator()(const scene::LabelMark& mark);
  void operator()(const scene::BoxMark& mark);
  void operator()(const scene::ScreenText& mark);
  void operator()(const scene::ScreenRect& mark);
  void operator()(const scene::ScreenLine& mark);
  void operator()(const scene::ScreenCircle& mark);

 private:
  void set_colour(scene::Colour c);
  void add_ring(const Ring& ring);
  void add_line(const Polyline& line, bool closed);
  void add_round_rect(double x, double y, double w, double h, double radius);
  /// Lines at 45° over the current clip, their phase tied to the pixel `origin`.
  void hatch_clip(const scene::Hatch& hatch, Xy origin);
  void fill_and_stroke(scene::Colour fill, scene::Colour stroke, double stroke_px);
  [[nodiscard]] bool in_view(const Box& box, double margin_px) const;

  cairo_t* cr_;
  scene::Viewport view_;
  TextLayout text_;
};

}  // namespace doorstep::render
