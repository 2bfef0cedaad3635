#pragma once
// What run and compare print of the overview: what a stage means, which campuses to warn, groups,
// whom a plan disturbs, what its closures do.

#include <string>

#include "cli/speech.h"
#include "io/results/results.h"

namespace doorstep::cli {

/// The report with its overview, computed once for tables and files. Throws: Cancelled.
[[nodiscard]] io::RunReport with_overview(io::RunReport report, Progress& progress);

/// One column a stage, one line a figure, of the last year. Pre: the report has its overview, here
/// and below.
[[nodiscard]] std::string meaning_table(const io::RunReport& report, const Speech& say);
/// Campuses that turn yellow or red, those to be warned now first; at most `rows`.
[[nodiscard]] std::string warning_table(const io::RunReport& report, std::size_t rows,
                                        const Speech& say);
/// Groups in the last year; "" without groups.
[[nodiscard]] std::string group_table(const io::RunReport& report, const Speech& say);
/// Balance reviews of the last year; "" where no campus reports a resource.
[[nodiscard]] std::string review_table(const io::RunReport& report, const Speech& say);
/// Disruption by stage and year of B against A.
[[nodiscard]] std::string disruption_table(const io::RunReport& a, const io::RunReport& b,
                                           const Speech& say);
/// Every closure of B: whom it moves, procedure, vetoes; "" without closures.
[[nodiscard]] std::string closure_text(const io::RunReport& a, const io::RunReport& b,
                                       const Speech& say);

}  // namespace doorstep::cli
