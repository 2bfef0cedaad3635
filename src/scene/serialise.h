#pragma once
// A display list as text, one mark a line: what golden tests compare instead of pixels.

#include <string>

#include "scene/display_list.h"

namespace doorstep::scene {

/// Numbers to 1/100; the same list always gives the same text.
[[nodiscard]] std::string to_text(const DisplayList& list);

}  // namespace doorstep::scene
