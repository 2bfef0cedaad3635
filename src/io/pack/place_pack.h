#pragma once
// A place as one file to mail: a ZIP of place.toml, what it names, and plans, with a manifest of
// checksums. Packing takes only files that are named, so nothing leaves the folder by accident;
// unpacking writes only what the manifest lists. What a place is stays place_file's.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/progress.h"

namespace doorstep::io {

inline constexpr const char* kPackExtension = ".doorstep";
inline constexpr int kPackFormat = 1;

struct PackRequest {
  std::filesystem::path place;                   ///< place.toml
  std::vector<std::filesystem::path> scenarios;  ///< scenario.toml each, or their folders
  /// Refuses, by throwing, a file that must not leave the bureau. Called for every file.
  std::function<void(const std::filesystem::path& file, const std::string& shown)> check;
};

struct PackReport {
  std::vector<std::string> files;  ///< by path within, in order
  std::uint64_t bytes = 0;         ///< unpacked
};

/// Writes `out`, complete or not at all; the same input gives the same bytes.
/// Throws: Error where a file is missing, refused, in a database, or larger than may be unpacked
/// again; Cancelled.
PackReport write_pack(const PackRequest& request, const std::filesystem::path& out,
                      Progress& progress);

/// Whether a file is a place file, by its extension or by how it begins.
[[nodiscard]] bool is_pack(const std::filesystem::path& file);

/// The place.toml of a place file, unpacked read-only into the user's cache; what was unpacked
/// before is used again where its checksums still hold. Throws: Error where the file is damaged,
/// names a path outside itself, or unpacks beyond the limits of archives.
[[nodiscard]] std::filesystem::path unpack_to_cache(const std::filesystem::path& file);

/// Unpacks into `folder`, which must not exist. Throws: as unpack_to_cache.
PackReport unpack(const std::filesystem::path& file, const std::filesystem::path& folder);

/// The plans that came with an unpacked place, by name. `place_file`: its place.toml.
[[nodiscard]] std::vector<std::string> packed_scenarios(const std::filesystem::path& place_file);
/// Where one of them lies; empty where there is none of that name.
[[nodiscard]] std::filesystem::path packed_scenario(const std::filesystem::path& place_file,
                                                    const std::string& name);

}  // namespace doorstep::io
