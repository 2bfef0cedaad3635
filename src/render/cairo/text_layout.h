#pragma once
// One line of text as Pango lays it out, placed by its anchor. Internal to render/cairo.

#include <cairo.h>
#include <pango/pangocairo.h>

#include <string>

#include "scene/display_list.h"

namespace doorstep::render {

/// Owns a layout that is set to one text after the other.
class TextLayout {
 public:
  explicit TextLayout(cairo_t* context);
  ~TextLayout();
  TextLayout(const TextLayout&) = delete;
  TextLayout& operator=(const TextLayout&) = delete;

  void set(const std::string& text, double size_px, bool bold);
  [[nodiscard]] double width() const;
  /// Characters that no installed font has.
  [[nodiscard]] int missing() const { return pango_layout_get_unknown_glyphs_count(layout_); }
  /// Adds the outlines to the path; the point lies at the anchor, vertically at mid x-height.
  void add_path(cairo_t* context, scene::Anchor anchor) const;
  /// Paints the glyphs at the same place (kept as text in PDF and SVG).
  void show(cairo_t* context, scene::Anchor anchor) const;

 private:
  void move_to_start(cairo_t* context, scene::Anchor anchor) const;
  PangoLayout* layout_;
  double size_px_ = 12.0;
};

}  // namespace doorstep::render
