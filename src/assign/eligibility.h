#pragma once
// Who may apply where, and in which order of priority: reads place, policy and travel, decides
// nothing about seats. Shared by all rules.

#include <cstdint>
#include <vector>

#include "assign/assign.h"

namespace doorstep {

/// The catchment's campuses that are open this year, in the catchment's order; empty where the home
/// has no catchment of this stage.
[[nodiscard]] std::vector<CampusId> serving_campuses(const AdmissionInput& input, HomeId home);
/// The same in memory that was used before.
void serving_campuses(const AdmissionInput& input, HomeId home, std::vector<CampusId>& out);
/// Those of a catchment.
void serving_campuses(const AdmissionInput& input, const Catchment& catchment,
                      std::vector<CampusId>& out);

/// Whether campus is one of those that serve the home's catchment this year.
[[nodiscard]] bool in_own_catchment(const AdmissionInput& input, HomeId home, CampusId campus);

/// Whether pupils of this home may apply: open, reachable, within `max_minutes` (a home exactly at
/// the limit is inside) and eligible by policy; a private school that draws lots is open to all.
/// Does not depend on the household class.
[[nodiscard]] bool may_apply(const AdmissionInput& input, HomeId home, CampusId campus);

/// The same for another travel time than the table's. Units: tenths of a second.
[[nodiscard]] bool may_apply(const AdmissionInput& input, HomeId home, CampusId campus,
                             uint32_t decisec);

/// The priority tier of an applicant; a tier that policy does not name is merged into Other.
[[nodiscard]] Tier tier_of(const AdmissionInput& input, const Entrants& row, CampusId campus);

/// Tiers as consecutive ranks, best first, with one rank for each household class inside the
/// catchment tier where policy admits classes in order. Before them, in grades above the first, the
/// rank of those who hold a seat already; behind them, where policy says so, the rank of those who
/// lost a private school's lottery.
class PriorityOrder {
 public:
  explicit PriorityOrder(const AdmissionInput& input);

  [[nodiscard]] int ranks() const { return static_cast<int>(tier_of_rank_.size()); }
  [[nodiscard]] int rank(Tier tier, ClassId household) const;
  /// Of a row at a campus: what it holds, its tier, or the last rank.
  [[nodiscard]] int rank(const AdmissionInput& input, const Entrants& row, CampusId campus) const;
  /// Whether a rank is never refused at a campus that crowds (`crowds`), or anywhere.
  [[nodiscard]] bool guaranteed(int rank, bool crowds) const;
  [[nodiscard]] Tier tier(int rank) const { return tier_of_rank_[static_cast<std::size_t>(rank)]; }

 private:
  std::vector<Tier> tier_of_rank_;
  std::vector<Tier> taken_whole_;  ///< by a campus that crowds
  int held_ = 0;                   ///< ranks of held seats before all tiers: 0 or 1
  int last_ = 0;                   ///< ranks behind all tiers: 0 or 1
  bool classes_in_order_ = false;
};

/// Campuses by stable code, for ties. Returns the position of each campus in that order.
[[nodiscard]] IdVector<CampusId, uint32_t> order_by_code(const Place& place);

}  // namespace doorstep
