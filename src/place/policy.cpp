#include "place/policy.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace doorstep {
namespace {

constexpr std::array<std::pair<const char*, Rule>, 5> kRules{{{"catchment", Rule::Catchment},
                                                              {"nearest", Rule::Nearest},
                                                              {"least_travel", Rule::LeastTravel},
                                                              {"choice", Rule::Choice},
                                                              {"micro", Rule::Micro}}};

}  // namespace

const char* rule_name(Rule rule) {
  for (const auto& [name, r] : kRules)
    if (r == rule) return name;
  DOORSTEP_ASSERT(false);
}

const char* tier_name(Tier tier) {
  switch (tier) {
    case Tier::Catchment:
      return "catchment";
    case Tier::Feeder:
      return "feeder";
    case Tier::Group:
      return "group";
    case Tier::Other:
      return "other";
  }
  return "";
}

Rule rule_from(const std::string& name, const std::string& where) {
  std::vector<std::string> names;
  std::string list;
  for (const auto& [known, rule] : kRules) {
    if (name == known) return rule;
    names.emplace_back(known);
    list += (list.empty() ? "" : ", ") + std::string(known);
  }
  std::string near = closest(name, names);
  throw Error(
      fmt::format("unknown rule \"{}\"", name), where,
      near.empty() ? "one of " + list : fmt::format("did you mean {}? One of {}", near, list));
}

}  // namespace doorstep
