#pragma once
// Paints areas, plain lines and pictures into memory: what a graphics card does with triangles, and
// a machine without one does ten times as fast so. Fills are covered exactly, bands inside outlines
// and lines are drawn by distance. Screens without a card and pictures of pixels share it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "scene/display_list.h"

namespace doorstep::render {

/// Pixels in memory, premultiplied, four bytes each.
struct Canvas {
  enum class Order { Rgba, Argb };  ///< of bytes; or of bits in a word, as Cairo has them
  uint32_t* first = nullptr;        ///< the top left pixel
  std::ptrdiff_t stride = 0;        ///< pixels from a row to the next below; may be negative
  int width = 0, height = 0;
  Order order = Order::Rgba;
};

/// Marks of a list that follow each other.
struct MarkRun {
  std::size_t first = 0, count = 0;
};

class ReadyPictures;

/// Runs of marks that paint() draws, fills, lines without dashes and pictures, with so much to draw
/// that it pays. Cost: linear in the marks.
[[nodiscard]] std::vector<MarkRun> painted_runs(const scene::DisplayList& list);

/// Fills the canvas.
void clear(const Canvas& canvas, scene::Colour colour);
/// Draws marks over what the canvas holds. On two threads the same pixels as on one.
/// Pre: the marks are of one of painted_runs(); the canvas has the view's size in device pixels.
/// Cost: linear in the pixels of areas and of what is near lines.
void paint(std::span<const scene::Mark> marks, const scene::Viewport& view, const Canvas& canvas,
           int threads);
/// The same with the pictures of the marks made ready before, for drawing them again and again.
void paint(std::span<const scene::Mark> marks, const ReadyPictures& pictures,
           const scene::Viewport& view, const Canvas& canvas, int threads);
/// Threads that paint() is worth here: 1 or 2.
[[nodiscard]] int painting_threads();

}  // namespace doorstep::render
