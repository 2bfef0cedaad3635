// doorstep synth RECIPE -o FOLDER: a believable town from a short recipe.

#include <fmt/format.h>

#include "base/text.h"
#include "cli/command.h"
#include "synth/plan.h"

namespace doorstep::cli {

void add_synth(Commands commands) {
  struct Options {
    std::string recipe, out;
    int seed = -1;
  };
  auto given = std::make_shared<Options>();
  CLI::App* app =
      commands.app.add_subcommand("synth", "Make a believable town from a short recipe");
  app->footer(
      "Example:\n"
      "  doorstep synth maps/bincheng/recipe.toml -o mytown --seed 7 && doorstep check mytown\n"
      "docs/synth.md describes the recipe. The same recipe and seed give the same bytes.");
  app->add_option("recipe", given->recipe, "recipe.toml, or its folder")->required();
  app->add_option("-o,--out", given->out, "Folder of the new place")->required();
  app->add_option("--seed", given->seed, "Seed instead of the recipe's")
      ->check(CLI::NonNegativeNumber);
  app->callback([given] {
    TerminalProgress terminal;
    synth::Recipe recipe = synth::read_recipe(given->recipe);
    if (given->seed >= 0) recipe.seed = static_cast<uint64_t>(given->seed);
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
