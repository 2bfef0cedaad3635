#pragma once
// The overview of a run (campuses, towns, groups, reviews, outlook) as tables and JSON.
// Internal to results. Every column is described in docs/output.md.

#include <nlohmann/json_fwd.hpp>

#include "io/results/columns.h"
#include "io/results/results.h"

namespace doorstep::io {

/// The report's own overview, or one computed now.
[[nodiscard]] std::shared_ptr<const Overview> overview_for(const RunReport& report);

/// districts.csv: the whole place, counties, city/town/country. towns.csv: towns and districts.
[[nodiscard]] std::string districts_csv(const RunReport& report, const Overview& overview);
[[nodiscard]] std::string towns_csv(const RunReport& report, const Overview& overview);
[[nodiscard]] std::string groups_csv(const RunReport& report, const Overview& overview);
/// What campuses report, per pupil, beside the seven's least.
[[nodiscard]] std::string resources_csv(const RunReport& report, const Overview& overview);
/// Balance coefficients of the eight and the seven, by campus and by legal person.
[[nodiscard]] std::string balance_csv(const RunReport& report, const Overview& overview);
/// Whether any campus of the place reports any resource.
[[nodiscard]] bool reports_resources(const Place& place);

/// ",name" of the columns that campuses.csv and stages.csv add, and their cells.
[[nodiscard]] std::string campus_figure_header();
[[nodiscard]] std::string campus_figure_cells(const RunReport& report, const Overview& overview,
                                              std::size_t year, StageId stage, CampusId campus);
[[nodiscard]] std::string stage_figure_header();
[[nodiscard]] std::string stage_figure_cells(const RunReport& report, const Overview& overview,
                                             std::size_t year, StageId stage);

/// Figures of a campus, and of a stage with its towns, groups and reviews, for summary.json.
[[nodiscard]] nlohmann::ordered_json campus_figures_json(const Overview& overview, std::size_t year,
                                                         StageId stage, CampusId campus);
[[nodiscard]] nlohmann::ordered_json stage_figures_json(const RunReport& report,
                                                        const Overview& overview, std::size_t year,
                                                        StageId stage);

}  // namespace doorstep::io
