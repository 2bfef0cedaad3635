#include "cli/speech.h"

#include <fmt/format.h>

#include "base/text.h"
#include "io/config.h"

namespace doorstep::cli {

Speech::Speech(const std::string& language)
    : words_(io::load_words(language == "zh" ? Language::Chinese : Language::English)) {
  if (!chinese()) return;
  sources_ = io::load_source_translations();
  phrases_ = io::load_phrases();
  sentences_ = io::load_sentences(Language::Chinese);
}

std::string Speech::operator()(const std::string& english) const {
  const auto found = phrases_.find(english);
  return printable(found == phrases_.end() ? english : found->second);
}

std::string Speech::name(const Name& name) const {
  return printable(chinese() ? name.in_chinese() : name.in_english());
}

std::string Speech::word(const std::string& section, const std::string& key) const {
  const auto found = words_.all().find(section + "." + key);
  return found == words_.all().end() ? printable(key) : found->second;
}

std::string Speech::unit(const std::string& unit) const {
  if (!chinese()) return unit;
  const std::string each = " a pupil";
  if (unit.ends_with(each) && unit.size() > each.size())
    return word("unit", unit.substr(0, unit.size() - each.size())) + word("unit", "a pupil");
  return unit.empty() ? "" : word("unit", unit);
}

std::string Speech::number(const std::string& name) const {
  if (!chinese()) return name;
  // The longest beginning that has words of its own; what follows says of whom: （初中）.
  for (std::string head = name;;) {
    if (words_.all().contains("number." + head)) {
      std::string of;
      for (std::size_t from = head.size(); from < name.size();) {
        const std::size_t dot = std::min(name.find('.', from + 1), name.size());
        of += (of.empty() ? "" : "、") + word("number", name.substr(from + 1, dot - from - 1));
        from = dot;
      }
      return word("number", head) + (of.empty() ? "" : "（" + of + "）");
    }
    const std::size_t dot = head.rfind('.');
    if (dot == std::string::npos) break;
    head.resize(dot);
  }
  // A rate of a form: its own name is the last part.
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos ? printable(name)
                                  : fmt::format("{}（{}）", word("number", name.substr(dot + 1)),
                                                form(name.substr(0, dot)));
}

std::string Speech::form(const std::string& code) const {
  const auto found = words_.all().find("legend.tie_" + code);
  return found == words_.all().end() ? printable(code) : found->second;
}

std::string Speech::mark(const std::string& mark) const {
  return chinese() ? word("mark", mark) : mark;
}

std::string Speech::source(const std::string& source) const {
  const auto found = sources_.find(source);
  return printable(found == sources_.end() ? source : found->second);
}

std::string Speech::rule(const std::string& rule) const {
  return chinese() ? word("rule", rule) : rule;
}

std::string Speech::at(const InputRef& at) const { return printable(sentences_.at(at)); }

}  // namespace doorstep::cli
