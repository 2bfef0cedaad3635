#include "render/cairo/text_layout.h"

namespace doorstep::render {

using scene::Anchor;

TextLayout::TextLayout(cairo_t* context) : layout_(pango_cairo_create_layout(context)) {
  // Unhinted metrics: a label is as wide on screen as in print and at any scale.
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  PangoContext* pango = pango_layout_get_context(layout_);
  pango_cairo_context_set_font_options(pango, options);
  pango_cairo_context_set_resolution(pango, 96.0);
  pango_context_set_round_glyph_positions(pango, FALSE);
  pango_context_set_language(pango, pango_language_from_string("zh-cn"));
  cairo_font_options_destroy(options);
  pango_layout_set_single_paragraph_mode(layout_, TRUE);
}

TextLayout::~TextLayout() { g_object_unref(layout_); }

void TextLayout::set(const std::string& text, double size_px, bool bold) {
  size_px_ = size_px;
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, "Noto Sans CJK SC");
  pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, size_px * PANGO_SCALE);
  pango_layout_set_font_description(layout_, font);
  pango_font_description_free(font);
  pango_layout_set_text(layout_, text.data(), static_cast<int>(text.size()));
}

double TextLayout::width() const {
  PangoRectangle logical;
  pango_layout_get_extents(layout_, nullptr, &logical);
  return static_cast<double>(logical.width) / PANGO_SCALE;
}

void TextLayout::move_to_start(cairo_t* context, Anchor anchor) const {
  // Centre on the body of capitals and ideographs rather than on the line box, whose ascent in
  // CJK fonts is much larger than its descent.
  constexpr double kMiddle = 0.36;
  double x = 0.0;
  double baseline = kMiddle * size_px_;
  if (anchor == Anchor::Right) x = -width();
  if (anchor == Anchor::Centre || anchor == Anchor::Top || anchor == Anchor::Bottom)
    x = -width() / 2;
  if (anchor == Anchor::Top) baseline += size_px_ / 2;
  if (anchor == Anchor::Bottom) baseline -= size_px_ / 2;
  double layout_baseline = static_cast<double>(pango_layout_get_baseline(layout_)) / PANGO_SCALE;
  cairo_rel_move_to(context, x, baseline - layout_baseline);
}

void TextLayout::add_path(cairo_t* context, Anchor anchor) const {
  move_to_start(context, anchor);
  pango_cairo_update_layout(context, layout_);
  pango_cairo_layout_path(context, layout_);
}

void TextLayout::show(cairo_t* context, Anchor anchor) const {
  move_to_start(context, anchor);
  pango_cairo_update_layout(context, layout_);
  pango_cairo_show_layout(context, layout_);
}

}  // namespace doorstep::render
