#pragma once
// Painted texts packed in one texture, each painted once for as long as the atlas lives.

#include <map>
#include <string>

#include "render/gl/text_image.h"

namespace doorstep::render {

/// Where a text lies in the atlas. Units: texels = device pixels.
struct AtlasEntry {
  int x = 0, y = 0, width = 0, height = 0;
  int left = 0, top = 0;  ///< of the anchor point, from the corner
};

class TextAtlas {
 public:
  static constexpr int kSize = 2048;

  TextAtlas() = default;
  ~TextAtlas();
  TextAtlas(const TextAtlas&) = delete;
  TextAtlas& operator=(const TextAtlas&) = delete;

  /// Paints where new. Null where the texture is full (see `generation`) or the text too large.
  [[nodiscard]] const AtlasEntry* find(const TextLook& look);
  /// Empties the texture; what was placed before must be placed again.
  void clear();
  /// Counts clear(): who placed texts in an older generation places them again.
  [[nodiscard]] int generation() const { return generation_; }
  [[nodiscard]] unsigned texture() const { return texture_; }
  [[nodiscard]] long bytes_uploaded() const { return bytes_; }

 private:
  bool place(AtlasEntry& entry);

  unsigned texture_ = 0;
  std::map<std::string, AtlasEntry> entries_;
  int shelf_x_ = 0, shelf_y_ = 0, shelf_height_ = 0;
  int generation_ = 0;
  long bytes_ = 0;
};

}  // namespace doorstep::render
