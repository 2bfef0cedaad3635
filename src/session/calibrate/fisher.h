#pragma once
// Fits the numbers of any model of shares to observed counts by multinomial likelihood: Fisher
// scoring with numerical derivatives, standard errors, and what the counts cannot tell. Knows
// nothing of schools.

#include <functional>
#include <string>
#include <vector>

#include "base/progress.h"

namespace doorstep::session {

/// Counts that were seen together (one allocation round): their shares are what is explained.
struct CountRound {
  std::string label;
  std::vector<double> seen;  ///< by alternative; at least one above 0
};

/// A number to be fitted, inside [low, high].
struct FreeNumber {
  std::string name;
  double start = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// Predicted counts by round and alternative, in the shape of the rounds. Only shares matter.
using Predicted = std::vector<std::vector<double>>;
using Model = std::function<Predicted(const std::vector<double>& numbers)>;

struct FittedNumber {
  std::string name;
  double value = 0.0;
  /// Square root of the inverse information, times the square root of the dispersion; NaN where the
  /// counts say nothing about the number.
  double standard_error = 0.0;
  bool at_bound = false;  ///< the best value lies at low or high: it may lie beyond
};

struct Fit {
  std::vector<FittedNumber> numbers;
  double log_likelihood_before = 0.0;
  double log_likelihood = 0.0;
  /// Pearson's chi-square over its degrees of freedom, at least 1: how much more the counts scatter
  /// than a multinomial would. Source: McCullagh & Nelder 1989, Generalized Linear Models, 4.5.
  double dispersion = 1.0;
  int rounds = 0;  ///< of the search
  bool converged = false;
  /// Pairs of numbers that the counts cannot tell apart: their estimates are correlated beyond
  /// 0.95.
  struct Entangled {
    std::string one, other;
    double correlation = 0.0;
  };
  std::vector<Entangled> entangled;
  /// Numbers that move no prediction.
  std::vector<std::string> unseen;
};

/// Maximum likelihood from the start values. Deterministic.
/// Throws: Error where the model predicts nobody where somebody was seen at every start, or shapes
/// differ; Cancelled. Source: Fisher scoring as in McCullagh & Nelder 1989, section 2.5.
/// Cost: (numbers + a few) models a round of the search.
[[nodiscard]] Fit fit_to_counts(const std::vector<CountRound>& seen, std::vector<FreeNumber> free,
                                const Model& model, Progress& progress);

/// Σ seen × ln share; −infinity where a share is 0 and somebody was seen.
[[nodiscard]] double log_likelihood(const std::vector<CountRound>& seen,
                                    const Predicted& predicted);

}  // namespace doorstep::session
