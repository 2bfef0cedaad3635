#pragma once
// Writes what a run found: summary.json, tables and results.gpkg, each with provenance.
// Every file and key is described in docs/output.md.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "indicators/overview.h"
#include "scenario/costs.h"
#include "scenario/scenario.h"

namespace doorstep::io {

/// Flows below this are summed up in flows.csv and left out of results.gpkg. Under `choice` every
/// home sends a trace everywhere; a twentieth of a pupil is no one. Units: pupils.
inline constexpr double kLeastFlow = 0.05;

/// One run with everything that explains it. All references outlive the call.
struct RunReport {
  const Place& place;  ///< with the scenario applied
  const TravelTable& travel;
  const Scenario& scenario;
  const RunResult& run;
  const std::vector<YearIndicators>& indicators;
  const Coefficients& coefficients;
  const GroupForms& forms;
  const Standards& standards;
  const Diagnostics& findings;
  /// Campuses, towns, groups and reviews; null: computed where a file needs it.
  std::shared_ptr<const Overview> overview;
  /// Of the scenario, with standards where it says nothing; null: only what it says.
  std::shared_ptr<const PlanCost> cost;
};

/// The whole summary as JSON text (two-space indents, keys in a fixed order).
[[nodiscard]] std::string summary_json(const RunReport& report);
/// Every layer with file, licence, attribution, origin and checksum.
[[nodiscard]] std::string sources_csv(const RunReport& report);
/// What a result was made from: version, seed, checksums, licences. JSON text, as in the summary.
[[nodiscard]] std::string provenance_json(const RunReport& report);

/// Writes summary.json, campuses.csv, stages.csv, flows.csv, findings.csv, sources.csv,
/// observed.csv (where the place has observations) and results.gpkg into `out`. Throws: Error.
void write_results(const RunReport& report, OutputFolder& out);

/// The line that outputs with counts per home carry.
inline constexpr const char* kNotForPublication = "not for publication: counts per home";

/// Two runs compared year by year, as comparison.json.
[[nodiscard]] std::string comparison_json(const RunReport& a, const RunReport& b);
/// Writes comparison.json, comparison.csv, disruption.csv, and where B closes campuses that A has
/// open closures.csv, closure_children.csv and closure_vetoes.csv.
void write_comparison(const RunReport& a, const RunReport& b, OutputFolder& out);

/// One CSV cell: quoted where it must be, and a leading = + - @ that is no number made harmless.
[[nodiscard]] std::string csv_cell(const std::string& text);

/// What was observed beside what the run gives, per campus and observation.
struct ObservedRow {
  std::string label;
  Year year = 0;
  CampusId campus;
  double observed = 0.0;
  double modelled = 0.0;  ///< entrants of that year and stage
};
[[nodiscard]] std::vector<ObservedRow> observed_rows(const Place& place, const RunResult& run);

}  // namespace doorstep::io
