#pragma once
// The fonts of the interface in the sizes of the visual system, holding exactly the characters in
// use: those of the words and of the names of the place, and what turns up later.

#include <array>
#include <set>
#include <string>

struct ImFont;

namespace doorstep::desktop {

enum class Font { FigureLarge, Figure, Title, Label, Body, Caption, Axis };
inline constexpr std::size_t kFonts = 7;

/// Size of the letters and distance of lines. Units: pixels at 100 %.
struct FontSize {
  double em = 13.0;
  double line = 20.0;
  bool bold = false;
};
[[nodiscard]] FontSize size_of(Font font);

class Fonts {
 public:
  /// Notes the characters of a text; returns true where one is new.
  bool need(const std::string& text);
  /// Builds the atlas where characters or the scale changed. Returns true where it did; the old
  /// texture is then stale. Throws: Error where no font is installed.
  bool build(double scale);
  [[nodiscard]] ImFont* get(Font font) const { return fonts_[static_cast<std::size_t>(font)]; }

 private:
  std::set<char32_t> characters_;
  bool stale_ = true;
  double scale_ = 0.0;
  std::array<ImFont*, kFonts> fonts_{};
};

/// The characters of a UTF-8 text; invalid bytes are left out.
[[nodiscard]] std::u32string characters_of(const std::string& utf8);

}  // namespace doorstep::desktop
