#include "assign/choice_market.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/error.h"

namespace doorstep {

namespace {

/// What a household class weighs.
struct Taste {
  double quality = 0.0;
  double distance = 0.0;
};

double of_class(const Coefficients& c, const std::string& name, const std::string& code) {
  const std::string own = name + "." + code;
  return c.value(c.has(own) ? own : name);
}

std::vector<Taste> tastes(const AdmissionInput& input) {
  const Coefficients& c = *input.coefficients;
  std::vector<Taste> out;
  for (const HouseholdClass& h : input.place->classes)
    out.push_back(
        {of_class(c, "choice.a_quality", h.code), of_class(c, "choice.b_distance", h.code)});
  if (out.empty()) out.push_back({c.value("choice.a_quality"), c.value("choice.b_distance")});
  return out;
}

/// How travel enters utility: f(m) of the distance form.
class Distance {
 public:
  explicit Distance(const AdmissionInput& input)
      : form_(input.policy.distance_form), km_per_min_(input.travel->speed().value / 1000.0) {
    if (form_ != DistanceForm::TruncatedPower) return;
    const double kappa_km = input.coefficients->value("choice.kappa_km");
    if (!(kappa_km > 0.0))
      throw Error("the distance where choice thins out must be above 0", "choice.kappa_km",
                  "1.5 km is the value found in Shenyang");
    kappa_min_ = kappa_km / km_per_min_;
  }
  /// Units: minutes in; for the exponential form kilometres out, so that its rate is per km.
  [[nodiscard]] double operator()(double minutes) const {
    if (form_ == DistanceForm::Exponential) return minutes * km_per_min_;
    const double power = std::log(std::max(minutes, 1.0));
    return form_ == DistanceForm::Power ? power : power + minutes / kappa_min_;
  }

 private:
  DistanceForm form_;
  double km_per_min_ = 0.08;
  double kappa_min_ = 1.0;
};

/// A unit of seats as one home sees it: through the nearest of its campuses it may apply to.
struct Prospect {
  uint32_t unit = 0;
  CampusId nearest;
  double distance = 0.0;
};

class MarketBuilder {
 public:
  explicit MarketBuilder(const AdmissionInput& input)
      : input_(input),
        tastes_(tastes(input)),
        distance_(input),
        group_bonus_(input.coefficients->value("choice.group_bonus")),
        out_{{}, seat_units(input), PriorityOrder(input), {}} {
    other_rank_ = out_.order.rank(Tier::Other, ClassId());
    log_quality_.assign(input.offers.size(), 0.0);
    for (CampusId c : input.offers.ids())
      if (input.offers[c].open) log_quality_[c] = std::log(input.offers[c].quality);
  }

  ChoiceMarket build() {
    describe_units();
    out_.market.options.reserve(input_.entrants.size() * out_.seats.units.size() / 4);
    HomeId home;
    for (std::size_t row = 0; row < input_.entrants.size(); ++row) {
      const Entrants& entrants = input_.entrants[row];
      if (entrants.pupils <= 0.0) continue;
      if (entrants.home != home) look_around(entrants.home);
      home = entrants.home;
      add_row(row);
    }
    out_.market.first_option.push_back(out_.market.options.size());
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
        prospects_.push_back({u, nearest, distance_(input_.travel->minutes(home, nearest).value)});
    }
    own_groups_.clear();
    own_campuses_ = serving_campuses(input_, home);
    for (CampusId c : own_campuses_)
      if (input_.offers[c].group.valid()) own_groups_.push_back(input_.offers[c].group);
  }

  [[nodiscard]] bool in_group(const Entrants& row, GroupId group) const {
    if (!group.valid()) return false;
    return row.group == group ||
           std::find(own_groups_.begin(), own_groups_.end(), group) != own_groups_.end();
  }

  [[nodiscard]] double utility(const Entrants& row, const Prospect& p) const {
    const Offer& offer = input_.offers[p.nearest];
    const std::size_t h = row.household.valid() ? row.household.index : 0;
    const Taste& taste = tastes_[std::min(h, tastes_.size() - 1)];
    double v = taste.quality * log_quality_[p.nearest] + offer.brand - taste.distance * p.distance;
    if (h < offer.brand_of_class.size()) v += offer.brand_of_class[h];
    if (in_group(row, offer.group)) v += group_bonus_;
    return v;
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
    if (prospects_.empty()) return;
    const Entrants& entrants = input_.entrants[row];
    Market& m = out_.market;
    const std::size_t first = m.options.size();
    out_.row_of.push_back(row);
    m.pupils.push_back(entrants.pupils);
    m.first_option.push_back(first);
    double best = -std::numeric_limits<double>::infinity();
    for (const Prospect& p : prospects_) {
      const double v = utility(entrants, p);
      best = std::max(best, v);
      m.options.push_back({v, p.unit, rank(entrants, p)});
    }
    // Below e^-600 a weight would vanish, and with it a row to whom nothing else is open.
    for (std::size_t i = first; i < m.options.size(); ++i)
      m.options[i].weight = std::exp(std::max(m.options[i].weight - best, -600.0));
  }

  const AdmissionInput& input_;
  std::vector<Taste> tastes_;
  Distance distance_;
  double group_bonus_;
  int other_rank_ = 0;
  IdVector<CampusId, double> log_quality_;
  std::vector<Prospect> prospects_;
  std::vector<CampusId> own_campuses_;  ///< of the present home's catchment
  std::vector<GroupId> own_groups_;
  ChoiceMarket out_;
};

}  // namespace

ChoiceMarket choice_market(const AdmissionInput& input) { return MarketBuilder(input).build(); }

}  // namespace doorstep
