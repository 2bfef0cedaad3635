#include "simulate/relief.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "assign/choice_memory.h"

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
  GroupDemand(const AdmissionInput& input, const ChoiceMarket& choice, const GroupEffects& effects,
              Year year)
      : input_(input), choice_(choice), parts_of_(choice.market.seats.size()) {
    note_lent(effects.alone(year));
    for (auto g : input.place->groups.ids()) {
      const uint32_t core = unit_of(input.place->groups[g].core);
      for (CampusId c : effects.members_of(g, year))
        if (const uint32_t unit = unit_of(c); unit != SeatUnits::kNone && unit != core)
          parts_of_[unit].push_back({g.index, false});
      if (core != SeatUnits::kNone) parts_of_[core].push_back({g.index, true});
    }
  }

  /// Runs of rows with sums of their own; their number is fixed, never that of the threads.
  void add_to(IdVector<GroupId, GroupYear>& groups) const {
    constexpr std::size_t kRuns = 32;
    const std::size_t rows = choice_.market.rows();
    std::vector<IdVector<GroupId, GroupYear>> runs(kRuns);
    tbb::parallel_for(std::size_t{0}, kRuns, [&](std::size_t i) {
      runs[i].resize(groups.size());
      add_rows(rows * i / kRuns, rows * (i + 1) / kRuns, runs[i]);
    });
    for (const auto& run : runs)
      for (auto g : groups.ids()) {
        groups[g].gained += run[g].gained;
        groups[g].displaced += run[g].displaced;
        groups[g].induced += run[g].induced;
      }
  }

 private:
  [[nodiscard]] uint32_t unit_of(CampusId c) const {
    return c.valid() ? choice_.seats.unit_of[c] : SeatUnits::kNone;
  }

  /// Sums of the row at hand, by group, and which groups have an option in it.
  struct Scratch {
    std::vector<Sums> sums;
    std::vector<std::size_t> touched;
  };

  void add_rows(std::size_t from, std::size_t to, IdVector<GroupId, GroupYear>& groups) const {
    const Market& m = choice_.market;
    Scratch scratch{std::vector<Sums>(groups.size()), {}};
    for (std::size_t row = from; row < to; ++row) {
      if (!(m.pupils[row] > 0.0)) continue;
      double all = 0.0;
      for (std::size_t i = m.first_option[row]; i < m.first_option[row + 1]; ++i) {
        all += m.weight[i];
        gather(row, i, scratch);
      }
      for (std::size_t g : scratch.touched) {
        book(m.pupils[row], all, scratch.sums[g], groups[GroupId(g)]);
        scratch.sums[g] = Sums{};
      }
      scratch.touched.clear();
    }
  }

  void gather(std::size_t row, std::size_t option, Scratch& scratch) const {
    const Market& m = choice_.market;
    const uint32_t unit = m.unit(option);
    if (parts_of_[unit].empty()) return;
    const double with = m.weight[option];
    const double without = with * unlent_[unit * classes_ + class_of(row)];
    for (const Part& p : parts_of_[unit]) {
      Sums& s = scratch.sums[p.group];
      if (!(s.members_with > 0.0) && !(s.core_with > 0.0)) scratch.touched.push_back(p.group);
      (p.core ? s.core_with : s.members_with) += with;
      (p.core ? s.core_without : s.members_without) += without;
    }
  }

  [[nodiscard]] std::size_t class_of(std::size_t row) const {
    const ClassId household = input_.entrants[choice_.row_of[row]].household;
    return household.valid() ? std::min<std::size_t>(household.index, classes_ - 1) : 0;
  }

  /// The factor of a weight that takes away what a unit owes to groups. Units of several campuses
  /// are pools: the first stands for all, since a pool has one name.
  void note_lent(const IdVector<CampusId, Standing>& alone) {
    const ChoicePull pull(input_);
    classes_ = std::max<std::size_t>(input_.place->classes.size(), 1);
    for (const SeatUnit& unit : choice_.seats.units) {
      const CampusId c = unit.campuses.front();
      const Offer& offer = input_.offers[c];
      for (std::size_t h = 0; h < classes_; ++h)
        unlent_.push_back(
            std::exp(alone[c].brand - offer.brand -
                     pull.quality_taste(ClassId(h)) * std::log(offer.quality / alone[c].quality)));
    }
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
  const ChoiceMarket& choice_;
  std::vector<std::vector<Part>> parts_of_;  ///< by unit
  std::size_t classes_ = 1;
  std::vector<double> unlent_;  ///< by unit and class
};

/// Whether any group has a member that teaches in this entry.
bool any_at_work(const AdmissionInput& input, const GroupEffects& effects, Year year) {
  for (auto g : input.place->groups.ids())
    for (CampusId c : effects.members_of(g, year))
      if (input.offers[c].open) return true;
  return false;
}

}  // namespace

void add_group_demand(const AdmissionInput& input, ChoiceMemory* memory,
                      const GroupEffects& effects, Year year,
                      IdVector<GroupId, GroupYear>& groups) {
  const bool chosen = input.policy.rule == Rule::Choice || input.policy.rule == Rule::Micro;
  if (!chosen || !any_at_work(input, effects, year)) return;
  if (memory && memory->kept().choice)
    GroupDemand(input, *memory->kept().choice, effects, year).add_to(groups);
  else
    GroupDemand(input, choice_market(input), effects, year).add_to(groups);
}

}  // namespace doorstep
