#pragma once
// What the mouse and the keyboard did since the last frame, from GLFW or from a script: the window
// reads only this.

#include <filesystem>
#include <string>
#include <vector>

#include "geo/geometry.h"

namespace doorstep::desktop {

struct Input {
  Xy mouse;           ///< device pixels
  bool down = false;  ///< left button
  bool shift = false, alt = false;
  double wheel = 0.0;
  std::vector<std::string> keys;               ///< as the command registry writes them
  std::vector<std::filesystem::path> dropped;  ///< files let go over the window
};

/// "Ctrl+Z", "B", "Esc", "Shift+Tab"; "" for keys that stand for nothing. `key` and `mods` as GLFW
/// gives them.
[[nodiscard]] std::string key_name(int key, int mods);

}  // namespace doorstep::desktop
