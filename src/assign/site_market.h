#pragma once
// The market of `choice` written down by site instead of by row. All rows of a site (one home and
// household class) see the same campuses; what a feeder, a group or a present campus changes for a
// row at some of them is a mark. For large places: most of a year's work is done once a site.

#include <array>
#include <memory>
#include <span>

#include "assign/choice_sight.h"
#include "assign/clearing.h"
#include "assign/slot_grid.h"

namespace doorstep {

/// What one row has at one option that is not its site's.
struct RowMark {
  /// Which pulls of its own the row feels there: bits.
  enum Pull : uint8_t { kGroup = 1, kPresent = 2 };
  uint16_t option = 0;  ///< of the site
  uint8_t rank = 0;
  uint8_t pulls = 0;
};

/// A site as the search sees it. Weights as for a row without marks.
struct SiteView {
  const double* weight = nullptr;
  const uint32_t* cell = nullptr;  ///< as Market::cell, rising
  std::size_t size = 0;
  std::size_t first_row = 0;
  std::size_t last_row = 0;
};

struct SiteMarket {
  /// Memory for views that are worked out.
  struct Scratch {
    std::vector<double> weight;
    std::vector<uint32_t> cell;
  };

  /// Whether an input fits: standings are moderate, so that they can be a factor of their own.
  [[nodiscard]] static bool suits(const AdmissionInput& input);
  /// A site for every home and class, rows and units as the input has them; pupils are not read.
  /// Pre: suits(input), suits_grid(input). Throws: Error naming a missing coefficient.
  explicit SiteMarket(const AdmissionInput& input);
  /// Takes over seats, guarantees, standings and numbers of pupils. Pre: the same rows may go to
  /// the same campuses as when it was made.
  void follow(const AdmissionInput& input);
  /// Takes over the rows of an input that has others at `homes` (rising). False where a site there
  /// has rows for the first time: then the market is to be made anew. Pre: all else as when made.
  [[nodiscard]] bool take_rows(const AdmissionInput& input, std::span<const HomeId> homes);

  [[nodiscard]] std::size_t sites() const { return first_row.size() - 1; }
  [[nodiscard]] std::size_t rows() const { return first_mark.size() - 1; }
  [[nodiscard]] SiteView at(std::size_t site, Scratch& scratch) const;
  [[nodiscard]] std::span<const RowMark> marks_of(std::size_t row) const {
    return {marks.data() + first_mark[row], marks.data() + first_mark[row + 1]};
  }

  std::shared_ptr<const SlotPattern> pattern;  ///< sites, and their options as slots
  std::vector<double> lasting;                 ///< by slot: what of its weight no standing changes
  std::vector<uint8_t> rank;                   ///< by slot: of a row without marks
  std::vector<uint32_t> first_row;             ///< by site, and one more
  std::vector<uint32_t> first_mark;            ///< by row, and one more
  std::vector<RowMark> marks;
  std::array<double, 4> factor{};  ///< of a weight, by pulls
  std::vector<double> pupils;      ///< by row
  SeatUnits seats;
  PriorityOrder order;
  Market units;                   ///< seats, ranks and guarantees; no rows
  std::vector<double> standing;   ///< by class and campus: the factor of a weight it makes
  std::vector<uint32_t> cell_of;  ///< by campus: that of its unit at the best rank
};

}  // namespace doorstep
