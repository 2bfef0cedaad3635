#include "session/edit_words.h"

#include "io/config.h"

namespace doorstep::session {

namespace {

/// Words by the codes that edits hold: keys of `config/lang` under these beginnings.
std::map<std::string, Name> words_of_edits() {
  const Words zh = io::load_words(Language::Chinese), en = io::load_words(Language::English);
  std::map<std::string, Name> out;
  for (const std::string section : {"legend.tie_", "rule.", "edit."})
    for (const auto& [key, text] : zh.all())
      if (key.starts_with(section)) out[key.substr(section.size())] = {text, en(key)};
  return out;
}

}  // namespace

EditNames edit_names_of(const Place& place, const Scenario& scenario) {
  static const std::map<std::string, Name> kWords = words_of_edits();  // read once
  EditNames out = edit_names(place, scenario);
  out.words = kWords;
  return out;
}

Name named(const Edit& edit, const EditNames& names) {
  return {describe(edit, names, true), describe(edit, names, false)};
}

}  // namespace doorstep::session
