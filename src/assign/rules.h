#pragma once
// One function a rule. Each places pupils in the ledger; what it leaves is unplaced. Placing those
// afterwards (统筹) is `divert_unplaced`, called by assign_pupils as policy says.

#include "assign/assign.h"
#include "assign/ledger.h"
#include "assign/slot_grid.h"

namespace doorstep {

/// Every pupil to the catchment's campuses, shared in proportion to entry seats.
void assign_by_catchment(const AdmissionInput& input, Ledger& ledger, Progress& progress);
/// Every pupil to the nearest campus in travel time, over its seats if need be.
void assign_by_nearest(const AdmissionInput& input, Ledger& ledger, Progress& progress);
/// Fewest unplaced, then fewest pupil-minutes. Sets the price of a seat at each campus.
void assign_by_least_travel(const AdmissionInput& input, Ledger& ledger, Progress& progress);
/// Preferences and priorities: deferred acceptance with a continuum of pupils.
void assign_by_choice(const AdmissionInput& input, Ledger& ledger, Progress& progress);
/// The same with what an earlier admission left in memory, flows into a grid (slot_grid.h).
void place_in_grid(const AdmissionInput& input, ChoiceMemory& memory, bool tell, SlotGrid& grid,
                   Ledger& ledger, Progress& progress);
/// The same with single pupils drawn.
void assign_by_micro(const AdmissionInput& input, Ledger& ledger, Progress& progress);

/// 统筹: who holds no seat goes by least travel over the seats left at open public campuses that
/// can be reached, whatever the policy's eligibility and limit of the choice set.
void divert_unplaced(const AdmissionInput& input, Ledger& ledger, Progress& progress);

/// Throws: Cancelled where the work was to stop. Leaves task and fraction to the caller.
void stop_if_cancelled(const Progress& progress);

}  // namespace doorstep
