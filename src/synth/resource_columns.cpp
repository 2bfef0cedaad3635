#include "synth/resource_columns.h"

#include <fmt/format.h>

#include <cmath>

namespace doorstep::synth {
namespace {

/// Staff is given out by pupils; rooms, grounds and goods by the seats a school was built for, so
/// that who is crowded has less of them a pupil.
bool is_staff(std::size_t kind) { return std::string_view(kResourceKinds[kind].unit) == "persons"; }

double relative(const ResourceRecipe& r, Zone zone) {
  if (zone == Zone::Village) return r.village;
  return zone == Zone::Town ? r.town : 1.0;
}

}  // namespace

std::string resource_header(const Recipe& recipe) {
  std::string out;
  for (const auto& [stage, amounts] : recipe.resources.stages)
    for (std::size_t k = 0; k < amounts.size(); ++k)
      if (amounts[k] > 0) out += fmt::format(",{}_{}", stage, kResourceKinds[k].code);
  return out;
}

std::string resource_cells(const Plan& plan, const PlannedCampus& campus) {
  std::string out;
  const ResourceRecipe& r = plan.recipe.resources;
  const std::string& taught = plan.recipe.stages[static_cast<std::size_t>(campus.stage)].code;
  for (const auto& [stage, amounts] : r.stages)
    for (std::size_t k = 0; k < amounts.size(); ++k) {
      if (amounts[k] <= 0) continue;
      out += ',';
      if (stage != taught) continue;
      const RandomKey key = plan.key("resources").with(campus.code).with(kResourceKinds[k].code);
      const double chance = std::exp(r.spread * RandomStream(key).normal());
      const double among = is_staff(k) ? campus.pupils : campus.seats;
      out += fmt::format("{:.0f}", amounts[k] * relative(r, campus.zone) * chance * among);
    }
  return out;
}

std::string resource_fields(const Recipe& recipe, const std::string& stage) {
  for (const auto& [code, amounts] : recipe.resources.stages) {
    if (code != stage) continue;
    std::string out = "[campuses.stage.resources]   # synthetic: drawn by the recipe\n";
    for (std::size_t k = 0; k < amounts.size(); ++k)
      if (amounts[k] > 0) out += fmt::format("{0} = \"{1}_{0}\"\n", kResourceKinds[k].code, stage);
    return out;
  }
  return "";
}

}  // namespace doorstep::synth
