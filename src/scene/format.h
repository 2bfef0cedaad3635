#pragma once
// Numbers with their unit as each language writes them, and sentences with numbers in them.
// Digits, minus and thousands come from base/text.h.

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/text.h"

namespace doorstep::scene {

/// "1,614人", "1,614 pupils", "1 pupil".
[[nodiscard]] std::string pupils_text(double pupils, Language language);
/// From ten thousand on "1.8万人" in Chinese; as pupils_text() otherwise.
[[nodiscard]] std::string pupils_short(double pupils, Language language);
/// "0.94千米", "0.94 km". Units: metres in.
[[nodiscard]] std::string kilometres_text(double metres, Language language);
/// "12.5分钟", "12.5 min"; one decimal below 10.
[[nodiscard]] std::string minutes_text(double minutes, Language language);
/// "−1.6百分点", "−1.6 pt". `ratio` is a difference of shares.
[[nodiscard]] std::string points_text(double ratio, Language language, int decimals = 0);
/// A count for public pages: "< 5" for 1 to 4, so that no child is told apart.
[[nodiscard]] std::string suppressed(double count);
/// Replaces {0}, {1}, … by `values`, and {0:edit|edits} by the first word where value 0 is "1".
[[nodiscard]] std::string filled(std::string_view pattern,
                                 std::initializer_list<std::string> values);

}  // namespace doorstep::scene
