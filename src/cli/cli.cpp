#include "cli/cli.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"
#include "io/config.h"

namespace doorstep::cli {
namespace {

void add_window(Commands commands, WindowRequest& request, bool& wanted) {
  CLI::App* open = commands.app.add_subcommand("open", "Open the window on a place");
  open->footer("Example:\n  doorstep open maps/bincheng scenarios/bincheng-branch --lang en");
  open->add_option("place", request.place, "Place folder or place.toml");
  open->add_option("scenario", request.scenario, "Scenario folder or scenario.toml");
  open->add_option("--lang", request.language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  open->add_option("--width", request.width, "Window width in pixels")
      ->check(CLI::Range(640, 16384));
  open->add_option("--height", request.height, "Window height in pixels")
      ->check(CLI::Range(400, 16384));
  open->add_option("--script", request.script,
                   "Commands that drive the window, see docs/ui-script.md");
  open->add_flag("--keep", request.keep,
                 "With --script: read and write settings and autosaves as a user's window does");
  open->callback([&wanted] { wanted = true; });
}

int open(const WindowRequest& request, WindowOpener open_window) {
  if (open_window == nullptr)
    throw Error("this program was built without the window", "doorstep",
                "use doorstep run and doorstep render, or build with -DDOORSTEP_DESKTOP=ON");
  return open_window(request);
}

/// What is wrong with the arguments, as one line; CLI11 alone would not name the nearest
/// subcommand.
std::string usage_complaint(const CLI::App& app, const CLI::ParseError& e, int argc, char** argv) {
  if (!app.get_subcommands().empty() || argc < 2 || argv[1][0] == '-') return e.what();
  std::vector<std::string> known;
  for (const CLI::App* sub : app.get_subcommands({})) known.push_back(sub->get_name());
  std::string near = closest(argv[1], known);
  return fmt::format("unknown subcommand \"{}\"{}", argv[1],
                     near.empty() ? "" : ", did you mean \"" + near + "\"?");
}

/// A sentence in a language; as it stands where the language files themselves are what is missing.
std::string told(const std::string& message, const std::string& language) {
  if (language != "zh") return message;
  try {
    return printable(io::load_sentences(Language::Chinese).line(message));
  } catch (const Error&) {
    return message;
  }
}

/// Commands whose output knows one language still say their errors and help in the one asked for.
void add_language(CLI::App& app, std::string& language) {
  const std::string lang = "--lang";
  auto add = [&](CLI::App& to) {
    if (to.get_option_no_throw(lang) == nullptr)
      to.add_option(lang, language, "Language of errors and help: en or zh")
          ->check(CLI::IsMember({"zh", "en"}));
  };
  for (CLI::App* sub : app.get_subcommands({})) add(*sub);
  add(app);
}

/// Of the commands that may take minutes.
void add_progress(CLI::App& app) {
  for (const char* command : {"run", "compare", "calibrate", "ensemble", "explain", "render",
                              "check", "new", "synth", "pack"})
    app.get_subcommand(command)->add_flag(
        "--progress", TerminalProgress::in_lines(),
        "Progress as lines on standard error, also where it is no terminal");
}

int parse_and_run(int argc, char** argv, WindowOpener open_window) {
  CLI::App app{
      "Doorstep 家门口: who goes to which school, how far, how crowded, and what a change does.",
      "doorstep"};
  app.footer(
      "Examples:\n"
      "  doorstep                                   open the window\n"
      "  doorstep check maps/bincheng               what is wrong or in doubt in a place\n"
      "  doorstep run maps/bincheng scenarios/bincheng-branch -o out\n"
      "  doorstep render maps/bincheng --layer utilisation -o map.png\n"
      "Exit status: 0 done, 1 failed (a file or what it holds),\n"
      "2 wrong usage (an option or what it names).");
  app.set_version_flag("--version", "doorstep " + version());
  app.require_subcommand(0, 1);
  int status = 0;
  bool window = false;
  WindowRequest request;
  std::string language = language_asked(argc, argv);
  Commands commands{app, status, language};
  add_window(commands, request, window);
  add_bench(commands);
  add_check(commands);
  add_coords(commands);
  add_run(commands);
  add_compare(commands);
  add_calibrate(commands);
  add_backtest(commands);
  add_ensemble(commands);
  add_explain(commands);
  add_render(commands);
  add_synth(commands);
  add_new(commands);
  add_carry(commands);
  add_pack(commands);
  add_unpack(commands);
  add_language(app, language);
  add_progress(app);
  if (commands.language == "zh") say_help_in_chinese(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& e) {
    return app.exit(e);
  } catch (const CLI::ParseError& e) {
    const std::string complaint = fmt::format(
        "{} (see doorstep {}--help)", usage_complaint(app, e, argc, argv),
        app.get_subcommands().empty() ? "" : app.get_subcommands().front()->get_name() + " ");
    fmt::print(stderr, "doorstep: {}\n", told(complaint, commands.language));
    return 2;
  }
  if (app.count("--lang") > 0 && !window) request.language = language;
  if (window || app.get_subcommands().empty()) return open(request, open_window);
  return status;
}

}  // namespace

int run(int argc, char** argv, WindowOpener open_window) {
  const std::string language = language_asked(argc, argv);
  try {
    int status = parse_and_run(argc, argv, open_window);
    if (std::fflush(stdout) == 0) return status;
    const Error full("cannot be written", "standard output", "check free space");
    fmt::print(stderr, "doorstep: {}\n", told(full.message(), language));
    return 1;
  } catch (const UsageError& e) {
    fmt::print(stderr, "doorstep: {}\n", told(e.message(), language));
    return 2;
  } catch (const Error& e) {
    fmt::print(stderr, "doorstep: {}\n", told(e.message(), language));
    // What an option names is the command line's fault, also where only the place tells.
    if (e.where().starts_with("--")) return 2;
  } catch (const Cancelled&) {
    fmt::print(stderr, "doorstep: {}\n", told("stopped: nothing was written", language));
    return 130;  // as a shell says of a program that Ctrl+C ended
  } catch (const std::exception& e) {
    fmt::print(stderr, "doorstep: {}\n", told(printable(e.what()), language));
  }
  return 1;
}

}  // namespace doorstep::cli
