#pragma once
// place.toml of a planned town, commented for who opens it.

#include <string>

#include "synth/plan.h"

namespace doorstep::synth {

/// Whether a campus has a pull of its name, or is private: columns that most towns do without.
[[nodiscard]] bool any_brand(const Plan& plan);
[[nodiscard]] bool any_private(const Plan& plan);
[[nodiscard]] std::string place_text(const Plan& plan);

}  // namespace doorstep::synth
