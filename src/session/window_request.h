#pragma once
// What the command line asks of the window; lives here because neither knows the other.

#include <filesystem>
#include <string>

namespace doorstep {

struct WindowRequest {
  std::filesystem::path place;
  std::filesystem::path scenario;
  /// Scripted run for pictures and tests: "" or a file of commands, see docs/ui-script.md.
  std::filesystem::path script;
  std::string language;  ///< "zh", "en", or "" as last used
  /// A script that uses and keeps settings and autosaves as a user's window does.
  bool keep = false;
  int width = 0;  ///< 0: as last used
  int height = 0;
};

}  // namespace doorstep
