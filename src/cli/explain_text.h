#pragma once
// Answers of explain as people and programs read them: text in either language, JSON, CSV.

#include <string>

#include "cli/speech.h"
#include "session/explain/explain.h"
#include "session/explain/home.h"

namespace doorstep::cli {

/// `place` names the stage.
[[nodiscard]] std::string explanation_text(const session::Explanation& e, const Place& place,
                                           const Speech& speech);
/// Coefficients and standards, one a line, with mark and source.
[[nodiscard]] std::string numbers_text(
    const std::vector<std::pair<std::string, Coefficient>>& numbers, const Speech& speech);
[[nodiscard]] std::string explanation_json(const session::Explanation& e);
/// One row each part, source row, number and note: kind, code or name, amount, unit, mark, source.
[[nodiscard]] std::string explanation_csv(const session::Explanation& e);

[[nodiscard]] std::string home_text(const session::HomeAnswer& a, const Place& place,
                                    const Speech& speech);
[[nodiscard]] std::string home_json(const session::HomeAnswer& a);
/// One row a school.
[[nodiscard]] std::string home_csv(const session::HomeAnswer& a);

}  // namespace doorstep::cli
