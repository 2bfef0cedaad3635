#pragma once
// Times between campuses and every node of the streets: isochrones, and the nearest of many
// campuses for all nodes at once.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "network/hierarchy/door_sweep.h"
#include "network/hierarchy/hierarchy.h"
#include "network/hierarchy/scratch_pool.h"
#include "network/hierarchy/single_sweep.h"

namespace doorstep {

class NodeSweep {
 public:
  NodeSweep(std::shared_ptr<const Hierarchy> hierarchy, unsigned threads);

  /// Milliseconds from every node to the campus's door, its leg off the street included; kNoTime
  /// where there is no way. Shape: positions of StreetGraph. Thread-safe.
  void to_one(const DoorEnds& campus, std::span<uint32_t> ms) const;
  /// For every node the nearest campus and the time to its door; kNobody where there is none.
  /// Shape: positions of StreetGraph. Thread-safe.
  void to_nearest(std::span<const DoorEnds> campuses, std::span<NearestKey> keys) const;

 private:
  /// A run of nodes with all that they read.
  struct Section {
    SweepPlan plan;
    std::vector<uint32_t> place;     ///< of each node of the run
    std::vector<uint32_t> position;  ///< in StreetGraph
  };
  /// A climb, its values, and the sweep of a section.
  template <class Value>
  struct Scratch {
    explicit Scratch(const Hierarchy& hierarchy) : climb(hierarchy) {}
    Climb climb;
    std::vector<uint32_t> starts;
    std::vector<Value> above;
    SingleSweep<Value> sweep;
  };
  template <class Value>
  [[nodiscard]] ScratchPool<Scratch<Value>>& pool() const;
  template <class Value>
  void sweep_all(std::span<const DoorEnds> campuses, std::span<const Value> starts,
                 std::span<Value> out) const;

  std::shared_ptr<const Hierarchy> hierarchy_;
  unsigned threads_;
  std::vector<Section> sections_;
  mutable ScratchPool<Scratch<uint32_t>> times_;
  mutable ScratchPool<Scratch<NearestKey>> keys_;
};

}  // namespace doorstep
