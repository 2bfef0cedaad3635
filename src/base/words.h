#pragma once
// The words of the interface in both languages, by key ("legend.pupils"). Read by `io` from
// config/lang/zh.toml and en.toml; a test fails on a key that one of them lacks.

#include <map>
#include <string>

#include "base/text.h"

namespace doorstep {

class Words {
 public:
  Words() = default;
  Words(Language language, std::map<std::string, std::string> by_key)
      : language_(language), by_key_(std::move(by_key)) {}

  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] bool chinese() const { return language_ == Language::Chinese; }
  /// The text of a key; the key itself where it is missing, so that it is seen.
  [[nodiscard]] const std::string& operator()(const std::string& key) const {
    auto found = by_key_.find(key);
    return found == by_key_.end() ? key : found->second;
  }
  [[nodiscard]] const std::map<std::string, std::string>& all() const { return by_key_; }

 private:
  Language language_ = Language::Chinese;
  std::map<std::string, std::string> by_key_;
};

}  // namespace doorstep
