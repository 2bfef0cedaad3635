#pragma once
// What the code says in English (findings, errors, jobs), in the language of the interface. Lists
// say the same things each frame, so what was said is kept.

#include <map>
#include <string>

#include "base/sentences.h"
#include "base/text.h"

namespace doorstep::desktop {

class Spoken {
 public:
  /// Reads config/lang/findings.toml. Throws: Error where it cannot be read.
  Spoken();
  [[nodiscard]] const Sentences& in(Language language) const {
    return language == Language::Chinese ? chinese_ : english_;
  }
  [[nodiscard]] std::string sentence(const std::string& english, Language language) const;
  /// A whole line, "where: what (hint)", as errors are told.
  [[nodiscard]] std::string line(const std::string& english, Language language) const;

 private:
  Sentences chinese_, english_;
  mutable std::map<std::string, std::string> said_, lines_;  ///< in Chinese, by the English
};

}  // namespace doorstep::desktop
