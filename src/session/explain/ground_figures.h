#pragma once
// The figures that can be asked of a town, district, group or the place, each with how it is added
// up from homes or campuses. Internal to explain.

#include <vector>

#include "indicators/boarding.h"
#include "indicators/campus_figures.h"
#include "session/explain/explain.h"

namespace doorstep::session {

/// Everything one question is answered from.
struct Ground {
  const Outcome& outcome;
  StageId stage;
  std::size_t year_index;
  Boarding boarding;  ///< ways are those of pupils who travel daily
  IdVector<CampusId, CampusFigures> figures;
  IdVector<HomeId, char> home_in;      ///< who belongs to it
  IdVector<CampusId, char> campus_in;  ///< which schools belong to it
  IdVector<HomeId, double> children;
  IdVector<HomeId, CatchmentId> catchment_of;

  [[nodiscard]] const Place& place() const { return outcome.place; }
  [[nodiscard]] const YearResult& year() const { return outcome.run.years[year_index]; }
  [[nodiscard]] const StageYear& result() const { return year().stages[stage]; }
  [[nodiscard]] const StageIndicators& meaning() const {
    return outcome.indicators[year_index].stages[stage];
  }
  [[nodiscard]] const Standards& standards() const { return outcome.opened->standards; }
};

using HomeAmounts = IdVector<HomeId, double>;
using CampusAmounts = IdVector<CampusId, double>;

/// A figure with who makes it up: homes or campuses, one of the two. Their amounts are added up;
/// over `denominator` where there is one.
struct GroundFigure {
  Explainable about;
  Name formula;
  const char* unit = "";
  Name numerator;
  Name denominator = {};  ///< empty: none
  void (*homes)(const Ground&, HomeAmounts& over, double& under) = nullptr;
  void (*campuses)(const Ground&, CampusAmounts& over, double& under) = nullptr;
  std::vector<const char*> standards = {};  ///< "radius." is completed by the kind of stage
  /// Of figures that are no ratio of sums (a median, a spread): the value, and the parts it is made
  /// of, which go before the sum.
  double (*whole)(const Ground&, Explanation& out) = nullptr;
  const char* row_unit = "";          ///< of the amounts; "" the figure's own, or none of a ratio
  const char* under_unit = "pupils";  ///< of the denominator
  bool admitted = true;               ///< whether it hangs on who was admitted where
};

/// In the order in which help lists them.
[[nodiscard]] const std::vector<GroundFigure>& all_ground_figures();

}  // namespace doorstep::session
