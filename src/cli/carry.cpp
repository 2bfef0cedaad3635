// doorstep carry SCENARIO --to PLACE: a plan on another version of its place.

#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "io/config.h"
#include "io/place/place_file.h"
#include "io/scenario/scenario_comments.h"
#include "io/scenario/scenario_file.h"
#include "session/carry.h"

namespace doorstep::cli {
namespace {

struct CarryOptions {
  std::string scenario, from, to, out;
  std::vector<std::string> recoded;
  bool strict = false;
};

Place read(const std::string& path) {
  Coefficients coefficients = io::load_coefficients();
  Loaded<Place> place = io::read_place(path, coefficients);
  place.findings.throw_first_error();
  return std::move(place.value);
}

session::Recoded recoded_by(const std::vector<std::string>& given) {
  session::Recoded out;
  for (const std::string& pair : given) {
    const std::size_t at = pair.find('=');
    if (at == std::string::npos || at == 0 || at + 1 == pair.size())
      throw Error("\"" + pair + "\" names no two codes", "--as", "write OLD=NEW");
    out[pair.substr(0, at)] = pair.substr(at + 1);
  }
  return out;
}

void print_orphan(const session::Orphan& o) {
  fmt::print("  {}  {}\n", printable(o.at.text()), printable(o.does.in_chinese()));
  fmt::print("      {}{}\n", printable(o.why),
             o.whole ? "; the edit is left out" : "; the rest of the edit is kept");
  if (!o.was.file.empty()) fmt::print("      was {}\n", printable(o.was.text()));
  if (!o.nearest.empty())
    fmt::print("      nearest: {} {}{}\n", printable(o.nearest),
               printable(o.nearest_name.in_chinese()),
               o.away_m >= 0 ? fmt::format(", {} m from where it was", grouped(o.away_m)) : "");
  if (!o.remedy.empty()) fmt::print("      > {}\n", printable(o.remedy));
}

void carry(const CarryOptions& given, int& status) {
  const Place to = read(given.to);
  std::optional<Place> from;
  if (!given.from.empty()) from = read(given.from);
  const Loaded<Scenario> plan = io::read_scenario(given.scenario, from ? *from : to);
  print_warnings(plan.findings);
  std::vector<std::string> forms;
  for (const auto& [form, rates] : io::load_group_forms()) forms.push_back(form);
  const session::Carried carried =
      session::carry(plan.value, from ? &*from : nullptr, to, forms, recoded_by(given.recoded));
  if (!carried.unused.empty())
    throw UsageError(fmt::format("no edit of the plan names \"{}\"", carried.unused.front()),
                     "--as", "write OLD=NEW with a code that the plan has");
  for (const session::Orphan& o : carried.orphans) print_orphan(o);
  fmt::print("{} of {} edits kept, {} orphans\n", carried.kept, plan.value.edits.size(),
             carried.orphans.size());
  if (given.strict && !carried.orphans.empty()) {
    status = 1;
    return;
  }
  if (given.out.empty()) return;
  std::filesystem::path out = given.out;
  if (out.extension() != ".toml") {
    std::filesystem::create_directories(out);
    out /= "scenario.toml";
  }
  const io::ScenarioComments comments =
      io::scenario_comments(read_file(io::scenario_file_of(given.scenario)));
  io::write_scenario(carried.scenario, to, out);
  write_file(out, io::with_comments(read_file(out), comments, carried.origin));
  fmt::print("written to {}\n", out.string());
}

}  // namespace

void add_carry(Commands commands) {
  auto given = std::make_shared<CarryOptions>();
  CLI::App* app = commands.app.add_subcommand(
      "carry", "A plan on new data: keeps its edits, lists those whose campus is gone");
  app->footer(
      "Examples:\n"
      "  doorstep carry plans/branch --from maps/2024 --to maps/2025 -o plans/branch-2025\n"
      "  doorstep carry plans/branch --from maps/2024 --to maps/2025 --as p05=p05a -o plans/new\n"
      "Each orphan stands with the edit, the row it had in the old data, the nearest in the new "
      "data\nand what to do. Without -o nothing is written. docs/scenario.md.");
  app->add_option("scenario", given->scenario, "Scenario folder or scenario.toml")->required();
  app->add_option("--from", given->from, "The place it was written for: names and distances");
  app->add_option("--to", given->to, "The new version of the place")->required();
  app->add_option("--as", given->recoded, "A code that is another one in the new data")
      ->type_name("OLD=NEW")
      ->expected(1)
      ->take_all();
  app->add_option("-o,--out", given->out, "Where to write the scenario");
  app->add_flag("--strict", given->strict, "Write nothing and exit with 1 where there are orphans");
  int* status = &commands.status;
  app->callback([given, status] { carry(*given, *status); });
}

}  // namespace doorstep::cli
