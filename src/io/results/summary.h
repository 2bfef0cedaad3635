#pragma once
// The summary of a run in pieces, since a province's is too long to hold whole.

#include <functional>
#include <string_view>

#include "io/results/results.h"

namespace doorstep::io {

/// Calls put(text) with the text of summary_json, piece by piece.
void put_summary(const RunReport& report, const std::function<void(std::string_view)>& put);

}  // namespace doorstep::io
