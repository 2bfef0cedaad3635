// doorstep pack PLACE [SCENARIO…] -o FILE, and doorstep unpack: a place as one file to mail.

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "session/place_pack.h"

namespace doorstep::cli {
namespace {

struct PackOptions {
  std::string place, out;
  std::vector<std::string> scenarios;
};

void pack(const PackOptions& given) {
  TerminalProgress terminal;
  const std::vector<std::filesystem::path> plans(given.scenarios.begin(), given.scenarios.end());
  const auto [file, report] =
      session::pack_place(given.place, plans, given.out, terminal.progress());
  fmt::print("{} files, {} KB, packed into {}\n", report.files.size(),
             grouped(static_cast<double>(report.bytes) / 1024.0), file.string());
}

}  // namespace

void add_pack(Commands commands) {
  auto given = std::make_shared<PackOptions>();
  CLI::App* app = commands.app.add_subcommand("pack", "A place and its plans as one file to mail");
  app->footer(
      "Examples:\n"
      "  doorstep pack maps/brighton -o brighton.doorstep\n"
      "  doorstep pack maps/bincheng scenarios/bincheng-branch -o bincheng.doorstep\n"
      "  doorstep run bincheng.doorstep bincheng-branch\n"
      "Takes what place.toml and the plans name, nothing else; refuses lists of persons. The file\n"
      "opens wherever a PLACE is asked for, read-only; its plans go by their names.");
  app->add_option("place", given->place, "Place folder or place.toml")->required();
  app->add_option("scenarios", given->scenarios, "Scenarios to take along");
  app->add_option("-o,--out", given->out, "The file to write, NAME.doorstep")->required();
  app->callback([given] { pack(*given); });
}

void add_unpack(Commands commands) {
  struct Options {
    std::string file, out;
  };
  auto given = std::make_shared<Options>();
  CLI::App* app =
      commands.app.add_subcommand("unpack", "The folder within a place file, to edit its data");
  app->footer("Example:\n  doorstep unpack brighton.doorstep -o brighton");
  app->add_option("file", given->file, "A place file, NAME.doorstep")->required();
  app->add_option("-o,--out", given->out, "Folder to make")->required();
  app->callback([given] {
    const io::PackReport report = io::unpack(given->file, given->out);
    fmt::print("{} files unpacked. Next: doorstep check {}/place\n", report.files.size(),
               given->out);
  });
}

}  // namespace doorstep::cli
