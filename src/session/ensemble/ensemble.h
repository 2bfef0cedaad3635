#pragma once
// What may come: many runs of a plan, each with other coefficients, births and housing drawn from
// their stated ranges. Plans are compared draw by draw on the same numbers, so that what differs is
// the plan. Gives bands, the probability that one plan beats the other, and what matters most.

#include <optional>
#include <string>
#include <vector>

#include "session/outcome.h"

namespace doorstep::session {

/// A number that is drawn: triangular from low over value to high.
struct Uncertain {
  std::string name;  ///< "choice.b_distance", "form.paired.quality_rate", "ensemble.births"
  Coefficient range;
};

struct EnsembleOptions {
  int draws = 100;
  uint64_t seed = 1;
  int years = -1;        ///< after the first; < 0: as the scenario says
  unsigned threads = 0;  ///< 0: as many as there are cores; the result does not depend on it
};

/// Percentiles of one figure over the draws that have it; NaN where none has.
struct Band {
  double p5 = 0.0, p25 = 0.0, p50 = 0.0, p75 = 0.0, p95 = 0.0;
};
/// Linear between order statistics (Hyndman & Fan 1996, definition 7). NaN values are left out.
[[nodiscard]] Band band_of(std::vector<double> values);

/// Which way a figure is better; neither where it only describes.
enum class Better { Less, More, Neither };

/// A headline figure of a stage.
struct Figure {
  std::string name;  ///< as in stages.csv: "utilisation", "unplaced", …
  std::string unit;
  double (*of)(const StageIndicators&);
  Better better = Better::Less;
};
[[nodiscard]] const std::vector<Figure>& ensemble_figures();

struct FigureBand {
  StageId stage;
  Year year = 0;
  std::size_t figure = 0;  ///< of ensemble_figures()
  Band a;
  std::optional<Band> b;
  /// Shares of the draws in which B is better, and in which both are the same. Only with B; NaN
  /// where neither way is better.
  double b_better = 0.0;
  double same = 0.0;
};

struct CampusBand {
  std::string campus;  ///< code
  StageId stage;
  Year year = 0;
  Band enrolment;
  double over_seats = 0.0;  ///< share of draws with more pupils than seats
};

/// A figure of the place, a town, county, urban class, group or campus in one year.
struct GroundBand {
  std::string kind;  ///< "place", "county", "urban", "town", "stage", "group" or "campus"
  std::string code;
  StageId stage;
  Year year = 0;
  std::string figure;  ///< as in districts.csv, groups.csv and campuses.csv
  Band a;
  std::optional<Band> b;
  /// As in FigureBand.
  double b_better = 0.0;
  double same = 0.0;
};

/// One number alone at its low and at its high end, the others as they stand.
struct TornadoBar {
  std::string input;
  StageId stage;
  std::size_t figure = 0;
  double at_low = 0.0, at_value = 0.0, at_high = 0.0;  ///< of plan A in the last year
  [[nodiscard]] double swing() const;
};

struct Ensemble {
  std::vector<Uncertain> inputs;
  std::vector<FigureBand> figures;   ///< by stage, year, figure
  std::vector<CampusBand> campuses;  ///< of plan A, by campus code, stage, year
  std::vector<GroundBand> grounds;   ///< by stage, year, kind, code, figure
  std::vector<TornadoBar> tornado;   ///< by stage and figure, the widest swing first
  int draws = 0;
};

/// What is drawn for these plans: coefficients that the rule and the forms in use read, births and
/// housing where the place has them. `entries`: config/ensemble.toml.
[[nodiscard]] std::vector<Uncertain> uncertain_inputs(const OpenPlace& opened,
                                                      const std::vector<const Place*>& plans,
                                                      const Coefficients& entries);

/// Runs A, and B where given, over the draws. Throws: Error, Cancelled.
/// Cost: draws × (one run of each plan) + two runs an input.
[[nodiscard]] Ensemble run_ensemble(const std::shared_ptr<const OpenPlace>& opened,
                                    const Scenario& a, const Scenario* b,
                                    const Coefficients& entries, const EnsembleOptions& options,
                                    Progress& progress);

}  // namespace doorstep::session
