#pragma once
// Lays pictures into memory, bilinearly, as a graphics card does: what homes beyond count and a
// basemap are. Part of the painter of areas (area_painter.h).

#include <cstdint>
#include <memory>
#include <vector>

#include "render/raster/area_painter.h"
#include "render/raster/coverage.h"

namespace doorstep::render {

/// Pictures of marks in the words of a canvas, premultiplied: made once, laid at each draw.
class ReadyPictures {
 public:
  /// Those of the marks; the marks may go afterwards. Cost: linear in their pixels.
  ReadyPictures(std::span<const scene::Mark> marks, Canvas::Order order);

  /// Lays the picture of `mark` over the pixels of `box`. What lies between two pixels is mixed of
  /// them; beyond its edge a picture ends. Pre: `mark` was among the marks.
  void lay(const scene::ImageMark& mark, const scene::Viewport& view, const Canvas& canvas,
           const PixelBox& box) const;

 private:
  struct Freed {
    void operator()(uint32_t* words) const;
  };
  struct Ready {
    std::shared_ptr<const scene::Picture> picture;
    std::unique_ptr<uint32_t[], Freed> words;  ///< by row
  };
  std::vector<Ready> pictures_;
};

/// All four channels of a premultiplied word times share / 255, rounded.
[[nodiscard]] inline uint32_t scaled(uint32_t c, uint32_t share) {
  constexpr uint32_t kTwo = 0x00FF00FF, kHalf = 0x00800080;
  uint32_t low = (c & kTwo) * share + kHalf, high = ((c >> 8) & kTwo) * share + kHalf;
  low = ((low + ((low >> 8) & kTwo)) >> 8) & kTwo;
  high = (high + ((high >> 8) & kTwo)) & ~kTwo;
  return low | high;
}

}  // namespace doorstep::render
