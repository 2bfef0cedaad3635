#include "render/gl/painted_run.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace doorstep::render {

bool draws_in_software() {
  const auto* text = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  const std::string_view name = text != nullptr ? text : "";
  for (const char* software :
       {"llvmpipe", "softpipe", "Software Rasterizer", "SwiftShader", "Basic Render"})
    if (name.find(software) != std::string_view::npos) return true;
  return false;
}

PaintedRun::~PaintedRun() {
  if (texture_ != 0) glDeleteTextures(1, &texture_);
  if (frame_ != 0) glDeleteFramebuffers(1, &frame_);
}

// `upwards`: the first row in memory is the lowest, as frames have it.
void PaintedRun::paint_texture(const scene::Viewport& view, scene::Colour background,
                               bool upwards) {
  const int width = std::max(1, static_cast<int>(std::lround(view.width_px * view.scale)));
  const int height = std::max(1, static_cast<int>(std::lround(view.height_px * view.scale)));
  pixels_.resize(static_cast<std::size_t>(width) * height);
  Canvas canvas{pixels_.data(), width, width, height, Canvas::Order::Rgba};
  if (upwards) {
    canvas.first += static_cast<std::ptrdiff_t>(width) * (height - 1);
    canvas.stride = -width;
  }
  clear(canvas, background);
  paint(marks_, pictures_, view, canvas, painting_threads());
  if (texture_ == 0) glGenTextures(1, &texture_);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  if (width == width_ && height == height_) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE,
                    pixels_.data());
    return;
  }
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               pixels_.data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  width_ = width;
  height_ = height;
}

void PaintedRun::fill_frame(const scene::Viewport& view, scene::Colour background) {
  GLint target = 0;
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &target);
  paint_texture(view, background, true);
  if (frame_ == 0) glGenFramebuffers(1, &frame_);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, frame_);
  glFramebufferTexture2D(GL_READ_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
  glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<GLuint>(target));
}

unsigned PaintedRun::texture(const scene::Viewport& view) {
  paint_texture(view, {0, 0, 0, 0}, false);
  return texture_;
}

}  // namespace doorstep::render
