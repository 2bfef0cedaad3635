#pragma once
// Arrays on the card as the map's programs read them. Internal to gl_map.cpp, which alone includes
// it: OpenGL stays out of the other headers.

#include <epoxy/gl.h>

#include <cstddef>
#include <vector>

namespace doorstep::render {

/// A vertex array over one buffer.
class Buffer {
 public:
  ~Buffer() {
    if (array_ != 0) {
      glDeleteVertexArrays(1, &array_);
      glDeleteBuffers(1, &buffer_);
    }
  }
  /// Returns the bytes that went up.
  template <class T>
  long fill(const std::vector<T>& data) {
    bind();
    const auto size = static_cast<GLsizeiptr>(data.size() * sizeof(T));
    glBufferData(GL_ARRAY_BUFFER, size, data.data(), GL_STATIC_DRAW);
    return static_cast<long>(size);
  }
  void bind() {
    if (array_ == 0) {
      glGenVertexArrays(1, &array_);
      glGenBuffers(1, &buffer_);
    }
    glBindVertexArray(array_);
    glBindBuffer(GL_ARRAY_BUFFER, buffer_);
  }
  /// Attribute `at` of `n` floats (or bytes as 0-1) an instance or vertex.
  static void floats(unsigned at, int n, std::size_t stride, std::size_t offset, unsigned divisor) {
    attribute(at, n, GL_FLOAT, GL_FALSE, stride, offset, divisor);
  }
  static void colours(unsigned at, std::size_t stride, std::size_t offset) {
    attribute(at, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, offset, 1);
  }

 private:
  static void attribute(unsigned at, int n, unsigned type, unsigned char unit, std::size_t stride,
                        std::size_t offset, unsigned divisor) {
    glEnableVertexAttribArray(at);
    // OpenGL takes the offset into the bound buffer as a pointer.
    glVertexAttribPointer(at, n, type, unit, static_cast<GLsizei>(stride),
                          reinterpret_cast<const void*>(offset));
    glVertexAttribDivisor(at, divisor);
  }
  unsigned array_ = 0;
  unsigned buffer_ = 0;
};

/// Numbers that a vertex shader fetches by gl_VertexID. Software drivers take some microseconds an
/// instance, so that lines of a city as instances would cost a frame half a second.
class Numbers {
 public:
  ~Numbers() {
    if (buffer_ == 0) return;
    glDeleteTextures(1, &texture_);
    glDeleteBuffers(1, &buffer_);
    glDeleteVertexArrays(1, &array_);
  }
  /// `format`: of a texel, GL_RGBA32F or GL_RG32F.
  template <class T>
  long fill(const std::vector<T>& data, unsigned format) {
    if (buffer_ == 0) {
      glGenBuffers(1, &buffer_);
      glGenTextures(1, &texture_);
      glGenVertexArrays(1, &array_);
    }
    const auto size = static_cast<GLsizeiptr>(data.size() * sizeof(T));
    glBindBuffer(GL_TEXTURE_BUFFER, buffer_);
    glBufferData(GL_TEXTURE_BUFFER, size, data.data(), GL_STATIC_DRAW);
    glBindTexture(GL_TEXTURE_BUFFER, texture_);
    glTexBuffer(GL_TEXTURE_BUFFER, format, buffer_);
    return static_cast<long>(size);
  }
  /// Two triangles a quad, for quads `first` and on.
  void draw_quads(std::size_t first, std::size_t count) const {
    glBindVertexArray(array_);  // empty: nothing but gl_VertexID
    glBindTexture(GL_TEXTURE_BUFFER, texture_);
    glDrawArrays(GL_TRIANGLES, static_cast<GLint>(6 * first), static_cast<GLsizei>(6 * count));
  }

 private:
  unsigned buffer_ = 0, texture_ = 0, array_ = 0;
};

}  // namespace doorstep::render
