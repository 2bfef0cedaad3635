#pragma once
// Colours and hatches of the three themes: tokens of the visual system and the data palettes.
// Which value falls in which class is decided in classes.h.

#include <array>
#include <cstdint>

#include "scene/display_list.h"

namespace doorstep::scene {

enum class ThemeKind { Light, Dark, Contrast };

/// A colour from 0xRRGGBB and an opacity in [0, 1].
[[nodiscard]] constexpr Colour hex(uint32_t rgb, double alpha = 1.0) {
  return {static_cast<uint8_t>(rgb >> 16), static_cast<uint8_t>((rgb >> 8) & 0xFF),
          static_cast<uint8_t>(rgb & 0xFF), static_cast<uint8_t>(alpha * 255.0 + 0.5)};
}
/// The same colour at another opacity in [0, 1].
[[nodiscard]] constexpr Colour faded(Colour c, double alpha) {
  c.a = static_cast<uint8_t>(alpha * 255.0 + 0.5);
  return c;
}
/// Relative luminance in [0, 1]. Source: WCAG 2.1.
[[nodiscard]] double luminance(Colour c);

struct Theme {
  ThemeKind kind = ThemeKind::Light;
  Colour ground, panel, raised, sunken, line, line_strong;
  Colour ink, ink2, ink3, map_ink;
  Colour accent, accent_ink, accent_soft, warn, warn_soft, focus;
  Colour paper, outside, water, water_ink, road, road_edge, rail, park;
  Colour border, flow, halo, dots, dots_on_dark;
  /// Utilisation, low to high; index 3 is the neutral class that ends at exactly 100 %.
  std::array<Colour, 7> utilisation;
  /// Hatch of the same classes; only the last three carry one.
  std::array<Hatch, 7> hatch;
  /// Change in percentage points, falls to rises.
  std::array<Colour, 5> change;
  /// Opacity of area fills over paper, and of the stronger edge inside each area.
  double fill_alpha = 0.84;
  double edge_alpha = 0.95;
};

[[nodiscard]] const Theme& theme(ThemeKind kind);

/// Hatch of areas that only the plan has.
[[nodiscard]] Hatch new_area_hatch(const Theme& theme);

/// Sequential palette, low to high. Source: cividis, Nuñez, Anderton and Renslow 2018.
[[nodiscard]] const std::array<Colour, 7>& cividis();
/// Categories for groups. Source: Okabe and Ito 2008, without black.
[[nodiscard]] const std::array<Colour, 7>& okabe_ito();

}  // namespace doorstep::scene
