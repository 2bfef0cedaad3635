#include "desktop/rare_glyphs.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "desktop/rare_characters.h"

namespace doorstep::desktop {

namespace {

FT_Library library() {
  static FT_Library all = [] {
    FT_Library made = nullptr;
    FT_Init_FreeType(&made);
    return made;
  }();
  return all;
}

/// Opened once each, for the life of the program: there are a handful.
FT_Face face_of(const std::string& file, int index) {
  static std::map<std::pair<std::string, int>, FT_Face> faces;
  const auto [at, fresh] = faces.emplace(std::pair{file, index}, nullptr);
  if (fresh && FT_New_Face(library(), file.c_str(), index, &at->second) != 0) at->second = nullptr;
  return at->second;
}

/// An installed font that has the character; null where none does.
FT_Face face_with(char32_t c, bool bold) {
  FcCharSet* set = FcCharSetCreate();
  FcCharSetAddChar(set, c);
  FcPattern* wanted = FcPatternCreate();
  FcPatternAddString(wanted, FC_FAMILY, reinterpret_cast<const FcChar8*>("Noto Sans CJK SC"));
  FcPatternAddInteger(wanted, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcPatternAddCharSet(wanted, FC_CHARSET, set);
  FcConfigSubstitute(nullptr, wanted, FcMatchPattern);
  FcDefaultSubstitute(wanted);
  FcResult result = FcResultNoMatch;
  FcFontSet* sorted = FcFontSort(nullptr, wanted, FcTrue, nullptr, &result);
  FT_Face found = nullptr;
  for (int i = 0; sorted != nullptr && i < sorted->nfont && found == nullptr; ++i) {
    FcChar8* file = nullptr;
    FcCharSet* has = nullptr;
    int index = 0;
    if (FcPatternGetCharSet(sorted->fonts[i], FC_CHARSET, 0, &has) != FcResultMatch ||
        !FcCharSetHasChar(has, c) ||
        FcPatternGetString(sorted->fonts[i], FC_FILE, 0, &file) != FcResultMatch)
      continue;
    FcPatternGetInteger(sorted->fonts[i], FC_INDEX, 0, &index);
    FT_Face face = face_of(reinterpret_cast<const char*>(file), index & 0xFFFF);
    if (face != nullptr && FT_Get_Char_Index(face, c) != 0) found = face;
  }
  if (sorted != nullptr) FcFontSetDestroy(sorted);
  FcPatternDestroy(wanted);
  FcCharSetDestroy(set);
  return found;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFD; }

}  // namespace

std::set<char32_t> RareGlyphs::among(const std::set<char32_t>& characters, const std::string& file,
                                     int index) {
  FT_Face face = face_of(file, index);
  std::set<char32_t> out;
  for (const char32_t c : characters)
    if (stand_in(c) != c || (!is_control(c) && face != nullptr && FT_Get_Char_Index(face, c) == 0))
      out.insert(c);
  return out;
}

void RareGlyphs::reserve(ImFontAtlas& atlas, ImFont* font, const std::set<char32_t>& characters,
                         double em_px, bool bold) {
  for (const char32_t c : characters) {
    FT_Face face = face_with(c, bold);
    if (face == nullptr) continue;  // no installed font has it
    FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(std::max(1.0, std::round(em_px))));
    if (FT_Load_Char(face, c, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0) continue;
    const FT_GlyphSlot slot = face->glyph;
    Glyph g;
    g.font = font;
    g.id = stand_in(c);
    g.left = slot->bitmap_left;
    g.top = slot->bitmap_top;
    g.width = static_cast<int>(slot->bitmap.width);
    g.height = static_cast<int>(slot->bitmap.rows);
    for (int y = 0; y < g.height; ++y) {
      const unsigned char* row = slot->bitmap.buffer + y * slot->bitmap.pitch;
      g.alpha.insert(g.alpha.end(), row, row + g.width);
    }
    g.rect = atlas.AddCustomRectFontGlyph(font, static_cast<ImWchar>(g.id), std::max(1, g.width),
                                          std::max(1, g.height),
                                          static_cast<float>(slot->advance.x) / 64.0F);
    glyphs_.push_back(std::move(g));
  }
}

void RareGlyphs::draw(ImFontAtlas& atlas) {
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  if (glyphs_.empty()) return;
  atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
  for (const Glyph& g : glyphs_) {
    const ImFontAtlasCustomRect* rect = atlas.GetCustomRectByIndex(g.rect);
    for (int y = 0; y < g.height; ++y)
      std::copy_n(&g.alpha[static_cast<std::size_t>(y) * static_cast<std::size_t>(g.width)],
                  g.width, pixels + (rect->Y + y) * width + rect->X);
    // Where the letters stand on the base line is known only now.
    for (ImFontGlyph& glyph : g.font->Glyphs) {
      if (glyph.Codepoint != g.id) continue;
      glyph.X0 = static_cast<float>(g.left);
      glyph.X1 = glyph.X0 + static_cast<float>(g.width);
      glyph.Y0 = std::round(g.font->Ascent) - static_cast<float>(g.top);
      glyph.Y1 = glyph.Y0 + static_cast<float>(g.height);
    }
  }
}

}  // namespace doorstep::desktop
