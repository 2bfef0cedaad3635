// The picture under the map as OpenGL draws it, held against Cairo.
#include <catch2/catch.hpp>

#include <array>
#include <memory>

#include "render/cairo/cairo_render.h"
#include "render/gl/gl_map.h"
#include "render/gl/offscreen.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {

/// Two by two cells: red and green above, blue and nothing below.
DisplayList picture_list(double opacity) {
  auto picture = std::make_shared<Picture>();
  picture->width = 2;
  picture->height = 2;
  picture->rgba = {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 9, 9, 0};
  Box box;
  box.add(Xy{-50, -50});
  box.add(Xy{50, 50});
  return {{255, 255, 255, 255}, {ImageMark{picture, box, opacity}}};
}

std::array<int, 3> pixel(const std::vector<uint8_t>& rgba, int width, int x, int y) {
  std::size_t i = (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                   static_cast<std::size_t>(x)) *
                  4;
  return {rgba[i], rgba[i + 1], rgba[i + 2]};
}

}  // namespace

TEST_CASE("a picture's first row is its north, its holes show the ground, as Cairo draws it") {
  Viewport view{{0, 0}, 1.0, 100, 100, 1.0};
  render::OffscreenContext context(100, 100);
  render::GlShared shared;
  render::GlMap map(shared);
  for (double opacity : {1.0, 0.5}) {
    DisplayList list = picture_list(opacity);
    map.upload(list);
    context.begin();
    map.draw(view);
    auto gl = context.read();
    render::Image cairo = render::render_image(list, view);
    // The corners are the colour of their cell alone; the middle is blended differently.
    for (auto [x, y] : {std::pair{5, 5}, {94, 5}, {5, 94}, {94, 94}})
      for (std::size_t c = 0; c < 3; ++c) {
        CAPTURE(opacity, x, y, c);
        CHECK(std::abs(pixel(gl.rgba, 100, x, y)[c] - pixel(cairo.rgba, 100, x, y)[c]) <= 2);
      }
    CHECK(pixel(gl.rgba, 100, 5, 5)[0] == 255);
    CHECK(std::abs(pixel(gl.rgba, 100, 5, 5)[1] - int(255 * (1 - opacity))) <= 1);
    CHECK(pixel(gl.rgba, 100, 94, 94) == std::array<int, 3>{255, 255, 255});
  }
}
