#include "io/config.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "io/help_words.h"
#include "io/toml_section.h"

namespace doorstep::io {
namespace {

const std::string kFormsFile = "config/group_forms.toml";

/// Tables of group_forms.toml that are no forms: what ties practise, and how groups are led.
bool is_of_all_forms(const std::string& key) { return key == "practice" || key == "governance"; }

Coefficient coefficient_of(Section& section) {
  Coefficient c;
  c.value = section.required_number("value");
  c.low = section.number("low", c.value);
  c.high = section.number("high", c.value);
  c.source = section.text("source");
  c.mark = section.text("mark", "assumed");
  if (c.low > c.value || c.high < c.value)
    section.refuse("value",
                   fmt::format("{} lies outside low {} to high {}", c.value, c.low, c.high),
                   "put it between low and high");
  return c;
}

void collect(Section& section, const std::string& prefix, Coefficients& into) {
  if (section.has("value")) into.set(prefix, coefficient_of(section));
  for (const std::string& key : section.keys()) {
    std::string name = prefix.empty() ? key : prefix + "." + key;
    // Names and notes of a section (zh, en, source) are text, not coefficients; a table inside a
    // coefficient is its variant, e.g. for one household class.
    if (auto inner = section.inner_table(key)) collect(*inner, name, into);
  }
}

Coefficients read_file_of_coefficients(const std::string& name) {
  toml::table parsed = parse_toml(read_file(resource_path(name)), name);
  Section section(parsed, name, "");
  Coefficients out;
  collect(section, "", out);
  return out;
}

}  // namespace

void read_coefficients(Section& section, Coefficients& into) { collect(section, "", into); }

Coefficients load_coefficients() {
  Coefficients all;
  toml::table parsed = parse_toml(read_file(resource_path(kFormsFile)), kFormsFile);
  Section forms(parsed, kFormsFile, "");
  for (const std::string& key : forms.keys())
    if (auto inner = forms.inner_table(key); inner && is_of_all_forms(key))
      collect(*inner, key, all);
  for (const char* name : {"config/choice.toml", "config/births.toml"}) {
    Coefficients own = read_file_of_coefficients(name);
    for (const auto& [key, c] : own.items()) all.set(key, c);
  }
  return all;
}

GroupForms load_group_forms() {
  toml::table parsed = parse_toml(read_file(resource_path(kFormsFile)), kFormsFile);
  Section section(parsed, kFormsFile, "");
  GroupForms forms;
  for (const std::string& form : section.keys())
    if (auto inner = section.inner_table(form); inner && !is_of_all_forms(form))
      collect(*inner, "", forms[form]);
  return forms;
}

Standards load_standards() {
  return standards_from(read_file_of_coefficients("config/standards.toml"));
}

Coefficients load_costs() { return read_file_of_coefficients("config/costs.toml"); }

Coefficients load_ensemble_ranges() { return read_file_of_coefficients("config/ensemble.toml"); }

Words load_words(Language language) {
  std::string name = language == Language::Chinese ? "config/lang/zh.toml" : "config/lang/en.toml";
  toml::table parsed = parse_toml(read_file(resource_path(name)), name);
  std::map<std::string, std::string> words;
  for (const auto& [section, node] : parsed)
    if (const toml::table* keys = node.as_table())
      for (const auto& [key, text] : *keys)
        if (auto value = text.value<std::string>())
          words[fmt::format("{}.{}", section.str(), key.str())] = *value;
  return Words(language, std::move(words));
}

namespace {

/// A file of [[KEY]] with en and zh.
std::map<std::string, std::string> translations(const std::string& name, const std::string& key) {
  toml::table parsed = parse_toml(read_file(resource_path(name)), name);
  Section top(parsed, name, "");
  std::map<std::string, std::string> out;
  for (Section& s : top.sections(key)) out[s.required_text("en")] = s.required_text("zh");
  return out;
}

}  // namespace

std::map<std::string, std::string> load_source_translations() {
  return translations("config/lang/sources.toml", "source");
}

std::map<std::string, std::string> load_phrases() {
  return translations("config/lang/phrases.toml", "phrase");
}

namespace {

/// The words of kinds.toml, one a code.
std::map<std::string, std::string> load_english_kinds() {
  const std::string name = "config/lang/kinds.toml";
  std::map<std::string, std::string> out;
  for (const auto& [key, text] : parse_toml(read_file(resource_path(name)), name))
    if (const auto words = text.value<std::string>()) out.emplace(key.str(), *words);
  return out;
}

}  // namespace

std::map<std::string, std::string> load_help() {
  return translations("config/lang/help.toml", "help");
}

Sentences load_sentences(Language language) {
  if (language == Language::English) return Sentences({}, load_english_kinds());
  const std::string name = "config/lang/findings.toml";
  const toml::table parsed = parse_toml(read_file(resource_path(name)), name);
  std::vector<Translation> sentences;
  std::map<std::string, std::string> kinds;
  for (const auto& [section, node] : parsed) {
    if (!node.is_table()) continue;
    for (const auto& [key, text] : *node.as_table()) {
      const auto words = text.value<std::string>();
      if (!words) throw Error("must be text", name + ", " + std::string(key.str()), "");
      if (section.str() == "kinds")
        kinds.emplace(key.str(), *words);
      else
        sentences.push_back({std::string(key.str()), *words});
    }
  }
  for (const auto& [english, chinese] : load_source_translations())
    sentences.push_back({english, chinese});
  return Sentences(sentences, std::move(kinds));
}

}  // namespace doorstep::io
