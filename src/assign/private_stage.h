#pragma once
// 公民同招, the first stage: each family applies to one private school or to none, over-subscribed
// schools draw lots. Who got no private seat enters the public stage, which is any rule's.

#include <vector>

#include "assign/assign.h"
#include "assign/ledger.h"

namespace doorstep {

/// Who enters the public stage, and which row of the whole admission each of its rows comes from.
struct PublicStage {
  AdmissionInput input;
  std::vector<std::size_t> row_of;
};

/// Whether the policy has a private stage and a private school is open in it.
[[nodiscard]] bool has_private_stage(const AdmissionInput& input);

/// Places who got a private seat in the ledger and returns the others. A family applies by the
/// logit between each private school it may apply to and the public campuses taken together (their
/// log-sum, plus choice.public_bonus). Under `micro` pupils apply and draw one by one; under all
/// other rules the shares are those that such draws have on average.
/// No stability is claimed between the stages: a loser may envy a private school's winner.
/// Throws: Error naming a missing coefficient, Cancelled.
[[nodiscard]] PublicStage admit_to_private(const AdmissionInput& input, Ledger& ledger,
                                           Progress& progress);

/// Writes what the public stage decided to the ledger of the whole admission.
void take_over(const PublicStage& stage, const Admission& result, Ledger& ledger);

}  // namespace doorstep
