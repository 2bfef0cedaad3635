#pragma once
// A benchmark's city as a case of the capacity optimum: homes in an order that puts neighbours next
// to each other, and the matrix of all ways.

#include <memory>

#include "assign/live/capacity_optimum.h"
#include "assign/transport.h"
#include "bench/cities.h"
#include "network/home_sweep.h"

namespace doorstep::bench {

struct CapacityCity {
  City city;                         ///< its homes in the order of the case
  std::unique_ptr<HomeSweep> sweep;  ///< over those homes
  live::CapacityCase given;          ///< matrix included; taken out by who solves it
  std::size_t full = 0;              ///< campuses with fewer seats than pupils nearest to them
};

/// Orders the homes by nearest campus and sweeps from every campus.
[[nodiscard]] CapacityCity capacity_city(City city, const Request& request);

/// The same case for the network simplex: all arcs, or each home's `nearest` ones.
[[nodiscard]] Transport transport_of(const live::CapacityCase& given, std::size_t nearest);

}  // namespace doorstep::bench
