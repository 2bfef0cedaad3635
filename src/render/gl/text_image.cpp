#include "render/gl/text_image.h"

#include <pango/pangocairo.h>

#include <cmath>
#include <cstring>
#include <memory>

namespace doorstep::render {

namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

Layout make_layout(cairo_t* cr, const std::string& text, double size_px, bool bold) {
  Layout layout(pango_cairo_create_layout(cr));
  PangoContext* context = pango_layout_get_context(layout.get());
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  PangoFontDescription* font = pango_font_description_from_string("Noto Sans CJK SC, sans-serif");
  pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, size_px * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
  return layout;
}

void set_colour(cairo_t* cr, scene::Colour c) {
  cairo_set_source_rgba(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
}

cairo_t* scratch() {
  static cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 1, 1);
  static cairo_t* cr = cairo_create(surface);
  return cr;
}

}  // namespace

TextImage paint_text(const TextLook& look) {
  TextImage out;
  Layout measured = make_layout(scratch(), look.text, look.size_px * look.scale, look.bold);
  PangoRectangle ink, line;
  pango_layout_get_extents(measured.get(), &ink, &line);
  const double unit = PANGO_SCALE;
  const double pad = look.halo_px * look.scale + 1.0;
  out.line_width = line.width / unit;
  out.line_height = line.height / unit;
  const double x0 = std::min(ink.x, line.x) / unit - pad, y0 = std::min(ink.y, line.y) / unit - pad;
  const double x1 = std::max(ink.x + ink.width, line.x + line.width) / unit + pad;
  const double y1 = std::max(ink.y + ink.height, line.y + line.height) / unit + pad;
  out.left = static_cast<int>(std::ceil(-x0));
  out.top = static_cast<int>(std::ceil(-y0));
  out.width = out.left + static_cast<int>(std::ceil(x1));
  out.height = out.top + static_cast<int>(std::ceil(y1));
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, out.width, out.height);
  cairo_t* cr = cairo_create(surface);
  Layout layout = make_layout(cr, look.text, look.size_px * look.scale, look.bold);
  cairo_translate(cr, out.left, out.top);
  if (look.halo_px > 0 && look.halo.a > 0) {
    pango_cairo_layout_path(cr, layout.get());
    set_colour(cr, look.halo);
    cairo_set_line_width(cr, look.halo_px * 2 * look.scale);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
    cairo_new_path(cr);
  }
  set_colour(cr, look.ink);
  cairo_move_to(cr, 0, 0);
  pango_cairo_show_layout(cr, layout.get());
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

double PangoMeasure::width_px(const std::string& text, double size_px, bool bold) const {
  Layout layout = make_layout(scratch(), text, size_px, bold);
  PangoRectangle line;
  pango_layout_get_extents(layout.get(), nullptr, &line);
  return line.width / static_cast<double>(PANGO_SCALE);
}

}  // namespace doorstep::render
