#pragma once
// Every text that a frame drew, with the rectangle it took, the one that must hold it, and what was
// painted below it: what the check of the interface reads.

#include <string>
#include <vector>

#include "desktop/layout.h"
#include "scene/display_list.h"

namespace doorstep::desktop {

struct TextRecord {
  std::string text;
  Rect box;
  Rect frame;
  Rect seen;  ///< of `box`, what is not clipped away
  scene::Colour ink;
  std::size_t painted = 0;  ///< rectangles filled before it in this frame
  double shrink = 1.0;      ///< of its size, where its frame was too narrow
  [[nodiscard]] bool fits() const { return frame.holds(box); }
};

/// A rectangle filled with a colour, in the order of painting.
struct PaintedRect {
  Rect at;
  scene::Colour colour;
};

/// What answers the mouse, by its name in the code.
struct TouchRecord {
  std::string id;
  Rect at;
};

/// A frame's texts over what was painted.
struct PaintedTexts {
  std::vector<TextRecord> texts;
  std::vector<PaintedRect> rects;
  std::vector<TouchRecord> touchable;
};

/// Least ratio of luminances of a text and what lies below it. Source: WCAG 2.1, 1.4.3 (AA).
inline constexpr double kLeastContrast = 4.5;

/// A text made smaller than this to fit looks like another size beside its neighbours.
inline constexpr double kLeastShrink = 0.93;

/// The worst ratio over the text's ends and middle. Source: WCAG 2.1.
[[nodiscard]] double contrast_of(const TextRecord& record, const std::vector<PaintedRect>& rects);

/// As JSON: an array of {text, box, frame, fits, contrast}.
[[nodiscard]] std::string text_report(const PaintedTexts& frame);
/// What is wrong, each said once: texts that leave their frame, that lie over one another, that
/// read badly on what is below them, or that are drawn much smaller than their kind. Texts that
/// something opaque covers are left out.
[[nodiscard]] std::vector<std::string> text_complaints(const PaintedTexts& frame);

}  // namespace doorstep::desktop
