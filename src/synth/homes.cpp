// Homes: blocks of the core, blocks of the towns, villages. People thin out from the core by a
// negative exponential. Source: Clark 1951, "Urban population densities", J. R. Stat. Soc. A 114.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "base/error.h"
#include "geo/polygon.h"
#include "synth/plan.h"

namespace doorstep::synth {
namespace {

int nearest_town(const Plan& plan, Xy at, bool city) {
  int best = -1;
  for (std::size_t i = 0; i < plan.towns.size(); ++i) {
    if ((plan.towns[i].recipe.urban == UrbanClass::City) != city) continue;
    if (best < 0 || distance_m(at, plan.towns[i].at) <
                        distance_m(at, plan.towns[static_cast<std::size_t>(best)].at))
      best = static_cast<int>(i);
  }
  return std::max(best, 0);
}

bool in_river(const Plan& plan, Xy at) {
  for (std::size_t i = 1; i < plan.river.size(); ++i)
    if (distance_to_segment_m(at, plan.river[i - 1], plan.river[i]) < plan.river_width_m / 2 + 40.0)
      return true;
  return false;
}

Zone core_zone(const Plan& plan, Xy at) {
  double share = plan.from_core_m(at) / (plan.recipe.core_radius_km * 1000.0);
  double bearing = std::atan2(at.x - plan.centre.x, at.y - plan.centre.y);
  double turn = std::remainder(bearing - plan.recipe.new_side_deg * std::numbers::pi / 180.0,
                               2.0 * std::numbers::pi);
  if (std::abs(turn) < 0.75 && share > 0.28 && share < 0.9) return Zone::NewSide;
  return share > 0.78 ? Zone::Edge : Zone::Core;
}

/// A jittered lattice of blocks with people as `density` says, sharing `people` among them.
template <class Density>
void add_blocks(Plan& plan, Xy centre, double radius_m, double block_m, double people,
                RandomStream& random, Density&& density, const char* prefix) {
  int steps = static_cast<int>(std::ceil(radius_m / block_m));
  std::size_t first = plan.homes.size();
  std::vector<double> weights;
  for (int row = -steps; row <= steps; ++row)
    for (int column = -steps; column <= steps; ++column) {
      Xy at = centre + Xy{(column + random.uniform(-0.3, 0.3)) * block_m,
                          (row + random.uniform(-0.3, 0.3)) * block_m};
      double lumpiness = std::exp(0.35 * random.normal());
      if (distance_m(at, centre) > radius_m || in_river(plan, at) || !contains(plan.outline, at))
        continue;
      PlannedHome home;
      home.at = at;
      weights.push_back(density(at) * lumpiness);
      plan.homes.push_back(std::move(home));
    }
  if (weights.empty())
    throw Error("no room for the homes of a settlement", prefix,
                "make block_m smaller or the core larger");
  std::vector<double> shares = shared_exactly(people, weights);
  for (std::size_t i = 0; i < shares.size(); ++i) plan.homes[first + i].people = shares[i];
}

void add_core(Plan& plan) {
  RandomStream random(plan.key("core"));
  const Recipe& r = plan.recipe;
  double scale = r.density_scale_km * 1000.0;
  std::size_t first = plan.homes.size();
  add_blocks(
      plan, plan.centre, r.core_radius_km * 1000.0, r.block_m, r.urban_people, random,
      [&](Xy at) { return std::exp(-plan.from_core_m(at) / scale); }, "core");
  for (std::size_t i = first; i < plan.homes.size(); ++i) {
    PlannedHome& home = plan.homes[i];
    home.zone = core_zone(plan, home.at);
    home.town = nearest_town(plan, home.at, true);
    home.code = fmt::format("c{:04d}", i - first + 1);
  }
}

double add_towns(Plan& plan) {
  double people = 0.0;
  for (std::size_t t = 0; t < plan.towns.size(); ++t) {
    const PlannedTown town = plan.towns[t];
    if (town.recipe.urban == UrbanClass::City || town.recipe.people <= 0.0) continue;
    RandomStream random(plan.key("town").with(t));
    std::size_t first = plan.homes.size();
    add_blocks(
        plan, town.at, town.radius_m, std::max(220.0, plan.recipe.block_m * 0.8),
        town.recipe.people, random,
        [&](Xy at) { return std::exp(-distance_m(at, town.at) / (0.6 * town.radius_m)); },
        town.recipe.code.c_str());
    for (std::size_t i = first; i < plan.homes.size(); ++i) {
      plan.homes[i].zone = Zone::Town;
      plan.homes[i].town = static_cast<int>(t);
      plan.homes[i].code = fmt::format("{}_{:03d}", town.recipe.code, i - first + 1);
    }
    people += town.recipe.people;
  }
  return people;
}

/// Points by cell, to ask whether one lies near a position without looking at all of them.
class Spread {
 public:
  explicit Spread(double cell_m) : cell_m_(cell_m) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  void add(Xy at) {
    cells_[cell(at)].push_back(at);
    ++size_;
  }
  /// Pre: gap <= the cell's side.
  [[nodiscard]] bool far_enough(Xy at, double gap) const {
    auto [column, row] = cell(at);
    for (long c = column - 1; c <= column + 1; ++c)
      for (long r = row - 1; r <= row + 1; ++r) {
        auto found = cells_.find({c, r});
        if (found == cells_.end()) continue;
        for (Xy other : found->second)
          if (distance_m(other, at) <= gap) return false;
      }
    return true;
  }

 private:
  [[nodiscard]] std::pair<long, long> cell(Xy at) const {
    return {std::lround(std::floor(at.x / cell_m_)), std::lround(std::floor(at.y / cell_m_))};
  }
  double cell_m_;
  std::size_t size_ = 0;
  std::map<std::pair<long, long>, std::vector<Xy>> cells_;
};

/// Villages keep a distance from one another: the best of a few random sites each.
void add_villages(Plan& plan, double people) {
  const Recipe& r = plan.recipe;
  if (r.villages == 0) {
    if (people > 0.5)
      throw Error(fmt::format("{} people live neither in the core nor in a town", people),
                  "villages", "give villages, or raise urban_people");
    return;
  }
  RandomStream random(plan.key("villages"));
  Box box = bounds(plan.outline);
  double spacing = std::sqrt(r.area_km2 * 1e6 / r.villages) * 0.62;
  Spread taken(spacing);
  std::vector<double> weights;
  auto outside_towns = [&](Xy at) {
    return std::ranges::all_of(plan.towns, [&](const PlannedTown& t) {
      return t.recipe.urban == UrbanClass::City || distance_m(at, t.at) > t.radius_m + 300.0;
    });
  };
  std::size_t first = plan.homes.size();
  double gap = spacing;
  while (static_cast<int>(taken.size()) < r.villages) {
    int misses = 0;
    while (static_cast<int>(taken.size()) < r.villages && misses < 400) {
      Xy at{random.uniform(box.min.x, box.max.x), random.uniform(box.min.y, box.max.y)};
      if (!taken.far_enough(at, gap) || plan.in_core(at) || !outside_towns(at) ||
          in_river(plan, at) || !contains(plan.outline, at) ||
          distance_to_border_m(plan.outline, at) < 150.0) {
        ++misses;
        continue;
      }
      misses = 0;
      taken.add(at);
      weights.push_back(std::exp(0.55 * random.normal()));
      PlannedHome home;
      home.at = at;
      home.zone = Zone::Village;
      home.town = nearest_town(plan, at, false);
      plan.homes.push_back(std::move(home));
    }
    gap *= 0.85;
    if (gap < 1.0)
      throw Error("no room for the villages beside core and towns", "villages",
                  "make area_km2 larger, or villages and towns fewer");
  }
  std::vector<double> shares = shared_exactly(people, weights);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    plan.homes[first + i].people = shares[i];
    plan.homes[first + i].code = fmt::format("v{:04d}", i + 1);
  }
}

/// Children by single year: within a band a straight line whose slope is that of the band means
/// around it, so that the band's total stays what it is.
std::vector<double> children_by_age(const std::vector<AgeBand>& bands) {
  std::vector<double> out;
  auto mean = [&](std::size_t b) {
    return bands[b].children / (bands[b].last - bands[b].first + 1);
  };
  auto middle = [&](std::size_t b) { return (bands[b].first + bands[b].last) / 2.0; };
  for (std::size_t b = 0; b < bands.size(); ++b) {
    std::size_t left = b == 0 ? b : b - 1;
    std::size_t right = b + 1 == bands.size() ? b : b + 1;
    double slope =
        left == right ? 0.0 : (mean(right) - mean(left)) / (middle(right) - middle(left));
    double half = (bands[b].last - bands[b].first) / 2.0;
    if (half > 0.0) slope = std::clamp(slope, -0.5 * mean(b) / half, 0.5 * mean(b) / half);
    for (int age = bands[b].first; age <= bands[b].last; ++age)
      out.push_back(mean(b) + slope * (age - middle(b)));
  }
  return out;
}

/// Young families live where the town grew last; villages age.
double children_weight(const PlannedHome& home, int age) {
  double youth = std::max(0.0, 1.0 - age / 15.0);
  switch (home.zone) {
    case Zone::NewSide:
      return home.people * (1.15 + 0.45 * youth);
    case Zone::Core:
    case Zone::Edge:
      return home.people * (1.0 + 0.06 * youth);
    case Zone::Town:
      return home.people * 0.95;
    case Zone::Village:
      return home.people * (0.9 - 0.25 * youth);
  }
  return home.people;
}

/// Shares of migrant children by where a home lies, scaled so that they are the recipe's share of
/// all children. Nowhere are they more than nine in ten.
void share_out_migrants(Plan& plan) {
  const MigrantRecipe& m = plan.recipe.migrants;
  if (m.share <= 0.0) return;
  auto weight = [&](const PlannedHome& h) {
    switch (h.zone) {
      case Zone::Core:
        return m.core;
      case Zone::NewSide:
        return m.new_side;
      case Zone::Edge:
        return m.edge;
      case Zone::Town:
        return m.town;
      case Zone::Village:
        return m.village;
    }
    return 1.0;
  };
  double all = 0.0;
  for (const PlannedHome& h : plan.homes)
    all += std::accumulate(h.children.begin(), h.children.end(), 0.0);
  double scale = 1.0;
  for (int round = 0; round < 50; ++round) {  // the cap takes some away: raise the others
    double migrants = 0.0;
    for (PlannedHome& h : plan.homes) {
      h.migrant_share = std::min(0.9, scale * m.share * weight(h));
      migrants += h.migrant_share * std::accumulate(h.children.begin(), h.children.end(), 0.0);
    }
    if (migrants <= 0.0)
      throw Error("no home has migrant children", "migrants", "give a zone a weight above 0");
    scale *= m.share * all / migrants;
  }
}

}  // namespace

std::vector<double> shared_exactly(double total, const std::vector<double>& weights) {
  double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  auto units = static_cast<int64_t>(std::llround(total * 100.0));
  std::vector<int64_t> whole(weights.size(), 0);
  std::vector<std::pair<double, std::size_t>> rest;
  int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    double exact = sum > 0 ? static_cast<double>(units) * weights[i] / sum : 0.0;
    whole[i] = static_cast<int64_t>(std::floor(exact));
    given += whole[i];
    rest.emplace_back(-(exact - std::floor(exact)), i);
  }
  std::ranges::sort(rest);
  for (std::size_t k = 0; given < units && !rest.empty(); ++k, ++given)
    ++whole[rest[k % rest.size()].second];
  std::vector<double> out;
  for (int64_t w : whole) out.push_back(static_cast<double>(w) / 100.0);
  return out;
}

void plan_homes(Plan& plan) {
  add_core(plan);
  double in_towns = add_towns(plan);
  double rest = plan.recipe.people - plan.recipe.urban_people - in_towns;
  if (rest < 0)
    throw Error("the towns have more people than live outside the core", "town.people",
                "lower them, or raise people");
  add_villages(plan, rest);
  std::vector<double> totals = children_by_age(plan.recipe.ages);
  for (PlannedHome& h : plan.homes) h.children.assign(totals.size(), 0.0);
  // Bands of whole children stay whole: the ages of a band share its total exactly.
  std::size_t at = 0;
  for (const AgeBand& band : plan.recipe.ages) {
    auto ages = static_cast<std::size_t>(band.last - band.first + 1);
    std::vector<double> own(totals.begin() + static_cast<std::ptrdiff_t>(at),
                            totals.begin() + static_cast<std::ptrdiff_t>(at + ages));
    std::vector<double> exact = shared_exactly(band.children, own);
    for (std::size_t a = 0; a < ages; ++a) {
      std::vector<double> weights;
      for (const PlannedHome& h : plan.homes)
        weights.push_back(children_weight(h, static_cast<int>(at + a)));
      std::vector<double> parts = shared_exactly(exact[a], weights);
      for (std::size_t h = 0; h < plan.homes.size(); ++h) plan.homes[h].children[at + a] = parts[h];
    }
    at += ages;
  }
  share_out_migrants(plan);
}

}  // namespace doorstep::synth
