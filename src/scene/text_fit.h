#pragma once
// Text fitted into a width: broken into lines, or cut with an ellipsis. Chinese breaks between any
// two characters but not before closing punctuation, other scripts at spaces.

#include <string>
#include <vector>

#include "scene/display_list.h"

namespace doorstep::scene {

/// At most `most_lines` lines; the last one ends with "…" where something was left out.
[[nodiscard]] std::vector<std::string> wrap_text(const std::string& text, double width_px,
                                                 double size_px, bool bold,
                                                 const TextMeasure& measure,
                                                 std::size_t most_lines = 100);
/// The text, or as much of it as fits with "…" after it.
[[nodiscard]] std::string ellipsised(const std::string& text, double width_px, double size_px,
                                     bool bold, const TextMeasure& measure);

}  // namespace doorstep::scene
