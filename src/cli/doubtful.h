#pragma once
// Results that no town shows: told beside them, since a table alone would be believed.

#include "session/outcome.h"

namespace doorstep::cli {

/// Stages in which a large share of the children has no seat in some year.
[[nodiscard]] Diagnostics doubtful_totals(const session::Outcome& outcome);

}  // namespace doorstep::cli
