#pragma once
// place.toml of a planned town, commented for who opens it.

#include <string>

#include "synth/plan.h"

namespace doorstep::synth {

[[nodiscard]] std::string place_text(const Plan& plan);

}  // namespace doorstep::synth
