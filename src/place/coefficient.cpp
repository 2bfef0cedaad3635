#include "place/coefficient.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"

namespace doorstep {

double Coefficients::value(const std::string& name) const {
  auto found = items_.find(name);
  if (found != items_.end()) return found->second.value;
  std::vector<std::string> known;
  for (const auto& [key, c] : items_) known.push_back(key);
  std::string near = closest(name, known);
  std::string file = fmt::format("config/{}.toml", name.substr(0, name.find('.')));
  std::string hint = "write it there with value, low, high, source and mark";
  if (!near.empty()) hint += fmt::format("; the nearest name there is {}", near);
  throw Error("no coefficient " + name, file, hint);
}

std::string Coefficients::hash() const {
  std::string text;
  // %.17g writes every double so that it reads back the same.
  for (const auto& [name, c] : items_) text += fmt::format("{}={:.17g}\n", name, c.value);
  return sha256(text);
}

}  // namespace doorstep
