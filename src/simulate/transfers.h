#pragma once
// 回流 and its opposite: each year a share of the pupils above the first grade looks again and
// competes for the seats left in its grade. Internal to `simulate`.

#include "simulate/admission_round.h"

namespace doorstep {

/// Who looks again keeps the seat it has unless it gets one it likes better: the present campus is
/// in its choice set with its pull (choice.stay) and never refuses it. A seat given up is another's
/// in the same round. Campuses offer what the grade has left; nobody is let in beyond it, whatever
/// the policy says of the first grade. By `micro` where that is the rule, else by `choice`.
/// Coefficient: choice.transfer_share, also by stage. Pre: the stage is promoted and its waiting
/// pupils were placed. Throws: Error, Cancelled.
void look_again(const RoundContext& context, StageId stage,
                const IdVector<HomeId, CatchmentId>& catchment_of, StageState& state,
                Progress& progress);

}  // namespace doorstep
