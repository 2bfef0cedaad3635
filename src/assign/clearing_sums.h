#pragma once
// Demand at every unit as a function of the cutoffs, summed over rows. A row's demand is linear in
// its limits as long as their order in the row stays: so is the city's, with sums that an edit
// changes by the rows it touches. Whole-number sums: adding and taking off again leaves no trace,
// and neither the order of rows nor the number of threads matters.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "assign/clearing.h"

namespace doorstep {

/// Where every unit's cutoff stands.
struct Cutoffs {
  enum Status : uint8_t { kClosed, kOpen, kMoving };

  std::vector<uint32_t> reach;  ///< by unit: ranks below are open; at `ranks` nobody is refused
  std::vector<uint8_t> moving;  ///< by unit: rank `reach` is let in up to `limit`
  std::vector<double> limit;    ///< by unit, in [0, 1]; read where moving
  std::vector<uint32_t> place;  ///< by moving unit: its place by falling limit
  std::vector<uint32_t> order;  ///< moving units by falling limit
  std::vector<uint8_t> status;  ///< by cell, unit << kRankBits | rank

  void add_unit();
  /// Writes `status` of the unit's cells. `guaranteed`: by rank.
  void set_status(uint32_t unit, std::size_t ranks, const uint8_t* guaranteed);
};

/// One row's options, in rising order of cells.
struct RowOptions {
  const double* weight = nullptr;
  const uint32_t* cell = nullptr;
  std::size_t size = 0;
};

/// demand(u) = constant(u) + Σ over moving units k of slope(u, k) × limit(k).
class DemandSums {
 public:
  /// Parts that threads may fill side by side; what they hold together is the sum.
  static constexpr std::size_t kParts = 2;

  /// `total` bounds the pupils of all rows, now and after edits. Sums of `outside` stay 0.
  /// Pre: `outside` is never refused to anyone.
  DemandSums(std::size_t units, std::size_t ranks, double total,
             uint32_t outside = Market::kNoUnit);

  void clear();
  void add_unit();
  /// Adds a row under the present cutoffs, or takes it off where sign is −1.
  void add(std::size_t part, double pupils, double sign, const RowOptions& row,
           const Cutoffs& cutoffs);
  /// Counts a row among the applicants of its cells, or takes it off.
  void count(std::size_t part, double pupils, double sign, const RowOptions& row);

  [[nodiscard]] double constant(uint32_t unit) const;
  /// Demand at `unit` for each unit of limit at `k`.
  [[nodiscard]] double slope(uint32_t unit, uint32_t k) const {
    int64_t sum = 0;
    for (const Part& p : parts_) sum += p.slope[k * stride_ + unit];
    return static_cast<double>(sum) * unscale_;
  }
  [[nodiscard]] double applicants(uint32_t cell) const;
  [[nodiscard]] bool anyone(uint32_t cell) const;
  /// Largest error of a sum of `rows` rows by rounding. Units: pupils.
  [[nodiscard]] double rounding(std::size_t rows) const;
  [[nodiscard]] double total() const { return total_; }

 private:
  struct Slot {
    uint32_t place = 0;
    uint32_t unit = 0;
    double weight = 0.0;
  };
  struct Part {
    std::vector<int64_t> constant;
    std::vector<int64_t> slope;  ///< a column for each moving unit
    std::vector<int64_t> applicants;
    std::vector<int32_t> rows;
    std::vector<Slot> moving;  ///< scratch
    std::vector<Slot> open;    ///< scratch
  };

  /// Where a cell stands in arrays of units × ranks.
  [[nodiscard]] std::size_t index_of(uint32_t cell) const {
    return Market::unit_of(cell) * ranks_ + Market::rank_of(cell);
  }

  std::size_t units_ = 0;
  std::size_t ranks_ = 1;
  uint32_t outside_ = Market::kNoUnit;
  std::size_t stride_ = 0;
  double total_ = 0.0;
  double scale_ = 1.0;
  double unscale_ = 1.0;  ///< powers of two both: exact
  std::vector<Part> parts_;
};

}  // namespace doorstep
