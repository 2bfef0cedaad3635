#pragma once
// The counts of a run as they may be published: flows summed up by area, and which figures are
// withheld so that no count below the place's privacy.min_count can be worked out.

#include <vector>

#include "io/results/results.h"

namespace doorstep::io {

/// Pupils of one area at one campus.
struct AreaFlow {
  AreaId area;  ///< invalid: homes without an area
  CampusId campus;
  double pupils = 0.0;
  double minutes = 0.0;  ///< mean over its pupils; NaN where the place knows no way
  bool withheld = false;
};

struct AreaTotal {
  AreaId area;
  double pupils = 0.0;
  bool withheld = false;
};

struct PublicStage {
  IdVector<CampusId, bool> withheld;  ///< pupils of a campus and what follows from them
  bool placed_withheld = false;
  bool unplaced_withheld = false;
  std::vector<AreaTotal>
      areas;                    ///< by area, those without one last; empty where no flows are shown
  std::vector<AreaFlow> flows;  ///< by area, then campus; counts that round to none left out
  [[nodiscard]] bool any_campus() const;
};

/// Shape: [year][stage]. Flows are given for the first and the last year.
[[nodiscard]] std::vector<IdVector<StageId, PublicStage>> public_counts(const RunReport& report,
                                                                        double min_count);

/// A number that may be published: not between 0 and `min_count`.
[[nodiscard]] inline bool publishable(double count, double min_count) {
  return count <= 0 || count >= min_count;
}

/// campuses.csv, stages.csv, areas.csv, flows.csv, sources.csv, metadata.json and results.gpkg as
/// they may leave the bureau. Throws: Error.
void write_public_results(const RunReport& report, OutputFolder& out);

}  // namespace doorstep::io
