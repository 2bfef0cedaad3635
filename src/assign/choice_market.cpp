#include "assign/choice_market.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "assign/choice_pull.h"

namespace doorstep {

namespace {

/// A unit of seats as one home sees it: through the nearest of its campuses it may apply to.
struct Prospect {
  uint32_t unit = 0;
  CampusId nearest;
  double distance = 0.0;
};

class MarketBuilder {
 public:
  MarketBuilder(const AdmissionInput& input, bool every_row)
      : input_(input),
        every_row_(every_row),
        pull_(input),
        out_{{}, seat_units(input), PriorityOrder(input), {}, {}} {
    other_rank_ = out_.order.rank(Tier::Other, ClassId());
    log_quality_.assign(input.offers.size(), 0.0);
    for (CampusId c : input.offers.ids())
      if (input.offers[c].open) log_quality_[c] = std::log(input.offers[c].quality);
  }

  ChoiceMarket build() {
    describe_units();
    HomeId home;
    for (std::size_t row = 0; row < input_.entrants.size(); ++row) {
      const Entrants& entrants = input_.entrants[row];
      if (entrants.pupils <= 0.0 && !every_row_) continue;
      if (entrants.home != home) look_around(entrants.home);
      home = entrants.home;
      add_row(row);
    }
    out_.market.first_option.push_back(out_.market.cell.size());
    return std::move(out_);
  }

 private:
  void describe_units() {
    Market& m = out_.market;
    m.ranks = static_cast<std::size_t>(out_.order.ranks());
    for (const SeatUnit& unit : out_.seats.units) {
      m.seats.push_back(unit.seats);
      for (int r = 0; r < out_.order.ranks(); ++r)
        m.guaranteed.push_back(unit.crowds && out_.order.tier(r) == Tier::Catchment);
    }
  }

  void look_around(HomeId home) {
    prospects_.clear();
    for (uint32_t u = 0; u < out_.seats.units.size(); ++u) {
      CampusId nearest;
      for (CampusId c : out_.seats.units[u].campuses)
        if (may_apply(input_, home, c) &&
            (!nearest.valid() ||
             input_.travel->decisec(home, c) < input_.travel->decisec(home, nearest)))
          nearest = c;
      if (nearest.valid())
        prospects_.push_back({u, nearest, pull_.distance(input_.travel->decisec(home, nearest))});
    }
    own_groups_.clear();
    own_campuses_ = serving_campuses(input_, home);
    for (CampusId c : own_campuses_)
      if (input_.offers[c].group.valid()) own_groups_.push_back(input_.offers[c].group);
  }

  /// A campus of the own catchment is in its own group, whether it has others or not.
  [[nodiscard]] bool in_group(const Entrants& row, CampusId campus, GroupId group) const {
    if (std::find(own_campuses_.begin(), own_campuses_.end(), campus) != own_campuses_.end())
      return true;
    if (!group.valid()) return false;
    return row.group == group ||
           std::find(own_groups_.begin(), own_groups_.end(), group) != own_groups_.end();
  }

  [[nodiscard]] double utility(const Entrants& row, const Prospect& p) const {
    const Offer& offer = input_.offers[p.nearest];
    const double v = pull_.value(row, offer, log_quality_[p.nearest], p.distance);
    return in_group(row, p.nearest, offer.group) ? v + pull_.group_bonus() : v;
  }

  /// The best priority the row holds at any campus of the unit that it may apply to.
  [[nodiscard]] uint16_t rank(const Entrants& row, const Prospect& p) const {
    const SeatUnit& unit = out_.seats.units[p.unit];
    int best = other_rank_;
    if (unit.campuses.size() == 1) {
      if (special(row, p.nearest))
        best = out_.order.rank(tier_of(input_, row, p.nearest), row.household);
    } else {
      for (CampusId c : unit.campuses)
        if (may_apply(input_, row.home, c))
          best = std::min(best, out_.order.rank(tier_of(input_, row, c), row.household));
    }
    return static_cast<uint16_t>(best);
  }

  /// Whether the row may hold more than the last tier at a campus: most pairs do not.
  [[nodiscard]] bool special(const Entrants& row, CampusId c) const {
    return row.feeder_to == c || row.group.valid() ||
           std::find(own_campuses_.begin(), own_campuses_.end(), c) != own_campuses_.end();
  }

  void add_row(std::size_t row) {
    if (prospects_.empty() && !every_row_) return;
    const Entrants& entrants = input_.entrants[row];
    Market& m = out_.market;
    const std::size_t first = m.cell.size();
    out_.row_of.push_back(row);
    m.pupils.push_back(entrants.pupils);
    m.first_option.push_back(first);
    double best = -std::numeric_limits<double>::infinity();
    for (const Prospect& p : prospects_) {
      const double v = utility(entrants, p);
      best = std::max(best, v);
      m.weight.push_back(v);
      m.cell.push_back(Market::cell_of(p.unit, rank(entrants, p)));
    }
    out_.reference.push_back(best);
    for (std::size_t i = first; i < m.weight.size(); ++i)
      m.weight[i] = choice_weight(m.weight[i], best);
  }

  const AdmissionInput& input_;
  bool every_row_;
  ChoicePull pull_;
  int other_rank_ = 0;
  IdVector<CampusId, double> log_quality_;
  std::vector<Prospect> prospects_;
  std::vector<CampusId> own_campuses_;  ///< of the present home's catchment
  std::vector<GroupId> own_groups_;
  ChoiceMarket out_;
};

}  // namespace

ChoiceMarket choice_market(const AdmissionInput& input, bool every_row) {
  return MarketBuilder(input, every_row).build();
}

}  // namespace doorstep
