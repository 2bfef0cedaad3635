#pragma once
// In which language the command line speaks before a command has run: of errors in its options, and
// of --help. The English of both stands in the code; config/lang translates it.

#include <CLI/CLI.hpp>

#include <string>

namespace doorstep::cli {

/// "zh" or "en": as --lang among the arguments says, else as the locale (LC_ALL, LC_MESSAGES,
/// LANG).
[[nodiscard]] std::string language_asked(int argc, char** argv);

/// Brings all descriptions and footers of the program and its subcommands into Chinese; what has no
/// translation stands as it is. Throws: Error where config/lang cannot be read.
void say_help_in_chinese(CLI::App& app);

}  // namespace doorstep::cli
