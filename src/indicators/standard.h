#pragma once
// A figure of config/standards.toml by its name, or the one refusal that says how to add it.
// Internal to indicators.

#include <string>

#include "place/coefficient.h"

namespace doorstep {

/// Throws: Error naming a missing standard.
[[nodiscard]] double standard(const Coefficients& standards, const std::string& name);

}  // namespace doorstep
