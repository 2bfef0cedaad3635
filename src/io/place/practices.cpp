#include "io/place/practices.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace doorstep::io {

std::vector<std::string> known_practices(const Coefficients& coefficients) {
  constexpr std::string_view kPrefix = "practice.";
  std::vector<std::string> out;
  for (const auto& [name, c] : coefficients.items())
    if (name.starts_with(kPrefix)) out.push_back(name.substr(kPrefix.size()));
  return out;
}

std::vector<std::string> practices_of(Section& section, const std::vector<std::string>& known) {
  std::vector<std::string> practices = section.texts("practices");
  if (section.has("practices") && practices.empty())
    section.refuse("practices", "is empty", "leave it out for the depth of the form");
  for (const std::string& p : practices) {
    if (std::ranges::count(known, p) == 0) {
      std::string near = closest(p, known);
      section.refuse("practices", "unknown practice \"" + p + "\"",
                     near.empty() ? fmt::format("use one of {}", fmt::join(known, ", "))
                                  : "did you mean \"" + near + "\"?");
    }
    if (p.substr(0, p.find('.')) != practices.front().substr(0, practices.front().find('.')))
      section.refuse("practices",
                     fmt::format("\"{}\" is of another set than \"{}\"", p, practices.front()),
                     "name practices of one set");
  }
  std::ranges::sort(practices);
  practices.erase(std::ranges::unique(practices).begin(), practices.end());
  return practices;
}

}  // namespace doorstep::io
