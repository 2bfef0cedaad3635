#pragma once
// The words of what the command line says to people: stages, units, rules, coefficients and their
// sources, in either language. In English the codes of the files stand as they are, so that they
// can be looked up; in Chinese their words do. JSON and CSV keep codes.

#include <map>
#include <string>

#include "base/sentences.h"
#include "base/words.h"
#include "place/place.h"

namespace doorstep::cli {

class Speech {
 public:
  /// `language`: "zh" or "en". Throws: Error where config/lang cannot be read.
  explicit Speech(const std::string& language);

  [[nodiscard]] bool chinese() const { return words_.chinese(); }
  /// One of two texts, for what stands in the code beside its meaning.
  [[nodiscard]] const char* pick(const char* zh, const char* en) const {
    return chinese() ? zh : en;
  }
  [[nodiscard]] std::string name(const Name& name) const;
  /// A phrase of the tables that run, compare and check print, by its English
  /// (config/lang/phrases.toml); what is none of them as it stands.
  [[nodiscard]] std::string operator()(const std::string& english) const;
  /// "pupils", "m2 a pupil".
  [[nodiscard]] std::string unit(const std::string& unit) const;
  /// "close_knit" → "紧密"; a form of the place's own by its code.
  [[nodiscard]] std::string form(const std::string& code) const;
  /// "choice.b_distance.junior", "radius.primary", "close_knit.depth".
  [[nodiscard]] std::string number(const std::string& name) const;
  [[nodiscard]] std::string mark(const std::string& mark) const;
  /// A source of config/ in the language; a place's own as it stands.
  [[nodiscard]] std::string source(const std::string& source) const;
  [[nodiscard]] std::string rule(const std::string& rule) const;
  /// What the code says in sentences: findings, errors, edits (config/lang/findings.toml).
  [[nodiscard]] const Sentences& sentences() const { return sentences_; }
  /// A sentence of a finding or an edit, safe for a terminal.
  [[nodiscard]] std::string sentence(const std::string& english) const {
    return printable(sentences_(english));
  }
  /// "homes.csv row 2".
  [[nodiscard]] std::string at(const InputRef& at) const;

 private:
  /// The word of a key, or the last part of the key where there is none.
  [[nodiscard]] std::string word(const std::string& section, const std::string& key) const;
  Words words_;
  std::map<std::string, std::string> sources_;
  std::map<std::string, std::string> phrases_;
  Sentences sentences_;
};

}  // namespace doorstep::cli
