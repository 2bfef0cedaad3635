#include "simulate/relief.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "assign/choice_market.h"
#include "assign/choice_memory.h"
#include "assign/market_sites.h"

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

/// Where no group has an option at the site at hand.
constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

/// `Sites` is the market by sites or by rows (market_sites.h), `HouseholdOf` tells a site's class.
template <class Sites, class HouseholdOf>
class GroupDemand {
 public:
  GroupDemand(const AdmissionInput& input, const SeatUnits& seats, const Sites& sites,
              HouseholdOf household_of, const GroupEffects& effects, Year year)
      : input_(input), seats_(seats), sites_(sites), household_of_(std::move(household_of)) {
    note_lent(effects.alone(year));
    std::vector<std::vector<Part>> parts_of(seats.units.size());
    for (auto g : input.place->groups.ids()) {
      const uint32_t core = unit_of(input.place->groups[g].core);
      for (CampusId c : effects.members_of(g, year))
        if (const uint32_t unit = unit_of(c); unit != SeatUnits::kNone && unit != core)
          parts_of[unit].push_back({g.index, false});
      if (core != SeatUnits::kNone) parts_of[core].push_back({g.index, true});
    }
    for (const auto& of_unit : parts_of) {
      first_part_.push_back(parts_.size());
      parts_.insert(parts_.end(), of_unit.begin(), of_unit.end());
    }
    first_part_.push_back(parts_.size());
  }

  /// Runs of sites with sums of their own; their number is fixed, never that of the threads.
  void add_to(IdVector<GroupId, GroupYear>& groups) const {
    constexpr std::size_t kRuns = 32;
    std::vector<IdVector<GroupId, GroupYear>> runs(kRuns);
    tbb::parallel_for(std::size_t{0}, kRuns, [&](std::size_t i) {
      runs[i].resize(groups.size());
      typename Sites::Scratch memory;
      Scratch scratch{{}, {}, {}, std::vector<std::size_t>(groups.size(), kNowhere)};
      for (std::size_t site = sites_.sites() * i / kRuns; site < sites_.sites() * (i + 1) / kRuns;
           ++site)
        add_site(site, sites_.at(site, memory), scratch, runs[i]);
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
    return c.valid() ? seats_.unit_of[c] : SeatUnits::kNone;
  }

  /// What the unit of a cell is to which groups.
  [[nodiscard]] std::span<const Part> parts_of(uint32_t cell) const {
    const uint32_t unit = Market::unit_of(cell);
    return {parts_.data() + first_part_[unit], parts_.data() + first_part_[unit + 1]};
  }

  /// Groups that have an option at the site at hand.
  struct Scratch {
    std::vector<std::size_t> groups;
    std::vector<Sums> sums;          ///< of a row without marks
    std::vector<Sums> of_row;        ///< of the row at hand
    std::vector<std::size_t> place;  ///< by group: where in `groups`, or kNowhere
  };

  void add_site(std::size_t site, const SiteView& v, Scratch& scratch,
                IdVector<GroupId, GroupYear>& groups) const {
    const std::size_t household = class_of(site);
    double all = 0.0;
    for (std::size_t i = 0; i < v.size; ++i) {
      all += v.weight[i];
      for (const Part& p : parts_of(v.cell[i])) {
        std::size_t& at = scratch.place[p.group];
        if (at == kNowhere) {
          at = scratch.groups.size();
          scratch.groups.push_back(p.group);
          scratch.sums.emplace_back();
        }
        add(scratch.sums[at], p.core, v.weight[i], unlent(v.cell[i], household));
      }
    }
    if (!scratch.groups.empty()) add_rows(v, household, all, scratch, groups);
    for (std::size_t g : scratch.groups) scratch.place[g] = kNowhere;
    scratch.groups.clear();
    scratch.sums.clear();
  }

  /// Rows without pulls of their own together, others one by one.
  void add_rows(const SiteView& v, std::size_t household, double all, Scratch& scratch,
                IdVector<GroupId, GroupYear>& groups) const {
    double plain = 0.0;  // Units: pupils
    for (std::size_t row = v.first_row; row < v.last_row; ++row) {
      const double pupils = sites_.pupils(row);
      if (!(pupils > 0.0)) continue;
      const auto marks = sites_.marks_of(row);
      if (std::ranges::none_of(marks, [](const RowMark& m) { return m.pulls != 0; })) {
        plain += pupils;
        continue;
      }
      double own = all;
      scratch.of_row = scratch.sums;
      for (const RowMark& mark : marks) {
        const double more = pulled(sites_, v, mark);
        own += more;
        for (const Part& p : parts_of(v.cell[mark.option]))
          add(scratch.of_row[scratch.place[p.group]], p.core, more,
              unlent(v.cell[mark.option], household));
      }
      book_all(pupils, own, scratch.groups, scratch.of_row, groups);
    }
    if (plain > 0.0) book_all(plain, all, scratch.groups, scratch.sums, groups);
  }

  static void add(Sums& s, bool core, double with, double unlent) {
    (core ? s.core_with : s.members_with) += with;
    (core ? s.core_without : s.members_without) += with * unlent;
  }

  [[nodiscard]] double unlent(uint32_t cell, std::size_t household) const {
    return unlent_[Market::unit_of(cell) * classes_ + household];
  }

  [[nodiscard]] std::size_t class_of(std::size_t site) const {
    const ClassId household = household_of_(site);
    return household.valid() ? std::min<std::size_t>(household.index, classes_ - 1) : 0;
  }

  /// The factor of a weight that takes away what a unit owes to groups. Units of several campuses
  /// are pools: the first stands for all, since a pool has one name.
  void note_lent(const IdVector<CampusId, Standing>& alone) {
    const ChoicePull pull(input_);
    classes_ = std::max<std::size_t>(input_.place->classes.size(), 1);
    for (const SeatUnit& unit : seats_.units) {
      const CampusId c = unit.campuses.front();
      const Offer& offer = input_.offers[c];
      for (std::size_t h = 0; h < classes_; ++h)
        unlent_.push_back(
            std::exp(alone[c].brand - offer.brand -
                     pull.quality_taste(ClassId(h)) * std::log(offer.quality / alone[c].quality)));
    }
  }

  static void book_all(double pupils, double all, const std::vector<std::size_t>& of,
                       const std::vector<Sums>& sums, IdVector<GroupId, GroupYear>& groups) {
    const double with = pupils / all;
    for (std::size_t i = 0; i < of.size(); ++i)
      book(pupils, all, with, sums[i], groups[GroupId(of[i])]);
  }

  /// `with`: pupils for each unit of weight.
  static void book(double pupils, double all, double with, const Sums& s, GroupYear& year) {
    if (!(s.members_with > 0.0)) return;
    const double without =
        pupils / (all - s.members_with - s.core_with + s.members_without + s.core_without);
    const double gained = s.members_with * with - s.members_without * without;
    const double displaced = s.core_without * without - s.core_with * with;
    year.gained += gained;
    year.displaced += displaced;
    year.induced += gained - displaced;
  }

  const AdmissionInput& input_;
  const SeatUnits& seats_;
  Sites sites_;
  HouseholdOf household_of_;
  std::vector<std::size_t> first_part_;  ///< by unit, and one more
  std::vector<Part> parts_;
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
  if (memory && memory->kept().market) {
    const SiteMarket& market = *memory->kept().market;
    const auto household_of = [&](std::size_t site) {
      return ClassId(market.pattern->classes == 1 ? 0 : site % market.pattern->classes);
    };
    GroupDemand(input, market.seats, HomeSites(market), household_of, effects, year).add_to(groups);
  } else {
    const ChoiceMarket choice = choice_market(input);
    const auto household_of = [&](std::size_t row) {
      return input.entrants[choice.row_of[row]].household;
    };
    GroupDemand(input, choice.seats, RowSites(choice.market), household_of, effects, year)
        .add_to(groups);
  }
}

}  // namespace doorstep
