#pragma once
// The comments of a scenario file, so that a plan that is written anew keeps what people wrote
// beside it.

#include <string>
#include <string_view>
#include <vector>

namespace doorstep::io {

/// Lines that begin with #, without line ends.
struct ScenarioComments {
  std::vector<std::string> head;                ///< above the first edit
  std::vector<std::vector<std::string>> edits;  ///< above and within each, in order of the file
};

/// What follows a value on its line is told with its key: "# seats: as agreed".
[[nodiscard]] ScenarioComments scenario_comments(std::string_view toml);

/// A scenario as text with the comments in their places: the head on top, those of an edit above
/// it. `origin`: for each edit of `toml`, which one it was in the commented file.
[[nodiscard]] std::string with_comments(std::string_view toml, const ScenarioComments& comments,
                                        const std::vector<std::size_t>& origin);

}  // namespace doorstep::io
