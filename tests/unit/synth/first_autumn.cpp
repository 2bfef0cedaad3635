#include "first_autumn.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "io/config.h"
#include "io/place/place_file.h"

namespace doorstep::test {

FirstAutumn::FirstAutumn(synth::Plan planned)
    : plan(std::move(planned)), folder("autumn-" + plan.recipe.code) {
  synth::write_plan(plan, folder.path());
  Coefficients coefficients = io::load_coefficients();
  place = io::read_place(folder.path(), coefficients);
  Progress progress;
  auto minutes = compute_travel(place.value, progress);
  place.findings.append(minutes.findings);
  place.findings.append(validate(place.value));
  travel = std::move(minutes.value);
  RunOptions only_first;
  only_first.years = 0;
  run = simulate(place.value, travel, coefficients, io::load_group_forms(), only_first, progress);
}

const StageYear& FirstAutumn::of(const char* stage) const {
  return run.years.front().stages[find_stage(place.value, stage)];
}

std::vector<double> FirstAutumn::utilisation(const char* stage) const {
  std::vector<double> out;
  for (const CampusYear& c : of(stage).campuses)
    if (c.open && c.seats > 0) out.push_back(c.utilisation());
  std::ranges::sort(out);
  return out;
}

double FirstAutumn::median_walk_m(const char* stage) const {
  std::vector<std::pair<double, double>> ways;
  double pupils = 0.0;
  for (const PupilFlow& f : of(stage).flows) {
    REQUIRE(travel.reachable(f.home, f.campus));
    ways.emplace_back(travel.metres(f.home, f.campus).value, f.pupils);
    pupils += f.pupils;
  }
  std::ranges::sort(ways);
  double below = 0.0;
  return std::ranges::find_if(ways,
                              [&](const auto& way) { return (below += way.second) >= pupils / 2; })
      ->first;
}

double quantile(const std::vector<double>& ascending, double share) {
  return ascending[static_cast<std::size_t>(share * static_cast<double>(ascending.size() - 1) +
                                            0.5)];
}

double core_gradient(const synth::Plan& plan) {
  double ring_m = 400.0;
  std::vector<double> people(static_cast<std::size_t>(plan.recipe.core_radius_km * 1000 / ring_m));
  for (const synth::PlannedHome& h : plan.homes) {
    auto ring = static_cast<std::size_t>(plan.from_core_m(h.at) / ring_m);
    if (ring < people.size()) people[ring] += h.people;
  }
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (std::size_t r = 0; r < people.size(); ++r) {
    double ring = static_cast<double>(r);
    double km = (ring + 0.5) * ring_m / 1000.0;
    double log_density = std::log(people[r] / (3.14159265 * (2 * ring + 1) * ring_m * ring_m));
    n += people[r];
    x += people[r] * km;
    y += people[r] * log_density;
    xx += people[r] * km * km;
    xy += people[r] * km * log_density;
  }
  return -(n * xy - x * y) / (n * xx - x * x);
}

}  // namespace doorstep::test
