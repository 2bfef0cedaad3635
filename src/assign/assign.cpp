#include "assign/assign.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "assign/ledger.h"
#include "assign/private_stage.h"
#include "assign/rules.h"
#include "assign/site_market.h"
#include "base/error.h"

namespace doorstep {

namespace {

void check_sizes(const AdmissionInput& input) {
  DOORSTEP_ASSERT(input.place && input.travel && input.coefficients);
  const Place& place = *input.place;
  DOORSTEP_ASSERT(input.offers.size() == place.campuses.size());
  DOORSTEP_ASSERT(input.catchment_of.empty() || input.catchment_of.size() == place.homes.size());
  if (input.travel->homes() != place.homes.size() ||
      input.travel->campuses() != place.campuses.size())
    throw Error(fmt::format("travel was computed for {} homes and {} campuses, the place has {} "
                            "and {}",
                            input.travel->homes(), input.travel->campuses(), place.homes.size(),
                            place.campuses.size()),
                "admission", "compute travel again for this place");
}

void check_numbers(const AdmissionInput& input) {
  const auto countable = [](double x) { return std::isfinite(x) && x >= 0.0; };
  for (const Entrants& row : input.entrants) {
    DOORSTEP_ASSERT(row.home.index < input.place->homes.size());
    if (!countable(row.pupils))
      throw Error(fmt::format("{} pupils", row.pupils), input.place->homes[row.home].code,
                  "children are counted from 0 up");
  }
  for (CampusId c : input.offers.ids()) {
    const Offer& offer = input.offers[c];
    if (!offer.open) continue;
    if (!countable(offer.seats))
      throw Error(fmt::format("{} entry seats", offer.seats), input.place->campuses[c].code,
                  "seats are counted from 0 up");
    if (!(offer.quality > 0.0) || !std::isfinite(offer.quality))
      throw Error(fmt::format("quality {}", offer.quality), input.place->campuses[c].code,
                  "quality is relative to the mean campus, which has 1");
  }
}

}  // namespace

void stop_if_cancelled(const Progress& progress) {
  if (progress.cancelled()) throw Cancelled();
}

namespace {

/// One stage under the policy's rule, and 统筹 of who is left.
void run_rule(const AdmissionInput& input, Ledger& ledger, Progress& progress) {
  switch (input.policy.rule) {
    case Rule::Catchment:
      assign_by_catchment(input, ledger, progress);
      break;
    case Rule::Nearest:
      assign_by_nearest(input, ledger, progress);
      break;
    case Rule::LeastTravel:
      assign_by_least_travel(input, ledger, progress);
      break;
    case Rule::Choice:
      assign_by_choice(input, ledger, progress);
      break;
    case Rule::Micro:
      assign_by_micro(input, ledger, progress);
      break;
  }
  // The optimum leaves no one whom seats within its own limits could still take.
  if (input.policy.divert_unplaced && input.policy.rule != Rule::LeastTravel)
    divert_unplaced(input, ledger, progress);
}

}  // namespace

namespace {

/// `refusals`: null where nobody asks for them.
Admission assign_and_tell(const AdmissionInput& input, Refusals* refusals, Progress& progress) {
  check_sizes(input);
  check_numbers(input);
  Ledger ledger(input);
  ledger.keep_refusals(refusals);
  if (has_private_stage(input)) {
    const PublicStage stage = admit_to_private(input, ledger, progress);
    Ledger of_public(stage.input);
    Refusals at_public;
    of_public.keep_refusals(refusals ? &at_public : nullptr);
    run_rule(stage.input, of_public, progress);
    take_over(stage, of_public.close(), ledger);
    for (const Flow& f : at_public.turned_away)
      refusals->turned_away.push_back(
          {static_cast<uint32_t>(stage.row_of[f.entrants]), f.campus, f.pupils});
  } else {
    run_rule(input, ledger, progress);
  }
  return ledger.close();
}

}  // namespace

Admission assign_pupils(const AdmissionInput& input, Progress& progress) {
  return assign_and_tell(input, nullptr, progress);
}

Refusals refusals_of(const AdmissionInput& input, Progress& progress) {
  Refusals out;
  (void)assign_and_tell(input, &out, progress);
  for (std::vector<Flow>* flows : {&out.turned_away, &out.applied}) merge_by_row_and_campus(*flows);
  return out;
}

Admission admit_to_grid(const AdmissionInput& input, ChoiceMemory& memory, SlotGrid& grid,
                        Progress& progress, bool tell) {
  grid = {};
  if (!suits_grid(input) || !SiteMarket::suits(input)) {
    memory = ChoiceMemory();
    return assign_pupils(input, progress);
  }
  check_sizes(input);
  check_numbers(input);
  Ledger ledger(input);
  place_in_grid(input, memory, tell, grid, ledger, progress);
  if (input.policy.divert_unplaced) divert_unplaced(input, ledger, progress);
  return ledger.close();
}

}  // namespace doorstep
