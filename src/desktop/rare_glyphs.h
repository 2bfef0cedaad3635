#pragma once
// Glyphs that the font of the interface lacks, or whose character lies beyond U+FFFF: drawn from
// whichever installed font has them into the atlas. Internal to fonts.

#include <imgui.h>

#include <set>
#include <string>
#include <vector>

namespace doorstep::desktop {

class RareGlyphs {
 public:
  /// Which of `characters` the font file does not give by itself.
  [[nodiscard]] static std::set<char32_t> among(const std::set<char32_t>& characters,
                                                const std::string& file, int index);
  /// Asks for room in the atlas for one font. `em_px`: size of its letters. Call before Build.
  void reserve(ImFontAtlas& atlas, ImFont* font, const std::set<char32_t>& characters, double em_px,
               bool bold);
  /// Draws them into the room. Call after Build.
  void draw(ImFontAtlas& atlas);

 private:
  struct Glyph {
    int rect = 0;
    ImFont* font = nullptr;
    char32_t id = 0;
    int left = 0, top = 0, width = 0, height = 0;
    std::vector<unsigned char> alpha;
  };
  std::vector<Glyph> glyphs_;
};

}  // namespace doorstep::desktop
