#pragma once
// Draws a display list to PNG (pixels), SVG and PDF (vectors) and measures text with the same
// fonts. What to draw is `scene`'s; Cairo and Pango stay inside this folder.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "scene/display_list.h"

namespace doorstep::render {

/// Widths as Pango lays out Noto Sans CJK SC. One object a thread.
class CairoTextMeasure : public scene::TextMeasure {
 public:
  CairoTextMeasure();
  ~CairoTextMeasure() override;
  CairoTextMeasure(const CairoTextMeasure&) = delete;
  CairoTextMeasure& operator=(const CairoTextMeasure&) = delete;
  [[nodiscard]] double width_px(const std::string& text, double size_px, bool bold) const override;

 private:
  struct Pango;
  std::unique_ptr<Pango> pango_;
};

/// Pixels in rows from the top, four bytes each: red, green, blue, alpha, not premultiplied.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<uint8_t> rgba;
};

/// Draws into memory; `width_px * scale` by `height_px * scale` pixels.
/// Throws: Error where the picture has no size or is larger than Cairo draws (32,767 a side).
[[nodiscard]] Image render_image(const scene::DisplayList& list, const scene::Viewport& view);

/// Each writes aside and renames, so that a failure leaves the old file. The same list and view
/// give the same bytes; PDF dates honour SOURCE_DATE_EPOCH. Throws: Error.
void render_png(const scene::DisplayList& list, const scene::Viewport& view,
                const std::filesystem::path& path);
/// `scale` is ignored: the picture is `width_px` by `height_px`, in vectors.
void render_svg(const scene::DisplayList& list, const scene::Viewport& view,
                const std::filesystem::path& path);
/// A page of `width_px` by `height_px` at 96 px an inch; fonts are embedded.
/// `title` goes into the document's properties.
void render_pdf(const scene::DisplayList& list, const scene::Viewport& view,
                const std::filesystem::path& path, const std::string& title = {});
/// By the ending of `path`: .png, .svg or .pdf. Throws: Error naming the known endings.
void render_file(const scene::DisplayList& list, const scene::Viewport& view,
                 const std::filesystem::path& path, const std::string& title = {});

}  // namespace doorstep::render
