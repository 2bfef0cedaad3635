#pragma once
// Towns, groups and what campuses gain in a public export: what follows from withheld counts is
// withheld with them. Internal to results.

#include "io/results/figures.h"
#include "io/results/public_counts.h"

namespace doorstep::io {

using PublicCounts = std::vector<IdVector<StageId, PublicStage>>;

[[nodiscard]] std::string public_campus_header();
[[nodiscard]] std::string public_campus_cells(const RunReport& report, const Overview& overview,
                                              const PublicCounts& counts, std::size_t year,
                                              StageId stage, CampusId campus);
/// The figures of one territory in the order of territory_columns, "" where withheld.
struct PublicRow {
  std::vector<std::string> cells;
  bool withheld = false;
};
[[nodiscard]] PublicRow public_territory(const RunReport& report, const PublicCounts& counts,
                                         std::size_t year, StageId stage,
                                         const TerritoryFigures& figures);
/// A row's figures of schools are empty where any of its campuses is withheld, since the others are
/// published; its figures of children where the area's pupils are, and in years without areas.csv.
[[nodiscard]] std::string public_districts_csv(const RunReport& report, const Overview& overview,
                                               const PublicCounts& counts, bool towns);
/// A group's row is empty where any of its campuses is withheld.
[[nodiscard]] std::string public_groups_csv(const RunReport& report, const Overview& overview,
                                            const PublicCounts& counts);

}  // namespace doorstep::io
