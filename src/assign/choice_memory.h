#pragma once
// The inside of ChoiceMemory (slot_grid.h), for those who read the market of the last admission.

#include <optional>

#include "assign/choice_market.h"
#include "assign/choice_pull.h"
#include "assign/slot_grid.h"

namespace doorstep {

struct ChoiceMemory::Kept {
  /// What the market was made from, numbers of pupils aside.
  std::vector<Entrants> entrants;
  IdVector<CampusId, Offer> offers;
  IdVector<HomeId, CatchmentId> catchment_of;
  StandingWeights standing;

  std::optional<ChoiceMarket> choice;  ///< a row for every row of the input
  std::shared_ptr<const SlotPattern> pattern;
  MarketShares shares;  ///< of the last admission

  /// Brings `choice` to what choice_market would make of the input with every row.
  void move_to(const AdmissionInput& input);

 private:
  [[nodiscard]] bool same_sets(const AdmissionInput& input) const;
  void follow_standing(const AdmissionInput& input);
  void make_pattern(const AdmissionInput& input);
};

}  // namespace doorstep
