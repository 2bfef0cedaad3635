#pragma once
// A synthetic town as the ordinary loader reads it, with its first autumn, and the figures by which
// a town looks like one.

#include "network/travel_table.h"
#include "recipes.h"
#include "simulate/simulate.h"

namespace doorstep::test {

struct FirstAutumn {
  synth::Plan plan;
  ScratchFolder folder;
  Loaded<Place> place;
  TravelTable travel;
  RunResult run;

  explicit FirstAutumn(synth::Plan planned);

  [[nodiscard]] const StageYear& of(const char* stage) const;
  /// Pupils over seats of all campuses of a stage, ascending.
  [[nodiscard]] std::vector<double> utilisation(const char* stage) const;
  /// The way that half of a stage's pupils do not exceed. Units: metres.
  [[nodiscard]] double median_walk_m(const char* stage) const;
};

/// By rank, `share` of the way from the least to the greatest.
[[nodiscard]] double quantile(const std::vector<double>& ascending, double share);

/// Slope of ln density against distance over rings of 400 m of the core, weighted by people.
/// Units: per km.
[[nodiscard]] double core_gradient(const synth::Plan& plan);

}  // namespace doorstep::test
