#pragma once
// The map of a plan beside the map without it, in one picture: one scale, one legend, one title in
// both languages.

#include "render/cairo/cairo_render.h"
#include "scene/furniture.h"

namespace doorstep::cli {

/// Pre: `content.baseline` is set. `view` comes back as what the page is to be drawn with.
/// Throws: Error where a half is too small to draw.
[[nodiscard]] scene::DisplayList before_and_after(const scene::MapContent& content,
                                                  const scene::PrintOptions& print,
                                                  const scene::TextMeasure& measure,
                                                  scene::Viewport& view);

}  // namespace doorstep::cli
