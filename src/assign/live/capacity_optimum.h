#pragma once
// The exact transport optimum of homes over campuses under capacity, cold and kept up with edits:
// a campus moved, added, removed or resized. Fewest pupils without a seat first, then least total
// travel, then the tie keys; over all home × campus pairs, in whole pupils and deciseconds.
// How it works: docs/live.md.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "assign/live/column.h"

namespace doorstep::live {

/// What is asked. Homes near each other should have rows near each other: the bounds are then
/// tight.
struct CapacityCase {
  std::vector<int64_t> supply;       ///< pupils of a home, >= 0
  std::vector<int64_t> capacity;     ///< seats of a campus, >= 0
  std::vector<uint64_t> home_key;    ///< fixed for a home, whatever its row
  std::vector<uint64_t> campus_key;  ///< fixed for a campus, wherever it stands
  /// Travel, home-major. Shape: homes × stride_for(campuses), filled up with kUnreachable.
  /// Units: deciseconds; 0xFFFFFFFF where there is no way.
  std::vector<uint32_t> ds;
  /// The longest way that any later edit may bring; 0: twice the longest in `ds`.
  uint32_t most_ds = 0;

  /// Columns of the matrix: room for some more campuses, in whole vectors.
  [[nodiscard]] static std::size_t stride_for(std::size_t campuses) {
    return (campuses + 8 + 15) / 16 * 16;
  }
  /// Whether keyed costs and 32-bit passes can hold such a case.
  [[nodiscard]] static bool fits(std::size_t campuses, uint32_t most_ds);
};

/// Pupils of a home at a campus; `campus` is kWithoutSeat for those left over.
struct FlowPart {
  uint32_t home = 0;
  uint32_t campus = 0;
  int64_t pupils = 0;
};
constexpr uint32_t kWithoutSeat = 0xFFFFFFFFu;

/// What an unfinished answer is worth.
struct Gap {
  double travel = 0.0;  ///< of the last exact assignment, re-costed. Units: pupils × deciseconds
  double bound = 0.0;   ///< no assignment travels less
};

class CapacityOptimum {
 public:
  /// Pre: shapes as in CapacityCase, fits(). Cost: nothing is solved yet.
  explicit CapacityOptimum(CapacityCase given);
  ~CapacityOptimum();
  CapacityOptimum(CapacityOptimum&&) noexcept;
  CapacityOptimum& operator=(CapacityOptimum&&) noexcept;

  /// Solves from nothing. Deterministic, independent of the order of rows.
  void solve();

  /// Edits. Throws: Error where ways are too long for exact prices. Each leaves an unfinished
  /// answer; run() finishes it, and a later edit supersedes it. The column has one entry a home.
  void move(uint32_t campus, std::span<const uint32_t> column);
  /// The same, with ways that are worked out as far as they matter. The column is kept until
  /// another campus is edited or this one is given another.
  void move(uint32_t campus, std::shared_ptr<Column> column);
  uint32_t add(int64_t seats, uint64_t key, std::span<const uint32_t> column);
  /// Its number may be given to a campus added later.
  void remove(uint32_t campus);
  void resize(uint32_t campus, int64_t seats);

  /// Works until the answer is exact (true) or `budget` is spent (false); goes on when called
  /// again.
  bool run(std::chrono::microseconds budget = std::chrono::hours(24));
  [[nodiscard]] bool exact() const;
  /// Keeps bounds fresh between edits; called again without an edit, completes the ways to the
  /// campus in hand, which the next edit of another would need. Cost: some 0.2 µs a home; then once
  /// a sweep of the streets. Pre: exact().
  void upkeep(std::size_t homes);

  [[nodiscard]] std::size_t homes() const;
  [[nodiscard]] std::size_t campuses() const;  ///< removed ones included
  [[nodiscard]] int64_t load(uint32_t campus) const;
  [[nodiscard]] int64_t unplaced() const;
  /// Total travel of those with a seat. Units: pupils × deciseconds (modulo 2⁶⁴).
  [[nodiscard]] int64_t travel() const;
  /// What one more seat would save, the smallest optimal dual; 0 where it would place one more
  /// pupil, which no time outweighs. Units: deciseconds.
  [[nodiscard]] int64_t seat_price(uint32_t campus) const;
  /// Whether one more seat would place one more pupil: the campus belongs to a shortage.
  [[nodiscard]] bool places_one_more(uint32_t campus) const;
  /// Whether the home's pupils compete for the seats that are missing.
  [[nodiscard]] bool in_shortage(std::size_t home) const;
  /// Where a home's pupils go, by campus.
  void parts_of(std::size_t home, std::vector<FlowPart>& parts) const;
  [[nodiscard]] std::vector<FlowPart> parts() const;
  /// Homes whose pupils may have moved since take_changes() was called last; each once.
  [[nodiscard]] std::vector<uint32_t> take_changes();
  /// Of the answer as it stands; none where the last exact one no longer fits. Cost: one pass.
  [[nodiscard]] std::optional<Gap> gap();

  /// Checks the whole answer against every arc: feasible, reduced costs >= 0, complementary.
  /// Cost: reads the whole matrix.
  [[nodiscard]] bool proves_optimal() const;

  /// Why the last run took its time.
  struct Effort {
    std::size_t augmentations = 0;
    std::size_t settled = 0;
    std::size_t rows_read = 0;
    std::size_t suspects = 0;
    std::size_t violations = 0;
    std::size_t rounds = 0;
    std::size_t candidates = 0;
    double price_ms = 0.0;
    double repair_ms = 0.0;
    double smallest_ms = 0.0;
    double certify_ms = 0.0;
  };
  [[nodiscard]] Effort effort() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace doorstep::live
