#pragma once
// Deferred acceptance with a continuum of pupils: finds the cutoffs that clear seats when every row
// of pupils ranks its choice set by a logit and lottery numbers decide inside a tier.
// Knows weights, ranks and seats only; what they mean is `choice`'s.

#include <cstdint>
#include <vector>

#include "base/progress.h"

namespace doorstep {

/// What rows of pupils want and what units of seats offer. Options in arrays of their own, since
/// the search reads them all again and again.
struct Market {
  static constexpr uint32_t kRankBits = 8;
  static constexpr std::size_t kMaxRanks = std::size_t{1} << kRankBits;

  std::vector<double> pupils;             ///< by row, >= 0
  std::vector<std::size_t> first_option;  ///< rows + 1 entries
  std::vector<double> weight;             ///< by option: exp(V) up to a factor of the row, > 0
  std::vector<uint32_t> cell;             ///< by option: unit << kRankBits | rank, rising in a row
  std::vector<double> seats;              ///< by unit
  std::size_t ranks = 1;                  ///< priorities: 0 is best
  /// units × ranks: whether that rank is never refused there.
  std::vector<uint8_t> guaranteed;
  /// The unit that stands for all where nobody is ever refused: who goes there is not counted.
  static constexpr uint32_t kNoUnit = 0xFFFFFFFFu;
  uint32_t outside = kNoUnit;

  [[nodiscard]] static constexpr uint32_t cell_of(uint32_t unit, uint32_t rank) {
    return unit << kRankBits | rank;
  }
  [[nodiscard]] static constexpr uint32_t unit_of(uint32_t cell) { return cell >> kRankBits; }
  [[nodiscard]] static constexpr uint32_t rank_of(uint32_t cell) { return cell & 0xFFu; }
  /// Where a cell stands in arrays of units × ranks.
  [[nodiscard]] std::size_t index_of(uint32_t c) const { return unit_of(c) * ranks + rank_of(c); }
  [[nodiscard]] uint32_t unit(std::size_t option) const { return unit_of(cell[option]); }
  [[nodiscard]] uint32_t rank(std::size_t option) const { return rank_of(cell[option]); }
  [[nodiscard]] std::size_t rows() const { return pupils.size(); }
};

struct Clearing {
  /// units × ranks: the share of lottery numbers that gets in, in [0, 1]; not rising in rank among
  /// ranks that may be refused.
  std::vector<double> limit;
  /// Pupils at each unit, where the search was by parts; else empty.
  std::vector<double> load;
  int rounds = 0;
  bool converged = false;
  /// Largest excess of a unit over its seats that a refusal could still cure. Units: pupils.
  double excess = 0.0;
};

/// The loosest cutoffs at which no unit exceeds its seats by more than `tolerance` pupils: the
/// pupil-optimal stable outcome. Takes the way that suits the market (clearing_state.h), else
/// `clear_by_rejecting`. The market is lent out meanwhile and comes back as it was.
/// Throws: Cancelled.
[[nodiscard]] Clearing clear_market(Market& market, double tolerance, int max_rounds,
                                    const Progress& progress);

/// The same from the loosest cutoffs by rejecting only: slow, needs no certificate.
/// Source: Azevedo & Leshno 2016, J. Political Economy 124(5), section 3.
/// Throws: Cancelled.
[[nodiscard]] Clearing clear_by_rejecting(const Market& market, double tolerance, int max_rounds,
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
/// Who is refused is left out where nobody asks.
void row_shares(const Market& market, const Clearing& clearing, std::size_t row, RowShares& out,
                bool with_refused = true);

}  // namespace doorstep
