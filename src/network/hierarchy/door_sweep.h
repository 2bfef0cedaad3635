#pragma once
// Times from the doors of homes to campuses by sweeps of a hierarchy restricted to those doors.
// Knows nodes and milliseconds only; home_sweep.h knows streets and snaps.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "network/hierarchy/big_array.h"
#include "network/hierarchy/hierarchy.h"
#include "network/hierarchy/lanes.h"
#include "network/hierarchy/scratch_pool.h"
#include "network/hierarchy/sweep_plan.h"

namespace doorstep {

/// How a door meets the network: one or two nodes, the time between each and the street in front of
/// it, and the time off the street.
struct DoorEnds {
  std::array<uint32_t, 2> node{};
  std::array<uint32_t, 2> ms{};
  int count = 0;
  uint32_t off_ms = 0;
  [[nodiscard]] std::span<const uint32_t> nodes() const {
    return {node.data(), static_cast<std::size_t>(count)};
  }
};

/// A home's door as the places of a plan reach it. Pre: its nodes are targets of the plan.
[[nodiscard]] DoorWays door_ways(const SweepPlan& plan, const DoorEnds& ends);

class DoorSweep {
 public:
  /// A home without an end is unreachable.
  DoorSweep(std::shared_ptr<const Hierarchy> hierarchy, std::span<const DoorEnds> homes,
            unsigned threads, InstructionSet set = widest_instruction_set());
  ~DoorSweep();

  /// Deciseconds from every home to one campus; kNoTime where there is no way. Thread-safe.
  void to_one(const DoorEnds& campus, std::span<uint32_t> ds) const;
  /// To many, a row for each campus. Thread-safe.
  void to_many(std::span<const DoorEnds> campuses, std::span<uint32_t> ds) const;

  /// Places swept for each campus, and arcs.
  [[nodiscard]] std::size_t places() const;
  [[nodiscard]] std::size_t arcs() const;

 private:
  /// A share of the homes with all that they read; sections are swept apart.
  struct Section {
    SweepPlan plan;
    std::vector<DoorWays> doors;  ///< in the order of their places
    std::vector<uint32_t> home;   ///< of each door
    std::size_t begin = 0;        ///< its first door among all sections'
  };
  /// Up to sixteen campuses and where their rows go.
  struct Batch {
    std::vector<DoorEnds> campuses;
    std::vector<uint32_t*> rows;
  };
  struct Scratch;

  [[nodiscard]] ScratchPool<Scratch>::Loan borrow() const;
  [[nodiscard]] Section section_of(std::span<const DoorEnds> homes,
                                   std::span<const uint32_t> members) const;
  void climb(std::span<const DoorEnds> campuses, Scratch& scratch) const;
  void climb_batch(const Batch& batch, Scratch& scratch) const;
  void sweep_batch(const Section& section, const Batch& batch, Scratch& scratch) const;
  void climb_one(const DoorEnds& campus, Scratch& scratch) const;
  void sweep_one(const Section& section, const Scratch& climbed, uint32_t campus_off_ms,
                 Scratch& scratch, std::span<uint32_t> ds) const;

  std::shared_ptr<const Hierarchy> hierarchy_;
  const LaneKernels& kernels_;
  unsigned threads_;
  std::vector<Section> sections_;
  std::size_t homes_;
  std::vector<uint32_t> door_of_home_;  // counted over all sections
  mutable ScratchPool<Scratch> pool_;
};

}  // namespace doorstep
