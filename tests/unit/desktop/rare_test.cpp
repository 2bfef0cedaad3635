#include <imgui.h>

#include <catch2/catch.hpp>

#include "desktop/fonts.h"
#include "desktop/rare_characters.h"

using namespace doorstep::desktop;

TEST_CASE("characters beyond 16 bits have stand-ins that give them back") {
  const std::string name = "𠅤山小学（𬭎里校区）㙍";
  const std::string drawn = with_stand_ins(name);
  CHECK(drawn != name);
  for (const char32_t c : characters_of(drawn)) CHECK(c <= 0xFFFF);
  CHECK(without_stand_ins(drawn) == name);
  CHECK(with_stand_ins("第一小学 No. 1") == "第一小学 No. 1");
  CHECK(stand_in(0x20164) == stand_in(0x20164));
  CHECK(stand_in(0x20164) != stand_in(0x2CB4E));
  // The script that lends stand-ins keeps its own letters, and none is one that fields refuse.
  CHECK(without_stand_ins(with_stand_ins("ᐃᓄᒃ 𠅤")) == "ᐃᓄᒃ 𠅤");
  CHECK((stand_in(0x20164) < 0xE000 || stand_in(0x20164) > 0xF8FF));
}

TEST_CASE("no glyph of a rare school name is missing in the window's fonts") {
  ImGui::CreateContext();
  {
    Fonts fonts;
    const std::string name = "㙍𠅤𬭎𫮃𪘀小学";
    fonts.need(name);
    REQUIRE(fonts.build(1.0));
    for (const Font font : {Font::Body, Font::Label, Font::Title, Font::Caption})
      for (const char32_t c : characters_of(name)) {
        INFO(std::hex << static_cast<unsigned>(c));
        const ImFontGlyph* glyph =
            fonts.get(font)->FindGlyphNoFallback(static_cast<ImWchar>(stand_in(c)));
        REQUIRE(glyph != nullptr);
        CHECK(glyph->X1 - glyph->X0 > 5);  // drawn, and about as large as the others
        CHECK(glyph->AdvanceX > 9);
      }
  }
  ImGui::DestroyContext();
}
