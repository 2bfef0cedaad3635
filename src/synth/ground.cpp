// Outline, river, railway, and where the towns lie.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "geo/crs.h"
#include "geo/polygon.h"
#include "synth/plan.h"

namespace doorstep::synth {
namespace {

constexpr double kTau = 2.0 * std::numbers::pi;

/// A closed wavy line round the centre, scaled to the area asked for.
Ring organic_outline(const Plan& plan) {
  RandomStream random(plan.key("outline"));
  constexpr int kPoints = 240;
  constexpr int kWaves = 9;
  double amplitude[kWaves];
  double phase[kWaves];
  for (int k = 0; k < kWaves; ++k) {
    amplitude[k] = random.uniform(0.02, 0.16) / (1.0 + 0.45 * k);
    phase[k] = random.uniform(0.0, kTau);
  }
  Ring ring;
  for (int i = 0; i < kPoints; ++i) {
    double angle = kTau * i / kPoints;
    double radius = 1.0;
    for (int k = 0; k < kWaves; ++k) radius += amplitude[k] * std::cos((k + 2) * angle + phase[k]);
    ring.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  double scale = std::sqrt(plan.recipe.area_km2 * 1e6 / area_m2(Polygon{ring, {}}));
  for (Xy& p : ring) p = plan.centre + p * scale;
  return ring;
}

/// A line right across the ground at a bearing, `offset` from the centre, waving as it goes.
Polyline crossing_line(const Plan& plan, const char* what, double bearing, double offset_m,
                       double wave_m) {
  RandomStream random(plan.key(what));
  double half = 3.2 * std::sqrt(plan.recipe.area_km2 * 1e6 / std::numbers::pi);
  Xy along{std::cos(bearing), std::sin(bearing)};
  Xy across{-along.y, along.x};
  double phase = random.uniform(0.0, kTau);
  double phase2 = random.uniform(0.0, kTau);
  Polyline line;
  constexpr int kSteps = 320;
  for (int i = 0; i <= kSteps; ++i) {
    double t = -half + 2.0 * half * i / kSteps;
    double wave =
        wave_m * (std::sin(t / half * 10.0 + phase) + 0.45 * std::sin(t / half * 26.0 + phase2));
    line.push_back(plan.centre + along * t + across * (offset_m + wave));
  }
  return line;
}

/// Towns outside the core stand round it, far enough from one another and inside the outline.
void place_towns(Plan& plan) {
  RandomStream random(plan.key("towns"));
  double core_m = plan.recipe.core_radius_km * 1000.0;
  int streets = 0;
  for (const TownRecipe& t : plan.recipe.towns) streets += t.urban == UrbanClass::City;
  int street = 0;
  for (const TownRecipe& recipe : plan.recipe.towns) {
    PlannedTown town{recipe, plan.centre, 0.0};
    if (recipe.urban == UrbanClass::City) {
      // Streets of the core: one in the middle, the others a ring round it.
      double angle = kTau * street / std::max(1, streets - 1);
      if (street > 0)
        town.at = plan.centre + Xy{std::cos(angle), std::sin(angle)} * (0.55 * core_m);
      town.radius_m = core_m;
      ++street;
    } else {
      double best_gap = -1.0;
      for (int attempt = 0; attempt < 200; ++attempt) {
        double angle = random.uniform(0.0, kTau);
        double half = std::sqrt(plan.recipe.area_km2 * 1e6 / std::numbers::pi);
        Xy at = plan.centre +
                Xy{std::cos(angle), std::sin(angle)} * random.uniform(1.5 * core_m, half * 1.05);
        if (!contains(plan.outline, at) || distance_to_border_m(plan.outline, at) < 2000.0)
          continue;
        double gap = 1e18;
        for (const PlannedTown& other : plan.towns)
          if (other.recipe.urban != UrbanClass::City) gap = std::min(gap, distance_m(at, other.at));
        if (gap > best_gap) {
          best_gap = gap;
          town.at = at;
        }
      }
      if (best_gap < 0.0)
        throw Error("no place for town " + recipe.code + " between the core and the border", "town",
                    "make area_km2 larger or core_radius_km smaller");
      town.radius_m = 250.0 + 4.5 * std::sqrt(recipe.people);
    }
    plan.towns.push_back(std::move(town));
  }
}

}  // namespace

bool segments_cross(Xy a, Xy b, Xy c, Xy d) {
  auto side = [](Xy p, Xy q, Xy r) {
    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  };
  return side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0;
}

bool crosses(Xy a, Xy b, const Polyline& line) {
  for (std::size_t i = 1; i < line.size(); ++i)
    if (segments_cross(a, b, line[i - 1], line[i])) return true;
  return false;
}

void plan_ground(Plan& plan) {
  if (!plan.centred)  // making a transformer takes a tenth of a second
    plan.centre = Transformer(Crs("EPSG:4326"), Crs(plan.recipe.crs)).to_xy(plan.recipe.centre);
  plan.outline = {Polygon{organic_outline(plan), {}}};
  double core_m = plan.recipe.core_radius_km * 1000.0;
  RandomStream random(plan.key("lines"));
  if (plan.recipe.river) {
    plan.river =
        crossing_line(plan, "river", random.uniform(-0.9, -0.5), -0.55 * core_m, 0.22 * core_m);
    plan.river_width_m = 140.0;
  }
  if (plan.recipe.railway)
    plan.railway =
        crossing_line(plan, "railway", random.uniform(0.05, 0.3), 0.85 * core_m, 0.05 * core_m);
  place_towns(plan);
}

}  // namespace doorstep::synth
