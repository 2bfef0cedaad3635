#pragma once
// How good the result is that follows the mouse, in the words of the interface.

#include "desktop/panels.h"

namespace doorstep::desktop {

struct LiveWords {
  std::string text;
  bool settled = false;  ///< exact, or a run of what is under the mouse
};

/// Pre: a candidate is shown (Shown::live).
[[nodiscard]] LiveWords live_words(const App& app);

}  // namespace doorstep::desktop
