// Seats of a benchmark's city. They are made backwards, from the answer: some campuses have a
// price, everyone goes where minutes and price are least, and who has a price gets just the seats
// that this fills. The answer is then the optimum by complementary slackness, and who is full is
// known.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "bench/cities.h"
#include "network/home_reach.h"

namespace doorstep::bench {
namespace {

constexpr double kUsed = 0.97;      // of all seats
constexpr double kFullShare = 0.3;  // of campuses
constexpr uint32_t kNowhere = 0x80000000u;

/// Where each home goes at given prices.
struct Choice {
  std::vector<uint32_t> cost;  ///< minutes and price, in deciseconds
  std::vector<uint32_t> campus;
};
Choice choose(const City& city, HomeReach& reach, const std::vector<uint32_t>& price) {
  Choice out{std::vector<uint32_t>(city.homes.size(), kNowhere - 1),
             std::vector<uint32_t>(city.homes.size(), 0)};
  for (uint32_t c = 0; c < city.campuses.size(); ++c) {
    reach.start(city.campuses[c]);
    reach.within(out.cost, price[c]);
    for (std::size_t h = 0; h < out.cost.size(); ++h) {
      const uint32_t cost = reach.ds()[h] + price[c];
      if (cost >= out.cost[h]) continue;  // also where it is only a bound
      out.cost[h] = cost;
      out.campus[h] = c;
    }
  }
  return out;
}

std::vector<uint64_t> loads(const City& city, const Choice& choice) {
  std::vector<uint64_t> load(city.campuses.size(), 0);
  for (std::size_t h = 0; h < city.homes.size(); ++h) load[choice.campus[h]] += city.pupils[h];
  return load;
}

}  // namespace

void give_seats(City& city, uint64_t seed, unsigned threads) {
  const HomeSweep sweep(city.router, city.homes, threads);
  const auto reach = sweep.reach(kNowhere);
  std::vector<uint32_t> price(city.campuses.size(), 0);
  const Choice nearest = choose(city, *reach, price);
  double mean = 0.0;
  for (uint32_t cost : nearest.cost) mean += std::min(cost, kNowhere / 2);
  mean /= static_cast<double>(std::max<std::size_t>(nearest.cost.size(), 1));

  // Of about the margin by which a home prefers its campus: one pupil in ten or twenty goes on.
  std::vector<uint32_t> order(price.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {},
                    [&](uint32_t c) { return RandomKey(seed).with("full").with(c).bits(); });
  const auto full =
      static_cast<std::size_t>(std::lround(kFullShare * static_cast<double>(order.size())));
  for (std::size_t k = 0; k < full; ++k) {
    const double share = RandomKey(seed).with("price").with(uint64_t{order[k]}).uniform();
    price[order[k]] = static_cast<uint32_t>(std::lround(mean * (0.05 + 0.2 * share)));
  }
  const std::vector<uint64_t> load = loads(city, choose(city, *reach, price));
  double taken = 0.0, open_load = 0.0;
  for (std::size_t c = 0; c < load.size(); ++c)
    (price[c] > 0 ? taken : open_load) += static_cast<double>(load[c]);
  const double open_seats = static_cast<double>(city.all_pupils()) / kUsed - taken;
  city.seats.clear();
  for (std::size_t c = 0; c < load.size(); ++c) {
    const double seats = price[c] > 0 ? static_cast<double>(load[c])
                                      : static_cast<double>(load[c]) * open_seats / open_load + 1.0;
    city.seats.push_back(static_cast<uint32_t>(std::ceil(seats)));
  }
}

}  // namespace doorstep::bench
