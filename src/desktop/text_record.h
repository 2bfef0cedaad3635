#pragma once
// Every text that a frame drew, with the rectangle it took and the one that must hold it: what the
// check of the interface reads.

#include <string>
#include <vector>

#include "desktop/layout.h"

namespace doorstep::desktop {

struct TextRecord {
  std::string text;
  Rect box;
  Rect frame;
  [[nodiscard]] bool fits() const { return frame.holds(box); }
};

/// As JSON: an array of {text, box, frame, fits}.
[[nodiscard]] std::string text_report(const std::vector<TextRecord>& records);
/// Texts that leave their frame, each named once.
[[nodiscard]] std::vector<std::string> texts_outside(const std::vector<TextRecord>& records);

}  // namespace doorstep::desktop
