#pragma once
// A picture to lie under a map: GeoTIFF, MBTiles or a GeoPackage of tiles, brought into the place's
// system at the resolution that is asked for. Overviews and tile levels are used, so a picture of a
// province costs no more than one of a street.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/geometry.h"

namespace doorstep::io {

struct RgbaImage {
  int width = 0;
  int height = 0;
  std::vector<uint8_t> rgba;  ///< rows from the top, not premultiplied; alpha 0 beyond the picture
};

/// The part of a picture inside `box` of system `crs`. Pre: width and height from 1 to 16384.
/// Throws: Error where the file is no picture, says nowhere where it lies, or breaks off.
[[nodiscard]] RgbaImage read_picture(const std::filesystem::path& path, const std::string& shown,
                                     const std::string& crs, const Box& box, int width, int height);

}  // namespace doorstep::io
