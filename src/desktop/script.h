#pragma once
// A file of commands that drives the window for pictures and tests; docs/ui-script.md says how.
// Reading it knows no window.

#include <string>
#include <vector>

namespace doorstep::desktop {

struct ScriptLine {
  std::string verb;
  std::vector<std::string> words;
  int line = 0;
  /// Pre: there is such a word and parse_script took it for a number.
  [[nodiscard]] double number(std::size_t word) const;
};

/// Throws: Error naming the line with an unknown command, or words too few, too many or no numbers.
[[nodiscard]] std::vector<ScriptLine> parse_script(const std::string& text,
                                                   const std::string& file);

}  // namespace doorstep::desktop
