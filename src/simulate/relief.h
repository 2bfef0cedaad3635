#pragma once
// What a group does to demand: whom its name draws to a member, and whether they would have come to
// the core (displaced: the core's relief) or gone elsewhere (induced). Internal to `simulate`.

#include "assign/slot_grid.h"
#include "simulate/admission_round.h"

namespace doorstep {

/// Adds the demand of one entry to the years of groups. `input` is the entry as decided. Demand is
/// the logit's first choice, before seats and priorities, so that a full campus shows it too. Each
/// group is taken away by itself, all others left as they are: its campuses get name and quality
/// that they have by themselves; that they belong together (choice.group_bonus) stays. Campuses
/// that share one pool with their core are left out: their demand cannot be told apart. Only under
/// `choice` and `micro`. `memory`: that of the entry's own admission, or null. Cost: a pass over
/// the choice market; without a memory the market is made once more.
void add_group_demand(const AdmissionInput& input, ChoiceMemory* memory,
                      const GroupEffects& effects, Year year, IdVector<GroupId, GroupYear>& groups);

}  // namespace doorstep
