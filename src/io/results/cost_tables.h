#pragma once
// What a plan costs, edit by edit, as a table and as JSON. Internal to results.

#include <nlohmann/json_fwd.hpp>

#include "io/results/results.h"

namespace doorstep::io {

/// One row an edit, with the sum so far and the budget. Pre: r.cost.
[[nodiscard]] std::string costs_csv(const RunReport& r);
/// Pre: r.cost.
[[nodiscard]] nlohmann::ordered_json cost_json(const RunReport& r);

}  // namespace doorstep::io
