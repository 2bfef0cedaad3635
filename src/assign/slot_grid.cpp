#include "assign/slot_grid.h"

#include <algorithm>

#include "assign/choice_market.h"
#include "assign/choice_memory.h"
#include "assign/clearing_split.h"
#include "assign/private_stage.h"
#include "assign/rules.h"
#include "assign/site_placing.h"

namespace doorstep {

bool suits_grid(const AdmissionInput& input) {
  if (input.policy.rule != Rule::Choice || input.grade != 0 || has_private_stage(input))
    return false;
  std::vector<int> pools;
  for (const Offer& o : input.offers)
    if (o.open && o.pool >= 0) pools.push_back(o.pool);
  std::ranges::sort(pools);
  return std::ranges::adjacent_find(pools) == pools.end();
}

void place_in_grid(const AdmissionInput& input, ChoiceMemory& memory, bool tell, SlotGrid& grid,
                   Ledger& ledger, Progress& progress) {
  ChoiceMemory::Kept& kept = memory.kept();
  kept.move_to(input);
  const SiteMarket& market = *kept.market;
  const ClearingLimits limits = clearing_limits(input);
  grid.pupils = std::move(kept.spare);
  SitePlacing placing;
  const LoadsUnder loads_under = [&](const Clearing& clearing) {
    place_at_sites(market, clearing, limits.tolerance, tell, grid, placing);
    std::vector<double> load(market.units.seats.size());
    for (CampusId c : grid.at.ids())
      if (const uint32_t unit = market.seats.unit_of[c]; unit != SeatUnits::kNone)
        load[unit] += grid.at[c];
    return load;
  };
  kept.clearing = clear_sites(market, kept.clearing, loads_under, limits.tolerance,
                              limits.max_rounds, progress);
  ledger.take_placed(std::move(placing.placed), grid.at);
  report_clearing(input, market.seats, market.order, kept.clearing, placing.refused,
                  placing.applicants, ledger);
}

}  // namespace doorstep
