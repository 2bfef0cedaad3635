#pragma once
// A scenario file as it is written, line by line: what a value is replaced in, so that all that
// people wrote round it stays.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep::io {

/// A blank line, a comment, a table's head, or a key with its value, which may take several lines.
struct TomlItem {
  enum class Kind { Blank, Comment, Table, Statement };
  Kind kind = Kind::Blank;
  std::string text;               ///< its lines, each with its end
  std::vector<std::string> path;  ///< within the edit: {"seats"}, {"move", "p03"}
  bool in_table = false;          ///< path begins with what the table above is called
  std::size_t key_at = 0, value_at = 0, value_end = 0;  ///< in text
  std::vector<std::string> comments;                    ///< within the value and after it, with #

  [[nodiscard]] std::string_view value() const {
    return std::string_view(text).substr(value_at, value_end - value_at);
  }
};

/// One edit, or what stands above them all.
struct TomlBlock {
  std::vector<TomlItem> gap;  ///< above it, set off by blank lines: nobody's comments
  std::vector<TomlItem> own;  ///< its comments, head and keys
};

struct TomlPlan {
  TomlBlock head;
  std::vector<TomlBlock> edits;
  std::vector<TomlItem> tail;
};

/// Takes a scenario file apart; put together again it is the same text. Lines end in \n.
/// Nothing where edits are written otherwise than under [[edit]].
[[nodiscard]] std::optional<TomlPlan> toml_plan(std::string_view text);

}  // namespace doorstep::io
