#include "assign/choice_sight.h"

#include <algorithm>
#include <cmath>

namespace doorstep {

namespace {

/// Where rows are many their logarithms are looked up: up to so long a way, from so many rows.
constexpr std::size_t kTabledRows = 20000;
constexpr uint32_t kTabledWays = 1U << 17;

}  // namespace

ChoiceFrame::ChoiceFrame(const AdmissionInput& given)
    : input(given),
      pull(given),
      standing(given, pull),
      seats(seat_units(given)),
      order(given),
      other_rank(order.rank(Tier::Other, ClassId())),
      limit_ds(limit_decisec(given.policy.max_minutes)),
      log_quality(given.offers.size(), 0.0) {
  for (CampusId c : given.offers.ids())
    if (given.offers[c].open) log_quality[c] = std::log(given.offers[c].quality);
  if (given.entrants.size() > kTabledRows && limit_ds < kTabledWays)
    for (uint32_t ds = 0; ds <= limit_ds; ++ds) tabled.push_back(pull.distance(ds));
}

void HomeSight::look_around(HomeId home) {
  seen_.clear();
  const auto see = [&](CampusId c, uint32_t decisec) {
    const uint32_t unit = frame_.seats.unit_of[c];
    if (unit != SeatUnits::kNone && may_apply(input_, home, c, decisec))
      seen_.push_back({unit, decisec, c});
  };
  input_.travel->for_ways_within(home, frame_.limit_ds, see);
  serving_campuses(input_, home, own_campuses_);
  for (CampusId c : own_campuses_)
    if (const uint32_t ds = input_.travel->decisec(home, c); ds > frame_.limit_ds) see(c, ds);
  if (!std::is_sorted(seen_.begin(), seen_.end())) std::sort(seen_.begin(), seen_.end());
  prospects_.clear();
  for (const Sight& s : seen_)
    if (prospects_.empty() || prospects_.back().unit != s.unit)
      prospects_.push_back({s.unit, s.campus, frame_.distance(s.decisec)});
  own_groups_.clear();
  for (CampusId c : own_campuses_)
    if (input_.offers[c].group.valid()) own_groups_.push_back(input_.offers[c].group);
}

bool HomeSight::own(CampusId campus) const {
  return std::find(own_campuses_.begin(), own_campuses_.end(), campus) != own_campuses_.end();
}

/// A campus of the own catchment is in its own group, whether it has others or not.
bool HomeSight::at_home_with(CampusId campus, GroupId group) const {
  if (own(campus)) return true;
  return group.valid() &&
         std::find(own_groups_.begin(), own_groups_.end(), group) != own_groups_.end();
}

double HomeSight::utility(const Entrants& row, const Prospect& p, bool apart) const {
  const Offer& offer = input_.offers[p.nearest];
  double v = frame_.pull.lasting_value(row, offer, p.distance);
  if (!apart) v += frame_.pull.standing_value(row.household, offer, frame_.log_quality[p.nearest]);
  if ((offer.group.valid() && row.group == offer.group) || at_home_with(p.nearest, offer.group))
    v += frame_.pull.group_bonus();
  if (row.present.valid() && frame_.seats.unit_of[row.present] == p.unit) v += frame_.pull.stay();
  return v;
}

uint16_t HomeSight::rank(const Entrants& row, const Prospect& p) const {
  const SeatUnit& unit = frame_.seats.units[p.unit];
  int best = frame_.other_rank;
  if (unit.campuses.size() == 1) {
    if (special(row, p.nearest)) best = frame_.order.rank(input_, row, p.nearest);
  } else {
    for (CampusId c : unit.campuses)
      if (may_apply(input_, row.home, c)) best = std::min(best, frame_.order.rank(input_, row, c));
  }
  return static_cast<uint16_t>(best);
}

/// Whether the row may hold another rank than that of all others: most pairs do not.
bool HomeSight::special(const Entrants& row, CampusId c) const {
  return row.feeder_to == c || row.group.valid() || row.last || row.present == c || own(c);
}

std::vector<std::size_t> cuts_between_homes(const std::vector<Entrants>& rows) {
  constexpr std::size_t kRowsOfRun = 8192;
  std::vector<std::size_t> cuts{0};
  for (std::size_t at = kRowsOfRun; at < rows.size(); at += kRowsOfRun) {
    std::size_t cut = std::max(at, cuts.back());
    while (cut < rows.size() && rows[cut].home == rows[cut - 1].home) ++cut;
    if (cut > cuts.back()) cuts.push_back(cut);
  }
  if (cuts.back() < rows.size() || cuts.size() == 1) cuts.push_back(rows.size());
  return cuts;
}

}  // namespace doorstep
