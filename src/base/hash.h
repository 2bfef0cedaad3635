#pragma once
// SHA-256 of inputs and coefficients, for provenance and cache keys.

#include <filesystem>
#include <string>
#include <string_view>

namespace doorstep {

/// Lower-case hexadecimal SHA-256 of bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// Lower-case hexadecimal SHA-256 of a file, read in pieces. Throws: Error where unreadable.
[[nodiscard]] std::string sha256_file(const std::filesystem::path& path);

}  // namespace doorstep
