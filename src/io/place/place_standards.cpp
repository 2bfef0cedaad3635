// [standards]: limits of another country, or a bureau's own, in place of those of
// config/standards.toml.

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "io/config.h"
#include "io/place/context.h"

namespace doorstep::io {
namespace {

/// Every entry must replace a known one, and say its unit, source and mark: a limit without them
/// cannot be defended.
class StandardsReader {
 public:
  explicit StandardsReader(const Coefficients& known) : known_(known) {
    for (const auto& [name, c] : known.items()) names_.push_back(name);
  }

  void read(Section& section, const std::string& prefix, Coefficients& into) const {
    if (section.has("value")) {
      check(section, prefix);
      into.set(prefix, one(section));
    }
    for (const std::string& key : section.keys())
      if (auto inner = section.inner_table(key))
        read(*inner, prefix.empty() ? key : prefix + "." + key, into);
  }

 private:
  void check(Section& section, const std::string& name) const {
    if (!known_.has(name)) {
      std::string near = closest(name, names_);
      section.refuse(
          "value", fmt::format("\"{}\" is no standard of config/standards.toml", name),
          near.empty() ? "its names are listed there" : "did you mean \"" + near + "\"?");
    }
    for (const char* key : {"unit", "source", "mark"})
      if (section.text(key).empty())
        section.refuse(key, "is missing", "a standard needs value, unit, source and mark");
    std::string mark = section.text("mark");
    if (mark != "F" && mark != "M" && mark != "D" && mark != "assumed")
      section.refuse("mark", "unknown mark \"" + mark + "\"",
                     "use F found in the source, M from memory, D derived, or assumed");
  }
  static Coefficient one(Section& section) {
    double value = section.required_number("value");
    if (value < 0) section.refuse("value", "cannot be negative", "write the limit itself");
    return {value, section.number("low", value), section.number("high", value),
            section.text("source"), section.text("mark")};
  }

  const Coefficients& known_;
  std::vector<std::string> names_;
};

}  // namespace

Coefficients read_place_standards(PlaceContext& context, Section& top, const Coefficients& usual) {
  auto section = top.section("standards");
  if (!section) return usual;
  if (section->has("file") == section->has("country"))
    section->refuse("file", "give either a file of your own or a country",
                    "file = \"standards.toml\" or country = \"england\"");
  std::filesystem::path path;
  std::string shown;
  if (section->has("file")) {
    ResolvedFile file = resolve_file(context.folder, *section, "file");
    path = file.path;
    shown = file.shown;
  } else {
    std::string country = section->required_text("country");
    shown = "config/standards/" + country + ".toml";
    if (country != "england" && country != "brazil")
      section->refuse("country", "no standards of \"" + country + "\" come with the program",
                      "there are england and brazil; give a file of your own");
    path = resource_path(shown);
  }
  section->finish(context.findings);
  if (!std::filesystem::is_regular_file(path))
    section->refuse("file", "there is no file \"" + shown + "\"", "name a file of standards");
  constexpr std::uintmax_t kMostBytes = 4U << 20;
  if (std::filesystem::file_size(path) > kMostBytes)
    section->refuse("file", "is larger than 4 MB", "name a file of standards");
  toml::table parsed = parse_toml(read_file(path), shown);
  Section file(parsed, shown, "");
  StandardsReader(usual).read(file, "", context.place.standards);
  Coefficients all = usual;
  for (const auto& [name, c] : context.place.standards.items()) all.set(name, c);
  return all;
}

}  // namespace doorstep::io
