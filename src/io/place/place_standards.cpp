// [standards] and [costs]: limits of another country, or a bureau's own, in place of those of
// config/standards.toml, and its prices in place of those of config/costs.toml.

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "io/config.h"
#include "io/place/context.h"

namespace doorstep::io {
namespace {

/// Every entry must replace a known one, and say its unit, source and mark: a limit or a price
/// without them cannot be defended.
class StandardsReader {
 public:
  /// `where`: the file of the known ones, for messages.
  StandardsReader(const Coefficients& known, std::string where)
      : known_(known), where_(std::move(where)) {
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
          "value", fmt::format("\"{}\" is no entry of {}", name, where_),
          near.empty() ? "its names are listed there" : "did you mean \"" + near + "\"?");
    }
    for (const char* key : {"unit", "source", "mark"})
      if (section.text(key).empty())
        section.refuse(key, "is missing", "an entry needs value, unit, source and mark");
    std::string mark = section.text("mark");
    if (mark != "F" && mark != "M" && mark != "D" && mark != "assumed")
      section.refuse("mark", "unknown mark \"" + mark + "\"",
                     "use F found in the source, M from memory, D derived, or assumed");
  }
  static Coefficient one(Section& section) {
    double value = section.required_number("value");
    if (value < 0) section.refuse("value", "cannot be negative", "write 0 or more");
    return {value, section.number("low", value), section.number("high", value),
            section.text("source"), section.text("mark")};
  }

  const Coefficients& known_;
  std::string where_;
  std::vector<std::string> names_;
};

void read_own(Section& section, const std::filesystem::path& path, const std::string& shown,
              const StandardsReader& reader, Coefficients& into) {
  if (!std::filesystem::is_regular_file(path))
    section.refuse("file", "there is no file \"" + shown + "\"", "name a file of standards");
  constexpr std::uintmax_t kMostBytes = 4U << 20;
  if (std::filesystem::file_size(path) > kMostBytes)
    section.refuse("file", "is larger than 4 MB", "name a file of standards");
  toml::table parsed = parse_toml(read_file(path), shown);
  Section file(parsed, shown, "");
  reader.read(file, "", into);
}

/// Prices are kept with the standards: their names begin with "cost.".
void read_costs(PlaceContext& context, Section& top) {
  auto section = top.section("costs");
  if (!section) return;
  ResolvedFile file = resolve_file(context.folder, *section, "file");
  section->finish(context.findings);
  const Coefficients usual = load_costs();
  read_own(*section, file.path, file.shown, StandardsReader(usual, "config/costs.toml"),
           context.place.standards);
}

/// The limits of a bureau's own file, or of a country that comes with the program.
void read_limits(PlaceContext& context, Section& top, const Coefficients& usual) {
  auto section = top.section("standards");
  if (!section) return;
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
  read_own(*section, path, shown, StandardsReader(usual, "config/standards.toml"),
           context.place.standards);
}

}  // namespace

Coefficients read_place_standards(PlaceContext& context, Section& top, const Coefficients& usual) {
  read_limits(context, top, usual);
  Coefficients all = usual;
  for (const auto& [name, c] : context.place.standards.items()) all.set(name, c);
  read_costs(context, top);
  return all;
}

}  // namespace doorstep::io
