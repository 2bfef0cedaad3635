#include "desktop/script.h"

#include <map>
#include <sstream>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::desktop {

namespace {

/// What must follow a command: n a number, w a word.
const std::map<std::string, std::string>& grammar() {
  static const std::map<std::string, std::string> words{
      {"wait", ""},      {"frames", "n"},  {"move", "nn"}, {"press", ""},      {"release", ""},
      {"click", "nn"},   {"scroll", "n"},  {"key", "w"},   {"lang", "w"},      {"theme", "w"},
      {"year", "n"},     {"mode", "w"},    {"task", "w"},  {"select", "w"},    {"layer", "ww"},
      {"scale", "n"},    {"command", "w"}, {"shot", "w"},  {"textcheck", "w"}, {"quit", ""},
      {"type", "w"},     {"fit", ""},      {"hold", "w"},  {"drop", "w"},      {"at", "ww"},
      {"expect", "wn"},  {"await", "wn"},  {"count", ""},  {"fill", "w"},      {"tell", "ww"},
      {"clipboard", "w"}};
  return words;
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
    for (std::string w; parts >> w;) parsed.words.push_back(w);
    const std::string where = file + " line " + std::to_string(n);
    auto known = grammar().find(parsed.verb);
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
