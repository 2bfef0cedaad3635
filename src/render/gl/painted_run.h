#pragma once
// Areas and borders that are painted in memory (raster/area_painter.h) and put on the card as one
// picture a draw: for drivers without a card, which take microseconds for every small triangle.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "render/raster/area_painter.h"
#include "render/raster/picture_painter.h"

namespace doorstep::render {

/// Whether the current context draws without a card.
[[nodiscard]] bool draws_in_software();

class PaintedRun {
 public:
  explicit PaintedRun(std::vector<scene::Mark> marks)
      : marks_(std::move(marks)), pictures_(marks_, Canvas::Order::Rgba) {}
  ~PaintedRun();
  PaintedRun(const PaintedRun&) = delete;
  PaintedRun& operator=(const PaintedRun&) = delete;

  /// Fills the bound frame: the marks over `background`.
  void fill_frame(const scene::Viewport& view, scene::Colour background);
  /// The marks over nothing as a premultiplied texture of the view's size, its first row on top.
  [[nodiscard]] unsigned texture(const scene::Viewport& view);

 private:
  void paint_texture(const scene::Viewport& view, scene::Colour background, bool upwards);

  std::vector<scene::Mark> marks_;
  ReadyPictures pictures_;
  std::vector<uint32_t> pixels_;
  unsigned texture_ = 0, frame_ = 0;
  int width_ = 0, height_ = 0;
};

}  // namespace doorstep::render
