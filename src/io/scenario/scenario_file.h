#pragma once
// Reads and writes scenario.toml. The format is docs/scenario.md.

#include <filesystem>
#include <string>

#include "io/scenario/text_over.h"
#include "scenario/scenario.h"

namespace doorstep::io {

inline constexpr int kScenarioFormat = 1;

/// Reads a scenario for a place (which gives the coordinates their system).
/// `path`: a scenario.toml or its folder. Throws: Error naming file, edit and key.
[[nodiscard]] Loaded<Scenario> read_scenario(const std::filesystem::path& path, const Place& place);

/// The same of a text that stands, or is to stand, in `file`.
[[nodiscard]] Loaded<Scenario> read_scenario_text(const std::string& text,
                                                  const std::filesystem::path& file,
                                                  const Place& place);

/// The scenario as TOML text, one edit after the other, so that it diffs well.
/// Areas of redrawn catchments are written beside it as GeoJSON by write_scenario.
[[nodiscard]] std::string scenario_text(const Scenario& scenario, const Place& place);

/// Writes aside and renames. Throws: Error.
void write_scenario(const Scenario& scenario, const Place& place,
                    const std::filesystem::path& path);

/// Writes it over the text of `from`, which may be `path`: comments stay, and lines that still
/// hold. Without such a file as write_scenario. Throws: Error.
void write_scenario_over(const Scenario& scenario, const Place& place,
                         const std::filesystem::path& path, const std::filesystem::path& from,
                         WrittenEdits& known);

/// The scenario.toml a user means by a path. Throws: Error where there is none.
[[nodiscard]] std::filesystem::path scenario_file_of(const std::filesystem::path& path);

}  // namespace doorstep::io
