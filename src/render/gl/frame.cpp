#include "render/gl/frame.h"

#include <epoxy/gl.h>

#include <algorithm>

#include "base/error.h"

namespace doorstep::render {

Frame::~Frame() { release(); }

void Frame::release() {
  if (buffer_ == 0) return;
  glDeleteFramebuffers(1, &buffer_);
  glDeleteTextures(1, &texture_);
  glDeleteRenderbuffers(1, &stencil_);
  buffer_ = texture_ = stencil_ = 0;
}

bool Frame::resize(int width, int height) {
  width = std::max(width, 1);
  height = std::max(height, 1);
  if (buffer_ != 0 && width == width_ && height == height_) return false;
  release();
  width_ = width;
  height_ = height;
  glGenTextures(1, &texture_);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glGenRenderbuffers(1, &stencil_);
  glBindRenderbuffer(GL_RENDERBUFFER, stencil_);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH24_STENCIL8, width, height);
  glGenFramebuffers(1, &buffer_);
  glBindFramebuffer(GL_FRAMEBUFFER, buffer_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_RENDERBUFFER, stencil_);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    throw Error("the graphics driver cannot draw into a texture", "OpenGL", "update the driver");
  }
  return true;
}

void Frame::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, buffer_);
  glViewport(0, 0, width_, height_);
}

void Frame::copy_to(const Frame& to, int x, int y) const {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, buffer_);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, to.buffer_);
  glDisable(GL_SCISSOR_TEST);
  glBlitFramebuffer(x, y, x + to.width_, y + to.height_, 0, 0, to.width_, to.height_,
                    GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

Image Frame::read() const {
  glBindFramebuffer(GL_FRAMEBUFFER, buffer_);
  return read_framebuffer(width_, height_);
}

Image read_framebuffer(int width, int height) {
  Image image{width, height, std::vector<uint8_t>(static_cast<std::size_t>(width) * height * 4)};
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  const std::size_t row = static_cast<std::size_t>(width) * 4;
  for (int y = 0; y < height / 2; ++y) {  // OpenGL counts rows from the bottom
    auto top = image.rgba.begin() + static_cast<std::ptrdiff_t>(row) * y;
    auto bottom = image.rgba.begin() + static_cast<std::ptrdiff_t>(row) * (height - 1 - y);
    std::swap_ranges(top, top + static_cast<std::ptrdiff_t>(row), bottom);
  }
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
  return image;
}

}  // namespace doorstep::render
