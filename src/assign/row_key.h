#pragma once
// The random key of a row of pupils: by what the row is (home, year, stage, class, what it brings
// along), never by where it stands, so that baseline and scenario share their luck.

#include "assign/assign.h"
#include "base/random.h"

namespace doorstep {

[[nodiscard]] RandomKey key_of_row(const AdmissionInput& input, const Entrants& row);

}  // namespace doorstep
