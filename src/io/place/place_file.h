#pragma once
// Reads a place.toml and everything it names into a Place. The format is docs/place.md.

#include <filesystem>

#include "place/place.h"

namespace doorstep::io {

inline constexpr int kPlaceFormat = 1;

/// `path`: a place.toml or its folder. Data in doubt comes back as findings; a run must not go on
/// where they have errors. `coefficients` receives the place's own entries over those given.
/// Throws: Error for what cannot be read at all.
[[nodiscard]] Loaded<Place> read_place(const std::filesystem::path& path,
                                       Coefficients& coefficients);

/// The place.toml a user means by a path: a folder, a place file (io/pack), the file itself.
/// Throws: Error where there is none.
[[nodiscard]] std::filesystem::path place_file_of(const std::filesystem::path& path);

}  // namespace doorstep::io
