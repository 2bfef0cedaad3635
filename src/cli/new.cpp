// doorstep new NAME FILES...: a place that runs, drafted from files as a bureau has them.

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "intake/intake.h"

namespace doorstep::cli {
namespace {

struct Options {
  std::string code, out = ".", name, crs, country, templates;
  std::vector<std::string> files, fields, confirm;
  std::string language = "en";
  bool yes = false, force = false, json = false;
  CLI::Option* template_option = nullptr;
};

intake::Request request_of(const Options& given) {
  intake::Request request;
  request.code = given.code;
  request.files.assign(given.files.begin(), given.files.end());
  request.fields.assign(given.fields.begin(), given.fields.end());
  request.name = given.name;
  request.crs = given.crs;
  request.country = given.country;
  request.accept_all = given.yes;
  for (const std::string& answer : given.confirm) {
    std::size_t at = answer.find('=');
    if (at == std::string::npos || at == 0)
      throw UsageError("\"" + answer + "\" is no answer", "--confirm",
                       "write KEY=VALUE, for example zones.csv.crs=EPSG:27700");
    request.confirmed[answer.substr(0, at)] = answer.substr(at + 1);
  }
  return request;
}

void make_templates(const Options& given) {
  std::string folder = given.templates.empty() ? "doorstep-templates" : given.templates;
  intake::write_templates(folder, given.force);
  const Sentences say = Speech(given.language).sentences();
  fmt::print(
      "{}\n",
      printable(say(fmt::format("templates written to {}: fill them in, then doorstep new NAME {}",
                                folder, folder))));
}

void make_place(const Options& given) {
  if (given.code.empty() || given.files.empty())
    throw UsageError("needs a name and at least one file", "new",
                     "doorstep new NAME FILES..., or doorstep new --template");
  std::filesystem::path folder = std::filesystem::path(given.out) / given.code;
  if (std::filesystem::exists(folder) && !given.force)
    throw Error("exists already", folder.string(), "choose another name, or say --force");
  const Sentences say = Speech(given.language).sentences();
  TerminalProgress terminal;
  intake::Draft draft = intake::draft_place(request_of(given), terminal.progress());
  bool open = !draft.questions.empty();
  if (given.json)
    fmt::print("{}\n", intake::report_json(draft));
  else
    fmt::print("{}", intake::report_text(draft, say));
  std::fflush(stdout);
  intake::write_draft(draft, folder, given.force);  // refuses where a question is open
  if (!given.json && !open)
    fmt::print("\n{}\n", printable(say(fmt::format("{} written. Next: doorstep check {}",
                                                   folder.string(), folder.string()))));
}

}  // namespace

void add_new(Commands commands) {
  auto given = std::make_shared<Options>();
  given->language = commands.language;
  CLI::App* app = commands.app.add_subcommand(
      "new", "Draft a place from files as they are: maps, tables, an .osm.pbf");
  app->footer(
      "Examples:\n"
      "  doorstep new porto porto.osm.pbf\n"
      "  doorstep new qingshui 学校.xlsx 小区.shp 学籍.csv --yes --name 清水区\n"
      "  doorstep new --template forms\n"
      "Every guess is printed with its confidence and stands in the drafted place.toml; what is "
      "open\nis asked: answer with --confirm KEY=VALUE, or take the best guesses with --yes. "
      "docs/data.md.");
  app->add_option("name", given->code, "Short name of the place: its folder and code");
  app->add_option("files", given->files, "Files, folders, archives");
  app->add_option("-o,--out", given->out, "Folder in which the place's folder is made");
  app->add_option("--name", given->name, "Name on maps, for example 清水区");
  app->add_option("--crs", given->crs, "System of files that say none, for example EPSG:4549");
  app->add_option("--country", given->country,
                  "cn, gb, us, pt or other; else by where the data lie");
  app->add_option("--fields", given->fields, "More field names, in the form of config/fields.toml");
  app->add_option("--confirm", given->confirm, "Answer to a question, or another one to a guess")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
  app->add_flag("--yes", given->yes, "Take the best guess for every question");
  app->add_flag("--force", given->force, "Replace a place of this name");
  app->add_flag("--json", given->json, "The report as JSON");
  app->add_option("--lang", given->language, "Language: en or zh")
      ->check(CLI::IsMember({"zh", "en"}));
  given->template_option =
      app->add_option("--template", given->templates, "Write empty tables to fill in")
          ->expected(0, 1);
  app->callback([given] {
    if (given->template_option->count() > 0)
      make_templates(*given);
    else
      make_place(*given);
  });
}

}  // namespace doorstep::cli
