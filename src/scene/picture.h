#pragma once
// A picture in memory, as what lies under a map is handed to the renderers.

#include <cstdint>
#include <vector>

namespace doorstep::scene {

/// Pixels in rows from the top, four bytes each: red, green, blue, alpha, not premultiplied.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<uint8_t> rgba;
};

}  // namespace doorstep::scene
