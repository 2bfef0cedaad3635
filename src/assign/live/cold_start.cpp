#include "assign/live/cold_start.h"

#include <algorithm>
#include <cmath>

#include "assign/live/bands.h"
#include "assign/live/repair.h"

namespace doorstep::live {

namespace {

/// A sample is a part of this many of the homes; below the floor no sample is taken.
constexpr std::size_t kSampleEvery = 8;
constexpr std::size_t kSmallestSampled = 4096;
constexpr double kBandOfNearest = 0.3;

/// Mean travel to the nearest campus, over at most some 2,000 homes. Units: deciseconds.
double mean_nearest(const State& s) {
  const std::size_t step = std::max<std::size_t>(1, s.homes / 2000);
  double sum = 0.0;
  double count = 0.0;
  for (std::size_t i = 0; i < s.homes; i += step) {
    const uint32_t* row = &s.ds[i * s.stride];
    uint32_t least = kNoWay;
    for (std::size_t j = 0; j < s.stride; ++j) least = std::min(least, row[j]);
    if (least >= kNoWay) continue;
    sum += least;
    count += 1.0;
  }
  return count > 0.0 ? sum / count : 1.0;
}

struct Sum {
  double pupils = 0.0;
  double seats = 0.0;
};

Sum sum_of(const State& s) {
  Sum sum;
  for (const int64_t p : s.supply) sum.pupils += static_cast<double>(p);
  for (std::size_t j = 0; j < s.stride; ++j) sum.seats += static_cast<double>(s.capacity[j]);
  return sum;
}

/// Every eighth home, with seats in the same proportion.
State sample_of(const State& s) {
  const std::size_t homes = (s.homes + kSampleEvery - 1) / kSampleEvery;
  State sample(homes, s.stride, s.cost, s.band_size);
  sample.campuses = s.campuses;
  sample.campus_key = s.campus_key;
  sample.ds.reserve(homes * s.stride);
  for (std::size_t i = 0; i < s.homes; i += kSampleEvery) {
    const uint32_t* row = &s.ds[i * s.stride];
    sample.ds.insert(sample.ds.end(), row, row + s.stride);
    sample.supply.push_back(s.supply[i]);
    sample.home_key.push_back(s.home_key[i]);
  }
  const double part = sum_of(sample).pupils / std::max(1.0, sum_of(s).pupils);
  for (std::size_t j = 0; j < s.stride; ++j)
    sample.capacity[j] = static_cast<int64_t>(std::ceil(static_cast<double>(s.capacity[j]) * part));
  sample.capacity[s.stride] = s.capacity[s.stride];
  prepare(sample);
  return sample;
}

void start_prices(State& s) {
  if (s.homes >= kSmallestSampled) {
    State sample = sample_of(s);
    start_cold(sample);
    ShortestPaths paths(sample);
    repair(sample, paths, std::chrono::steady_clock::time_point::max());
    s.price = sample.price;
  } else if (const Sum sum = sum_of(s); sum.pupils > sum.seats) {
    // Where seats are missing everywhere, prices end near that of being without one.
    const auto typical = static_cast<uint32_t>(2.0 * mean_nearest(s));
    const int64_t start = s.cost.unplaced() - s.cost.from_ds(typical);
    for (std::size_t j = 0; j < s.stride; ++j) s.price[j] = std::max<int64_t>(0, start);
  }
  s.certified = s.price;
  for (uint32_t j = 0; j <= s.stride; ++j) s.renew_low(j);
}

}  // namespace

void prepare(State& s) {
  s.margin = std::max<uint32_t>(1, static_cast<uint32_t>(kBandOfNearest * mean_nearest(s)));
  s.least.assign(s.blocks() * s.stride, kNoWay);
  for (std::size_t i = 0; i < s.homes; ++i) {
    uint32_t* least = &s.least[i / kBlock * s.stride];
    const uint32_t* row = &s.ds[i * s.stride];
    for (std::size_t j = 0; j < s.stride; ++j) least[j] = std::min(least[j], row[j]);
  }
}

void start_cold(State& s) {
  start_prices(s);
  for (std::size_t i = 0; i < s.homes; ++i) {
    if (s.supply[i] == 0) continue;
    refresh_band(s, i, Refresh::Rebuild);
    while (s.bound[i] < s.cost.ceil_ds(s.value_at(*best_entry(s, i))) + s.fall[i / kBlock] &&
           add_cheaper_outside(s, i)) {
    }
    s.add_flow(i, *best_entry(s, i), s.supply[i]);
    renew_value(s, i);
  }
}

}  // namespace doorstep::live
