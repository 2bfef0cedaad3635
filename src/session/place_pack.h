#pragma once
// Packing an open-able place with its plans into one file, and finding the plans that came with
// one. How the file is laid out is io/pack's.

#include <filesystem>
#include <string>
#include <vector>

#include "io/pack/place_pack.h"
#include "session/outcome.h"

namespace doorstep::session {

struct PackedPlace {
  std::filesystem::path file;  ///< as it was written
  io::PackReport report;
};

/// Packs a place (any path that opens as one) and scenarios that apply to it into `out`, which gets
/// the ending of place files where it has none. A place file that is packed again brings its plans,
/// but those that are given anew. Throws: Error where the place or a scenario has errors, a file
/// holds personal data, or `out` ends otherwise.
PackedPlace pack_place(const std::filesystem::path& place,
                       const std::vector<std::filesystem::path>& scenarios,
                       const std::filesystem::path& out, Progress& progress);

/// Where a scenario lies: a path as it is, else the name of one that came in the place file.
[[nodiscard]] std::filesystem::path scenario_path(const OpenPlace& opened,
                                                  const std::string& given);

}  // namespace doorstep::session
