#pragma once
// Characters beyond U+FFFF (𠅤, 𬭎) in a library of panels that counts in 16 bits: each gets a
// stand-in from a script that no school is named in, in texts that are drawn and fields that are
// written, and its own glyph in the atlas. Outside drawing every text keeps its characters.

#include <string>

namespace doorstep::desktop {

/// What stands for a character: itself up to U+FFFF, but for the script that lends stand-ins. Past
/// 640 different ones: U+FFFD.
[[nodiscard]] char32_t stand_in(char32_t character);
/// The character that a stand-in stands for, or itself.
[[nodiscard]] char32_t stood_for(char32_t stand_in);

/// UTF-8 with stand-ins, and back. Cost: none where the text has nothing of the kind.
[[nodiscard]] std::string with_stand_ins(const std::string& text);
[[nodiscard]] std::string without_stand_ins(const std::string& text);

}  // namespace doorstep::desktop
