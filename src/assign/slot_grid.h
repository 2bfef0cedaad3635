#pragma once
// Who was admitted where, without a record a flow: the slots that homes have are listed once and
// kept from year to year, and an admission is one number a slot. For large places under `choice`.

#include <memory>
#include <vector>

#include "assign/assign.h"

namespace doorstep {

/// The campuses that each home and household class may come to.
struct SlotPattern {
  std::size_t classes = 1;
  std::vector<uint32_t> first;   ///< by home * classes + class, and one more: its first slot
  std::vector<CampusId> campus;  ///< by slot, rising within a home and class
};

/// Pupils by slot of a pattern.
struct SlotGrid {
  std::shared_ptr<const SlotPattern> pattern;  ///< null: nobody
  std::vector<double> pupils;                  ///< by slot
  IdVector<CampusId, double> at;               ///< their sum by campus
  std::vector<double> at_by_class;             ///< and by campus * classes + class

  [[nodiscard]] bool empty() const { return pattern == nullptr; }
};

/// What one admission leaves for the next of the same stage: its market, whose choice sets, ways
/// and priorities hold as long as the same rows may go to the same campuses. Seats, numbers of
/// pupils, qualities and names may differ from call to call at little cost.
class ChoiceMemory {
 public:
  ChoiceMemory();
  ~ChoiceMemory();
  ChoiceMemory(ChoiceMemory&&) noexcept;
  ChoiceMemory& operator=(ChoiceMemory&&) noexcept;

  /// Takes a grid's memory for the next one.
  void recycle(SlotGrid&& grid);
  /// The rows stamped `now` are those stamped `before` but at some homes (rising), which have more.
  void expect_rows(uint64_t before, uint64_t now, std::vector<HomeId> homes);

  struct Kept;
  [[nodiscard]] Kept& kept() { return *kept_; }

 private:
  std::unique_ptr<Kept> kept_;
};

/// Whether admit_to_grid takes this policy.
[[nodiscard]] bool suits_grid(const AdmissionInput& input);

/// As assign_pupils; but who was let in by the cutoffs stands in `grid`, and only who was placed
/// after that in the flows of the admission. Rows without pupils are allowed and keep the pattern
/// from changing. Where the input does not suit, `grid` comes back empty and all stand in the
/// flows. Pre: place, travel, coefficients, policy and stage are those of the memory's first
/// admission. `tell`: also works out whom campuses turn away and where their cutoffs lie.
/// Throws: as assign_pupils. Cost: two passes over the rows' choice sets; what the memory lacks is
/// worked out first.
[[nodiscard]] Admission admit_to_grid(const AdmissionInput& input, ChoiceMemory& memory,
                                      SlotGrid& grid, Progress& progress, bool tell = true);

}  // namespace doorstep
