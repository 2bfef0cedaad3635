#include "render/gl/text_image.h"

#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "render/cairo/text_layout.h"

namespace doorstep::render {

namespace {

void set_colour(cairo_t* cr, scene::Colour c) {
  cairo_set_source_rgba(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
}

/// Nowhere to lay texts out on, kept for the life of the program. Without bounds: Cairo drops the
/// glyphs that lie outside a picture even from paths.
cairo_t* measuring() {
  static cairo_t* cr =
      cairo_create(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr));
  return cr;
}

/// Sizes the image to hold the outlines, `pad` wider on every side. Units: device pixels.
void size_image(TextImage& out, const TextLayout& layout, scene::Anchor anchor, double angle_rad,
                double pad) {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  cairo_t* cr = measuring();
  cairo_new_path(cr);
  cairo_save(cr);
  cairo_rotate(cr, angle_rad);
  cairo_move_to(cr, 0, 0);
  layout.add_path(cr, anchor);
  cairo_restore(cr);
  cairo_path_extents(cr, &x0, &y0, &x1, &y1);
  cairo_new_path(cr);
  out.left = static_cast<int>(std::ceil(pad - x0));
  out.top = static_cast<int>(std::ceil(pad - y0));
  out.width = std::max(1, out.left + static_cast<int>(std::ceil(x1 + pad)));
  out.height = std::max(1, out.top + static_cast<int>(std::ceil(y1 + pad)));
}

void paint(cairo_t* cr, const TextLayout& layout, const TextLook& look) {
  if (look.halo_px > 0 && look.halo.a > 0) {
    cairo_move_to(cr, 0, 0);
    layout.add_path(cr, look.anchor);
    set_colour(cr, look.halo);
    cairo_set_line_width(cr, look.halo_px * 2 * look.scale);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_stroke(cr);
  }
  cairo_move_to(cr, 0, 0);
  set_colour(cr, look.ink);
  layout.show(cr, look.anchor);
}

}  // namespace

TextImage paint_text(const TextLook& look) {
  TextImage out;
  TextLayout layout(measuring());
  layout.set(look.text, look.size_px * look.scale, look.bold);
  size_image(out, layout, look.anchor, look.angle_rad, look.halo_px * look.scale + 1.0);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, out.width, out.height);
  cairo_t* cr = cairo_create(surface);
  cairo_translate(cr, out.left, out.top);
  cairo_rotate(cr, look.angle_rad);
  paint(cr, layout, look);
  cairo_surface_flush(surface);
  out.pixels.resize(static_cast<std::size_t>(out.width) * out.height);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < out.height; ++y) {
    std::memcpy(&out.pixels[static_cast<std::size_t>(y) * out.width],
                data + static_cast<std::ptrdiff_t>(y) * stride,
                static_cast<std::size_t>(out.width) * 4);
  }
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return out;
}

}  // namespace doorstep::render
