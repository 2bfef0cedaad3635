#pragma once
// Deferred acceptance with a continuum of pupils: finds the cutoffs that clear seats when every row
// of pupils ranks its choice set by a logit and lottery numbers decide inside a tier.
// Knows weights, ranks and seats only; what they mean is `choice`'s.

#include <cstdint>
#include <vector>

#include "base/progress.h"

namespace doorstep {

/// What rows of pupils want and what units of seats offer.
struct Market {
  /// One unit of seats in the choice set of one row.
  struct Option {
    double weight = 0.0;  ///< exp(V) up to a factor common to the row, > 0
    uint32_t unit = 0;
    uint16_t rank = 0;  ///< priority of the row there: 0 is best
  };
  std::vector<double> pupils;             ///< by row, > 0
  std::vector<std::size_t> first_option;  ///< rows + 1 entries
  std::vector<Option> options;            ///< grouped by row
  std::vector<double> seats;              ///< by unit
  std::size_t ranks = 1;
  /// units × ranks: whether that rank is never refused there.
  std::vector<uint8_t> guaranteed;

  [[nodiscard]] std::size_t rows() const { return pupils.size(); }
};

struct Clearing {
  /// units × ranks: the share of lottery numbers that gets in, in [0, 1]; not rising in rank among
  /// ranks that may be refused.
  std::vector<double> limit;
  int rounds = 0;
  bool converged = false;
  /// Largest excess of a unit over its seats that a refusal could still cure. Units: pupils.
  double excess = 0.0;
};

/// From the loosest cutoffs by rejecting, until no unit exceeds its seats by more than `tolerance`
/// pupils: the pupil-optimal stable outcome.
/// Source: Azevedo & Leshno 2016, J. Political Economy 124(5), section 3.
/// Throws: Cancelled.
[[nodiscard]] Clearing clear_market(const Market& market, double tolerance, int max_rounds,
                                    const Progress& progress);

/// What one row gets under given limits.
struct RowShares {
  std::vector<double> share;    ///< by option of the row
  std::vector<double> refused;  ///< by option: who would rather be there, part of the row
  struct Slot {
    double limit = 0.0;
    double weight = 0.0;
    std::size_t option = 0;
    double open = 0.0;
  };
  std::vector<Slot> by_limit;  ///< scratch: the options in falling order of their limits
};
void row_shares(const Market& market, const Clearing& clearing, std::size_t row, RowShares& out);

}  // namespace doorstep
