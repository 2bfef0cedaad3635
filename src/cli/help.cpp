#include "cli/help.h"

#include <cstdlib>
#include <map>
#include <sstream>
#include <string_view>

#include "base/text.h"
#include "io/help_words.h"
#include "session/explain/explain.h"
#include "session/explain/ground.h"

namespace doorstep::cli {
namespace {

using Translations = std::map<std::string, std::string>;

/// Where the column of descriptions begins.
constexpr int kColumn = 30;

/// CLI11 counts bytes to align its columns, which Chinese characters are three of and two wide.
class ChineseFormatter : public CLI::Formatter {
 public:
  ChineseFormatter() {
    label("Usage", "用法");
    label("OPTIONS", "选项");
    label("SUBCOMMAND", "子命令");
    label("Positionals", "参数");
    label("REQUIRED", "（必填）");
    label("Needs", "须有");
    label("Excludes", "不与之并用");
  }
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    return CLI::Formatter::make_group(group == "Options" ? "选项" : group, is_positional,
                                      std::move(options));
  }
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override {
    const std::string english = "\nSubcommands:\n";
    std::string out = CLI::Formatter::make_subcommands(app, mode);
    if (out.starts_with(english)) out.replace(0, english.size(), "\n子命令:\n");
    return out;
  }
  std::string make_subcommand(const CLI::App* sub) const override {
    return two_columns(sub->get_display_name(true), sub->get_description());
  }
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    return two_columns(make_option_name(option, is_positional) + in_words(make_option_opts(option)),
                       make_option_desc(option));
  }

 private:
  static std::string two_columns(const std::string& left, const std::string& right) {
    std::string out = "  " + left;
    if (right.empty()) return out + "\n";
    out = display_width(out) >= kColumn ? out + "\n" + std::string(kColumn, ' ')
                                        : padded(out, kColumn);
    return out + right + "\n";
  }

  /// "INT:INT in [0 - 60]" → "整数 [0 - 60]".
  static std::string in_words(std::string text) {
    static const std::pair<const char*, const char*> kWords[]{
        {"UINT:INT in ", "整数 "},
        {"INT:INT in ", "整数 "},
        {"FLOAT:FLOAT in ", "数 "},
        {"FLOAT:INT in ", "数 "},
        {"FLOAT:NONNEGATIVE", "数 ≥ 0"},
        {"TEXT:RULE", "规则"},
        {"UINT:a whole number of 0 or more", "整数 ≥ 0"},
        {"INT:a whole number of 0 or more", "整数 ≥ 0"},
        {"KEY=VALUE", "键=值"},
        {"OLD=NEW", "旧=新"},
        {"TEXT:", ""},
        {"TEXT", "文本"},
        {"UINT", "整数"},
        {"INT", "整数"},
        {"FLOAT", "数"}};
    for (const auto& [english, chinese] : kWords)
      for (std::size_t at = text.find(english); at != std::string::npos; at = text.find(english))
        text.replace(at, std::string_view(english).size(), chinese);
    return text;
  }
};

const std::string* find(const Translations& words, const std::string& english) {
  const auto found = words.find(english);
  return found == words.end() ? nullptr : &found->second;
}

/// A line of a footer: whole, or "  NAME  what it means" with its meaning.
std::string line_in_chinese(const Translations& words, const std::string& line) {
  if (const std::string* whole = find(words, line)) return *whole;
  const std::size_t name = line.find_first_not_of(' ');
  const std::size_t gap = line.find(' ', name);
  if (name != 2 || gap == std::string::npos) return line;
  const std::size_t rest = line.find_first_not_of(' ', gap);
  if (rest == std::string::npos) return line;
  const std::string* meaning = find(words, line.substr(rest));
  return meaning == nullptr ? line : line.substr(0, rest) + *meaning;
}

std::string text_in_chinese(const Translations& words, const std::string& text) {
  if (const std::string* whole = find(words, text)) return *whole;
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);)
    out += (out.empty() ? "" : "\n") + line_in_chinese(words, line);
  return out;
}

void say_in_chinese(CLI::App& app, const Translations& words,
                    const std::shared_ptr<CLI::FormatterBase>& formatter) {
  app.formatter(formatter);
  app.description(text_in_chinese(words, app.get_description()));
  app.footer(text_in_chinese(words, app.get_footer()));
  for (CLI::Option* option : app.get_options())
    option->description(text_in_chinese(words, option->get_description()));
  for (CLI::App* sub : app.get_subcommands({})) say_in_chinese(*sub, words, formatter);
}

}  // namespace

std::string language_asked(int argc, char** argv) {
  std::string asked;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word.starts_with("--lang=")) asked = word.substr(7);
    if (word == "--lang" && i + 1 < argc) asked = argv[i + 1];
  }
  if (!asked.empty()) return asked == "zh" ? "zh" : "en";
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* locale = std::getenv(name);
    if (locale != nullptr && *locale != '\0')  // the first that is set decides
      return std::string_view(locale).starts_with("zh") ? "zh" : "en";
  }
  return "en";
}

void say_help_in_chinese(CLI::App& app) {
  Translations words = io::load_help();
  for (const auto& figures : {session::explainable_figures(), session::ground_figures()})
    for (const session::Explainable& f : figures) words.emplace(f.meaning.en, f.meaning.zh);
  say_in_chinese(app, words, std::make_shared<ChineseFormatter>());
}

}  // namespace doorstep::cli
