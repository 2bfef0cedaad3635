#pragma once
// Text as people read it: numbers with thousands separators, percentages, UTF-8 lengths.
// Follows the number style of the visual system: minus is U+2212, "–" for none.

#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

enum class Language { Chinese, English };

/// "1,614"; rounds half away from zero; minus as U+2212.
[[nodiscard]] std::string grouped(double value, int decimals = 0);
/// "138%"
[[nodiscard]] std::string percent(double ratio, int decimals = 0);
/// "+1,206", "−658", "±0"
[[nodiscard]] std::string signed_grouped(double value, int decimals = 0);
/// Columns a terminal needs for a UTF-8 text: CJK and full-width count 2.
[[nodiscard]] int display_width(std::string_view utf8);
/// Padded with spaces to a display width; left-aligned, or right-aligned where `right`.
[[nodiscard]] std::string padded(std::string_view utf8, int width, bool right = false);
/// As it may go to a terminal: control characters (escape sequences, line ends, marks that turn the
/// direction of writing) and broken UTF-8 shown as \x1b, \n, \u202e. Other text is unchanged.
[[nodiscard]] std::string printable(std::string_view utf8);
[[nodiscard]] std::string trimmed(std::string_view text);
[[nodiscard]] std::string lower_ascii(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
/// A number written in full, with an optional sign and exponent; nothing else around it.
/// Returns false and leaves `out` alone for "NA", "", "12 seats", "1,200", "nan", "inf".
[[nodiscard]] bool parse_number(std::string_view text, double& out);
/// The nearest of `candidates` to `word` by edit distance, "" if none is near: "did you mean …".
[[nodiscard]] std::string closest(std::string_view word,
                                  const std::vector<std::string>& candidates);
/// Program version, "0.1.0".
[[nodiscard]] std::string version();

}  // namespace doorstep
