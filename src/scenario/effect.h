#pragma once
// Edits that a run would take without a word though nothing, or something else, comes of them.
// Internal to `scenario`; apply() asks once every edit is made.

#include "scenario/workbench.h"

namespace doorstep {

/// Warnings about edits that begin after the last year of the run, that later ones take back, or
/// that hold for nobody: feeders between schools of one stage, grades that no stage has, housing
/// with more children than a dwelling holds, seats that the rooms do not hold.
/// `sources`: where each edit stands. Pre: `work` holds the place with every edit made.
void warn_of_no_effect(Workbench& work, const Scenario& scenario,
                       const std::vector<InputRef>& sources);

}  // namespace doorstep
