#pragma once
// The cutoffs of a market, found and kept: after an edit they are found again from the last ones,
// and only rows are read whose options changed or in which two cutoffs changed places.
//
// Demand is linear in the cutoffs as long as no two of them change places in a row, so each round
// solves for the cutoffs at which the moving units hold exactly their seats, then sees to what
// changed places (a Newton method for a piecewise linear system). It may come from above or below;
// that what it ends with is the loosest stable point, hence the pupil-optimal outcome, is certified
// from the slopes, and where the certificate fails the cutoffs are found by rejecting instead.

#include <bit>
#include <span>

#include "assign/clearing_sums.h"
#include "base/progress.h"

namespace doorstep {

class ClearingState {
 public:
  /// An option of a row at a unit.
  struct UnitOption {
    uint32_t row = 0;
    uint32_t rank = 0;
    double weight = 0.0;
  };
  struct RowPupils {
    uint32_t row = 0;
    double pupils = 0.0;
  };
  /// What the search did since the state was made or last edited.
  struct Effort {
    int rounds = 0;
    std::size_t rows_read = 0;  ///< rows taken off or added again
    std::size_t places_swapped = 0;
    int raised = 0;         ///< rounds whose slopes were singular
    bool rejected = false;  ///< the certificate failed: cutoffs found by rejecting
  };

  /// Whether the sums fit: not too many units, choice sets not too long.
  [[nodiscard]] static bool suits(const Market& market);

  /// `limit`, by unit × rank: where to start. Pre: suits(market), tolerance > 0 pupils.
  ClearingState(Market market, double tolerance, std::span<const double> limit = {});

  /// Replaces all options at a unit. Pre: rows rising, weights > 0 on the scale of their rows.
  void replace_unit(uint32_t unit, std::span<const UnitOption> options);
  void set_pupils(std::span<const RowPupils> rows);
  void set_seats(uint32_t unit, double seats);
  /// Which ranks are never refused. Shape: ranks.
  void set_guaranteed(uint32_t unit, std::span<const uint8_t> guaranteed);
  /// A unit that nobody lists yet. Returns its number.
  uint32_t add_unit(double seats, std::span<const uint8_t> guaranteed);

  /// Finds the cutoffs, at most `max_rounds` rounds of it; call again to go on. Returns whether it
  /// came to the end. Throws: Cancelled (may be resumed).
  bool settle(int max_rounds, const Progress& progress);

  [[nodiscard]] bool settled() const { return settled_; }
  /// Largest error of a unit against its seats that is left, by pupils.
  [[nodiscard]] double residual() const { return residual_; }
  [[nodiscard]] const Effort& effort() const { return effort_; }
  /// Pupils at each unit under the present cutoffs.
  [[nodiscard]] const std::vector<double>& loads() const { return loads_; }
  /// Share of lottery numbers that a cell lets in.
  [[nodiscard]] double limit(uint32_t unit, uint32_t rank) const;
  [[nodiscard]] double applicants(uint32_t unit, uint32_t rank) const {
    return sums_.applicants(Market::cell_of(unit, rank));
  }
  [[nodiscard]] Clearing clearing() const;
  /// Share of a row's pupils at each of its options.
  [[nodiscard]] std::vector<double> shares(std::size_t row) const;
  [[nodiscard]] RowOptions options(std::size_t row) const {
    return {market_.weight.data() + begin_[row], market_.cell.data() + begin_[row], size_[row]};
  }
  [[nodiscard]] double pupils(std::size_t row) const { return market_.pupils[row]; }
  [[nodiscard]] double total() const { return pupils_; }
  [[nodiscard]] const Market& market() const { return market_; }
  /// The market as edited so far, options side by side again.
  [[nodiscard]] Market plain() const;
  /// Gives the market back. Pre: options were never replaced.
  [[nodiscard]] Market release() { return std::move(market_); }

 private:
  struct Shift;  // of cutoffs in one round

  [[nodiscard]] std::size_t units() const { return market_.seats.size(); }
  void index_rows();
  void count_all();
  void rebuild_sums();
  void edited();
  void put_option(uint32_t row, uint32_t unit, uint32_t rank, double weight);
  void make_room(uint32_t row);
  void link(uint32_t row, uint32_t unit);
  static constexpr std::size_t kAhead = 6;  ///< rows fetched before their turn
  void fetch_row(uint32_t row) const;
  void add_row(std::size_t part, uint32_t row, double sign);
  void take_row(std::size_t part, uint32_t row, double sign);
  void leave_place(uint32_t unit);

  void begin_at(std::span<const double> limit);
  void find_loads();
  [[nodiscard]] double misfit(uint32_t unit) const;
  [[nodiscard]] bool refusable(uint32_t unit, uint32_t rank) const;
  bool loosen(uint32_t unit, Shift& shift) const;
  bool tighten(uint32_t unit, Shift& shift) const;
  bool wake(Shift& shift) const;
  void solve(Shift& shift);
  void bound(Shift& shift) const;
  void apply(Shift& shift);
  [[nodiscard]] bool find_touched(const Shift& shift);
  void touch_unit(uint32_t unit, uint32_t low, uint32_t high);
  void touch_pair(uint32_t a, uint32_t b);
  void touch(uint32_t row);
  /// Calls what(u) for each unit that was ever in one row with `unit`, itself included.
  template <class What>
  void for_neighbours(uint32_t unit, const What& what) const {
    for (std::size_t w = 0; w < near_[unit].size(); ++w)
      for (uint64_t bits = near_[unit][w]; bits != 0; bits &= bits - 1)
        what(static_cast<uint32_t>(w * 64) + static_cast<uint32_t>(std::countr_zero(bits)));
  }
  [[nodiscard]] bool neighbours(uint32_t a, uint32_t b) const {
    return (near_[a][b / 64] >> (b % 64) & 1U) != 0;
  }
  void reject(int max_rounds, const Progress& progress);
  void take_over(const Clearing& found);
  [[nodiscard]] bool exact_margins() const;
  [[nodiscard]] bool loosest() const;
  [[nodiscard]] bool loosest_by_rows() const;

  Market market_;
  double tolerance_ = 1e-9;
  std::vector<std::size_t> begin_;  ///< by row
  std::vector<uint32_t> size_;
  std::vector<uint32_t> room_;                  ///< by row; empty before the first option is added
  std::vector<std::vector<uint32_t>> rows_of_;  ///< by unit, rising
  std::vector<std::vector<uint64_t>> near_;     ///< units ever seen in one row, as bits
  Cutoffs cutoffs_;
  DemandSums sums_;
  double pupils_ = 0.0;  ///< of all rows
  std::vector<double> loads_;
  double residual_ = 0.0;
  bool settled_ = false;
  Effort effort_;
  std::vector<uint32_t> stamp_;  ///< by row: the last shift that touched it
  uint32_t stamp_now_ = 0;
  std::vector<uint32_t> touched_;
};

}  // namespace doorstep
