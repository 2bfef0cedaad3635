#pragma once
// What the program says in English sentences (findings, errors, parts of an edit's name), said in
// another language. A translation is found by the English text: word by word, or by a pattern whose
// holes stand for numbers and names. What has no translation is said as it stands.
// Which sentences there are is decided where they are said; config/lang/findings.toml translates.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostics.h"

namespace doorstep {

/// One line of a language file. In `english` every {} is a hole. In `other` {} is the next hole and
/// {2} the third; {~} and {2~} the same, translated in its turn ("rows {}", "are left out").
struct Translation {
  std::string english;
  std::string other;
};

class Sentences {
 public:
  /// English: says everything as it stands.
  Sentences() = default;
  /// `kinds`: words for the codes of findings.
  explicit Sentences(const std::vector<Translation>& sentences,
                     std::map<std::string, std::string> kinds = {});

  [[nodiscard]] bool english() const { return exact_.empty() && patterns_.empty(); }
  /// The translation, or the text itself where there is none. Not made safe for a terminal.
  [[nodiscard]] std::string operator()(std::string_view english) const;
  /// The translation by the pattern whose own letters begin first, then that has most of them;
  /// nothing where none fits.
  /// Cost: one comparison a pattern, some microseconds in all.
  [[nodiscard]] std::optional<std::string> find(std::string_view english) const;
  /// "no-code" → "缺编码"; the code itself where it has no words.
  [[nodiscard]] const std::string& kind(const std::string& code) const;
  /// "homes.csv 第 2 行，seats"
  [[nodiscard]] std::string at(const InputRef& at) const;
  /// A whole line as `Error::message` makes it, "where: what (hint)", each part by itself.
  [[nodiscard]] std::string line(std::string_view message) const;

 private:
  struct Pattern {
    std::vector<std::string> between;  ///< one more than there are holes
    std::size_t letters = 0;
    std::string other;
  };
  struct Said {
    std::string text;
    std::size_t letters = 0;  ///< that the sentence has of its own
  };
  [[nodiscard]] std::optional<Said> match(std::string_view english) const;
  [[nodiscard]] std::string filled(const Pattern& pattern,
                                   const std::vector<std::string_view>& holes) const;
  std::unordered_map<std::string, std::string> exact_;
  std::vector<Pattern> patterns_;  ///< most letters first
  std::map<std::string, std::string> kinds_;
};

}  // namespace doorstep
