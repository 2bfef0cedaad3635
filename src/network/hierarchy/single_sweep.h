#pragma once
// One value a place instead of sixteen lanes: a time, or a time with the campus it leads to.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "network/hierarchy/big_array.h"
#include "network/hierarchy/sweep_plan.h"
#include "network/street_graph.h"

namespace doorstep {

/// Milliseconds in the high half, the campus in the low: the least key is the nearest campus, among
/// equals the one with the lowest index.
using NearestKey = uint64_t;
constexpr NearestKey kNobody = ~NearestKey{0};

[[nodiscard]] constexpr uint32_t none_of(uint32_t) { return kNoTime; }
[[nodiscard]] constexpr NearestKey none_of(NearestKey) { return kNobody; }
[[nodiscard]] inline uint32_t later(uint32_t time, uint32_t ms) { return time_sum(time, ms); }
[[nodiscard]] inline NearestKey later(NearestKey key, uint32_t ms) {
  NearestKey room = ~(NearestKey{ms} << 32);
  return (key < room ? key : room) + (NearestKey{ms} << 32);
}

/// Values at the steps of a climb, from what stands at its starts. Pre: values are set at the
/// starts, none elsewhere.
template <class Value>
void climb_values(const Climb& climb, std::span<Value> values) {
  std::span<const uint32_t> first = climb.first();
  std::span<const SweepPlan::Arc> arcs = climb.arcs();
  for (std::size_t step = 0; step < values.size(); ++step) {
    for (uint32_t k = first[step]; k < first[step + 1]; ++k) {
      values[arcs[k].from] = std::min(values[arcs[k].from], later(values[step], arcs[k].ms));
    }
  }
}

/// What one thread needs for sweeps of a value a place.
template <class Value>
struct SingleSweep {
  BigArray<Value> at;           ///< by place
  std::vector<uint8_t> seeded;  ///< by place; all 0 between sweeps

  /// Fills `at` for all places of the plan from the values of a climb.
  void run(const SweepPlan& plan, std::span<const uint32_t> steps, std::span<const Value> values) {
    at.grow(std::max<std::size_t>(plan.places(), 1));
    if (seeded.size() < plan.places()) seeded.resize(plan.places(), 0);
    Value* here = at.data();
    for (std::size_t s = 0; s < steps.size(); ++s) {
      plan.enter(steps[s], [&](uint32_t place, uint32_t ms) {
        Value value = later(values[s], ms);
        here[place] = seeded[place] ? std::min(here[place], value) : value;
        seeded[place] = 1;
      });
    }
    const SweepPlan::Arc* arc = plan.arcs.data();
    for (std::size_t p = 0; p < plan.places(); ++p) {
      Value least = seeded[p] ? here[p] : none_of(Value{});
      for (const SweepPlan::Arc* end = plan.arcs.data() + plan.first[p + 1]; arc != end; ++arc) {
        least = std::min(least, later(here[arc->from], arc->ms));
      }
      here[p] = least;
    }
    for (uint32_t node : steps) {
      plan.enter(node, [&](uint32_t place, uint32_t) { seeded[place] = 0; });
    }
  }
};

}  // namespace doorstep
