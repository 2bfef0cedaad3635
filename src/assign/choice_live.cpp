#include "assign/choice_live.h"

#include <algorithm>
#include <cmath>

#include "assign/clearing_parts.h"
#include "base/error.h"

namespace doorstep {

ChoiceLive::ChoiceLive(AdmissionInput input)
    : input_(std::move(input)), pull_(input_), market_(choice_market(input_, {.every_row = true})) {
  const double tolerance = input_.coefficients->value("choice.tolerance");
  if (!(tolerance > 0.0))
    throw Error("the tolerance must be above 0 pupils", "choice.tolerance", "1e-6 is usual");
  state_.emplace(std::move(market_.market), tolerance);
  column_.resize(input_.offers.size());
  log_quality_.assign(input_.offers.size(), 0.0);
  for (CampusId c : input_.offers.ids())
    if (input_.offers[c].open) log_quality_[c] = std::log(input_.offers[c].quality);
  index_homes();
}

void ChoiceLive::index_homes() {
  const std::size_t homes = input_.place->homes.size();
  first_row_.assign(homes + 1, 0);
  for (const Entrants& row : input_.entrants) ++first_row_[row.home.index + 1];
  for (std::size_t h = 0; h < homes; ++h) first_row_[h + 1] += first_row_[h];
  own_homes_.resize(input_.offers.size());
  if (input_.catchment_of.empty()) return;
  for (HomeId h : input_.catchment_of.ids()) {
    const CatchmentId id = input_.catchment_of[h];
    if (!id.valid()) continue;
    for (CampusId c : input_.place->catchments[id].campuses) {
      auto& homes_of = own_homes_[c.index];
      if (homes_of.empty() || homes_of.back() != h) homes_of.push_back(h);
    }
  }
}

uint32_t ChoiceLive::decisec(HomeId home, CampusId campus) const {
  const auto& column = column_[campus.index];
  return column.empty() ? input_.travel->decisec(home, campus) : column[home.index];
}

bool ChoiceLive::may_apply_now(HomeId home, CampusId campus) const {
  return input_.offers[campus].open && may_apply(input_, home, campus, decisec(home, campus));
}

/// Homes that may list the unit. Those beyond the limit of minutes are most: they are passed over
/// by one comparison each.
void ChoiceLive::collect_homes(uint32_t unit) {
  homes_.clear();
  const bool all = input_.policy.eligibility == Eligibility::All;
  const double limit_ds = input_.policy.max_minutes.value * 600.0 + 1e-6;
  const auto limit = static_cast<uint32_t>(std::min(limit_ds, 4294967294.0));
  const std::size_t homes = input_.place->homes.size();
  const auto& campuses = market_.seats.units[unit].campuses;
  for (CampusId c : campuses) {
    if (!input_.offers[c].open) continue;
    const auto& column = column_[c.index];
    for (std::size_t h = 0; all && h < homes; ++h) {
      const uint32_t d = column.empty() ? input_.travel->decisec(HomeId(h), c) : column[h];
      if (d <= limit) homes_.emplace_back(h);
    }
    for (HomeId h : own_homes_[c.index])
      if (may_apply_now(h, c)) homes_.push_back(h);
  }
  if (campuses.size() > 1 || !own_homes_[campuses.front().index].empty()) {
    std::sort(homes_.begin(), homes_.end());
    homes_.erase(std::unique(homes_.begin(), homes_.end()), homes_.end());
  }
}

double ChoiceLive::value(const Entrants& row, CampusId campus, double distance) const {
  const Offer& offer = input_.offers[campus];
  const double v = pull_.value(row, offer, log_quality_[campus], distance);
  // A campus of the own catchment is in its own group, whether it has others or not.
  bool shared = offer.group.valid() && row.group == offer.group;
  if (!shared)
    for (CampusId own : serving_campuses(input_, row.home))
      shared = shared || own == campus ||
               (offer.group.valid() && input_.offers[own].group == offer.group);
  return shared ? v + pull_.group_bonus() : v;
}

/// The best priority the row holds at any campus of the unit that it may apply to.
uint32_t ChoiceLive::rank(const Entrants& row, uint32_t unit) const {
  int best = market_.order.rank(Tier::Other, ClassId());
  for (CampusId c : market_.seats.units[unit].campuses)
    if (may_apply_now(row.home, c))
      best = std::min(best, market_.order.rank(tier_of(input_, row, c), row.household));
  return static_cast<uint32_t>(best);
}

/// What the rows of a home think of a unit, seen through the nearest campus they may apply to.
void ChoiceLive::look(HomeId home, uint32_t unit, std::vector<ClearingState::UnitOption>& out) {
  CampusId nearest;
  uint32_t least = 0;
  for (CampusId c : market_.seats.units[unit].campuses) {
    const uint32_t d = decisec(home, c);
    if (!may_apply_now(home, c) || (nearest.valid() && d >= least)) continue;
    nearest = c;
    least = d;
  }
  if (!nearest.valid()) return;
  const double distance = pull_.distance(least);
  for (uint32_t row = first_row_[home.index]; row < first_row_[home.index + 1]; ++row) {
    const Entrants& entrants = input_.entrants[row];
    const double v = value(entrants, nearest, distance);
    double& reference = market_.reference[row];
    if (std::isinf(reference)) reference = v;
    out.push_back({row, rank(entrants, unit), choice_weight(v, reference)});
  }
}

/// All options at a unit, from scratch.
void ChoiceLive::list_again(uint32_t unit) {
  collect_homes(unit);
  std::vector<std::vector<ClearingState::UnitOption>> parts(DemandSums::kParts);
  side_by_side<DemandSums::kParts>(homes_.size(),
                                   [&](std::size_t part, std::size_t from, std::size_t to) {
                                     for (std::size_t i = from; i < to; ++i)
                                       look(homes_[i], unit, parts[part]);
                                   });
  for (std::size_t p = 1; p < parts.size(); ++p)
    parts[0].insert(parts[0].end(), parts[p].begin(), parts[p].end());
  state_->replace_unit(unit, parts[0]);
}

void ChoiceLive::move(CampusId campus, std::vector<uint32_t> decisec) {
  DOORSTEP_ASSERT(decisec.size() == input_.place->homes.size());
  column_[campus.index] = std::move(decisec);
  const uint32_t unit = market_.seats.unit_of[campus];
  if (unit != SeatUnits::kNone) list_again(unit);
}

std::vector<uint8_t> ChoiceLive::guaranteed(uint32_t unit) const {
  std::vector<uint8_t> out;
  for (int r = 0; r < market_.order.ranks(); ++r)
    out.push_back(market_.seats.units[unit].crowds && market_.order.tier(r) == Tier::Catchment);
  return out;
}

/// The unit of a campus that had none: that of its pool, or a new one.
uint32_t ChoiceLive::unit_for(CampusId campus) {
  auto& units = market_.seats.units;
  const int pool = input_.offers[campus].pool;
  uint32_t unit = 0;
  const auto pools = [&](CampusId c) { return pool >= 0 && input_.offers[c].pool == pool; };
  while (unit < units.size() && !pools(units[unit].campuses.front())) ++unit;
  if (unit == units.size()) {
    units.push_back({{}, 0.0, false});
    const std::vector<uint8_t> nobody(static_cast<std::size_t>(market_.order.ranks()), 0);
    state_->add_unit(0.0, nobody);
  }
  auto& campuses = units[unit].campuses;
  campuses.insert(std::upper_bound(campuses.begin(), campuses.end(), campus), campus);
  market_.seats.unit_of[campus] = unit;
  return unit;
}

void ChoiceLive::set_offer(CampusId campus, const Offer& offer) {
  const Offer before = std::exchange(input_.offers[campus], offer);
  DOORSTEP_ASSERT(before.pool == offer.pool);
  if (offer.open) log_quality_[campus] = std::log(offer.quality);
  uint32_t unit = market_.seats.unit_of[campus];
  if (unit == SeatUnits::kNone) {
    if (!offer.open) return;
    unit = unit_for(campus);
  }
  SeatUnit& u = market_.seats.units[unit];
  u.seats = 0.0;
  const bool crowded = u.crowds;
  u.crowds = false;
  for (CampusId c : u.campuses) {
    if (!input_.offers[c].open) continue;
    u.seats += input_.offers[c].seats;
    u.crowds = u.crowds || input_.offers[c].overflow == Overflow::Crowd;
  }
  state_->set_seats(unit, u.seats);
  if (crowded != u.crowds) state_->set_guaranteed(unit, guaranteed(unit));
  const bool as_liked = before.open == offer.open && before.quality == offer.quality &&
                        before.brand == offer.brand && before.group == offer.group &&
                        before.brand_of_class == offer.brand_of_class;
  if (!as_liked) list_again(unit);
  if (before.open != offer.open || before.group != offer.group) {
    list_group(before.group, campus);
    if (before.group != offer.group) list_group(offer.group, campus);
  }
}

/// A home shares the group of its own catchment's campus while that is open: the others of the
/// group are seen anew.
void ChoiceLive::list_group(GroupId group, CampusId but) {
  if (!group.valid()) return;
  for (CampusId c : input_.offers.ids())
    if (c != but && input_.offers[c].open && input_.offers[c].group == group)
      list_again(market_.seats.unit_of[c]);
}

CampusId ChoiceLive::add(const Offer& offer, std::vector<uint32_t> decisec) {
  DOORSTEP_ASSERT(offer.pool < 0);
  const CampusId campus = input_.offers.push_back(Offer{});
  market_.seats.unit_of.push_back(SeatUnits::kNone);
  log_quality_.push_back(0.0);
  own_homes_.emplace_back();
  column_.push_back(std::move(decisec));
  set_offer(campus, offer);
  return campus;
}

void ChoiceLive::set_pupils(std::span<const ClearingState::RowPupils> rows) {
  for (const auto& row : rows) input_.entrants[row.row].pupils = row.pupils;
  state_->set_pupils(rows);
}

bool ChoiceLive::settle(int max_rounds, const Progress& progress) {
  return state_->settle(max_rounds, progress);
}

LiveCampus ChoiceLive::campus(CampusId campus) const {
  LiveCampus out;
  const uint32_t unit = market_.seats.unit_of[campus];
  if (unit == SeatUnits::kNone) return out;
  out.admitted = state_->loads()[unit];
  out.pooled = market_.seats.units[unit].campuses.size() > 1;
  std::vector<double> applicants;
  std::vector<double> admitted;
  for (int r = 0; r < market_.order.ranks(); ++r) {
    const auto rank = static_cast<uint32_t>(r);
    applicants.push_back(state_->applicants(unit, rank));
    admitted.push_back(applicants.back() * state_->limit(unit, rank));
    out.full = out.full || admitted.back() < applicants.back();
  }
  out.cutoff = cutoff_of(market_.order, applicants.data(), admitted.data());
  return out;
}

double ChoiceLive::unplaced() const {
  double left = state_->total();
  for (double load : state_->loads()) left -= load;
  return std::max(0.0, left);
}

void ChoiceLive::place(const AdmissionInput& now, Ledger& ledger) const {
  ChoiceMarket choice{state_->plain(), market_.seats, market_.order, {}, {}};
  for (std::size_t row = 0; row < input_.entrants.size(); ++row) choice.row_of.push_back(row);
  place_by_cutoffs(now, choice, state_->clearing(), ledger);
}

std::vector<Flow> ChoiceLive::flows_of(std::size_t row) const {
  const RowOptions o = state_->options(row);
  const HomeId home = input_.entrants[row].home;
  std::vector<Flow> out;
  const std::vector<double> shares = state_->shares(row);
  for (std::size_t i = 0; i < o.size; ++i) {
    CampusId seen;
    for (CampusId c : market_.seats.units[Market::unit_of(o.cell[i])].campuses)
      if (may_apply_now(home, c) && (!seen.valid() || decisec(home, c) < decisec(home, seen)))
        seen = c;
    if (shares[i] * input_.entrants[row].pupils > 0.0)
      out.push_back({static_cast<uint32_t>(row), seen, shares[i] * input_.entrants[row].pupils});
  }
  return out;
}

}  // namespace doorstep
