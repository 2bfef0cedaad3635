#include "desktop/script.h"

#include <map>
#include <sstream>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::desktop {

namespace {

/// What must follow a command: n a number, w a word, t all that is left of the line.
const std::map<std::string, std::string>& grammar() {
  static const std::map<std::string, std::string> words{
      {"wait", ""},       {"frames", "n"},  {"move", "nn"}, {"press", ""},      {"release", ""},
      {"click", "nn"},    {"scroll", "n"},  {"key", "w"},   {"lang", "w"},      {"theme", "w"},
      {"year", "n"},      {"mode", "w"},    {"task", "w"},  {"select", "w"},    {"layer", "ww"},
      {"scale", "n"},     {"command", "w"}, {"shot", "w"},  {"textcheck", "w"}, {"quit", ""},
      {"type", "t"},      {"fit", ""},      {"hold", "w"},  {"drop", "w"},      {"at", "ww"},
      {"expect", "wn"},   {"await", "wn"},  {"count", ""},  {"fill", "w"},      {"tell", "ww"},
      {"clipboard", "w"}, {"paint", "w"},   {"touch", "w"}};
  return words;
}

/// What `type` types: the rest of the line up to a comment, or all between quotes.
std::string text_of(const std::string& line, const std::string& where) {
  const std::size_t from = line.find_first_not_of(" \t", line.find("type") + 4);
  if (from == std::string::npos || line[from] == '#') return "";
  if (line[from] == '"') {
    const std::size_t end = line.find('"', from + 1);
    if (end == std::string::npos) throw Error("the quotes do not end", where, "add a \"");
    return line.substr(from + 1, end - from - 1);
  }
  const std::string text = line.substr(from, line.find('#') - from);
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

}  // namespace

double ScriptLine::number(std::size_t word) const {
  double out = 0;
  DOORSTEP_ASSERT(word < words.size() && parse_number(words[word], out));
  return out;
}

std::vector<ScriptLine> parse_script(const std::string& text, const std::string& file) {
  std::vector<ScriptLine> out;
  std::istringstream lines(text);
  std::string line;
  for (int n = 1; std::getline(lines, line); ++n) {
    std::istringstream parts(line.substr(0, line.find('#')));
    ScriptLine parsed;
    parsed.line = n;
    if (!(parts >> parsed.verb)) continue;
    const std::string where = file + " line " + std::to_string(n);
    const auto known = grammar().find(parsed.verb);
    if (known != grammar().end() && known->second == "t") {
      if (std::string text = text_of(line, where); !text.empty()) parsed.words.push_back(text);
    } else {
      for (std::string w; parts >> w;) parsed.words.push_back(w);
    }
    if (known == grammar().end())
      throw Error("unknown command '" + parsed.verb + "'", where, "see docs/ui-script.md");
    if (parsed.words.size() != known->second.size())
      throw Error("'" + parsed.verb + "' takes " + std::to_string(known->second.size()) + " words",
                  where, "");
    for (std::size_t i = 0; i < parsed.words.size(); ++i) {
      double value = 0;
      if (known->second[i] == 'n' && !parse_number(parsed.words[i], value))
        throw Error("'" + parsed.words[i] + "' is no number", where, "");
    }
    out.push_back(std::move(parsed));
  }
  return out;
}

}  // namespace doorstep::desktop
