#pragma once
// Where the fixed panels lie, from the size of the window. Units: pixels at 100 %.

#include "geo/geometry.h"

namespace doorstep::desktop {

struct Rect {
  double x = 0.0, y = 0.0, w = 0.0, h = 0.0;
  [[nodiscard]] double right() const { return x + w; }
  [[nodiscard]] double bottom() const { return y + h; }
  [[nodiscard]] Xy centre() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] bool contains(Xy p) const {
    return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
  }
  /// Whether `inner` lies inside, with half a pixel to spare for rounding.
  [[nodiscard]] bool holds(const Rect& inner) const {
    return inner.x >= x - 0.5 && inner.y >= y - 0.5 && inner.right() <= right() + 0.5 &&
           inner.bottom() <= bottom() + 0.5;
  }
  [[nodiscard]] Rect inset(double dx, double dy) const {
    return {x + dx, y + dy, w - 2 * dx, h - 2 * dy};
  }
};

inline constexpr double kPad = 12.0;
inline constexpr double kRow = 24.0;
inline constexpr double kControl = 28.0;

struct Layout {
  Rect top, left, map, right, years, status;
};

/// What a window shows beside its map where it has no room for both sides.
enum class Side { Left, Right };

/// Narrower than this, one side panel is shown at a time.
inline constexpr double kBothSides = 940.0;

/// `wide_right`: the comparison needs a wider inspector, where there is room for one.
[[nodiscard]] inline Layout layout_for(double width, double height, bool wide_right,
                                       Side side = Side::Left) {
  constexpr double kTop = 44, kLeft = 272, kRight = 336, kWide = 440, kYears = 84, kStatus = 26;
  const bool both = width >= kBothSides;
  const double left = both || side == Side::Left ? kLeft : 0.0;
  const double full = wide_right && width >= kBothSides + kWide - kRight ? kWide : kRight;
  const double right = both || side == Side::Right ? full : 0.0;
  const double body = height - kTop - kYears - kStatus;
  Layout l;
  l.top = {0, 0, width, kTop};
  l.left = {0, kTop, left, body};
  l.map = {left, kTop, width - left - right, body};
  l.right = {width - right, kTop, right, body};
  l.years = {0, kTop + body, width, kYears};
  l.status = {0, height - kStatus, width, kStatus};
  return l;
}

/// The map alone, over the band of a caption.
[[nodiscard]] inline Layout presentation_layout(double width, double height) {
  constexpr double kBand = 96.0;
  Layout l;
  l.map = {0, 0, width, height - kBand};
  l.left = {0, 0, 0, 0};
  l.right = l.left;
  l.top = {0, 0, width, 0};
  l.years = l.status = {0, height - kBand, width, 0};
  return l;
}

}  // namespace doorstep::desktop
