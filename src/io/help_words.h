#pragma once
// What --help says in Chinese; kept apart from config.h, since only the command line asks for it.

#include <map>
#include <string>

namespace doorstep::io {

/// config/lang/help.toml: descriptions and lines of footers in Chinese by the English text.
[[nodiscard]] std::map<std::string, std::string> load_help();

}  // namespace doorstep::io
