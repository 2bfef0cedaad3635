#include "assign/eligibility.h"

#include <algorithm>
#include <cmath>

namespace doorstep {

namespace {

const Catchment* own_catchment(const AdmissionInput& input, HomeId home) {
  if (input.catchment_of.empty()) return nullptr;
  const CatchmentId id = input.catchment_of[home];
  return id.valid() ? &input.place->catchments[id] : nullptr;
}

bool named(const Policy& policy, Tier tier) {
  return std::find(policy.tiers.begin(), policy.tiers.end(), tier) != policy.tiers.end();
}

/// Units: tenths of a second. The small addend keeps a limit such as 0.1 min from falling short.
bool within_limit(const AdmissionInput& input, uint32_t decisec) {
  return static_cast<double>(decisec) <= input.policy.max_minutes.value * 600.0 + 1e-6;
}

}  // namespace

std::vector<CampusId> serving_campuses(const AdmissionInput& input, HomeId home) {
  std::vector<CampusId> open;
  serving_campuses(input, home, open);
  return open;
}

void serving_campuses(const AdmissionInput& input, HomeId home, std::vector<CampusId>& out) {
  if (const Catchment* own = own_catchment(input, home))
    serving_campuses(input, *own, out);
  else
    out.clear();
}

void serving_campuses(const AdmissionInput& input, const Catchment& catchment,
                      std::vector<CampusId>& out) {
  out.clear();
  for (CampusId c : catchment.campuses)
    if (input.offers[c].open && std::find(out.begin(), out.end(), c) == out.end()) out.push_back(c);
}

bool in_own_catchment(const AdmissionInput& input, HomeId home, CampusId campus) {
  const Catchment* catchment = own_catchment(input, home);
  if (!catchment) return false;
  const auto& served_by = catchment->campuses;
  return std::find(served_by.begin(), served_by.end(), campus) != served_by.end();
}

bool may_apply(const AdmissionInput& input, HomeId home, CampusId campus) {
  return input.offers[campus].open &&
         may_apply(input, home, campus, input.travel->decisec(home, campus));
}

bool may_apply(const AdmissionInput& input, HomeId home, CampusId campus, uint32_t decisec) {
  if (!input.offers[campus].open) return false;
  if (decisec == TravelTable::kUnreachable) return false;
  // A child keeps the right to the campus of its own catchment, however far it is.
  const bool near_enough = within_limit(input, decisec);
  const bool to_all = input.policy.eligibility == Eligibility::All ||
                      (input.policy.private_first && input.grade == 0 &&
                       input.offers[campus].ownership == Ownership::Private);
  if (near_enough && to_all) return true;
  return in_own_catchment(input, home, campus);
}

Tier tier_of(const AdmissionInput& input, const Entrants& row, CampusId campus) {
  if (named(input.policy, Tier::Catchment) && in_own_catchment(input, row.home, campus))
    return Tier::Catchment;
  if (named(input.policy, Tier::Feeder) && row.feeder_to == campus) return Tier::Feeder;
  const GroupId group = input.offers[campus].group;
  if (named(input.policy, Tier::Group) && group.valid() && row.group == group) return Tier::Group;
  return Tier::Other;
}

PriorityOrder::PriorityOrder(const AdmissionInput& input)
    : taken_whole_(input.policy.guaranteed),
      held_(input.grade > 0 ? 1 : 0),
      last_(input.policy.private_first && input.policy.private_losers == LotteryLosers::Last ? 1
                                                                                             : 0),
      classes_in_order_(input.policy.classes_in_order) {
  std::vector<Tier> tiers = input.policy.tiers;
  if (!named(input.policy, Tier::Other)) tiers.push_back(Tier::Other);
  const std::size_t classes = std::max<std::size_t>(input.place->classes.size(), 1);
  tier_of_rank_.insert(tier_of_rank_.end(), static_cast<std::size_t>(held_), tiers.front());
  for (Tier tier : tiers) {
    const std::size_t ranks = tier == Tier::Catchment && classes_in_order_ ? classes : 1;
    tier_of_rank_.insert(tier_of_rank_.end(), ranks, tier);
  }
  tier_of_rank_.insert(tier_of_rank_.end(), static_cast<std::size_t>(last_), Tier::Other);
}

int PriorityOrder::rank(Tier tier, ClassId household) const {
  const auto first = std::find(tier_of_rank_.begin() + held_, tier_of_rank_.end(), tier);
  int rank = static_cast<int>(first - tier_of_rank_.begin());
  if (tier == Tier::Catchment && classes_in_order_ && household.valid())
    rank += static_cast<int>(household.index);
  return rank;
}

int PriorityOrder::rank(const AdmissionInput& input, const Entrants& row, CampusId campus) const {
  if (held_ > 0 && row.present == campus) return 0;
  if (last_ > 0 && row.last) return ranks() - 1;
  return rank(tier_of(input, row, campus), row.household);
}

bool PriorityOrder::guaranteed(int rank, bool crowds) const {
  if (rank < held_) return true;
  if (!crowds || rank >= ranks() - last_) return false;
  return std::find(taken_whole_.begin(), taken_whole_.end(), tier(rank)) != taken_whole_.end();
}

IdVector<CampusId, uint32_t> order_by_code(const Place& place) {
  std::vector<uint32_t> by_code(place.campuses.size());
  for (uint32_t i = 0; i < by_code.size(); ++i) by_code[i] = i;
  std::sort(by_code.begin(), by_code.end(), [&](uint32_t a, uint32_t b) {
    return place.campuses[CampusId(a)].code < place.campuses[CampusId(b)].code;
  });
  IdVector<CampusId, uint32_t> position(by_code.size());
  for (uint32_t i = 0; i < by_code.size(); ++i) position[CampusId(by_code[i])] = i;
  return position;
}

}  // namespace doorstep
