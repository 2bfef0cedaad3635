#pragma once
// What ties of a group practise, as place files and scenarios name it. Internal to io.

#include <string>
#include <vector>

#include "io/toml_section.h"

namespace doorstep::io {

/// Names of practices among the coefficients: "mutual_shared.teachers".
[[nodiscard]] std::vector<std::string> known_practices(const Coefficients& coefficients);

/// The list under `practices`, in order and without repeats; empty where the key is absent.
/// Throws: Error of an empty list, an unknown name (with the nearest), or names of two sets.
[[nodiscard]] std::vector<std::string> practices_of(Section& section,
                                                    const std::vector<std::string>& known);

}  // namespace doorstep::io
