#include "render/gl/image_file.h"

#include <cairo.h>

#include <cstdlib>

#include "base/error.h"

namespace doorstep::render {

void write_png(const Image& image, const std::filesystem::path& path) {
  cairo_surface_t* surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height);
  unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const uint8_t* from = &image.rgba[(static_cast<std::size_t>(y) * image.width + x) * 4];
      unsigned char* to = data + static_cast<std::ptrdiff_t>(y) * stride + x * 4;
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
      to[3] = 255;
    }
  }
  cairo_surface_mark_dirty(surface);
  const cairo_status_t status = cairo_surface_write_to_png(surface, path.string().c_str());
  cairo_surface_destroy(surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    throw Error("cannot write the picture", path.string(), cairo_status_to_string(status));
  }
}

Image read_png(const std::filesystem::path& path) {
  cairo_surface_t* raw = cairo_image_surface_create_from_png(path.string().c_str());
  if (cairo_surface_status(raw) != CAIRO_STATUS_SUCCESS) {
    const std::string why = cairo_status_to_string(cairo_surface_status(raw));
    cairo_surface_destroy(raw);
    throw Error("cannot read the picture", path.string(), why);
  }
  Image image;
  image.width = cairo_image_surface_get_width(raw);
  image.height = cairo_image_surface_get_height(raw);
  image.rgba.resize(static_cast<std::size_t>(image.width) * image.height * 4);
  const unsigned char* data = cairo_image_surface_get_data(raw);
  const int stride = cairo_image_surface_get_stride(raw);
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const unsigned char* from = data + static_cast<std::ptrdiff_t>(y) * stride + x * 4;
      uint8_t* to = &image.rgba[(static_cast<std::size_t>(y) * image.width + x) * 4];
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
      to[3] = 255;
    }
  }
  cairo_surface_destroy(raw);
  return image;
}

ImageDifference difference(const Image& a, const Image& b, int channel_tolerance) {
  ImageDifference out;
  out.marked = a;
  if (a.width != b.width || a.height != b.height) {
    out.share = 1.0;
    out.pixels = static_cast<long>(a.width) * a.height;
    return out;
  }
  for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
    bool off = false;
    for (std::size_t c = 0; c < 3; ++c) {
      off = off || std::abs(int(a.rgba[i + c]) - int(b.rgba[i + c])) > channel_tolerance;
      out.marked.rgba[i + c] = static_cast<uint8_t>(200 + a.rgba[i + c] / 5);
    }
    if (off) {
      ++out.pixels;
      out.marked.rgba[i] = 220;
      out.marked.rgba[i + 1] = 0;
      out.marked.rgba[i + 2] = 120;
    }
  }
  const double total = static_cast<double>(a.width) * a.height;
  out.share = total > 0 ? static_cast<double>(out.pixels) / total : 0.0;
  return out;
}

}  // namespace doorstep::render
