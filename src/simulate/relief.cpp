#include "simulate/relief.h"

#include <cmath>

#include "assign/choice_market.h"
#include "assign/choice_pull.h"

namespace doorstep {
namespace {

/// What one group has in one row of the market: weights with it, and what they would be without.
struct Sums {
  double members_with = 0.0, members_without = 0.0;
  double core_with = 0.0, core_without = 0.0;
};

/// What a unit of seats is to a group.
struct Part {
  std::size_t group = 0;
  bool core = false;
};

class GroupDemand {
 public:
  GroupDemand(const AdmissionInput& input, const GroupEffects& effects, Year year)
      : input_(input), choice_(choice_market(input)), pull_(input), alone_(effects.alone(year)) {
    parts_of_.resize(choice_.market.seats.size());
    sums_.resize(input.place->groups.size());
    for (auto g : input.place->groups.ids()) {
      const uint32_t core = unit_of(input.place->groups[g].core);
      for (CampusId c : effects.members_of(g, year))
        if (const uint32_t unit = unit_of(c); unit != SeatUnits::kNone && unit != core)
          parts_of_[unit].push_back({g.index, false});
      if (core != SeatUnits::kNone) parts_of_[core].push_back({g.index, true});
    }
  }

  void add_to(IdVector<GroupId, GroupYear>& groups) {
    const Market& m = choice_.market;
    for (std::size_t row = 0; row < m.rows(); ++row) {
      double all = 0.0;
      for (std::size_t i = m.first_option[row]; i < m.first_option[row + 1]; ++i) {
        all += m.weight[i];
        gather(row, i);
      }
      for (std::size_t g : touched_) book(m.pupils[row], all, sums_[g], groups[GroupId(g)]);
      for (std::size_t g : touched_) sums_[g] = Sums{};
      touched_.clear();
    }
  }

 private:
  [[nodiscard]] uint32_t unit_of(CampusId c) const {
    return c.valid() ? choice_.seats.unit_of[c] : SeatUnits::kNone;
  }

  void gather(std::size_t row, std::size_t option) {
    const Market& m = choice_.market;
    const uint32_t unit = m.unit(option);
    if (parts_of_[unit].empty()) return;
    const double with = m.weight[option];
    const double without = with * std::exp(-lent(row, unit));
    for (const Part& p : parts_of_[unit]) {
      Sums& s = sums_[p.group];
      if (!(s.members_with > 0.0) && !(s.core_with > 0.0)) touched_.push_back(p.group);
      (p.core ? s.core_with : s.members_with) += with;
      (p.core ? s.core_without : s.members_without) += without;
    }
  }

  /// Utility that the unit owes to groups. Units of several campuses are pools: the first stands
  /// for all, since a pool has one name.
  [[nodiscard]] double lent(std::size_t row, uint32_t unit) const {
    const CampusId c = choice_.seats.units[unit].campuses.front();
    const Offer& offer = input_.offers[c];
    const ClassId household = input_.entrants[choice_.row_of[row]].household;
    return offer.brand - alone_[c].brand +
           pull_.quality_taste(household) * std::log(offer.quality / alone_[c].quality);
  }

  static void book(double pupils, double all, const Sums& s, GroupYear& year) {
    if (!(s.members_with > 0.0)) return;
    const double without = all - s.members_with - s.core_with + s.members_without + s.core_without;
    const double gained = pupils * (s.members_with / all - s.members_without / without);
    const double displaced = pupils * (s.core_without / without - s.core_with / all);
    year.gained += gained;
    year.displaced += displaced;
    year.induced += gained - displaced;
  }

  const AdmissionInput& input_;
  ChoiceMarket choice_;
  ChoicePull pull_;
  IdVector<CampusId, Standing> alone_;
  std::vector<std::vector<Part>> parts_of_;  ///< by unit
  std::vector<Sums> sums_;                   ///< by group, of the row at hand
  std::vector<std::size_t> touched_;         ///< groups with an option in the row
};

/// Whether any group has a member that teaches in this entry.
bool any_at_work(const AdmissionInput& input, const GroupEffects& effects, Year year) {
  for (auto g : input.place->groups.ids())
    for (CampusId c : effects.members_of(g, year))
      if (input.offers[c].open) return true;
  return false;
}

}  // namespace

void add_group_demand(const AdmissionInput& input, const GroupEffects& effects, Year year,
                      IdVector<GroupId, GroupYear>& groups) {
  const bool chosen = input.policy.rule == Rule::Choice || input.policy.rule == Rule::Micro;
  if (chosen && any_at_work(input, effects, year)) GroupDemand(input, effects, year).add_to(groups);
}

}  // namespace doorstep
