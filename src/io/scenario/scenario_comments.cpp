#include "io/scenario/scenario_comments.h"

#include <iterator>

namespace doorstep::io {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

/// Finds comments line by line; knows whether it stands within a text of several lines.
class CommentFinder {
 public:
  /// Where the comment of a line begins; npos: it has none.
  std::size_t in(std::string_view line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!open_.empty()) {
        i = end_of_text(line, i);
      } else if (line[i] == '#') {
        return i;
      } else if (line[i] == '"' || line[i] == '\'') {
        const std::string_view three = line.substr(i, 3);
        const bool many = three == "\"\"\"" || three == "'''";
        open_ = many ? three : line.substr(i, 1);
        i += open_.size() - 1;
      }
    }
    if (open_.size() == 1) open_.clear();  // a line that is no TOML
    return std::string_view::npos;
  }

 private:
  /// The last character of the open text in this line; of the line, where it goes on.
  std::size_t end_of_text(std::string_view line, std::size_t i) {
    for (; i < line.size(); ++i) {
      if (open_.front() == '"' && line[i] == '\\') {
        ++i;
      } else if (line.substr(i, open_.size()) == open_) {
        i += open_.size() - 1;
        open_.clear();
        return i;
      }
    }
    return line.size();
  }
  std::string open_;  ///< the quotes that end the text at hand
};

bool begins_edit(std::string_view line) { return trimmed(line).starts_with("[[edit]]"); }

/// Calls visit(line) for every line, without its end.
template <class Visit>
void each_line(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    visit(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

}  // namespace

ScenarioComments scenario_comments(std::string_view toml) {
  ScenarioComments out;
  CommentFinder finder;
  std::vector<std::string> above;  // whose they are is known at the next line that is none
  auto settle = [&] {
    auto& to = out.edits.empty() ? out.head : out.edits.back();
    to.insert(to.end(), std::move_iterator(above.begin()), std::move_iterator(above.end()));
    above.clear();
  };
  each_line(toml, [&](std::string_view line) {
    const std::size_t at = finder.in(line);
    const std::string_view before = trimmed(line.substr(0, at));
    if (begins_edit(line)) out.edits.emplace_back();
    if (!before.empty()) settle();
    if (at == std::string_view::npos) return;
    std::string comment(trimmed(line.substr(at)));
    const std::string_view key = trimmed(before.substr(0, before.find('=')));
    if (before.find('=') != std::string_view::npos)
      comment = "# " + std::string(key) + ": " + std::string(trimmed(comment.substr(1)));
    above.push_back(std::move(comment));
    if (!before.empty()) settle();
  });
  settle();
  return out;
}

std::string with_comments(std::string_view toml, const ScenarioComments& comments,
                          const std::vector<std::size_t>& origin) {
  std::string out;
  for (const std::string& line : comments.head) out += line + "\n";
  std::size_t edit = 0;
  each_line(toml, [&](std::string_view line) {
    if (begins_edit(line) && edit < origin.size() && origin[edit++] < comments.edits.size())
      for (const std::string& c : comments.edits[origin[edit - 1]]) out += c + "\n";
    out += std::string(line) + "\n";
  });
  return out;
}

}  // namespace doorstep::io
