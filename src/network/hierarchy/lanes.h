#pragma once
// Sweeps of sixteen campuses at once, a lane each, in the widest instructions that the machine has.
// All instruction sets give the same figures: minima and saturating sums of whole milliseconds.

#include <array>
#include <cstdint>
#include <span>

#include "base/platform.h"
#include "network/hierarchy/sweep_plan.h"

namespace doorstep {

constexpr std::size_t kLanes = 16;

/// Milliseconds of sixteen campuses at one place: a cache line. kNoTime where there is no way, and
/// where a sum would pass it.
struct alignas(64) Lanes {
  std::array<uint32_t, kLanes> ms;
};

/// How a door is reached from the places of a sweep: over one end of its street or two.
struct DoorWays {
  uint32_t place[2];  ///< both the same where there is one end
  uint32_t ms[2];
  uint32_t off_ms;  ///< from the street to the door
};

/// The kernels for one instruction set.
struct LaneKernels {
  /// into = min(into, times + ms), lane by lane.
  void (*offer)(Lanes& into, const Lanes& times, uint32_t ms);
  /// Upwards over the steps of a climb. Pre: `lanes` holds the starts' own times, else kNoTime.
  void (*climb)(std::span<const uint32_t> first, std::span<const SweepPlan::Arc> arcs,
                Lanes* lanes);
  /// Downwards over all places. Pre: `lanes` is set at the places marked in `seeded`.
  void (*sweep)(const SweepPlan& plan, const uint8_t* seeded, Lanes* lanes);
  /// Deciseconds from doors to campuses. Shape: rows[lane][door], `campuses` rows.
  void (*rows)(std::span<const DoorWays> doors, const Lanes* lanes, const Lanes& campus_off_ms,
               std::size_t campuses, uint32_t* const* rows);
};

/// Pre: the machine has the set.
[[nodiscard]] const LaneKernels& lane_kernels(InstructionSet set);

}  // namespace doorstep
