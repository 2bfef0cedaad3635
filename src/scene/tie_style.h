#pragma once
// How the form of a group tie is drawn: line style says the form, colour the group.

#include <string>
#include <vector>

#include "scene/theme.h"

namespace doorstep::scene {

struct TieStyle {
  double width_px = 1.6;
  std::vector<double> dash_px;
  bool double_line = false;
  bool arrow = false;  ///< from the core to the member
};

/// By the key of group_forms.toml; "-" and "_" mean the same. Unknown forms: a plain line.
[[nodiscard]] TieStyle tie_style(const std::string& form);
/// By the group's position in the place.
[[nodiscard]] Colour group_colour(std::size_t group);

}  // namespace doorstep::scene
