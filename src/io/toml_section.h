#pragma once
// A section of a TOML file read key by key: every complaint names file and key, and keys that
// nobody asked for are reported, so that a misspelt one is not lost. Internal to io's .cpp files.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "base/diagnostics.h"
#include "place/place.h"

namespace doorstep::io {

/// Parses a TOML document. Throws: Error with file, line and what is wrong.
[[nodiscard]] toml::table parse_toml(const std::string& bytes, const std::string& file);

class Section {
 public:
  /// `path` is what the section is called in messages: "homes", "campuses[2]", "" at the top.
  Section(const toml::table& table, std::string file, std::string path)
      : table_(&table), file_(std::move(file)), path_(std::move(path)) {}

  [[nodiscard]] bool has(const std::string& key) const { return table_->contains(key); }
  [[nodiscard]] std::string text(const std::string& key, const std::string& fallback = "");
  [[nodiscard]] std::string required_text(const std::string& key);
  [[nodiscard]] double number(const std::string& key, double fallback);
  [[nodiscard]] double required_number(const std::string& key);
  [[nodiscard]] int integer(const std::string& key, int fallback);
  [[nodiscard]] int required_integer(const std::string& key);
  /// A whole number of up to 63 bits.
  [[nodiscard]] uint64_t seed(const std::string& key, uint64_t fallback);
  [[nodiscard]] bool flag(const std::string& key, bool fallback);
  [[nodiscard]] Name name(const std::string& key);
  /// An array of names, each { zh, en } or one text for both languages.
  [[nodiscard]] std::vector<Name> names(const std::string& key);
  [[nodiscard]] std::vector<std::string> texts(const std::string& key);
  /// A pair of numbers, e.g. at = [lon, lat].
  [[nodiscard]] std::optional<std::pair<double, double>> pair(const std::string& key);
  [[nodiscard]] std::optional<Section> section(const std::string& key);
  /// The section under a key where the value is one; nothing where it is something else.
  [[nodiscard]] std::optional<Section> inner_table(const std::string& key);
  /// An array of tables; a single table counts as one.
  [[nodiscard]] std::vector<Section> sections(const std::string& key);
  /// Keys of this section in order of the alphabet, all marked as read.
  [[nodiscard]] std::vector<std::string> keys();
  /// A value that may be text or number, as text ("" where missing).
  [[nodiscard]] std::string text_or_number(const std::string& key);
  /// A single text or number, or a table of years to such: { 2024 = "a", 2026 = "b" }.
  [[nodiscard]] std::vector<std::pair<Year, std::string>> by_year(const std::string& key,
                                                                  Year base);

  /// Throws an Error about a key of this section.
  [[noreturn]] void refuse(const std::string& key, const std::string& what,
                           const std::string& hint) const;
  [[nodiscard]] InputRef at(const std::string& key) const { return {file_, 0, key_path(key)}; }
  [[nodiscard]] const std::string& file() const { return file_; }
  /// Reports keys that were never read; `page` tells which there are.
  void finish(Diagnostics& findings, const char* page = "docs/place.md") const;

 private:
  [[nodiscard]] std::string key_path(const std::string& key) const {
    return path_.empty() ? key : key.empty() ? path_ : path_ + "." + key;
  }
  [[nodiscard]] const toml::node* read(const std::string& key);

  const toml::table* table_;
  std::string file_;
  std::string path_;
  std::set<std::string> asked_;
};

}  // namespace doorstep::io
