// doorstep synth RECIPE -o FOLDER: a believable town from a short recipe.

#include <fmt/format.h>

#include "base/text.h"
#include "cli/command.h"
#include "synth/plan.h"

namespace doorstep::cli {

namespace {

/// maps/xining/recipe.toml makes maps/xining, maps/bincheng/in-2009.toml maps/bincheng-2009.
std::filesystem::path folder_beside(const std::filesystem::path& recipe, const std::string& code) {
  std::filesystem::path at = std::filesystem::absolute(recipe).lexically_normal();
  if (!at.has_filename()) at = at.parent_path();
  if (!std::filesystem::is_directory(at)) at = at.parent_path();
  return at.parent_path() / code;
}

}  // namespace

void add_synth(Commands commands) {
  struct Options {
    std::string recipe, out;
    int seed = -1;
    int homes_per_county = 0;
  };
  auto given = std::make_shared<Options>();
  CLI::App* app =
      commands.app.add_subcommand("synth", "Make a believable town from a short recipe");
  app->footer(
      "Example:\n"
      "  doorstep synth maps/xining && doorstep check maps/xining\n"
      "  doorstep synth maps/bincheng -o mytown --seed 7\n"
      "docs/synth.md describes the recipe. The same recipe and seed give the same bytes.");
  app->add_option("recipe", given->recipe, "recipe.toml, or its folder")->required();
  app->add_option("-o,--out", given->out,
                  "Folder of the new place; else the one of its code beside the recipe's folder");
  app->add_option("--seed", given->seed, "Seed instead of the recipe's")->check(whole_number());
  app->add_option("--homes-per-county", given->homes_per_county,
                  "How fine a province is, instead of the recipe's")
      ->check(CLI::Range(10, 5000));
  app->callback([given] {
    TerminalProgress terminal;
    synth::Recipe recipe = synth::read_recipe(given->recipe);
    if (given->seed >= 0) recipe.seed = static_cast<uint64_t>(given->seed);
    if (given->homes_per_county > 0) recipe.homes_per_county = given->homes_per_county;
    if (given->out.empty()) given->out = folder_beside(given->recipe, recipe.code).string();
    synth::Plan plan = synth::make_plan(recipe, terminal.progress());
    synth::write_plan(plan, given->out);
    double children = 0.0;
    for (const auto& h : plan.homes)
      for (double c : h.children) children += c;
    fmt::print(
        "{}: {} people, {} children, {} homes, {} campuses, {} street links, written to {}\n",
        recipe.code, grouped(recipe.people), grouped(children),
        grouped(static_cast<double>(plan.homes.size())), plan.campuses.size(),
        grouped(static_cast<double>(plan.roads.size())), given->out);
  });
}

}  // namespace doorstep::cli
