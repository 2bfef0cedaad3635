#pragma once
// The inside of ChoiceMemory (slot_grid.h), for those who read the market of the last admission.

#include <optional>

#include "assign/site_market.h"

namespace doorstep {

struct ChoiceMemory::Kept {
  /// What the market was made from, numbers of pupils aside.
  std::vector<Entrants> entrants;
  uint64_t rows_stamp = 0;
  IdVector<CampusId, Offer> offers;
  IdVector<HomeId, CatchmentId> catchment_of;

  std::optional<SiteMarket> market;  ///< rows are those of the input
  Clearing clearing;                 ///< of the last admission
  std::vector<double> spare;         ///< memory of a grid that is no longer needed

  /// What is known of the rows of the next input (ChoiceMemory::expect_rows).
  struct {
    uint64_t before = 0, now = 0;
    std::vector<HomeId> homes;
  } expected;

  /// Brings `market` to what the input says.
  void move_to(const AdmissionInput& input);

 private:
  [[nodiscard]] bool same_rows(const AdmissionInput& input) const;
  /// Whether the market could take over rows that are more than it has.
  bool grow_rows(const AdmissionInput& input);
  /// Whether choice sets, ways and priorities are those of the market, rows aside.
  [[nodiscard]] bool same_sets(const AdmissionInput& input) const;
};

}  // namespace doorstep
