#include "desktop/fonts.h"

#include <fontconfig/fontconfig.h>
#include <imgui.h>
#include <imgui_freetype.h>

#include <vector>

#include "base/error.h"
#include "desktop/rare_glyphs.h"

namespace doorstep::desktop {

namespace {

struct FontFile {
  std::string path;
  int index = 0;
};

/// The installed file that comes nearest to Noto Sans CJK SC.
FontFile find_font(bool bold) {
  FcPattern* wanted = FcPatternCreate();
  FcPatternAddString(wanted, FC_FAMILY, reinterpret_cast<const FcChar8*>("Noto Sans CJK SC"));
  FcPatternAddString(wanted, FC_LANG, reinterpret_cast<const FcChar8*>("zh-cn"));
  FcPatternAddInteger(wanted, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcConfigSubstitute(nullptr, wanted, FcMatchPattern);
  FcDefaultSubstitute(wanted);
  FcResult result = FcResultNoMatch;
  FcPattern* match = FcFontMatch(nullptr, wanted, &result);
  FontFile out;
  FcChar8* file = nullptr;
  if (match != nullptr && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch) {
    out.path = reinterpret_cast<const char*>(file);
    FcPatternGetInteger(match, FC_INDEX, 0, &out.index);
    out.index &= 0xFFFF;  // the upper half names an instance of a variable font
  }
  if (match != nullptr) FcPatternDestroy(match);
  FcPatternDestroy(wanted);
  if (out.path.empty())
    throw Error("no font is installed", "Noto Sans CJK SC", "install fonts-noto-cjk");
  return out;
}

/// The line box of Noto Sans CJK, which ImGui takes as the size, is this many times the letters'.
constexpr double kBoxPerEm = 1.448;

/// `for_numbers`: digits, signs and Latin letters, and the 万 of large numbers on axes.
std::vector<ImWchar> ranges_of(std::set<char32_t> characters, bool for_numbers) {
  constexpr char32_t kTenThousand = U'\u4E07', kLastSign = U'\u22FF';
  characters.insert(kTenThousand);
  std::vector<ImWchar> out;
  for (char32_t c : characters) {
    if (c > 0xFFFF || (for_numbers && c > kLastSign && c != kTenThousand)) continue;
    const auto w = static_cast<ImWchar>(c);
    if (!out.empty() && out.back() + 1 == w) {
      out.back() = w;
    } else {
      out.push_back(w);
      out.push_back(w);
    }
  }
  out.push_back(0);
  return out;
}

}  // namespace

FontSize size_of(Font font) {
  switch (font) {
    case Font::FigureLarge:
      return {28, 36, true};
    case Font::Figure:
      return {22, 28, true};
    case Font::Title:
      return {15, 22, true};
    case Font::Label:
      return {13, 20, true};
    case Font::Body:
      return {13, 20, false};
    case Font::Caption:
      return {12, 18, false};
    case Font::Axis:
      return {11, 14, false};
  }
  return {};
}

std::u32string characters_of(const std::string& utf8) {
  std::u32string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t n = lead < 0x80    ? 1
                          : lead >= 0xF0 ? 4
                          : lead >= 0xE0 ? 3
                          : lead >= 0xC0 ? 2
                                         : 0;
    if (n == 0 || i + n > utf8.size()) {
      ++i;
      continue;
    }
    char32_t c = n == 1 ? lead : lead & (0x7FU >> n);
    for (std::size_t k = 1; k < n; ++k)
      c = c << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    out.push_back(c);
    i += n;
  }
  return out;
}

bool Fonts::need(const std::string& text) {
  bool fresh = false;
  for (char32_t c : characters_of(text)) fresh = characters_.insert(c).second || fresh;
  stale_ = stale_ || fresh;
  return fresh;
}

bool Fonts::build(double scale) {
  if (!stale_ && scale == scale_) return false;
  for (char32_t c = 0x20; c < 0x7F; ++c) characters_.insert(c);
  for (char32_t c : characters_of("−±–…·→↔▲▼≤≥×°©①②③，。、；：（）《》“”‘’")) characters_.insert(c);
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  atlas->Clear();
  atlas->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas->FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  atlas->TexDesiredWidth = 4096;
  const FontFile regular = find_font(false), bold = find_font(true);
  std::array<std::vector<ImWchar>, kFonts> ranges;  // ImGui reads them until Build
  const std::set<char32_t> rare = RareGlyphs::among(characters_, regular.path, regular.index);
  RareGlyphs glyphs;
  for (std::size_t i = 0; i < kFonts; ++i) {
    const FontSize size = size_of(static_cast<Font>(i));
    const FontFile& file = size.bold ? bold : regular;
    const auto font = static_cast<Font>(i);
    ranges[i] = ranges_of(characters_, font == Font::FigureLarge || font == Font::Axis);
    ImFontConfig config;
    config.FontNo = file.index;
    config.PixelSnapH = false;
    config.OversampleH = 1;
    fonts_[i] = atlas->AddFontFromFileTTF(file.path.c_str(),
                                          static_cast<float>(size.em * kBoxPerEm * scale), &config,
                                          ranges[i].data());
    if (fonts_[i] == nullptr) throw Error("cannot read the font", file.path, "");
    if (font != Font::FigureLarge && font != Font::Axis)
      glyphs.reserve(*atlas, fonts_[i], rare, size.em * scale, size.bold);
  }
  if (!atlas->Build()) throw Error("cannot build the font texture", regular.path, "");
  glyphs.draw(*atlas);
  stale_ = false;
  scale_ = scale;
  return true;
}

}  // namespace doorstep::desktop
