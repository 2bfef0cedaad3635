#pragma once
// A texture with a stencil that the map is drawn into: kept between frames, so that a frame in
// which only a panel changed costs one textured rectangle.

#include "render/gl/image_file.h"

namespace doorstep::render {

class Frame {
 public:
  Frame() = default;
  ~Frame();
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  /// Makes it `width` × `height` device pixels; does nothing where it is. Returns true where made
  /// anew.
  bool resize(int width, int height);
  /// Draws go here until another frame is bound. Pre: resized.
  void bind() const;
  [[nodiscard]] unsigned texture() const { return texture_; }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] Image read() const;
  /// Copies the part that begins at (x, y), counted from the lower left corner, over all of `to`.
  void copy_to(const Frame& to, int x, int y) const;

 private:
  void release();
  unsigned buffer_ = 0;
  unsigned texture_ = 0;
  unsigned stencil_ = 0;
  int width_ = 0;
  int height_ = 0;
};

/// Reads the bound framebuffer. Units: device pixels.
[[nodiscard]] Image read_framebuffer(int width, int height);

}  // namespace doorstep::render
