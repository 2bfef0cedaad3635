#include "bench/capacity_city.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/random.h"

namespace doorstep::bench {
namespace {

constexpr std::size_t kRowsAtOnce = 16;
constexpr uint32_t kUnreachable = std::numeric_limits<uint32_t>::max();

/// Calls f(campus, its row of travel from every home).
template <class F>
void each_row(const City& city, const HomeSweep& sweep, F&& f) {
  std::vector<uint32_t> rows(kRowsAtOnce * city.homes.size());
  for (std::size_t c = 0; c < city.campuses.size(); c += kRowsAtOnce) {
    const std::size_t count = std::min(kRowsAtOnce, city.campuses.size() - c);
    const std::span<uint32_t> used(rows.data(), count * city.homes.size());
    sweep.to_campuses(std::span(city.campuses).subspan(c, count), used);
    for (std::size_t k = 0; k < count; ++k)
      f(c + k, used.subspan(k * city.homes.size(), city.homes.size()));
  }
}

/// Along a curve through the city; where there are no coordinates, by nearest campus.
std::vector<uint32_t> order_of(const City& city, unsigned threads) {
  if (city.has_coordinates) return HomeSweep::order_of(city.homes);
  const HomeSweep sweep(city.router, city.homes, threads);
  std::vector<std::pair<uint32_t, uint32_t>> nearest(city.homes.size(), {0, kUnreachable});
  each_row(city, sweep, [&](std::size_t c, std::span<const uint32_t> row) {
    for (std::size_t i = 0; i < row.size(); ++i)
      if (row[i] < nearest[i].second) nearest[i] = {static_cast<uint32_t>(c), row[i]};
  });
  std::vector<uint32_t> order(city.homes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return nearest[a] < nearest[b]; });
  return order;
}

void order_homes(City& city, unsigned threads) {
  const std::vector<uint32_t> order = order_of(city, threads);
  City sorted = city;
  for (std::size_t k = 0; k < order.size(); ++k) {
    sorted.homes[k] = city.homes[order[k]];
    sorted.pupils[k] = city.pupils[order[k]];
  }
  city = std::move(sorted);
}

}  // namespace

CapacityCity capacity_city(City city, const Request& request) {
  order_homes(city, request.threads);
  CapacityCity out;
  out.city = std::move(city);
  out.sweep = std::make_unique<HomeSweep>(out.city.router, out.city.homes, request.threads);
  live::CapacityCase& given = out.given;
  const std::size_t homes = out.city.homes.size();
  const std::size_t stride = live::CapacityCase::stride_for(out.city.campuses.size());
  given.supply.assign(out.city.pupils.begin(), out.city.pupils.end());
  given.capacity.assign(out.city.seats.begin(), out.city.seats.end());
  const RandomKey key = RandomKey(request.seed).with("ties");
  for (std::size_t i = 0; i < homes; ++i) given.home_key.push_back(key.with("home").with(i).bits());
  for (std::size_t j = 0; j < out.city.campuses.size(); ++j)
    given.campus_key.push_back(key.with("campus").with(j).bits());
  given.ds.assign(homes * stride, kUnreachable);
  each_row(out.city, *out.sweep, [&](std::size_t c, std::span<const uint32_t> row) {
    for (std::size_t i = 0; i < homes; ++i) given.ds[i * stride + c] = row[i];
  });
  return out;
}

Transport transport_of(const live::CapacityCase& given, std::size_t nearest) {
  Transport t;
  const std::size_t stride = live::CapacityCase::stride_for(given.capacity.size());
  t.supply.assign(given.supply.begin(), given.supply.end());
  t.capacity.assign(given.capacity.begin(), given.capacity.end());
  t.source_key = given.home_key;
  t.sink_key = given.campus_key;
  std::vector<std::pair<uint32_t, uint32_t>> row;
  for (std::size_t i = 0; i < given.supply.size(); ++i) {
    t.first_arc.push_back(t.arcs.size());
    row.clear();
    for (uint32_t j = 0; j < given.capacity.size(); ++j)
      if (given.ds[i * stride + j] != kUnreachable) row.emplace_back(given.ds[i * stride + j], j);
    if (row.size() > nearest) {
      std::nth_element(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(nearest), row.end());
      row.resize(nearest);
    }
    for (const auto& [ds, j] : row) t.arcs.push_back({j, ds});
  }
  t.first_arc.push_back(t.arcs.size());
  return t;
}

}  // namespace doorstep::bench
