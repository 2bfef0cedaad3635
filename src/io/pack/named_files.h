#pragma once
// The files that a place.toml or scenario.toml names, found in its text: those beside it and those
// after a ${VARIABLE}, which move into the pack under a path of their own. Internal to io/pack.

#include <filesystem>
#include <map>
#include <string>

namespace doorstep::io {

struct NamedFiles {
  std::string text;  ///< of the TOML file, with paths as they are within the pack
  std::string code;
  /// Path within the pack's folder of this file → where it lies.
  std::map<std::string, std::filesystem::path> files;
};

/// Shapefiles and the like come with what belongs to them. Throws: Error where a layer lies in a
/// database.
[[nodiscard]] NamedFiles named_files(const std::filesystem::path& toml_file);

}  // namespace doorstep::io
