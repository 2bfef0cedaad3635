#include "synth/siting.h"

#include <algorithm>

namespace doorstep::synth {

Siting::Siting(const Plan& plan, const std::vector<double>& pupils, bool urban, RandomKey key)
    : plan_(plan), pupils_(pupils), key_(key), urban_(urban) {
  for (std::size_t h = 0; h < plan.homes.size(); ++h) {
    if (is_urban(plan.homes[h].zone) != urban) continue;
    homes_.push_back(h);
    points_.push_back(plan.homes[h].at);
  }
  index_ = PointIndex(points_);
}

std::vector<Xy> Siting::sites(const std::vector<Xy>& fixed, std::size_t count,
                              double largest) const {
  std::vector<Xy> sites = fixed;
  draw_far_apart(sites, count);
  for (int round = 0; round < 60; ++round) {
    settle(sites, fixed.size());
    std::vector<std::size_t> site_of = nearest_sites(sites);
    std::vector<double> load(sites.size(), 0.0);
    for (std::size_t i = 0; i < homes_.size(); ++i) load[site_of[i]] += pupils_[homes_[i]];
    auto fullest = std::ranges::max_element(load);
    if (fullest == load.end() || *fullest <= largest) break;
    auto full = static_cast<std::size_t>(fullest - load.begin());
    // The neighbour starts where many pupils live far from the full site.
    std::size_t heaviest = 0;
    double most = -1.0;
    for (std::size_t i = 0; i < homes_.size(); ++i) {
      if (site_of[i] != full) continue;
      double weight = pupils_[homes_[i]] * distance_m(points_[i], sites[full]);
      if (weight <= most) continue;
      most = weight;
      heaviest = i;
    }
    sites.push_back(points_[heaviest]);
  }
  // Out in the country a school stands in a village, not between them.
  if (!urban_)
    for (std::size_t s = fixed.size(); s < sites.size(); ++s)
      sites[s] = plan_.homes[nearest_home(sites[s])].at;
  return sites;
}

std::vector<std::size_t> Siting::nearest_sites(std::span<const Xy> sites) const {
  PointIndex index(sites);
  std::vector<std::size_t> out;
  out.reserve(points_.size());
  for (Xy at : points_) out.push_back(static_cast<std::size_t>(index.nearest(at)));
  return out;
}

std::size_t Siting::nearest_home(Xy at) const {
  return homes_[static_cast<std::size_t>(index_.nearest(at))];
}

/// Each further site is a home drawn by pupils times squared distance to the sites so far.
void Siting::draw_far_apart(std::vector<Xy>& sites, std::size_t count) const {
  if (sites.size() >= count) return;
  constexpr double kAnywhere = 1000.0;  // the first site is drawn by pupils alone
  std::vector<double> gap(points_.size(), kAnywhere);
  if (!sites.empty()) {
    std::vector<std::size_t> site_of = nearest_sites(sites);
    for (std::size_t i = 0; i < points_.size(); ++i)
      gap[i] = distance_m(sites[site_of[i]], points_[i]);
  }
  std::vector<double> weight(points_.size());
  while (sites.size() < count) {
    double sum = 0.0;
    for (std::size_t i = 0; i < points_.size(); ++i)
      sum += weight[i] = pupils_[homes_[i]] * gap[i] * gap[i];
    double draw = key_.with(sites.size()).uniform() * sum;
    std::size_t drawn = points_.size() - 1;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      draw -= weight[i];
      if (draw > 0.0) continue;
      drawn = i;
      break;
    }
    bool first = sites.empty();
    sites.push_back(points_[drawn]);
    for (std::size_t i = 0; i < points_.size(); ++i) {
      double to_new = distance_m(sites.back(), points_[i]);
      gap[i] = first ? to_new : std::min(gap[i], to_new);
    }
  }
}

void Siting::settle(std::vector<Xy>& sites, std::size_t fixed) const {
  for (int round = 0; round < 12; ++round) {
    std::vector<std::size_t> site_of = nearest_sites(sites);
    std::vector<Xy> sum(sites.size());
    std::vector<double> weight(sites.size(), 0.0);
    for (std::size_t i = 0; i < homes_.size(); ++i) {
      std::size_t s = site_of[i];
      sum[s] = sum[s] + points_[i] * pupils_[homes_[i]];
      weight[s] += pupils_[homes_[i]];
    }
    for (std::size_t s = fixed; s < sites.size(); ++s)
      if (weight[s] > 0) sites[s] = sum[s] * (1.0 / weight[s]);
  }
}

}  // namespace doorstep::synth
